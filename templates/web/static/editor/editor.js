// The draft editor: an ordered list of blocks, saved by itself.
import { empty, converted } from "./model.js";
import { blockFields } from "./blocks.js";
import { createAutosave } from "./autosave.js";
import { createKept } from "./kept.js";
import { offerKept, plainWords } from "./offer.js";
import { installPasting, omittedSentences } from "./pasting.js";

const form = document.getElementById("draft");
const root = document.getElementById("editor");
const documentField = form.elements.namedItem("document");
const list = root.querySelector("[data-blocks]");
const status = root.querySelector("[data-status]");
const findings = root.querySelector("[data-findings]");
const uploadFaults = root.querySelector("[data-upload-faults]");
const FIELDS = ["title", "change_note", "publish_at", "posting_days"];
let blocks = JSON.parse(documentField.value).blocks;

// All words that people read come from the page, where they are translated.
const i18n = {
  word: (name) => root.dataset[`word${name[0].toUpperCase()}${name.slice(1).replace(/-(.)/g, (_, c) => c.toUpperCase())}`],
  template: (name) => root.querySelector(`template[data-name="${name}"]`).content.firstElementChild.cloneNode(true),
  fileUrl: (file) => root.dataset.fileUrl.replace("FILE", file),
  showCut,
  showOmitted,
};

const kept = createKept(root.dataset.saveUrl, root.dataset.person);
const autosave = createAutosave({ form, url: root.dataset.saveUrl, read, show, showConflict, kept });

function read() {
  const payload = { document: { blocks } };
  FIELDS.forEach((name) => {
    const field = form.elements.namedItem(name);
    if (field) payload[name] = field.value;
  });
  return payload;
}

function changed() {
  documentField.value = JSON.stringify({ blocks });
  autosave.changed();
}

// --- what is on the page -------------------------------------------------------------------------

function draw() {
  if (!blocks.length) blocks.push(empty.paragraph());
  list.replaceChildren(...blocks.map(drawBlock));
}

function drawBlock(block) {
  const item = i18n.template("block");
  item.dataset.type = block.type;
  item.querySelector("[data-kind]").textContent = i18n.word(block.type);
  item.querySelector("[data-fields]").append(blockFields(block, i18n, changed));
  item.querySelector("[data-turn]").hidden = !["heading", "paragraph", "list"].includes(block.type);
  return item;
}

function redraw(focusAt) {
  draw();
  changed();
  if (focusAt !== undefined) list.children[focusAt]?.querySelector("textarea, input, select")?.focus();
}

function indexOf(element) {
  return [...list.children].indexOf(element.closest("[data-block]"));
}

// --- acts ----------------------------------------------------------------------------------------

const acts = {
  up: (at) => move(at, at - 1),
  down: (at) => move(at, at + 1),
  remove: (at) => remove(at),
  heading: (at) => convert(at, "heading"),
  paragraph: (at) => convert(at, "paragraph"),
  list: (at) => convert(at, "list"),
};

function move(from, to) {
  if (to < 0 || to >= blocks.length) return;
  blocks.splice(to, 0, ...blocks.splice(from, 1));
  redraw(to);
}

function convert(at, type) {
  blocks[at] = converted(blocks[at], type);
  redraw(at);
}

function remove(at) {
  const [removed] = blocks.splice(at, 1);
  redraw();
  const undo = i18n.template("undo");
  undo.querySelector("button").addEventListener("click", () => {
    blocks.splice(at, 0, removed);
    undo.remove();
    redraw(at);
  });
  root.querySelector("[data-undo]").replaceChildren(undo);
}

list.addEventListener("click", (event) => {
  const act = event.target.closest("button")?.dataset.act;
  if (act && acts[act] && !event.target.closest("[data-fields]")) acts[act](indexOf(event.target));
});

root.querySelector("[data-add]").addEventListener("click", (event) => {
  const type = event.target.closest("button")?.dataset.type;
  if (!type) return;
  blocks.push(empty[type]());
  redraw(blocks.length - 1);
});

root.querySelectorAll("[data-add] input[type=file]").forEach((input) => {
  input.addEventListener("change", async () => {
    uploadFaults.replaceChildren();
    for (const file of input.files) await upload(file);
    input.value = "";
  });
});

async function upload(file) {
  const body = new FormData();
  body.append("file", file);
  const before = [status.dataset.state, status.textContent];
  [status.dataset.state, status.textContent] = ["uploading", i18n.word("uploading")];
  try {
    const response = await fetch(root.dataset.uploadUrl, {
      method: "POST", body, credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": form.elements.namedItem("csrf_token").value },
    });
    const reply = await response.json();
    if (!response.ok) { notUploaded(file, reply.sentences || [i18n.word("upload-failed")]); return; }
    blocks.push(reply.kind === "image"
      ? { type: "image", file: reply.file, alt: "", caption: "" }
      : { type: "attachment", file: reply.file, name: reply.name });
    redraw(blocks.length - 1);
  } catch {
    notUploaded(file, [i18n.word("upload-failed")]);
  } finally {
    if (status.dataset.state === "uploading") [status.dataset.state, status.textContent] = before;
  }
}

