// Moves the progress bar of every pack that is being made, and reloads the page when one is ready.
const INTERVAL = 1500; // ms

for (const task of document.querySelectorAll("[data-pack]")) {
  const bar = task.querySelector("progress");
  const poll = async () => {
    try {
      const reply = await (await fetch(task.dataset.pack)).json();
      if (reply.state !== "running") return location.reload();
      bar.max = Math.max(reply.total, 1);
      bar.value = reply.done;
    } catch { /* no signal: ask again */ }
    setTimeout(poll, INTERVAL);
  };
  setTimeout(poll, INTERVAL);
}
