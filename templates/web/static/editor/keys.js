// Keys that cross blocks: Enter parts them, Backspace and Delete join them, arrows go on in the next one.
import { empty, converted, isEmpty, words } from "./model.js";

const ARROWS = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

// `editor` has blocks, edit(), draw(), focus(), indexOf(), list and form.
export function installKeys(editor) {
  editor.form.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const field = event.target;
    const at = editor.indexOf(field);
    if (event.key in ARROWS && !event.shiftKey) cross(event, field, at);
    else if (event.key === "Enter" && !event.shiftKey && at < 0) stay(event, field);
    else if (at >= 0 && !event.shiftKey) ({ Enter: part, Backspace: joinBefore, Delete: joinAfter }[event.key])?.(event, field, at);
  });

  // Enter in a field of the form hands nothing in; in the title it goes on to the text.
  function stay(event, field) {
    if (field.name !== "title" && !field.matches("input:not([type=checkbox], [type=file])")) return;
    event.preventDefault();
    if (field.name === "title") editor.focus(0, "start");
  }

  function part(event, field, at) {
    const block = editor.blocks[at];
    if (field.matches("button, select, [type=checkbox], [type=file]")) return;
    if (field.dataset.text === undefined) { // a caption, a description: written, on with the text
      event.preventDefault();
      if (editor.blocks[at + 1]) editor.focus(at + 1, "start");
      else insertAfter(at, "");
      return;
    }
    const { value, selectionStart: start, selectionEnd: end } = field;
    if (block.type === "list") {
      const isLastAndBlank = start === value.length && /(^|\n)[^\S\n]*$/.test(value);
      if (!isLastAndBlank) return; // a new line of the list
      event.preventDefault();
      editor.edit(null, () => {
        block.items.pop();
        editor.blocks.splice(at, 1, ...(block.items.length ? [{ ...block }] : []), empty.paragraph());
      });
      editor.focus(block.items.length ? at + 1 : at, "start");
      return;
    }
    event.preventDefault();
    editor.edit(null, () => {
      editor.blocks.splice(at, 1, { ...block, text: value.slice(0, start) }, empty.paragraph(value.slice(end)));
    });
    editor.focus(at + 1, "start");
  }

  function insertAfter(at, text) {
    editor.edit(null, () => editor.blocks.splice(at + 1, 0, empty.paragraph(text)));
    editor.focus(at + 1, "start");
  }

  function joinBefore(event, field, at) {
    const block = editor.blocks[at];
    if (field.dataset.text === undefined || field.selectionStart || field.selectionEnd) return;
    if (block.type !== "paragraph") { // a heading or list is plain text first
      event.preventDefault();
      editor.edit(null, () => { editor.blocks[at] = converted(block, "paragraph"); });
      editor.focus(at, "start");
    } else if (at) {
      event.preventDefault();
      join(at - 1, at);
    }
  }

  function joinAfter(event, field, at) {
    const atEnd = field.selectionStart === field.value.length && field.selectionEnd === field.value.length;
    if (field.dataset.text === undefined || !atEnd || !editor.blocks[at + 1]) return;
    event.preventDefault();
    join(at, at + 1);
  }

  // Two blocks of words become one; beside a table or picture only a blank one goes.
  function join(at, next) {
    const [first, second] = [editor.blocks[at], editor.blocks[next]];
    const isWords = (block) => ["paragraph", "heading", "list"].includes(block.type);
    if (isWords(first) && isWords(second)) {
      const place = words(first).length;
      editor.edit(null, () => editor.blocks.splice(at, 2, joined(first, words(second))));
      editor.focus(at, place);
    } else if (isEmpty(second)) {
      editor.edit(null, () => editor.blocks.splice(next, 1));
      editor.focus(at, "end");
    } else if (isEmpty(first)) {
      editor.edit(null, () => editor.blocks.splice(at, 1));
      editor.focus(at, "start");
    } else editor.focus(at, "end");
  }

  function joined(block, text) {
    if (block.type === "list") return { ...block, items: (words(block) + text).split("\n") };
    return { ...block, text: block.text + (block.type === "heading" ? text.replace(/\s*\n\s*/g, " ") : text) };
  }

  // Where the cursor can go no further in a field it goes on in the next block. Only the browser knows the lines of a
  // text: if the cursor has not moved, it stood in the first or last of them.
  function cross(event, field, at) {
    const step = ARROWS[event.key];
    const isText = field.matches("textarea, input:not([type]), input[type=text]");
    if (!isText || (at < 0 && field.name !== "title") || field.dataset.row || field.dataset.footer === "") return;
    const { selectionStart: start, selectionEnd: end, value } = field;
    if (start !== end) return;
    const isAcross = event.key === "ArrowLeft" || event.key === "ArrowRight";
    if (isAcross && start !== (step < 0 ? 0 : value.length)) return;
    if (isAcross || field.tagName === "INPUT") { event.preventDefault(); editor.leave(field, step); return; }
    setTimeout(() => {
      if (document.activeElement === field && field.selectionStart === start && field.value === value) editor.leave(field, step);
    });
  }
}
