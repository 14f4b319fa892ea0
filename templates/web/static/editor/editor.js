// The draft editor: one page of text in native fields, saved by itself.
import "../once.js";
import "../printed.js";
import "../search.js";
import "../files.js";
import "./old_figures.js";
import "./sheet.js";
import "./money.js";
import { empty, converted, isEmpty } from "./model.js";
import { blockFields, grow } from "./blocks.js";
import { createHistory } from "./history.js";
import { installKeys } from "./keys.js";
import { installDragging } from "./drag.js";
import { installFiles } from "./files.js";
import { installChecks } from "./checks.js";
import { createAutosave } from "./autosave.js";
import { createKept } from "./kept.js";
import { offerKept, plainWords } from "./offer.js";
import { installPasting, omittedSentences } from "./pasting.js";

const form = document.getElementById("draft");
const root = document.getElementById("editor");
const list = root.querySelector("[data-blocks]");
const status = document.querySelector("[data-status]");
const fieldNames = ["title", "change_note", "publish_at", "posting_days"].filter((name) => form.elements.namedItem(name));
const values = Object.fromEntries(fieldNames.map((name) => [name, form.elements.namedItem(name).value]));
const isPhone = matchMedia("(pointer: coarse) and (max-width: 45em)").matches;

// All words that people read come from the page, where they are translated.
const i18n = {
  word: (name) => onThisDevice(root.getAttribute(`data-word-${name}`) || ""),
  template: (name) => root.querySelector(`template[data-name="${name}"]`).content.firstElementChild.cloneNode(true),
  fileUrl: (file) => root.dataset.fileUrl.replace("FILE", file),
  onThisDevice, note, showCut, showOmitted, leave,
};

// What is one copied from a page that calls every device a computer.
function onThisDevice(words) {
  return isPhone ? words.replaceAll("电脑", "手机") : words;
}

const editor = {
  form, root, list, i18n,
  blocks: JSON.parse(form.elements.namedItem("document").value).blocks,
  edit, draw, indexOf, focus, leave, move, placeAt, cursor, insert, fill, isBare, isUntitled,
  adopt: (blocks) => adopt(blocks.map((block) => JSON.stringify(block))),
};

// --- changes -------------------------------------------------------------------------------------

// Every change of the draft: remembered for undo, drawn, saved. `key` is the field that is typed in.
function edit(key, change) {
  history.step(key);
  change();
  if (!key) draw();
  autosave.changed();
}

function read() {
  return { ...values, document: { blocks: editor.blocks } };
}

const history = createHistory({
  read: () => ({ values: { ...values }, blocks: editor.blocks.map((block) => JSON.stringify(block)), place: placeOf(document.activeElement) }),
  isSame: (one, other) => JSON.stringify([one.values, one.blocks]) === JSON.stringify([other.values, other.blocks]),
  restore: ({ values: old, blocks, place }) => {
    adopt(blocks);
    fill(old);
    draw();
    autosave.changed();
    focusPlace(place);
  },
  shown: (back, forth) => {
    document.querySelector("[data-act=undo]").disabled = !back;
    document.querySelector("[data-act=redo]").disabled = !forth;
  },
});

// Blocks as JSON take the place of what stands here; those that stay the same stay as they are drawn.
function adopt(blocks) {
  const known = new Map(editor.blocks.map((block) => [JSON.stringify(block), block]));
  editor.blocks = blocks.map((text) => {
    const block = known.get(text) || JSON.parse(text);
    known.delete(text);
    return block;
  });
}

// Nobody has written a title yet, or anything but how every notice begins.
function isUntitled() {
  return values.title === form.elements.namedItem("title").defaultValue;
}

function isBare() {
  return isUntitled() && editor.blocks.every((block) => isEmpty(block) || block.text === root.dataset.salutation);
}

function fill(texts) {
  fieldNames.filter((name) => name in texts).forEach((name) => {
    values[name] = form.elements.namedItem(name).value = texts[name];
    grow(form.elements.namedItem(name));
  });
}

