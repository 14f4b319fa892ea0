// The document as the server knows it (bulletin/domain/notices/content.py), as plain functions over plain data.

const DIGITS = 6n; // decimal places that a sum keeps exactly
const UNIT = 10n ** DIGITS;

export const empty = {
  heading: () => ({ type: "heading", level: 1, text: "" }),
  paragraph: (text = "") => ({ type: "paragraph", text }),
  list: (items = [""]) => ({ type: "list", ordered: false, items }),
  table: () => ({
    type: "table", caption: "", columns: [column(), column()], rows: [["", ""], ["", ""]], footer: null,
  }),
};

export function column(title = "", kind = "text") {
  return { title, kind };
}

export const MOST = { columns: 16, rows: 5000 };

// Cut a table to what one may hold; how much was lost.
export function cutToFit(table) {
  const lost = {
    columns: Math.max(0, table.columns.length - MOST.columns),
    rows: Math.max(0, table.rows.length - MOST.rows),
  };
  table.rows.splice(MOST.rows);
  [table.columns, ...table.rows, ...(table.footer ? [table.footer] : [])].forEach((row) => row.splice(MOST.columns));
  return lost;
}

// The words of a block, for turning it into another kind.
export function words(block) {
  if (block.type === "list") return block.items.join("\n");
  return block.text || "";
}

export function turned(block, type) {
  const text = words(block);
  if (type === "list") return empty.list(text.split("\n"));
  if (type === "heading") return { ...empty.heading(), text: text.replace(/\s*\n\s*/g, " ") };
  return empty.paragraph(text);
}

export function isEmpty(block) {
  if (block.type === "table") {
    return !block.caption && block.columns.every((c) => !c.title) && block.rows.every((r) => r.every((c) => !c));
  }
  return ["heading", "paragraph", "list"].includes(block.type) && !words(block).trim();
}

// --- figures -----------------------------------------------------------------------------------

// The figure in a cell in millionths, or null: 1,234.50 元 and ￥24 count, 待核 does not.
export function amount(cell) {
  const plain = cell.normalize("NFKC").replace(/[,，\s元￥¥]/g, "");
  const found = /^([+-]?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(plain);
  if (!found) return null;
  const [, sign, whole, part = ""] = found;
  const size = BigInt(whole) * UNIT + BigInt(part.padEnd(Number(DIGITS), "0"));
  return sign === "-" ? -size : size;
}

// Millionths written with as many places as asked for; whole figures need none.
export function written(size, places) {
  const sign = size < 0n ? "-" : "";
  const all = (size < 0n ? -size : size).toString().padStart(Number(DIGITS) + 1, "0");
  const whole = all.slice(0, -Number(DIGITS));
  const part = all.slice(-Number(DIGITS)).replace(/0+$/, "").padEnd(places, "0");
  return part ? `${sign}${whole}.${part}` : `${sign}${whole}`;
}

const NOT_SUMMED = /单价|标准|序号|编号|累计|比例|%|％/;
const LAST_COUNTS = /结余|余额/;

// The total line: exact sums of figures; of a running balance the last one.
export function totals(table, label) {
  const footer = table.columns.map((col, at) => total(col, table.rows.map((row) => row[at])));
  const named = table.columns.findIndex((col, at) => col.kind === "text" && !footer[at]);
  if (named >= 0) footer[named] = label;
  return footer;
}

function total(col, cells) {
  if (!["money", "number"].includes(col.kind) || NOT_SUMMED.test(col.title)) return "";
  const found = cells.map(amount).filter((size) => size !== null);
  if (!found.length) return "";
  const places = col.kind === "money" ? 2 : 0;
  if (LAST_COUNTS.test(col.title)) return written(found[found.length - 1], places);
  return written(found.reduce((sum, size) => sum + size, 0n), places);
}

// What kind of column these cells make.
export function guessedKind(title, cells) {
  const filled = cells.filter((cell) => cell);
  if (!filled.length) return /元|金额/.test(title) ? "money" : "text";
  if (filled.every((cell) => amount(cell) !== null)) {
    const money = /元|金额|收入|支出|结余|余额/.test(title) || filled.every((cell) => /\.\d\d$/.test(cell));
    return money ? "money" : "number";
  }
  const dated = filled.every((cell) => /^(\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?$/.test(cell));
  return dated ? "date" : "text";
}

// Money and counts without separators, as they are kept.
export function keptCell(cell, kind) {
  if (!["money", "number"].includes(kind)) return cell;
  const size = amount(cell);
  if (size === null) return cell;
  const places = /\.(\d+)/.exec(cell.normalize("NFKC"));
  return written(size, places ? Math.min(places[1].length, Number(DIGITS)) : 0);
}
