// Figures that are still the earlier notice's are grey in the editor until they are replaced or confirmed.
const blocks = document.querySelector("[data-blocks]");
let panel = document.getElementById("old-figures");

function mark() {
  blocks.querySelectorAll(".is-old").forEach((field) => field.classList.remove("is-old"));
  blocks.querySelectorAll(".has-old").forEach((block) => block.classList.remove("has-old"));
  JSON.parse(panel.dataset.places).forEach(([at, row, column]) => {
    const block = blocks.children[at];
    if (!block) return;
    const cells = column === null ? [] : block.querySelectorAll(`[data-column="${column}"]`);
    const cell = [...cells].find((each) => each.dataset.row === String(row))
      || [...cells].find((each) => each.dataset.footer !== undefined);
    (cell || block).classList.add(cell ? "is-old" : "has-old");
  });
}

function show(html) {
  const opened = [...panel.querySelectorAll("details")].map((details) => details.open);
  const next = new DOMParser().parseFromString(html, "text/html").getElementById("old-figures");
  if (!next) return;
  next.querySelectorAll("details").forEach((details, at) => { details.open = opened[at] || false; });
  panel.replaceWith(next);
  panel = next;
  mark();
}

async function ask(options = {}) {
  const answer = await fetch(panel.dataset.url, options);
  if (answer.ok) show(await answer.text());
}

if (panel) {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-same]")) return;
    event.preventDefault();
    const { csrf_token: token, ...place } = Object.fromEntries(new FormData(event.target));
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    ask({ method: "POST", headers, body: JSON.stringify(place) })
      .then(() => document.dispatchEvent(new Event("figures-confirmed")));
  });
  // What is left is known after a save; the editor says so, and draws its blocks when it likes.
  document.addEventListener("draft-saved", () => ask());
  let drawn = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(drawn);
    drawn = requestAnimationFrame(mark);
  }).observe(blocks, { childList: true, subtree: true });
  mark();
}