fieldNames.forEach((name) => {
  const field = form.elements.namedItem(name);
  field.addEventListener("input", () => edit(field, () => { values[name] = field.value; grow(field); }));
  grow(field);
});

// --- what is on the page -------------------------------------------------------------------------

const drawn = new WeakMap();

// Each block keeps its element for as long as it is the same block: a long table is drawn once.
function draw() {
  if (!editor.blocks.length) editor.blocks.push(empty.paragraph());
  const items = editor.blocks.map((block) => {
    if (!drawn.has(block)) drawn.set(block, drawBlock(block));
    return drawn.get(block);
  });
  items.forEach((item, at) => { if (list.children[at] !== item) list.insertBefore(item, list.children[at] || null); });
  while (list.children.length > items.length) list.lastElementChild.remove();
  list.classList.toggle("blank", editor.blocks.length === 1 && isEmpty(editor.blocks[0]));
}

function drawBlock(block) {
  const item = i18n.template("block");
  item.dataset.type = block.type;
  item.setAttribute("aria-label", i18n.word(block.type));
  item.querySelector("[data-fields]").append(blockFields(block, i18n, edit));
  item.querySelector("[data-turn]").hidden = !["heading", "paragraph", "list"].includes(block.type);
  return item;
}

function indexOf(element) {
  return [...list.children].indexOf(element.closest?.("[data-block]"));
}

function fieldsOf(at) {
  return [...(list.children[at]?.querySelectorAll("[data-fields] :is(textarea, input:not([type=checkbox]))") || [])];
}

// `where` is "start", "end" or a number of characters.
function focus(at, where) {
  const all = fieldsOf(at);
  const field = where === "end" ? all[all.length - 1] : list.children[at]?.querySelector("[data-text], [data-alt]") || all[0];
  (field || list.children[at]?.querySelector("button"))?.focus();
  if (!field) return;
  const place = where === "start" ? 0 : where === "end" ? field.value.length : where;
  if (place !== undefined) field.setSelectionRange(place, place);
}

// On from a field to the next block, or the one before.
function leave(field, step) {
  const at = indexOf(field);
  const next = !field.dataset.column && !field.dataset.title && fieldsOf(at)[fieldsOf(at).indexOf(field) + step];
  if (next) next.focus();
  else if (at < 0) focus(0, "start");
  else if (at + step < 0) form.elements.namedItem("title").focus();
  else if (editor.blocks[at + step]) focus(at + step, step < 0 ? "end" : "start");
}

function placeOf(element) {
  const at = element && indexOf(element);
  const field = at >= 0 ? fieldsOf(at).indexOf(element) : -1;
  return { at, field, name: element?.name, caret: element?.selectionStart };
}

function focusPlace({ at, field, name, caret }) {
  const target = at >= 0 ? fieldsOf(at)[Math.max(0, field)] : fieldNames.includes(name) && form.elements.namedItem(name);
  if (!target) return;
  target.focus();
  if (typeof caret === "number" && target.selectionStart !== null) target.setSelectionRange(caret, caret);
}

// Where the cursor was last: new things come here.
let last = null;
form.addEventListener("focusin", (event) => { if (indexOf(event.target) >= 0) last = event.target.closest("[data-block]"); });

function cursor() {
  const at = last ? [...list.children].indexOf(last) : -1;
  return at < 0 ? editor.blocks.length : at + 1;
}

// The place between blocks that is nearest to a height on the screen.
function placeAt(y) {
  const at = [...list.children].findIndex((item) => { const box = item.getBoundingClientRect(); return y < box.top + box.height / 2; });
  return at < 0 ? editor.blocks.length : at;
}

// --- acts ----------------------------------------------------------------------------------------

