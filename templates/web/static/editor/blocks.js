// The fields of each kind of block.
import { tableEditor } from "./table.js";

// An element in which a block is edited. `changed` is called after every change of the block.
export function blockFields(block, say, changed) {
  const make = { heading, paragraph, list, table: tableEditor, image, attachment }[block.type];
  return make(block, say, changed);
}

function heading(block, say, changed) {
  const box = say.template("heading");
  const level = box.querySelector("select");
  level.value = block.level;
  level.addEventListener("change", () => { block.level = Number(level.value); changed(); });
  bound(box.querySelector("input"), block, "text", changed);
  return box;
}

function paragraph(block, say, changed) {
  const field = say.template("paragraph");
  bound(field, block, "text", () => { grow(field); changed(); });
  growSoon(field);
  return field;
}

function list(block, say, changed) {
  const box = say.template("list");
  const field = box.querySelector("textarea");
  field.value = block.items.join("\n");
  field.addEventListener("input", () => { block.items = field.value.split("\n"); grow(field); changed(); });
  const ordered = box.querySelector("input");
  ordered.checked = block.ordered;
  ordered.addEventListener("change", () => { block.ordered = ordered.checked; changed(); });
  growSoon(field);
  return box;
}

function image(block, say, changed) {
  const box = say.template("image");
  box.querySelector("img").src = say.fileUrl(block.file);
  bound(box.querySelector("[data-alt]"), block, "alt", changed);
  bound(box.querySelector("[data-caption]"), block, "caption", changed);
  return box;
}

function attachment(block, say, changed) {
  const box = say.template("attachment");
  bound(box.querySelector("input"), block, "name", changed);
  return box;
}

function bound(field, block, name, changed) {
  field.value = block[name] || "";
  field.addEventListener("input", () => { block[name] = field.value; changed(); });
}

// A text field as high as its text.
function grow(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 4}px`;
}

function growSoon(field) {
  requestAnimationFrame(() => grow(field));
}

// A phone that is turned wraps its lines anew.
addEventListener("resize", () => document.querySelectorAll(".block textarea").forEach(grow));
