// The fields of each kind of block.
import { tableFields } from "./table.js";

const sizesItself = CSS.supports("field-sizing", "content");

// An element in which a block is edited. Every change goes through `edit(key, change)`.
export function blockFields(block, i18n, edit) {
  const make = { heading, paragraph, list: itemList, table: tableFields, image, attachment, translation }[block.type];
  return make ? make(block, i18n, edit) : shown(block, i18n);
}

// What is written elsewhere on the page: 明白账.
function shown({ lines = [] }, i18n) {
  const box = i18n.template("other");
  box.querySelector("[data-words]").textContent = lines.map(({ label, words }) => `${label}：${words}`).join("\n");
  return box;
}

function heading(block, i18n, edit) {
  const box = i18n.template("heading");
  const level = box.querySelector("select");
  level.value = box.dataset.level = block.level;
  level.addEventListener("change", () => edit(null, () => { block.level = Number(level.value); box.dataset.level = level.value; }));
  bind(box.querySelector("textarea"), block, "text", edit);
  return box;
}

function paragraph(block, i18n, edit) {
  const field = i18n.template("paragraph");
  bind(field, block, "text", edit);
  return field;
}

function itemList(block, i18n, edit) {
  const box = i18n.template("list");
  const field = box.querySelector("textarea");
  field.value = block.items.join("\n");
  field.addEventListener("input", () => edit(field, () => { block.items = field.value.split("\n"); grow(field); }));
  const ordered = box.querySelector("input");
  ordered.checked = block.ordered;
  ordered.addEventListener("change", () => edit(null, () => { block.ordered = ordered.checked; }));
  growWhenDrawn(field);
  return box;
}

function image(block, i18n, edit) {
  const box = i18n.template("image");
  box.querySelector("img").src = i18n.fileUrl(block.file);
  bind(box.querySelector("[data-alt]"), block, "alt", edit);
  bind(box.querySelector("[data-caption]"), block, "caption", edit);
  return box;
}

function attachment(block, i18n, edit) {
  const box = i18n.template("attachment");
  bind(box.querySelector("input"), block, "name", edit);
  return box;
}

// What the notice says, in another language: written in its own direction.
function translation(block, i18n, edit) {
  const box = i18n.template("translation");
  const [language, title, field] = ["select", "input", "textarea"].map((name) => box.querySelector(name));
  const turn = () => [title, field].forEach((each) => {
    each.lang = block.language;
    each.dir = language.selectedOptions[0].dataset.dir;
  });
  language.value = block.language;
  language.addEventListener("change", () => edit(null, () => { block.language = language.value; turn(); }));
  turn();
  bind(title, block, "title", edit);
  field.value = block.paragraphs.join("\n");
  field.addEventListener("input", () => edit(field, () => { block.paragraphs = field.value.split("\n"); grow(field); }));
  growWhenDrawn(field);
  return box;
}

function bind(field, block, name, edit) {
  field.value = block[name] || "";
  field.addEventListener("input", () => edit(field, () => { block[name] = field.value; grow(field); }));
  growWhenDrawn(field);
}

// A text field as high as its text, where the browser does not see to that.
export function grow(field) {
  if (sizesItself || field.tagName !== "TEXTAREA") return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

function growWhenDrawn(field) {
  if (!sizesItself) requestAnimationFrame(() => grow(field));
}

// A phone that is turned breaks its lines elsewhere.
if (!sizesItself) addEventListener("resize", () => document.querySelectorAll("#draft textarea").forEach(grow));