// New blocks before a place; a blank paragraph before it makes room.
function insert(place, blocks) {
  const takes = blocks.length && editor.blocks[place - 1]?.type === "paragraph" && isEmpty(editor.blocks[place - 1]);
  const first = takes ? place - 1 : place;
  edit(null, () => editor.blocks.splice(first, takes ? 1 : 0, ...blocks));
  return first;
}

function move(from, to) {
  if (to < 0 || to >= editor.blocks.length) return;
  edit(null, () => editor.blocks.splice(to, 0, ...editor.blocks.splice(from, 1)));
  list.children[to].scrollIntoView({ block: "nearest" });
}

function convert(at, type) {
  edit(null, () => { editor.blocks[at] = converted(editor.blocks[at], type); });
  focus(at);
}

const acts = {
  up: (at, button) => { move(at, at - 1); button.focus(); },
  down: (at, button) => { move(at, at + 1); button.focus(); },
  remove: (at) => { edit(null, () => editor.blocks.splice(at, 1)); focus(Math.min(at, editor.blocks.length - 1), "start"); },
  heading: (at) => convert(at, "heading"),
  paragraph: (at) => convert(at, "paragraph"),
  list: (at) => convert(at, "list"),
  insert: (at) => openInsert(at),
};

// The second press of a double click, wherever it falls, is none.
document.addEventListener("click", (event) => {
  if (event.detail && event.detail % 2 === 0 && event.target.closest("button")) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

list.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (acts[button?.dataset.act] && !button.closest("[data-fields]")) acts[button.dataset.act](indexOf(button), button);
});

document.addEventListener("click", (event) => {
  const sheet = event.target.closest("[data-sheet]");
  if (sheet) {
    event.preventDefault();
    autosave.whenSaved(() => document.dispatchEvent(new CustomEvent("draft-look", { detail: sheet }))); // sheet.js
  }
  const act = event.target.closest("[data-bar] button")?.dataset.act;
  if (act === "undo" || act === "redo") history[act]();
});

form.addEventListener("keydown", (event) => {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || !"zy".includes(key)) return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) history.redo();
  else history.undo();
});

form.addEventListener("beforeinput", (event) => {
  if (!event.inputType.startsWith("history")) return;
  event.preventDefault();
  history[event.inputType === "historyUndo" ? "undo" : "redo"]();
});

// What can be added, at the end and between any two blocks.
function openInsert(at) {
  const row = i18n.template("add");
  closeInsert();
  list.children[at].before(row);
  row.dataset.at = at;
  row.querySelector("button").focus();
}

function closeInsert() {
  list.querySelectorAll("[data-add]").forEach((row) => row.remove());
}

root.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add] button");
  if (!button) return;
  const place = placeToAdd(button);
  edit(null, () => editor.blocks.splice(place, 0, empty[button.dataset.type]()));
  focus(place, "start");
});

root.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !event.target.closest("[data-blocks] [data-add]")) return;
  focus(placeToAdd(event.target), "start");
});

// Where the pressed one of them adds; the row between the blocks has done its work.
function placeToAdd(element) {
  const { at } = element.closest("[data-add]").dataset;
  closeInsert();
  return at === undefined ? editor.blocks.length : Number(at);
}
editor.placeToAdd = placeToAdd;

// Says beside the text what a paste left out: nobody should find out from the wall.
function showOmitted(omitted) {
  const sentences = Array.isArray(omitted) ? omitted : omittedSentences(omitted, i18n.word);
  root.querySelector("[data-omitted]").replaceChildren(...sentences.map((words) => note("omitted", words)));
}

// Says inside a block how much of what was pasted did not fit.
function showCut(inside, { columns, rows }) {
  const notes = [["too-wide", columns], ["too-long", rows]]
    .filter(([, count]) => count)
    .map(([name, count]) => note("lost", i18n.word(name).replace("COUNT", count)));
  inside.querySelectorAll("[data-lost]").forEach((old) => old.remove());
  inside.prepend(...notes);
}

function note(name, words) {
  const element = i18n.template(name);
  element.textContent = words;
  return element;
}

