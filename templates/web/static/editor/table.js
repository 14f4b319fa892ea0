// The grid of one table: titles, kinds, rows, total line. One listener serves all of its cells.
import { MAX, column, guessKind, normalizedCell, totals } from "./model.js";
import { pastedCells } from "./clipboard.js";
import { clipboard, insertRun } from "./pasting.js";

const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] };

// `i18n` finds words and templates of the page; `changed` is called after every change.
export function tableEditor(table, i18n, changed) {
  const root = i18n.template("table");
  const grid = root.querySelector("table");
  const draw = () => drawTable(root, grid, table, i18n);
  const redraw = () => { draw(); changed(); };

  root.querySelector("[data-caption]").value = table.caption;
  root.addEventListener("input", (event) => { storeInput(table, event.target); changed(); });
  root.addEventListener("change", (event) => {
    if (event.target.dataset.kind !== undefined) { setKind(table, event.target); redraw(); }
  });
  root.addEventListener("click", (event) => {
    const act = event.target.closest("button")?.dataset.act;
    if (act && acts[act]) { acts[act](table, event.target.closest("button").dataset, i18n); redraw(); }
  });
  grid.addEventListener("keydown", (event) => moveFocus(event, table, grid, redraw));
  grid.addEventListener("paste", (event) => {
    const cut = pasteInto(table, event, i18n);
    if (!cut) return;
    event.preventDefault();
    redraw();
    i18n.showCut(root, cut);
  });
  draw();
  return root;
}

const acts = {
  row: (table) => table.rows.push(table.columns.map(() => "")),
  column: (table) => {
    if (table.columns.length >= MAX.columns) return;
    table.columns.push(column());
    [...table.rows, ...(table.footer ? [table.footer] : [])].forEach((row) => row.push(""));
  },
  total: (table, _, i18n) => { table.footer = table.footer ? null : totals(table, i18n.word("total")); },
  "drop-row": (table, { row }) => table.rows.splice(Number(row), 1),
  "drop-column": (table, { column: at }) => {
    if (table.columns.length < 2) return;
    [table.columns, ...table.rows, ...(table.footer ? [table.footer] : [])].forEach((row) => row.splice(Number(at), 1));
  },
};

function storeInput(table, field) {
  const { caption, title, row, column: at, footer } = field.dataset;
  if (caption !== undefined) table.caption = field.value;
  else if (title !== undefined) table.columns[title].title = field.value;
  else if (footer !== undefined) table.footer[at] = field.value;
  else if (row !== undefined) table.rows[row][at] = field.value;
}

function setKind(table, field) {
  const at = field.dataset.kind;
  table.columns[at].kind = field.value;
  table.rows.forEach((row) => { row[at] = normalizedCell(row[at], field.value); });
}

// --- drawing -----------------------------------------------------------------------------------

function drawTable(root, grid, table, i18n) {
  const parts = [head(table, i18n), body(table, i18n)];
  if (table.footer) parts.push(foot(table, i18n));
  grid.replaceChildren(...parts);
  root.querySelector("[data-act=total]").setAttribute("aria-pressed", String(Boolean(table.footer)));
  root.querySelector("[data-act=column]").disabled = table.columns.length >= MAX.columns;
}

function head(table, i18n) {
  const part = document.createElement("thead");
  const row = part.insertRow();
  table.columns.forEach((col, at) => {
    const cell = document.createElement("th");
    const box = i18n.template("column");
    const title = box.querySelector("input");
    title.value = col.title;
    title.dataset.title = at;
    const kind = box.querySelector("select");
    kind.value = col.kind;
    kind.dataset.kind = at;
    box.querySelector("button").dataset.column = at;
    cell.append(box);
    row.append(cell);
  });
  row.append(document.createElement("th"));
  return part;
}

function body(table, i18n) {
  const part = document.createElement("tbody");
  table.rows.forEach((cells, y) => {
    const row = part.insertRow();
    cells.forEach((value, x) => row.insertCell().append(cell(table, value, { row: y, column: x })));
    const drop = i18n.template("drop-row");
    drop.dataset.row = y;
    row.insertCell().append(drop);
  });
  return part;
}

function foot(table, i18n) {
  const part = document.createElement("tfoot");
  const row = part.insertRow();
  table.footer.forEach((value, x) => row.insertCell().append(cell(table, value, { footer: "", column: x })));
  row.insertCell().append(i18n.template("blank"));
  return part;
}

function cell(table, value, data) {
  const field = document.createElement("input");
  field.value = value;
  Object.assign(field.dataset, data);
  field.setAttribute("aria-label", table.columns[data.column].title || String(data.column + 1));
  if (["money", "number"].includes(table.columns[data.column].kind)) field.className = "figure";
  return field;
}

// --- keys and pasting ----------------------------------------------------------------------------

function moveFocus(event, table, grid, redraw) {
  const { row, column: at } = event.target.dataset;
  const step = KEYS[event.key];
  if (row === undefined || !step || event.isComposing) return;
  event.preventDefault();
  const next = Number(row) + step[0];
  if (next === table.rows.length && event.key === "Enter") { acts.row(table); redraw(); }
  grid.querySelector(`[data-row="${next}"][data-column="${at}"]`)?.focus();
}

// Cells from a spreadsheet fill the grid from the focused cell on, and the grid grows; how much did not fit.
function pasteInto(table, event, i18n) {
  const { title, row, column: at } = event.target.dataset;
  if (title === undefined && row === undefined) return null;
  const { rows: cells, run, omitted } = pastedCells(...clipboard(event));
  i18n.showOmitted(omitted);
  if (!cells) {
    insertRun(event, run);
    return null;
  }
  const left = Number(title ?? at);
  const rows = title === undefined ? cells : cells.slice(1);
  const top = title === undefined ? Number(row) : 0;
  const [wide, long] = [left + cells[0].length, top + rows.length];
  while (table.columns.length < Math.min(MAX.columns, wide)) acts.column(table);
  while (table.rows.length < Math.min(MAX.rows, long)) acts.row(table);
  if (title !== undefined) cells[0].forEach((value, x) => { if (table.columns[left + x]) table.columns[left + x].title = value; });
  rows.forEach((line, y) => line.forEach((value, x) => {
    if (table.columns[left + x] && table.rows[top + y]) table.rows[top + y][left + x] = value;
  }));
  if (title !== undefined) guessKinds(table);
  return { columns: Math.max(0, wide - MAX.columns), rows: Math.max(0, long - MAX.rows) };
}

function guessKinds(table) {
  table.columns.forEach((col, at) => {
    col.kind = guessKind(col.title, table.rows.map((row) => row[at]));
    table.rows.forEach((row) => { row[at] = normalizedCell(row[at], col.kind); });
  });
}
