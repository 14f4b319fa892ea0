// Moves the progress bar of all long work on the page, packs and others, and reloads it when one is ready.
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
