// What decides whether pasted words can be seen: tags, attributes, inline styles, and the style sheet that Word, WPS and
// Excel send along.

const WATCHED = /^(display|visibility|opacity|font-size|font-family|text-decoration(-line)?|text-line-through|white-space(-collapse)?|mso-(hide|element|special-character|list))$/;
const COMMON = /^(font-size|font-family|white-space:(normal|nowrap))/; // in every rule of a spreadsheet; alone they hide nothing
const SHOWN_ONLY_BY_MACHINES = new Set([
  "ANNOTATION", "ANNOTATION-XML", "AUDIO", "CANVAS", "DATALIST", "DEFS", "DESC", "HEAD", "IFRAME", "LINK", "META",
  "METADATA", "METER", "NOSCRIPT", "OBJECT", "PROGRESS", "RP", "SCRIPT", "STYLE", "TEMPLATE", "TITLE", "VIDEO", "XML",
]);
const BLOCKS = new Set([
  "ADDRESS", "ARTICLE", "ASIDE", "BLOCKQUOTE", "BODY", "CENTER", "DD", "DETAILS", "DIALOG", "DIR", "DIV", "DL", "DT",
  "FIELDSET", "FIGCAPTION", "FIGURE", "FOOTER", "FORM", "HEADER", "HGROUP", "HR", "LEGEND", "LI", "MAIN", "MENU", "NAV",
  "OL", "P", "PRE", "SEARCH", "SECTION", "SUMMARY", "UL", "H1", "H2", "H3", "H4", "H5", "H6",
  "CAPTION", "THEAD", "TBODY", "TFOOT", "TR", "TD", "TH",
]);

export function nameOf(element) {
  return element.tagName.toUpperCase();
}

// No part of the text: scripts, settings, what stands in when something can't be played.
export function isMachinery(element) {
  return SHOWN_ONLY_BY_MACHINES.has(nameOf(element));
}

// A function from an element to its declarations, {property: value}, in lower case.
export function stylesOf(page) {
  const rules = [...page.querySelectorAll("style")].flatMap((sheet) => rulesOf(sheet.textContent));
  return (element) => {
    const own = declarations(element.getAttribute("style") || "");
    if (!rules.length) return own;
    return Object.assign({}, ...rules.filter((rule) => matches(element, rule.selector)).map((rule) => rule.style), own);
  };
}

// A style sheet read plainly: a browser's own reader drops every mso- property.
function rulesOf(css) {
  const plain = css.replace(/\/\*[^]*?\*\/|<!--|-->/g, "").replace(/@[^{};]+(;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})/g, "");
  return [...plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
    .map(([, selector, text]) => ({ selector: selector.trim(), style: declarations(text) }))
    .filter(({ style }) => Object.keys(style).some((name) => !COMMON.test(`${name}:${style[name]}`)));
}

function matches(element, selector) {
  try { return element.matches(selector); } catch { return false; } // a selector of Office alone
}

function declarations(text) {
  const style = {};
  for (const part of text.split(";")) {
    const colon = part.indexOf(":");
    const name = part.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && WATCHED.test(name)) style[name] = part.slice(colon + 1).replace(/!\s*important/i, "").trim().toLowerCase();
  }
  return style;
}

// Why nothing inside an element arrives: "struck", "hidden", "comment"; "" when nothing speaks against it.
export function whyOmitted(element, style) {
  const name = nameOf(element);
  if (/comment/.test(`${style["mso-element"]} ${style["mso-special-character"]}`)) return "comment";
  if (/\bmso(comment|com)/i.test(element.getAttribute("class") || "")) return "comment";
  if (name === "DEL" || isStruck(name, style)) return "struck";
  if (element.hasAttribute("hidden") || style.display === "none" || /^0*\.?0+$/.test(style.opacity || "")) return "hidden";
  if (element.matches("dialog:not([open])")) return "hidden";
  const folded = element.parentElement?.matches("details:not([open])") && !element.matches("summary:first-of-type");
  return folded ? "hidden" : "";
}

function isStruck(name, style) {
  const line = `${style["text-decoration"] || ""} ${style["text-decoration-line"] || ""}`;
  if (/line-through/.test(line)) return true;
  if (style["text-line-through"] && style["text-line-through"] !== "none") return true;
  return ["S", "STRIKE"].includes(name) && !/none/.test(line);
}

// What an element hands down: whether its own words are unseen, and whether line ends in them are meant.
export function inherited(style, { unseen, spaced }) {
  if (style.visibility) unseen = { ...unseen, visibility: style.visibility !== "visible" };
  if (style["mso-hide"]) unseen = { ...unseen, office: style["mso-hide"] !== "none" };
  if (style["font-size"]) unseen = { ...unseen, size: /^0+(\.0+)?[a-z%]*$/.test(style["font-size"]) };
  const white = style["white-space"] || style["white-space-collapse"];
  if (white) spaced = /pre|break-spaces/.test(white);
  return { unseen, spaced };
}

export function isUnseen(unseen) {
  return Boolean(unseen.visibility || unseen.office || unseen.size);
}

// How an element stands among its neighbours: "inline", "block", or "cell" (on the same line, yet apart).
export function standing(element, style, parentDisplay) {
  const display = style.display || "";
  if (/flex|grid/.test(parentDisplay || "") && display !== "contents") return "block";
  if (display === "table-cell") return "cell";
  if (/^(block|flex|grid|flow-root|list-item|table)/.test(display)) return "block";
  if (display && !/^(ruby|initial|inherit|revert|unset)/.test(display)) return "inline";
  if (["TD", "TH"].includes(nameOf(element))) return "cell";
  return BLOCKS.has(nameOf(element)) ? "block" : "inline";
}
