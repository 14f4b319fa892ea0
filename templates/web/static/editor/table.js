// The grid of one table: titles, kinds, rows, total line. One listener serves all of its cells.
import { MAX, column, guessKind, normalizedCell, totals } from "./model.js";
import { pastedCells } from "./clipboard.js";
import { TOTAL } from "./pasted_columns.js";
import { clipboard, insertRun } from "./pasting.js";

const KEYS = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };
const FIGURES = ["money", "number", "date"];
const MAX_WIDTH = 26; // figures wide; longer words are scrolled in their cell

// `i18n` finds words and templates of the page; every change goes through `edit(key, change)`.
export function tableFields(table, i18n, edit) {
  const root = i18n.template("table");
  const grid = root.querySelector("table");
  const draw = () => drawTable(root, grid, table, i18n);
  const here = { row: null, column: null }; // where the cursor was last: the row is null in titles and sums
  const redraw = (change) => edit(null, () => {
    const { title, row, column: at, footer } = document.activeElement?.dataset || {};
    change();
    draw();
    showPlace(root, table, here);
    if (grid.contains(document.activeElement) || document.activeElement === document.body) focusCell(grid, { title, row, footer, at });
  });

  root.querySelector("[data-caption]").value = table.caption;
  root.addEventListener("input", ({ target }) => {
    if (target.matches("select")) return;
    edit(target, () => { storeInput(table, target); widen(grid, target); });
  });
  root.querySelector("select").addEventListener("change", ({ target }) => redraw(() => setKind(table, here.column, target.value)));
  root.addEventListener("click", (event) => {
    const act = tableActs[event.target.closest("button")?.dataset.act];
    if (act) redraw(() => act(table, here, i18n));
  });
  grid.addEventListener("focusin", ({ target: { dataset: { title, row, column: at } } }) => {
    Object.assign(here, { row: row === undefined ? null : Number(row), column: Number(title ?? at) });
    showPlace(root, table, here);
  });
  grid.addEventListener("focusout", ({ target: { style } }) => {
    if (!style.width) return;
    style.width = "";
    setWidths(grid, table);
  });
  grid.addEventListener("keydown", (event) => moveFocus(event, table, root, redraw, i18n));
  grid.addEventListener("paste", (event) => pasteInto(table, event, i18n, redraw, root));
  draw();
  showPlace(root, table, here);
  return root;
}

// What can be done with the row and the column of the cursor.
function showPlace(root, table, here) {
  const kind = root.querySelector("select");
  const col = table.columns[here.column];
  kind.disabled = !col;
  kind.value = col?.kind;
  root.querySelector("[data-act=drop-row]").disabled = !table.rows[here.row];
  root.querySelector("[data-act=drop-column]").disabled = !col || table.columns.length < 2;
}

const tableActs = {
  row: (table, { row } = {}) => table.rows.splice((row ?? table.rows.length) + 1, 0, table.columns.map(() => "")),
  column: (table) => {
    if (table.columns.length >= MAX.columns) return;
    table.columns.push(column());
    lines(table).forEach((row) => row.push(""));
  },
  total: (table, _, i18n) => { table.footer = table.footer ? null : totals(table, i18n.word("total")); },
  "drop-row": (table, { row }) => table.rows.splice(row, 1),
  "drop-column": (table, { column: at }) => [table.columns, ...lines(table)].forEach((row) => row.splice(at, 1)),
};

function lines(table) {
  return [...table.rows, ...(table.footer ? [table.footer] : [])];
}

function storeInput(table, field) {
  const { caption, title, row, column: at, footer } = field.dataset;
  if (caption !== undefined) table.caption = field.value;
  else if (title !== undefined) table.columns[title].title = field.value;
  else if (footer !== undefined) table.footer[at] = field.value;
  else if (row !== undefined) table.rows[row][at] = field.value;
}

function setKind(table, at, kind) {
  table.columns[at].kind = kind;
  table.rows.forEach((row) => { row[at] = normalizedCell(row[at], kind); });
}

function focusCell(grid, { title, row, footer, at }) {
  if (title !== undefined) grid.querySelector(`[data-title="${title}"]`)?.focus();
  else if (footer !== undefined) grid.querySelector(`[data-footer][data-column="${at}"]`)?.focus();
  else if (row !== undefined) cellOf(grid, row, at)?.focus();
}

function cellOf(grid, row, at) {
  return grid.querySelector(`[data-row="${row}"][data-column="${at}"]`);
}

// --- widths: a column of figures is as wide as its figures, words share what is left -----------------

function widthOf(table, at) {
  const { kind, title } = table.columns[at];
  const longest = Math.max(...lines(table).map((row) => wideness(row[at])), 0);
  const named = Math.max(...title.split("\n").map(wideness));
  if (FIGURES.includes(kind)) return Math.max(longest, Math.min(named, 12), 5) + 2;
  return Math.min(Math.max(longest, named, 7), MAX_WIDTH) + 2;
}

function wideness(words) {
  let size = 0;
  for (const char of words) size += char > "\u2e7f" ? 2 : 1;
  return size;
}

