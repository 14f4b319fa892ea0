// Pictures and files: chosen, pasted as a screenshot, dropped on the text. They come where the cursor is.
import { send } from "./send.js";

// `editor` has form, root, list, blocks, i18n, insert(), cursor(), placeAt(), markPlace(), focus(), whenSaved(), status.
export function installFiles(editor) {
  const { form, root, i18n, status } = editor;
  const faults = root.querySelector("[data-upload-faults]");

  root.addEventListener("change", async ({ target }) => {
    if (!target.matches("[data-add] input[type=file]")) return;
    const files = [...target.files];
    const isAtCursor = target.closest("[data-add]").dataset.at === undefined;
    const place = isAtCursor ? editor.cursor() : editor.placeToAdd(target);
    target.value = "";
    await take(files, place, upload);
  });

  root.addEventListener("paste", (event) => {
    const pictures = [...event.clipboardData.files].filter((file) => file.type.startsWith("image/"));
    if (!pictures.length || event.clipboardData.getData("text/plain").trim()) return;
    event.preventDefault();
    event.stopPropagation();
    take(pictures, editor.cursor(), upload);
  }, true);

  // A file that misses the text must not open in place of the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const place = root.contains(event.target) ? editor.placeAt(event.clientY) : -1;
    editor.markPlace(name === "drop" ? -1 : place);
    if (name === "drop" && place >= 0) take([...event.dataTransfer.files], place, bring);
  });
  addEventListener("dragleave", () => editor.markPlace(-1));

  async function take(files, place, send) {
    faults.replaceChildren();
    const before = editor.blocks[place]; // what is typed meanwhile moves the place
    for (const file of files) {
      const blocks = await send(file);
      if (!blocks?.length) continue;
      const now = before ? editor.blocks.indexOf(before) : -1;
      const at = editor.insert(now < 0 ? editor.blocks.length : now, blocks);
      editor.focus(at, "start");
    }
  }

  async function upload(file) {
    const reply = await post(root.dataset.uploadUrl, file);
    if (!reply) return null;
    return [reply.kind === "image"
      ? { type: "image", file: reply.file, alt: "", caption: "" }
      : { type: "attachment", file: reply.file, name: reply.name }];
  }

  // A document becomes text, a picture stays one; what could not come along is said.
  async function bring(file) {
    const reply = await post(root.dataset.bringUrl, file);
    if (!reply) return null;
    if (reply.page) editor.whenSaved(() => location.assign(reply.page)); // of several sheets
    const isWhole = editor.isBare() && reply.blocks.length;
    i18n.showOmitted(isWhole ? reply.omitted : [...reply.omitted, ...reply.untitled]);
    if (isWhole) {
      editor.edit(null, () => { editor.adopt(reply.blocks); editor.fill(reply); });
      editor.focus(0);
    }
    return !isWhole && reply.blocks;
  }

  async function post(url, file) {
    const limit = document.querySelector("[name=file-limit]");
    if (file.size > limit.content) return refuse(file, [limit.dataset.words]);
    const body = new FormData();
    body.append("file", file);
    const before = [status.dataset.state, status.textContent];
    [status.dataset.state, status.textContent] = ["uploading", i18n.word("uploading")];
    try {
      const response = await send(form, url, body);
      const reply = await response.json();
      if (response.ok) return reply;
      refuse(file, reply.sentences);
    } catch {
      refuse(file);
    } finally {
      if (status.dataset.state === "uploading") [status.dataset.state, status.textContent] = before;
    }
    return null;
  }

  // Beside the text; what was written stays as it is.
  function refuse(file, sentences = [i18n.word("upload-failed")]) {
    faults.append(i18n.note("fault", i18n.word("not-uploaded").replace("NAME", file.name) + sentences.join("")));
  }
}
