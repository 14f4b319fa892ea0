// Pasted HTML read as people see it: every visible word in order and once; what is struck or hidden is named instead.
// One walk: inline words run together, blocks end a line, a table is a grid whose cells are read by the same walk.
import { gridOf } from "./pasted_table.js";
import { inherited, isMachinery, isUnseen, nameOf, standing, stylesOf, whyOmitted } from "./pasted_styles.js";

const BULLET = /^[\u00b7•●○■□◆◇▪►➢✓✔oØ§v\u2013*-]$/;
const SYMBOL_FACE = /symbol|wingdings|webdings/i;
const CJK = "[\\u2e80-\\u303f\\u3400-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef]";

// {parts, omitted}. A part is {type: "text", level, text}, {type: "list", ordered, items} or
// {type: "grid", captions, rows, heads}; omitted: the words left out by reason, and what else could not come along.
export function readHtml(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const omitted = nothing();
  const isWord = /urn:schemas-microsoft-com:office:word|\bclass="?Mso/i.test(html);
  const shared = { styleOf: stylesOf(page), omitted, isWord };
  return { parts: readParts(page.body, { unseen: {}, spaced: false }, shared), omitted };
}

function nothing() {
  return { struck: [], hidden: [], comment: [], pictures: 0, numbers: 0 };
}

export function readParts(root, context, shared) {
  const reader = new Reader(shared);
  reader.walk(root, context);
  reader.endPart();
  return reader.finished();
}

// The words of parts in reading order, as one line.
export function lineOf(parts) {
  return parts.flatMap(wordsOf).filter((words) => words).join(" ");
}

function wordsOf(part) {
  if (part.type === "text") return [oneLine(part.text)];
  if (part.type === "list") return part.items;
  return [...part.captions, ...part.rows.flat().map((cell) => cell.text)];
}

// What an element that is left out would have said.
export function wordsInside(element, shared) {
  const inside = readParts(element, { unseen: {}, spaced: false }, { ...shared, omitted: nothing() });
  return lineOf(inside) || element.textContent;
}

export function cleaned(text) {
  return text.replace(/\s+/g, " ").trim();
}

function oneLine(text) {
  return text.replace(/\n/g, " ");
}

class Reader {
  constructor(shared) {
    this.shared = shared;
    this.parts = [];
    this.words = "";
    this.level = 0; // of a heading
    this.list = null; // the list whose item is being read
    this.isBullet = false; // Word writes list items as paragraphs that begin with a mark
    this.isBroken = false; // words were left out right here
  }

