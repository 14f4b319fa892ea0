// A pasted table as a grid: merged cells spread, the words once and blanks on what they cover.
import { inherited, nameOf, whyOmitted } from "./pasted_styles.js";
import { cleaned, lineOf, readParts, wordsInside } from "./pasted_html.js";

const MAX_SPAN = 1000; // columns, as browsers have it

// {type: "grid", captions, rows, heads}; a cell is {text, origin}: origin is the merged cell that covers it, or null.
// A single cell, or a table of one column that only lays out a page, is {flow: parts}.
export function gridOf(table, context, shared) {
  const read = new GridReader(context, shared);
  const captions = [...table.children].filter((child) => nameOf(child) === "CAPTION")
    .flatMap((caption) => read.cell(caption, context) || []);
  const lines = [...table.rows].map((row) => ({ row, context: read.rowContext(row) }));
  const { rows, heads } = read.grid(lines, hiddenColumns(table, shared));
  if (rows.every((row) => row.length === 1) && (rows.length < 2 || rows.some(([cell]) => isLayout(cell)))) {
    return { flow: [...captions, ...rows.flatMap(([cell]) => cell.parts || [])] };
  }
  return { type: "grid", captions: captions.map((part) => lineOf([part])), rows, heads };
}

function isLayout(cell) {
  return (cell.parts || []).some((part) => part.type !== "text" || part.level) || (cell.parts || []).length > 1;
}

// Columns that a spreadsheet hides, by their place.
function hiddenColumns(table, shared) {
  const hidden = new Set();
  let place = 0;
  for (const col of [...table.querySelectorAll("col")].filter((each) => each.closest("table") === table)) {
    const style = shared.styleOf(col);
    const isHidden = style.display === "none" || style.visibility === "collapse" || style.visibility === "hidden";
    for (let span = Math.min(MAX_SPAN, Number(col.getAttribute("span")) || 1); span > 0; span -= 1, place += 1) {
      if (isHidden) hidden.add(place);
    }
  }
  return hidden;
}

class GridReader {
  constructor(context, shared) {
    this.context = context;
    this.shared = shared;
  }

  // What a row and its section hand down to cells; null when one of them is left out, with all of its words.
  rowContext(row) {
    let context = this.context;
    for (const element of row.parentElement === row.closest("table") ? [row] : [row.parentElement, row]) {
      const style = this.shared.styleOf(element);
      const reason = whyOmitted(element, style) || (/collapse/.test(style.visibility || "") ? "hidden" : "");
      if (reason) {
        this.note(reason, [...row.cells].map((cell) => wordsInside(cell, this.shared)).join(" "));
        return null;
      }
      context = inherited(style, context);
    }
    return context;
  }

  note(reason, text) {
    const words = cleaned(text);
    if (words) this.shared.omitted[reason].push(words);
  }

  // The parts of a cell; null when it is left out.
  cell(element, context) {
    const style = this.shared.styleOf(element);
    const reason = whyOmitted(element, style);
    if (reason) {
      this.note(reason, wordsInside(element, this.shared));
      return null;
    }
    return readParts(element, inherited(style, context), this.shared);
  }

  grid(lines, hidden) {
    const rows = lines.map(() => []);
    let heads = 0;
    lines.forEach(({ row, context }, y) => {
      if (!context) return;
      let x = 0;
      const isHead = row.parentElement.tagName === "THEAD" || [...row.cells].every((cell) => cell.tagName === "TH");
      for (const cell of row.cells) {
        while (rows[y][x] !== undefined) x += 1;
        const size = sizeOf(cell, lines.length - y);
        if (this.takesNoPlace(cell, hidden)) continue;
        this.spread(rows, cell, { x, y, ...size }, context, hidden);
        x += size.wide;
      }
      if (isHead && heads === shownAbove(lines, y)) heads += 1;
    });
    const shown = rows.filter((_, y) => lines[y].context);
    return { rows: squared(shown, hidden), heads };
  }

  // A hidden cell of a page moves the next ones up; a spreadsheet hides the whole column, and its place stays.
  takesNoPlace(cell, hidden) {
    if (hidden.size || this.shared.styleOf(cell).display !== "none") return false;
    this.note("hidden", wordsInside(cell, this.shared));
    return true;
  }

  spread(rows, element, { x, y, wide, high }, context, hidden) {
    const places = Array.from({ length: wide }, (_, right) => x + right);
    const first = places.find((place) => !hidden.has(place));
    if (first === undefined) this.note("hidden", wordsInside(element, this.shared));
    const parts = first === undefined ? null : this.cell(element, context);
    const origin = { text: parts ? lineOf(parts) : "", parts, origin: null };
    for (let down = 0; down < high; down += 1) {
      for (const place of places) {
        if (rows[y + down][place] === undefined) rows[y + down][place] = down || place !== (first ?? x) ? { text: "", origin } : origin;
      }
    }
  }
}

function sizeOf(cell, left) {
  const high = cell.rowSpan === 0 ? left : Math.min(cell.rowSpan, left);
  return { wide: Math.min(cell.colSpan, MAX_SPAN), high: Math.max(1, high) };
}

function shownAbove(lines, y) {
  return lines.slice(0, y).filter((line) => line.context).length;
}

function squared(rows, hidden) {
  const width = Math.max(1, ...rows.map((row) => row.length));
  const places = Array.from({ length: width }, (_, x) => x).filter((x) => !hidden.has(x));
  return rows.map((row) => places.map((x) => row[x] || { text: "", origin: null }));
}
