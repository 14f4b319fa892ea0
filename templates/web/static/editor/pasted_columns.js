// A grid becomes a table: caption, titles, total line and kinds of columns, as far as they can be told from the cells.
import { amount, column, guessKind, normalizedCell } from "./model.js";

export const TOTAL = /^(合\s*计|总\s*计|小\s*计|共\s*计)[:：]?$/;
const UNIT = /^[（(]?(金额)?单位[:：]/; // 单位：元, on a line of its own

// `grid` is {captions, rows, heads} of pasted_table.js; null when no cell has words.
export function tableOf({ captions, rows: cells, heads, isText }) {
  let rows = trimmed(cells);
  if (!rows.length) return captions.length ? { type: "paragraph", text: captions.join("\n") } : null;
  const above = [...captions];
  while (rows.length > 1 && isCaption(rows[0], above.length)) {
    above.push(rows[0].find((cell) => cell.text).text);
    rows = rows.slice(1);
    heads -= 1;
  }
  const depth = titleDepth(rows, heads, isText);
  const names = titles(rows.slice(0, depth), rows[0].length, isText);
  const body = rows.slice(depth).map((row) => row.map((cell) => cell.text));
  const total = body.length && body[body.length - 1].some((cell) => TOTAL.test(cell)) ? body.pop() : null;
  const columns = names.map((title, at) => column(title, guessKind(title, body.map((row) => row[at]))));
  const normalized = (row) => row.map((cell, at) => normalizedCell(cell, columns[at].kind));
  return { type: "table", caption: above.join(" "), columns, rows: body.map(normalized), footer: total && normalized(total) };
}

function trimmed(cells) {
  const rows = cells.filter((row) => row.some((cell) => cell.text));
  let width = Math.max(1, ...rows.map((row) => row.length));
  while (width > 1 && rows.every((row) => !row[width - 1]?.text)) width -= 1;
  return rows.map((row) => Array.from({ length: width }, (_, at) => row[at] || { text: "", origin: null }));
}

// A first row with words at its beginning only, or across it, and the unit below it. An empty corner makes no caption.
function isCaption(row, above) {
  const filled = row.filter((cell) => cell.text);
  if (row.length < 2 || filled.length !== 1) return false;
  return UNIT.test(filled[0].text) || (!above && (filled[0] === row[0] || isMerged(row, row.indexOf(filled[0]))));
}

// How many of the first rows are titles: those that the page calls so, or words without figures, as deep as the cells
// that are merged in them.
function titleDepth(rows, heads, isText) {
  if (heads > 0 && heads < rows.length) return heads;
  if (rows.length < 2 || !isWords(rows[0])) return 0;
  const depth = mergedDepth(rows);
  const isTitles = depth < rows.length && rows.slice(1, depth).every(isWords);
  if (depth > 1) return isTitles ? depth : 1;
  return isText && rows.length > 2 && isSecondOfPlainText(rows) ? 2 : 1;
}

function isWords(row) {
  return row.every((cell) => amount(cell.text) === null);
}

// The rows down to which the merged cells of the first row reach; a wide one has its own titles below it.
function mergedDepth(rows) {
  const heights = rows[0].map((cell, at) => rows.filter((row) => rootOf(row[at]) === rootOf(cell)).length);
  const wide = rows[0].map((cell, at) => at).filter((at) => rows[0].filter((cell) => rootOf(cell) === rootOf(rows[0][at])).length > 1);
  const isNamed = wide.every((at) => rows[Math.min(heights[at], rows.length - 1)][at].text);
  return Math.max(wide.length && isNamed ? 2 : 1, ...heights);
}

// Text alone does not say what is merged: every gap of the first row is filled in the second, and only some of the rest.
function isSecondOfPlainText([first, second]) {
  if (!isWords(second)) return false;
  const gaps = first.map((cell, at) => [cell.text, second[at].text]);
  return gaps.some(([above]) => !above) && gaps.every(([above, below]) => above || below) && gaps.some(([, below]) => !below);
}

function rootOf(cell) {
  return cell.origin || cell;
}

// What stands above a title goes before it; a merged title without one below stands once.
function titles(rows, width, isText) {
  return Array.from({ length: width }, (_, at) => {
    const own = rows.map((row) => row[at]);
    return own.reduce((name, cell, y) => {
      const isNamedBelow = own.slice(y + 1).some((below) => below.text);
      const words = cell.text || (isNamedBelow ? coveringWords(rows, y, at, isText) : "");
      return name && words && !isText && !isMerged(rows[y - 1], at) ? `${name} ${words}` : name + words;
    }, "");
  });
}

// The words of the merged cell over a place, unless they stand in the row above already; in plain text the nearest
// title at its left.
function coveringWords(rows, y, at, isText) {
  const cell = rows[y][at];
  if (isText) return rows[y].slice(0, at).reverse().find((left) => left.text)?.text || "";
  return y > 0 && rootOf(rows[y - 1][at]) === rootOf(cell) ? "" : cell.origin?.text || "";
}

function isMerged(row, at) {
  return row.filter((cell) => rootOf(cell) === rootOf(row[at])).length > 1;
}