  walk(element, context) {
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) this.read(node.nodeValue, context);
      else if (node.nodeType === Node.ELEMENT_NODE && !isMachinery(node)) this.enter(node, context);
    }
  }

  enter(element, context) {
    const style = this.shared.styleOf(element);
    if (this.omits(element, style)) return;
    const inside = { ...inherited(style, context), display: style.display };
    const name = nameOf(element);
    if (name === "PRE" && !style["white-space"]) inside.spaced = true;
    if (style["mso-list"] === "ignore" && this.readMark(element)) return;
    if (name === "BR") this.words += "\n";
    else if (name === "IMG" || name === "PICTURE") this.shared.omitted.pictures += 1;
    else if (name === "TABLE") this.readTable(element, inside);
    else if (name === "UL" || name === "OL" || name === "MENU") this.readList(element, inside);
    else if (name === "LI") this.readItem(element, inside);
    else if (/^H[1-6]$/.test(name)) this.readHeading(element, inside);
    else if (name === "SELECT") this.read(chosen(element), inside);
    else if (name === "INPUT") this.read(typedInto(element), inside);
    else if (name === "SUP") this.readRaised(element, inside);
    else this.readPlain(element, inside, standing(element, style, context.display));
  }

  // Whether an element is left out; its words are noted.
  omits(element, style) {
    const reason = whyOmitted(element, style);
    if (!reason) return false;
    this.note(reason, wordsInside(element, this.shared));
    if (reason === "struck") this.isBroken = true;
    return true;
  }

  note(reason, text) {
    const words = cleaned(text);
    if (words) this.shared.omitted[reason].push(words);
  }

  read(text, { unseen, spaced }) {
    if (isUnseen(unseen)) {
      this.isBroken = this.isBroken || Boolean(unseen.visibility); // its room stays empty
      return this.note("hidden", text);
    }
    if (this.shared.isWord && !spaced) text = text.replace(new RegExp(`(?<=${CJK})[ \\t]*\\r?\\n[ \\t]*(?=${CJK})`, "g"), "");
    const words = spaced ? text.replace(/\r\n?/g, "\n") : text.replace(/[ \t\n\r\f]+/g, " ");
    // Figures on both sides of what was left out are two figures.
    if (this.isBroken && /[\d.]$/.test(this.words) && /^[\d.]/.test(words)) this.words += " ";
    if (words) this.isBroken = false;
    this.words += words;
    return undefined;
  }

  // A raised figure after a figure is an exponent or a note, no digit of it.
  readRaised(element, context) {
    if (/\d$/.test(this.words) && /^\s*\d/.test(element.textContent)) this.words += "^";
    this.walk(element, context);
  }

  readMark(element) {
    const text = cleaned(element.textContent);
    const faces = [element.parentElement, element, ...element.querySelectorAll("*")].map((each) => each.getAttribute("style"));
    this.isBullet = BULLET.test(text) || (text.length === 1 && faces.some((face) => SYMBOL_FACE.test(face || "")));
    return this.isBullet;
  }

  readPlain(element, context, place) {
    if (place === "block") this.endLine();
    if (place === "cell") this.words += " ";
    this.walk(element, context);
    if (place === "block") this.endLine();
    if (place === "cell") this.words += " ";
  }

  readHeading(element, context) {
    if (this.list) return this.readPlain(element, context, "block");
    this.endPart();
    this.level = Math.min(3, Number(nameOf(element)[1]));
    this.walk(element, context);
    this.endPart();
    this.level = 0;
    return undefined;
  }

  readTable(table, context) {
    this.endPart();
    const grid = gridOf(table, context, this.shared);
    if (this.list) this.list.isPlain = false;
    this.parts.push(...(grid.flow || [grid]));
  }

  readList(element, context) {
    this.endPart();
    const outer = this.list;
    const ordered = nameOf(element) === "OL";
    if (outer) [outer.isPlain, outer.ordered] = [false, outer.ordered || ordered];
    else this.list = { ordered, isPlain: Number(element.getAttribute("start") || 1) === 1 && !element.hasAttribute("reversed") };
    this.walk(element, context);
    this.endPart();
    this.list = outer;
  }

  readItem(element, context) {
    this.endPart();
    if (this.list && element.hasAttribute("value")) this.list.isPlain = false;
    this.walk(element, context);
    this.endPart();
  }

  // The end of a block: inside a list item the next block goes on in the item.
  endLine() {
    if (this.list) this.words += "\n";
    else this.endPart();
  }

  endPart() {
    const [text, isBullet] = [this.words, this.isBullet];
    [this.words, this.isBullet, this.isBroken] = ["", false, false];
    const paragraphs = text.split(/\n[^\S\n]*\n/).map((lines) => lines.split("\n").map(cleaned).filter((line) => line).join("\n"));
    const filled = paragraphs.filter((paragraph) => paragraph);
    if (!filled.length) return;
    if (this.list || isBullet) this.addItem(oneLine(filled.join(" ")), this.list || WORD_LIST);
    else if (this.level) this.parts.push({ type: "text", level: this.level, text: oneLine(filled.join(" ")) });
    else this.parts.push(...filled.map((paragraph) => ({ type: "text", level: 0, text: paragraph })));
  }

  addItem(text, list) {
    const last = this.parts[this.parts.length - 1];
    if (last?.list === list) last.items.push(text);
    else this.parts.push({ type: "list", list, items: [text] });
  }

  // A list that does not count 1, 2, 3 as it did where it was copied is not numbered at all.
  finished() {
    return this.parts.map(({ list, ...part }) => {
      if (!list) return part;
      if (list.ordered && !list.isPlain) this.shared.omitted.numbers += 1;
      return { ...part, ordered: list.ordered && list.isPlain };
    });
  }
}

// What a field shows: the chosen of its options, all of them where it is open as a list, the words typed into it.
function chosen(select) {
  const options = select.multiple || select.size > 1 ? [...select.options] : [...select.selectedOptions];
  return options.map((option) => option.textContent).join(" ");
}

function typedInto(input) {
  return /^(hidden|password|checkbox|radio|file|image|color|range)$/.test(input.type) ? "" : input.value;
}

const WORD_LIST = { ordered: false, isPlain: true };
