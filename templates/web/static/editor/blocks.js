// The fields of each kind of block.
import { tableEditor } from "./table.js";

// An element in which a block is edited. `changed` is called after every change of the block.
export function blockFields(block, i18n, changed) {
  const make = { heading, paragraph, list, table: tableEditor, image, attachment }[block.type];
  return make(block, i18n, changed);
}

function heading(block, i18n, changed) {
  const box = i18n.template("heading");
  const level = box.querySelector("select");
  level.value = block.level;
  level.addEventListener("change", () => { block.level = Number(level.value); changed(); });
  bind(box.querySelector("input"), block, "text", changed);
  return box;
}

function paragraph(block, i18n, changed) {
  const field = i18n.template("paragraph");
  bind(field, block, "text", () => { grow(field); changed(); });
  growWhenDrawn(field);
  return field;
}

function list(block, i18n, changed) {
  const box = i18n.template("list");
  const field = box.querySelector("textarea");
  field.value = block.items.join("\n");
  field.addEventListener("input", () => { block.items = field.value.split("\n"); grow(field); changed(); });
  const ordered = box.querySelector("input");
  ordered.checked = block.ordered;
  ordered.addEventListener("change", () => { block.ordered = ordered.checked; changed(); });
  growWhenDrawn(field);
  return box;
}

function image(block, i18n, changed) {
  const box = i18n.template("image");
  box.querySelector("img").src = i18n.fileUrl(block.file);
  bind(box.querySelector("[data-alt]"), block, "alt", changed);
  bind(box.querySelector("[data-caption]"), block, "caption", changed);
  return box;
}

function attachment(block, i18n, changed) {
  const box = i18n.template("attachment");
  bind(box.querySelector("input"), block, "name", changed);
  return box;
}

function bind(field, block, name, changed) {
  field.value = block[name] || "";
  field.addEventListener("input", () => { block[name] = field.value; changed(); });
}

// A text field as high as its text.
function grow(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 4}px`;
}

function growWhenDrawn(field) {
  requestAnimationFrame(() => grow(field));
}

// A phone that is turned breaks its lines elsewhere.
addEventListener("resize", () => document.querySelectorAll(".block textarea").forEach(grow));
