// A press on a paragraph or a cell of the text begins a comment there; links lead to their place.
const content = document.querySelector("#content");
const place = document.querySelector("#comment");

const blocks = [...content.children];
blocks.forEach((block, at) => (block.id = `block-${at}`));
for (const link of document.querySelectorAll("a[data-block]")) link.hidden = false;

const cellOf = (link) => {
  const table = blocks[link.dataset.block];
  const rows = table?.tagName === "TABLE" ? [...table.tBodies[0].rows, ...(table.tFoot?.rows ?? [])] : [];
  return rows[link.dataset.row]?.cells[link.dataset.column] ?? table;
};

addEventListener("click", (event) => {
  const link = event.target.closest("a[data-block]");
  if (link) {
    document.querySelector(".pointed")?.classList.remove("pointed");
    cellOf(link)?.classList.add("pointed");
    cellOf(link)?.scrollIntoView({ block: "center" });
    event.preventDefault();
  }
});

if (place) {
  content.classList.add("may-comment");
  const fields = place.querySelector("form").elements;
  content.addEventListener("click", (event) => {
    if (event.target.closest("a")) return;
    const block = blocks.findIndex((each) => each.contains(event.target));
    if (block < 0) return;
    const cell = event.target.closest("td");
    const table = cell?.closest("table");
    const rows = table ? [...table.tBodies[0].rows, ...(table.tFoot?.rows ?? [])] : [];
    fields.block.value = block;
    fields.row.value = cell ? rows.indexOf(cell.parentElement) : "";
    fields.column.value = cell ? cell.cellIndex : "";
    place.querySelector("output").textContent = cell ? cell.textContent.trim() : "";
    document.querySelector(".pointed")?.classList.remove("pointed");
    (cell ?? blocks[block]).classList.add("pointed");
    place.open = true;
    fields.words.focus();
  });
  fields.block.addEventListener("change", () => {
    fields.row.value = fields.column.value = place.querySelector("output").textContent = "";
  });
}
