// Pasting into the editor: blocks where blocks stand, words where words stand. What is left out is said beside the text.
import { cutToFit, isEmpty } from "./model.js";
import { pasted, pastedLine } from "./clipboard.js";
import { send } from "./send.js";

const TAKES_BLOCKS = ["paragraph", "list", "heading", "table"];
const SAMPLE = 60; // characters of what was left out

// `editor` has blocks, indexOf(), list, form, root, edit(), adopt(), fill(), isUntitled(), focus() and i18n.
export function installPasting(editor) {
  editor.list.addEventListener("paste", (event) => takeBlocks(event, editor), true);
  editor.form.addEventListener("paste", (event) => takeLine(event, editor.i18n));
}

function takeBlocks(event, editor) {
  const { blocks, list, edit, focus, indexOf, i18n } = editor;
  const at = indexOf(event.target);
  if (event.defaultPrevented || !TAKES_BLOCKS.includes(blocks[at]?.type)) return;
  if (blocks[at].type === "table" && !isEmpty(blocks[at])) return;
  const { blocks: taken, run, omitted } = pasted(...clipboard(event));
  i18n.showOmitted(omitted);
  if (!taken) return void insertRun(event, run);
  const cuts = taken.map((block) => (block.type === "table" ? cutToFit(block) : null));
  event.preventDefault();
  event.stopPropagation(); // the grid that was pasted into is about to be drawn anew
  const first = isEmpty(blocks[at]) ? at : at + 1;
  edit(null, () => blocks.splice(first, first === at ? 1 : 0, ...taken));
  focus(first + taken.length - 1);
  if (taken.length > 1 && !cuts.some((cut) => cut && cut.rows + cut.columns)) tidy(editor, first, taken.length);
  cuts.forEach((cut, place) => { if (cut) i18n.showCut(list.children[first + place].querySelector("[data-fields]"), cut); });
}

// What a file would bring of the same text: title, headings and lists, no signature. One step, where nobody typed meanwhile.
async function tidy(editor, first, count) {
  const { form, root, blocks } = editor;
  const before = JSON.stringify(blocks);
  const answer = await send(form, root.dataset.pastedUrl, { blocks, first, count, untitled: editor.isUntitled() }).catch(() => 0);
  const reply = answer.ok && await answer.json();
  if (!reply || JSON.stringify(editor.blocks) !== before) return;
  editor.edit(null, () => { editor.adopt(reply.blocks); editor.fill(reply); });
  if (!form.contains(document.activeElement)) editor.focus(Math.min(first + count, reply.blocks.length) - 1);
  if (reply.omitted[0]) editor.i18n.showOmitted(reply.omitted);
}

// Titles, captions, descriptions: fields of one kind of words.
function takeLine(event, i18n) {
  if (event.defaultPrevented || !event.target.matches("textarea, input[type=text], input:not([type])")) return;
  const { run, omitted } = pastedLine(...clipboard(event));
  if (omitted) i18n.showOmitted(omitted);
  insertRun(event, run);
}

export function clipboard(event) {
  return [event.clipboardData.getData("text/html"), event.clipboardData.getData("text/plain")];
}

// Words at the place of the cursor; null leaves them to the browser. The browser's own way can be undone by a key.
export function insertRun(event, run) {
  if (run === null) return;
  event.preventDefault();
  event.stopPropagation();
  if (!run || document.execCommand("insertText", false, run)) return;
  const field = event.target;
  field.setRangeText(run, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// The sentences about what a paste left out.
export function omittedSentences(omitted, word) {
  if (!omitted) return [];
  const named = ["struck", "hidden", "comment"].filter((reason) => omitted[reason].length)
    .map((reason) => word(`omitted-${reason}`).replace("WORDS", () => sample(omitted[reason])));
  const counted = ["pictures", "numbers"].filter((what) => omitted[what]).map((what) => word(`omitted-${what}`));
  return [...named, ...counted];
}

function sample(pieces) {
  const all = pieces.join("、");
  return all.length > SAMPLE ? `${all.slice(0, SAMPLE)}……` : all;
}