// Beside the buttons that chose the file; what was written stays as it is.
function notUploaded(file, sentences) {
  const words = i18n.word("not-uploaded").replace("NAME", file.name) + sentences.join("");
  uploadFaults.append(note("fault", words));
}

// --- keys and pasting ----------------------------------------------------------------------------

list.addEventListener("keydown", (event) => {
  const at = indexOf(event.target);
  if (blocks[at]?.type !== "paragraph" || event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) split(event, at);
  else if (event.key === "Backspace") join(event, at);
});

function split(event, at) {
  event.preventDefault();
  const { value, selectionStart, selectionEnd } = event.target;
  blocks[at].text = value.slice(0, selectionStart);
  blocks.splice(at + 1, 0, empty.paragraph(value.slice(selectionEnd)));
  redraw(at + 1);
  list.children[at + 1].querySelector("textarea").setSelectionRange(0, 0);
}

function join(event, at) {
  const { selectionStart, selectionEnd, value } = event.target;
  if (selectionStart || selectionEnd || blocks[at - 1]?.type !== "paragraph") return;
  event.preventDefault();
  const place = blocks[at - 1].text.length;
  blocks[at - 1].text += value;
  blocks.splice(at, 1);
  redraw(at - 1);
  list.children[at - 1].querySelector("textarea").setSelectionRange(place, place);
}

installPasting({ form, list, blocks: () => blocks, indexOf, redraw }, i18n);

// Says beside the text what a paste left out: nobody should find out from the wall.
function showOmitted(omitted) {
  const sentences = omittedSentences(omitted, i18n.word);
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

function show(state, reply = {}) {
  status.dataset.state = state;
  status.textContent = state === "saved" ? `${i18n.word("saved")} ${reply.saved_at_words}` : i18n.word(state);
  showFaults(state === "refused" ? reply : {});
  if (reply.checks) showChecks(reply.checks);
  if (reply.checks) document.dispatchEvent(new Event("draft-saved"));
  if ("late_words" in reply) showLate(reply.late_words);
}

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
  const beside = FIELDS.flatMap((name) => faults[name] || []);
  const left = sentences.filter((sentence) => !beside.includes(sentence));
  const box = root.querySelector("[data-faults]");
  box.hidden = !left.length;
  box.querySelector("ul").replaceChildren(...left.map(entry));
}

function entry(words) {
  const item = document.createElement("li");
  item.textContent = words;
  return item;
}

function showChecks(lines) {
  findings.hidden = !lines.length;
  findings.querySelector("ul").replaceChildren(...lines.map((finding) => entry(finding.words)));
}

// Somebody else saved meanwhile: both texts are here, and a person decides.
function showConflict(reply) {
  const panel = i18n.template("overtaken");
  panel.querySelector("[data-sentence]").textContent = `${reply.sentence}（${reply.at_words}）`;
  panel.querySelector("[data-theirs]").textContent = plainWords(reply.theirs);
  panel.querySelector("[data-act=mine]").addEventListener("click", () => resolveConflict(reply.theirs.version));
  panel.querySelector("[data-act=both]").addEventListener("click", () => {
    blocks.push(...reply.theirs.document.blocks);
    resolveConflict(reply.theirs.version);
  });
  root.querySelector("[data-conflict]").replaceChildren(panel);
  panel.scrollIntoView({ block: "nearest" });
}

function resolveConflict(version) {
  root.querySelector("[data-conflict]").replaceChildren();
  draw();
  documentField.value = JSON.stringify({ blocks });
  autosave.takeVersion(version);
}

// A text that could not be sent before an earlier page was left is offered beside what is saved.
function offerStored() {
  const place = root.querySelector("[data-kept]");
  const page = { read, take, both };
  return offerKept({ kept, form, place, compareUrl: root.dataset.compareUrl, page, i18n });
}

function take(text, version) {
  blocks = structuredClone(text.document.blocks);
  FIELDS.forEach((name) => { if (form.elements.namedItem(name) && name in text) form.elements.namedItem(name).value = text[name]; });
  resolveConflict(version);
}

// What is saved, and below it what was kept here.
function both(copy, saved) {
  take({ ...saved, document: { blocks: [...saved.document.blocks, ...copy.document.blocks] } }, saved.version);
}

FIELDS.forEach((name) => form.elements.namedItem(name)?.addEventListener("input", changed));
draw();
offerStored();
recheck();
document.addEventListener("figures-confirmed", recheck);

function recheck() {
  fetch(root.dataset.checkUrl, { credentials: "same-origin", headers: { Accept: "application/json" } })
    .then((response) => response.json())
    .then((reply) => showChecks(reply.checks || []))
    .catch(() => {});
}
