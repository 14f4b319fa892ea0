// The document as the server knows it (bulletin/domain/notices/content.py), as plain functions over plain data.

const DIGITS = 6n; // decimal places that a sum keeps exactly
const MILLION = 10n ** DIGITS;

export const empty = {
  heading: () => ({ type: "heading", level: 1, text: "" }),
  paragraph: (text = "") => ({ type: "paragraph", text }),
  list: (items = [""]) => ({ type: "list", ordered: false, items }),
  translation: () => ({ type: "translation", language: "bo", title: "", paragraphs: [""] }),
  table: () => ({
    type: "table", caption: "", columns: [column(), column()], rows: [["", ""], ["", ""]], footer: null,
  }),
};

export function column(title = "", kind = "text") {
  return { title, kind };
}

export const MAX = { columns: 16, rows: 5000 };

// Cut a table to what one may hold; how much was lost.
export function cutToFit(table) {
  const lost = {
    columns: Math.max(0, table.columns.length - MAX.columns),
    rows: Math.max(0, table.rows.length - MAX.rows),
  };
  table.rows.splice(MAX.rows);
  [table.columns, ...table.rows, ...(table.footer ? [table.footer] : [])].forEach((row) => row.splice(MAX.columns));
  return lost;
}

// The words of a block, for converting it into another kind.
export function words(block) {
  if (block.type === "list") return block.items.join("\n");
  return block.text || "";
}

export function converted(block, type) {
  const text = words(block);
  if (type === "list") return empty.list(text.split("\n"));
  if (type === "heading") return { ...empty.heading(), text: text.replace(/\s*\n\s*/g, " ") };
  return empty.paragraph(text);
}

export function isEmpty(block) {
  if (block.type === "table") {
    return !block.caption && block.columns.every((c) => !c.title) && block.rows.every((r) => r.every((c) => !c));
  }
  if (block.type === "translation") return !block.title && block.paragraphs.every((text) => !text.trim());
  return ["heading", "paragraph", "list"].includes(block.type) && !words(block).trim();
}

// --- figures -----------------------------------------------------------------------------------

// The figure in a cell in millionths, or null: 1,234.50 元 and ￥24 count, 待核 does not. Blanks between two figures
// part them: 300 500 is no amount (bulletin/domain/amounts.py has the same rule).
export function amount(cell) {
  const text = cell.normalize("NFKC");
  if (/\d\s+[\d.]/.test(text)) return null;
  const plain = text.replace(/[,，\s元￥¥]/g, "");
  const match = /^([+-]?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(plain);
  if (!match) return null;
  const [, sign, whole, part = ""] = match;
  const size = BigInt(whole) * MILLION + BigInt(part.padEnd(Number(DIGITS), "0"));
  return sign === "-" ? -size : size;
}

// The figure that accountants mean: (300.00) is money going out, and so is −300. The cell keeps what was typed.
export function figure(cell) {
  const text = cell.normalize("NFKC").replace(/[\u2010-\u2013\u2212]/g, "-").trim();
  const brackets = /^[￥¥]?\s*\(([^()+-]+)\)\s*元?$/.exec(text);
  const size = amount(brackets ? brackets[1] : text);
  return brackets && size !== null ? -size : size;
}

// A cell that says: nothing here. Spreadsheets write ￥ before the dash, too.
export function isDash(cell) {
  return /^[￥¥]?[\s\-\u2010-\u2015\u2212\u2500\u2501\/]+$/.test(cell.normalize("NFKC"));
}

// Millionths formatted with as many places as asked for; whole figures need none.
export function formatted(size, places) {
  const sign = size < 0n ? "-" : "";
  const all = (size < 0n ? -size : size).toString().padStart(Number(DIGITS) + 1, "0");
  const whole = all.slice(0, -Number(DIGITS));
  const part = all.slice(-Number(DIGITS)).replace(/0+$/, "").padEnd(places, "0");
  return part ? `${sign}${whole}.${part}` : `${sign}${whole}`;
}

const NOT_SUMMED = /单价|标准|序号|编号|累计|比例|%|％/;
const BALANCES = /结余|余额/;

// The total line: exact sums of figures; of a running balance the last one.
export function totals(table, label) {
  const footer = table.columns.map((col, at) => total(col, table.rows.map((row) => row[at])));
  const named = table.columns.findIndex((col, at) => col.kind === "text" && !footer[at]);
  if (named >= 0) footer[named] = label;
  return footer;
}

function total(col, cells) {
  if (!["money", "number"].includes(col.kind) || NOT_SUMMED.test(col.title)) return "";
  const sizes = cells.map(figure).filter((size) => size !== null);
  if (!sizes.length) return "";
  const places = col.kind === "money" ? 2 : 0;
  if (BALANCES.test(col.title)) return formatted(sizes[sizes.length - 1], places);
  return formatted(sizes.reduce((sum, size) => sum + size, 0n), places);
}

// What kind of column these cells make; a dash, or a figure in the brackets of accountants, changes no kind.
export function guessKind(title, cells) {
  const filled = cells.filter((cell) => cell && !isDash(cell));
  if (!filled.length) return /元|金额/.test(title) ? "money" : "text";
  if (filled.every((cell) => figure(cell) !== null)) {
    const money = /元|金额|收入|支出|结余|余额/.test(title) || filled.some((cell) => /[￥¥元]/.test(cell.normalize("NFKC")))
      || filled.every((cell) => /\.\d\d\)?$/.test(cell.normalize("NFKC")));
    return money ? "money" : "number";
  }
  const isDate = filled.every((cell) => /^(\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?$/.test(cell));
  return isDate ? "date" : "text";
}

// Money and counts without separators, as they are saved.
export function normalizedCell(cell, kind) {
  if (!["money", "number"].includes(kind)) return cell;
  const size = amount(cell);
  if (size === null) return cell;
  const places = /\.(\d+)/.exec(cell.normalize("NFKC"));
  return formatted(size, places ? Math.min(places[1].length, Number(DIGITS)) : 0);
}