// --- the state of saving -------------------------------------------------------------------------

const checks = installChecks(editor);
const kept = createKept(root.dataset.saveUrl, root.dataset.person);
const autosave = createAutosave({ form, url: root.dataset.saveUrl, read, show, showConflict, kept, maySubmit: checks.maySubmit });

function show(state, reply = {}) {
  status.dataset.state = state;
  status.textContent = state === "saved" ? `${i18n.word("saved")} ${reply.saved_at_words}` : i18n.word(state);
  showFaults(state === "refused" ? reply : {});
  if (reply.checks) checks.show(reply, state === "saved" ? autosave.sentBlocks() : editor.blocks);
  if ("late_words" in reply) showLate(reply.late_words);
}
Object.assign(editor, { show, status, whenSaved: autosave.whenSaved });

// The chosen moment comes after the day that the law sets.
function showLate(words) {
  const place = form.querySelector("[data-late]");
  place.textContent = words;
  place.hidden = !words;
}

// Each beside the field it is about; what is about no single field stands above the text.
function showFaults({ sentences = [], faults = {} }) {
  form.querySelectorAll("[data-fault]").forEach((place) => {
    const words = (faults[place.dataset.fault] || []).join("");
    place.textContent = words;
    place.hidden = !words;
    place.closest(".field").classList.toggle("faulty", Boolean(words));
  });
  const beside = fieldNames.flatMap((name) => faults[name] || []);
  const left = sentences.filter((sentence) => !beside.includes(sentence));
  const box = root.querySelector("[data-faults]");
  box.hidden = !left.length;
  box.querySelector("ul").replaceChildren(...left.map((words) => note("entry", words)));
}

// Somebody else saved meanwhile: both texts are here, and a person decides.
function showConflict(reply) {
  const panel = i18n.template("overtaken");
  panel.querySelector("[data-sentence]").textContent = `${reply.sentence}（${reply.at_words}）`;
  panel.querySelector("[data-theirs]").textContent = plainWords(reply.theirs);
  panel.querySelector("[data-act=mine]").addEventListener("click", () => take({}, reply.theirs.version));
  panel.querySelector("[data-act=both]").addEventListener("click", () => {
    take({ document: { blocks: [...editor.blocks, ...reply.theirs.document.blocks] } }, reply.theirs.version);
  });
  root.querySelector("[data-conflict]").replaceChildren(panel);
  panel.scrollIntoView({ block: "nearest" });
}

// A text that could not be sent before an earlier page was left is offered beside what is saved.
function offerStored() {
  const place = root.querySelector("[data-kept]");
  const page = { read, take, both };
  return offerKept({ kept, form, place, compareUrl: root.dataset.compareUrl, page, i18n });
}

// A text that a person chose takes the place of what stands here, over a version that he has seen.
function take(text, version) {
  root.querySelector("[data-conflict]").replaceChildren();
  edit(null, () => {
    if (text.document) editor.adopt(text.document.blocks);
    fill(text);
  });
  autosave.takeVersion(version);
}

// From the buttons of static/money.js. What was typed meanwhile stays, and the next save says that both are there.
document.addEventListener("draft-insert", ({ detail }) => focus(insert(cursor(), detail), "start"));
document.addEventListener("draft-taken", ({ detail }) => { if (autosave.isSaved()) take(detail, detail.version); });

// What is saved, and below it what was kept here.
function both(copy, saved) {
  take({ ...saved, document: { blocks: [...saved.document.blocks, ...copy.document.blocks] } }, saved.version);
}

form.addEventListener("formdata", ({ formData }) => formData.set("document", JSON.stringify({ blocks: editor.blocks })));
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }); // back from what it became
installKeys(editor);
installDragging(editor);
installFiles(editor);
installPasting(editor);
draw();
checks.show(JSON.parse(root.dataset.todo), editor.blocks);
offerStored();
setTimeout(offerStored, 125000); // of a window that crashed, by its silence
