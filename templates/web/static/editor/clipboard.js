// What people paste: cells from Excel and WPS, pages from Word, plain text. Pure functions: text in, blocks out.
import { empty } from "./model.js";
import { cleaned, lineOf, readHtml } from "./pasted_html.js";
import { tableOf } from "./pasted_columns.js";

const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

// {blocks, run, omitted}: blocks for the document, or a run of words for the field that has the focus. Both are null
// when the browser may take the plain text by itself.
export function pasted(html, text) {
  const { parts, omitted } = readClipboard(html, text);
  if (parts?.length === 1 && parts[0].type === "text" && !parts[0].level) {
    return { blocks: null, run: isSame(parts[0].text, text) ? null : parts[0].text, omitted };
  }
  if (parts) return parts.length ? { blocks: blocksOf(parts), run: null, omitted } : { blocks: null, run: "", omitted };
  return { blocks: plainBlocks(text), run: null, omitted };
}

// {rows, run, omitted}: cells for pasting into a grid; one cell alone is a run of words.
export function pastedCells(html, text) {
  const { parts, omitted } = readClipboard(html, text);
  const rows = parts ? parts.flatMap(rowsOf) : tsvGrid(text);
  const width = Math.max(1, ...rows.map((row) => row.length));
  if (rows.length > 1 || width > 1) {
    return { rows: rows.map((row) => Array.from({ length: width }, (_, at) => row[at] || "")), run: null, omitted };
  }
  const words = parts ? lineOf(parts) : "";
  return { rows: null, run: !parts || isSame(words, text) ? null : words, omitted };
}

// All words in one line, for a field that holds no more; null when the browser may take the plain text by itself.
export function pastedLine(html, text) {
  const { parts, omitted } = readClipboard(html, text);
  const words = parts ? lineOf(parts) : "";
  return { run: !parts || isSame(words, text) ? null : words, omitted };
}

// The HTML of a clipboard where it says more than its text: else parts is null. Editors of code put colours around
// lines that are separated by tabs: there the text says where the cells are.
function readClipboard(html, text) {
  const { parts, omitted } = html ? readHtml(html) : { parts: [], omitted: null };
  const isCut = Boolean(omitted && (omitted.struck.length || omitted.hidden.length || omitted.comment.length));
  if (!parts.length && !(isCut && html)) return { parts: null, omitted };
  if (text.includes("\t") && !isCut && parts.every((part) => part.type !== "grid")) return { parts: null, omitted };
  return { parts, omitted };
}

function isSame(words, text) {
  return cleaned(words) === cleaned(text);
}

function blocksOf(parts) {
  return parts.flatMap((part) => {
    if (part.type === "grid") return tableOf(part) || [];
    if (part.type === "list") return { type: "list", ordered: part.ordered, items: part.items };
    return part.level ? { type: "heading", level: part.level, text: part.text } : empty.paragraph(part.text);
  });
}

function rowsOf(part) {
  if (part.type === "list") return part.items.map((item) => [item]);
  if (part.type === "text") return part.text.split("\n").map((line) => [line]);
  const rows = part.rows.map((row) => row.map((cell) => cell.text));
  return [...part.captions.map((caption) => [caption]), ...rows.filter((row) => row.some((cell) => cell))];
}

function plainBlocks(text) {
  if (text.includes("\t")) {
    const rows = tsvGrid(text).map((row) => row.map((words) => ({ text: words, origin: null })));
    const table = tableOf({ captions: [], rows, heads: 0, isText: true });
    return table && [table];
  }
  const lines = text.replace(LINE_ENDS, "\n").split("\n").map(cleaned).filter((line) => line);
  return lines.length > 1 ? lines.map((line) => empty.paragraph(line)) : null;
}

// Excel quotes a cell that holds a line break or a quote; a doubled quote stands for one.
export function tsvGrid(text) {
  const rows = [[]];
  const cells = /("(?:[^"]|"")*"|[^\t\n]*)(\t|\n|$)/g;
  const lines = text.replace(LINE_ENDS, "\n");
  for (let match = cells.exec(lines); match; match = cells.exec(lines)) {
    const quoted = match[1].startsWith('"') && match[1].endsWith('"') && match[1].length > 1;
    rows[rows.length - 1].push(cleaned(quoted ? match[1].slice(1, -1).replace(/""/g, '"') : match[1]));
    if (match[2] === "") break;
    if (match[2] !== "\t") rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell));
}