function setWidths(grid, table) {
  const widths = grid.widths = table.columns.map((_, at) => widthOf(table, at));
  grid.querySelectorAll("col").forEach((col, at) => { col.style.width = `${widths[at]}ch`; });
  grid.style.minWidth = `${widths.reduce((sum, width) => sum + width)}ch`;
}

// While one types the cell alone grows, over its neighbours: a long table is laid out anew when it is left.
function widen(grid, { dataset, value, style }) {
  const width = wideness(value) + 2;
  style.width = width > grid.widths[dataset.column] ? `${width}ch` : "";
}

// --- drawing -----------------------------------------------------------------------------------

function drawTable(root, grid, table, i18n) {
  const group = document.createElement("colgroup");
  group.append(...table.columns.map(() => document.createElement("col")));
  grid.replaceChildren(group, head(table, i18n), body(table), ...(table.footer ? [foot(table)] : []));
  setWidths(grid, table);
  root.querySelector("[data-act=total]").setAttribute("aria-pressed", String(Boolean(table.footer)));
  root.querySelector("[data-act=column]").disabled = table.columns.length >= MAX.columns;
}

function head(table, i18n) {
  const part = document.createElement("thead");
  const row = part.insertRow();
  table.columns.forEach((col, at) => {
    const cell = document.createElement("th");
    const title = i18n.template("column");
    title.value = col.title;
    title.dataset.title = at;
    cell.append(title);
    row.append(cell);
  });
  return part;
}

function body(table) {
  const part = document.createElement("tbody");
  table.rows.forEach((cells, y) => {
    const row = part.insertRow();
    cells.forEach((value, x) => row.insertCell().append(cell(table, value, { row: y, column: x })));
  });
  return part;
}

function foot(table) {
  const part = document.createElement("tfoot");
  const row = part.insertRow();
  table.footer.forEach((value, x) => row.insertCell().append(cell(table, value, { footer: "", column: x })));
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

// Up and down a column, from its title to the sum; beyond them the text goes on. Enter at the last row adds one.
function moveFocus(event, table, root, redraw, i18n) {
  const { title, row, column: at, footer } = event.target.dataset;
  const step = KEYS[event.key];
  if ((title === undefined && at === undefined) || !step || event.isComposing || event.shiftKey) return;
  event.preventDefault();
  const column = title ?? at;
  const here = title !== undefined ? -1 : footer !== undefined ? table.rows.length : Number(row);
  const next = here + step;
  if (event.key === "Enter" && here === table.rows.length - 1) redraw(() => tableActs.row(table));
  const target = next < -1 ? root.querySelector("[data-caption]")
    : next < 0 ? root.querySelector(`[data-title="${column}"]`)
    : cellOf(root, next, column) || (next === table.rows.length && root.querySelector(`[data-footer][data-column="${column}"]`));
  if (target) target.focus();
  else i18n.leave(event.target, step);
}

// Cells from a spreadsheet fill the grid from the focused cell on, and the grid grows; what did not fit is said.
function pasteInto(table, event, i18n, redraw, root) {
  const { title, row, column: at } = event.target.dataset;
  if (title === undefined && row === undefined) return;
  const { rows: cells, run, omitted } = pastedCells(...clipboard(event));
  i18n.showOmitted(omitted);
  if (!cells) {
    insertRun(event, run);
    return;
  }
  event.preventDefault();
  let lost = null;
  redraw(() => { lost = fillGrid(table, cells, { title, row, at }); });
  i18n.showCut(root, lost);
}

// A whole ledger brings titles and a total, for which the grid has places of its own.
function fillGrid(table, cells, { title, row, at }) {
  const left = Number(title ?? at);
  const rows = cells.slice(title === undefined ? cells.findIndex((line) => isTitles(table, line, left)) + 1 : 1);
  const top = title === undefined ? Number(row) : 0;
  const isWhole = !left && rows.length > 1 && top + rows.length >= table.rows.length;
  const total = isWhole && rows[rows.length - 1].some((cell) => TOTAL.test(cell)) && rows.pop();
  const [wide, long] = [left + cells[0].length, top + rows.length];
  while (table.columns.length < Math.min(MAX.columns, wide)) tableActs.column(table);
  while (table.rows.length < Math.min(MAX.rows, long)) tableActs.row(table);
  if (title !== undefined) cells[0].forEach((value, x) => { if (table.columns[left + x]) table.columns[left + x].title = value; });
  rows.forEach((line, y) => line.forEach((value, x) => {
    if (table.columns[left + x] && table.rows[top + y]) table.rows[top + y][left + x] = value;
  }));
  if (total) table.footer = table.columns.map((_, x) => total[x] || "");
  if (title !== undefined) guessKinds(table);
  return { columns: Math.max(0, wide - MAX.columns), rows: Math.max(0, long - MAX.rows) };
}

function isTitles(table, line, left) {
  const bare = (words = "") => words.replace(/\s|[（(].*/g, "");
  return line.every((cell, x) => bare(cell) === bare(table.columns[left + x]?.title));
}

function guessKinds(table) {
  table.columns.forEach((col, at) => {
    col.kind = guessKind(col.title, table.rows.map((row) => row[at]));
    table.rows.forEach((row) => { row[at] = normalizedCell(row[at], col.kind); });
  });
}
