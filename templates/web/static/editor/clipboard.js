// What people paste: cells from Excel and WPS, pages from Word, plain text. Pure functions: text in, blocks out.
import { column, empty, guessKind, normalizedCell, amount } from "./model.js";

const TOTAL = /^(合\s*计|总\s*计|小\s*计)$/;

// The blocks that a clipboard holds; null when it is a simple run of text that the field may take by itself.
export function pastedBlocks(html, text) {
  if (html && /<(table|p|h[1-6]|li)\b/i.test(html)) {
    const blocks = htmlBlocks(html);
    if (blocks.some((block) => block.type !== "paragraph") || blocks.length > 1) return blocks;
  }
  if (text.includes("\t")) return [tableOf(tsvGrid(text))];
  const lines = text.split(/\r?\n/).map(cleaned).filter((line) => line);
  return lines.length > 1 ? lines.map((line) => empty.paragraph(line)) : null;
}

// The cells that a clipboard holds, for pasting into a grid; null when it holds a single one.
export function pastedCells(html, text) {
  if (html && /<table\b/i.test(html)) {
    const table = parsed(html).querySelector("table");
    if (table) return htmlGrid(table).rows;
  }
  const grid = tsvGrid(text);
  return grid.length > 1 || (grid[0] || []).length > 1 ? grid : null;
}

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

function cleaned(text) {
  return text.replace(/\u00a0/g, " ").replace(/\s+/g, " ").trim();
}

// --- tab separated text ------------------------------------------------------------------------

// Excel quotes a cell that holds a line break or a quote; a doubled quote stands for one.
export function tsvGrid(text) {
  const rows = [[]];
  const cells = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r?\n|$)/g;
  for (let match = cells.exec(text); match; match = cells.exec(text)) {
    const quoted = match[1].startsWith('"') && match[1].endsWith('"') && match[1].length > 1;
    rows[rows.length - 1].push(cleaned(quoted ? match[1].slice(1, -1).replace(/""/g, '"') : match[1]));
    if (match[2] === "") break;
    if (match[2] !== "\t") rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell));
}

// --- HTML ----------------------------------------------------------------------------------------

function htmlBlocks(html) {
  const blocks = [];
  collectBlocks(parsed(html).body, blocks);
  return blocks;
}

function collectBlocks(node, blocks) {
  for (const child of node.children) {
    const name = child.tagName;
    if (name === "TABLE") blocks.push(tableOf(htmlGrid(child).rows, htmlGrid(child).heads));
    else if (/^H[1-6]$/.test(name)) addText(blocks, cleaned(child.textContent), Math.min(3, Number(name[1])));
    else if (name === "UL" || name === "OL") blocks.push(listOf(child));
    else if (name === "P") addText(blocks, cleaned(child.textContent));
    else if (child.children.length) collectBlocks(child, blocks);
    else if (!["STYLE", "SCRIPT", "META", "LINK"].includes(name)) addText(blocks, cleaned(child.textContent));
  }
}

function addText(blocks, text, level = 0) {
  if (!text) return;
  blocks.push(level ? { type: "heading", level, text } : empty.paragraph(text));
}

function listOf(list) {
  const items = [...list.querySelectorAll("li")].map((item) => cleaned(item.textContent)).filter((item) => item);
  return { type: "list", ordered: list.tagName === "OL", items };
}

// The cells of a table with merged ones spread: the words once, blanks on what they cover.
function htmlGrid(table) {
  const rows = [];
  let heads = 0;
  const shown = [...table.rows].filter((row) => !hidden(row));
  shown.forEach((row, y) => {
    let x = 0;
    rows[y] = rows[y] || [];
    if (row.closest("thead") || [...row.cells].every((cell) => cell.tagName === "TH")) heads = y + 1;
    for (const cell of [...row.cells].filter((c) => !hidden(c))) {
      while (rows[y][x] !== undefined) x += 1;
      spreadCell(rows, cell, y, x, shown.length);
      x += cell.colSpan;
    }
  });
  const width = Math.max(...rows.map((row) => row.length));
  return { rows: rows.map((row) => Array.from({ length: width }, (_, x) => row[x] || "")), heads };
}

function spreadCell(rows, cell, y, x, height) {
  for (let down = 0; down < cell.rowSpan && y + down < height; down += 1) {
    rows[y + down] = rows[y + down] || [];
    for (let right = 0; right < cell.colSpan; right += 1) {
      rows[y + down][x + right] = down || right ? "" : cleaned(cell.textContent);
    }
  }
}

function hidden(element) {
  return /display:\s*none|mso-ignore:\s*colspan/.test(element.getAttribute("style") || "");
}

// --- a grid becomes a table --------------------------------------------------------------------

// Caption, titles, total line and kinds of columns, as far as they can be told from the cells.
export function tableOf(grid, heads = 0) {
  let rows = trimmed(grid);
  let caption = "";
  if (rows.length > 1 && rows[0].length > 1 && rows[0].filter((cell) => cell).length === 1) {
    caption = rows[0].find((cell) => cell);
    rows = rows.slice(1);
    heads -= 1;
  }
  const titles = titleRows(rows, heads);
  const body = rows.slice(titles.count);
  const total = body.length && body[body.length - 1].some((cell) => TOTAL.test(cell)) ? body.pop() : null;
  const columns = titles.names.map((title, at) => column(title, guessKind(title, body.map((row) => row[at]))));
  const normalized = (row) => row.map((cell, at) => normalizedCell(cell, columns[at].kind));
  return { type: "table", caption, columns, rows: body.map(normalized), footer: total && normalized(total) };
}

function trimmed(grid) {
  const rows = grid.filter((row) => row.some((cell) => cell));
  let width = Math.max(...rows.map((row) => row.length));
  while (width > 1 && rows.every((row) => !row[width - 1])) width -= 1;
  return rows.map((row) => Array.from({ length: width }, (_, at) => row[at] || ""));
}

// The first rows without figures are titles; a second one completes merged titles above it.
function titleRows(rows, heads) {
  const isWords = (row) => row.every((cell) => !cell || amount(cell) === null);
  if (rows.length < 2 || !isWords(rows[0])) return { count: 0, names: rows[0].map(() => "") };
  const gaps = rows[0].some((cell) => !cell);
  const two = (heads > 1 || gaps) && rows.length > 2 && isWords(rows[1]) && !rows[1].every((cell) => cell);
  const over = covering(rows[0]);
  const names = rows[0].map((cell, at) => {
    if (!two) return cell;
    return rows[1][at] ? `${cell || over[at]}${rows[1][at]}` : cell;
  });
  return { count: two ? 2 : 1, names };
}

// For each place the nearest title at its left: what a merged cell covers.
function covering(row) {
  let last = "";
  return row.map((cell) => (last = cell || last));
}
