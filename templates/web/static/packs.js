// Moves the bar of every pack in the making, and draws the page anew when one is ready.
const EVERY = 1500; // ms

for (const task of document.querySelectorAll("[data-pack]")) {
  const bar = task.querySelector("progress");
  const look = async () => {
    try {
      const said = await (await fetch(task.dataset.pack)).json();
      if (said.state !== "running") return location.reload();
      bar.max = Math.max(said.total, 1);
      bar.value = said.done;
    } catch { /* no signal: look again */ }
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
}
