// What is still to be done: counted in the bar, listed beside the text, said at its place, ticked as it is written.
import { empty } from "./model.js";
import { send } from "./send.js";

const BLANK = ["element_open", "heading_blank", "heading_empty", "content_missing"];

// `editor` has blocks, list, form, root, i18n, edit(), focus(), insert(), cursor(), show().
export function installChecks(editor) {
  const { form, root, i18n } = editor;
  const panel = document.getElementById("todo");
  const toggle = document.querySelector("[data-bar] [data-act=todo]");
  const confirm = panel.querySelector("[data-confirm]");
  let checks = [];
  let sent = []; // the blocks that the checks are about

  function show(reply, blocks) {
    [checks, sent] = [reply.checks, [...blocks]];
    const open = checks.filter((check) => BLANK.includes(check.code));
    const wrong = checks.filter((check) => !BLANK.includes(check.code));
    const counts = [["to-mend", wrong], ["to-write", open]].filter(([, found]) => found.length);
    toggle.textContent = counts.map(([word, found]) => i18n.word(word).replace("COUNT", found.length)).join(" · ") || i18n.word("all-done");
    toggle.dataset.state = has("stop") ? "stop" : checks.length ? "open" : "done";
    const listed = checks.filter((check) => check.code !== "element_open");
    panel.querySelector("[data-wrong]").hidden = !listed.length;
    panel.querySelector("[data-wrong] ul").replaceChildren(...listed.map(entry));
    panel.querySelector("[data-clear]").hidden = blankHeadings().length < 2;
    panel.querySelector("[data-cleared]").hidden = !checks.some((check) => check.code === "personal_data");
    panel.querySelector("[data-points]").hidden = !reply.elements.length;
    panel.querySelector("[data-points] ul").replaceChildren(...reply.elements.map(point));
    confirm.hidden = confirm.disabled = !checks.length || has("stop");
    confirm.querySelector("[data-why]").hidden = !has("reason");
    markPlaces();
    document.dispatchEvent(new Event("draft-saved")); // old_figures.js, money.js
  }

  function has(weight) {
    return checks.some((check) => check.weight === weight);
  }

  function entry(check) {
    const item = i18n.template("check");
    const link = item.querySelector("button");
    link.textContent = check.words;
    link.addEventListener("click", () => goTo(check));
    return item;
  }

  function point({ element, state }) {
    const item = i18n.template("point");
    item.dataset.state = state;
    item.querySelector("[data-words]").textContent = element;
    item.querySelector("[data-state-words]").textContent = i18n.word(`point-${state}`);
    const write = item.querySelector("button");
    write.hidden = state !== "open";
    write.setAttribute("aria-label", i18n.word("write-point").replace("POINT", element));
    write.addEventListener("click", () => {
      const at = editor.insert(editor.cursor(), [{ ...empty.heading(), text: element }, empty.paragraph()]);
      close();
      editor.focus(at + 1, "start");
    });
    return item;
  }

  // --- at its place ------------------------------------------------------------------------------

  function markPlaces() {
    editor.list.querySelectorAll(".odd, .ask").forEach((field) => { field.classList.remove("odd", "ask"); field.removeAttribute("aria-invalid"); });
    editor.list.querySelectorAll("[data-notes]").forEach((place) => place.replaceChildren());
    checks.filter((check) => check.block !== null).forEach((check) => {
      const item = itemOf(check);
      if (!item) return;
      const field = fieldOf(item, check);
      field?.classList.add(check.weight === "stop" && check.code !== "stale_figure" ? "odd" : "ask");
      field?.setAttribute("aria-invalid", "true");
      const note = item.querySelector("[data-notes]");
      if (note.children.length < 3) note.append(noteOf(check));
    });
    for (const place of form.querySelectorAll("[data-fault]")) {
      const words = checks.filter((check) => check.field === place.dataset.fault).map((check) => check.words).join("");
      if (words) [place.textContent, place.hidden] = [words, false];
    }
  }

  function noteOf(check) {
    const note = i18n.note("fault", check.words);
    const { block, field } = check;
    const [act, facts] = { file_unseen: ["seen", { file: sent[block]?.file }], stale_figure: ["unchanged", { block, field }] }[check.code] || [];
    if (act) {
      const button = i18n.template(act);
      button.addEventListener("click", () => answer(root.dataset[`${act}Url`], facts));
      note.append(" ", button);
    }
    return note;
  }

  // A press that settles a check: a picture was looked at, an old figure is still right.
  async function answer(url, facts) {
    const body = new FormData();
    Object.entries(facts).forEach(([name, value]) => body.append(name, value ?? ""));
    await send(form, url, body).then(recheck, () => editor.show("failed"));
  }

  function recheck() {
    return fetch(root.dataset.checkUrl).then((reply) => reply.json()).then((reply) => show(reply, sent), () => {});
  }
  document.addEventListener("figures-confirmed", recheck);

  function itemOf(check) {
    return editor.list.children[editor.blocks.indexOf(sent[check.block])];
  }

  function fieldOf(item, { row, column }) {
    if (column === null) return item.querySelector("[data-alt], textarea, [data-fields] input");
    const cell = row === null ? `[data-title="${column}"]` : `[data-row="${row}"][data-column="${column}"]`;
    return item.querySelector(cell) || item.querySelector(`[data-footer][data-column="${column}"]`);
  }

  function goTo(check) {
    close();
    const item = check.block !== null && itemOf(check);
    const field = item ? fieldOf(item, check) : form.elements.namedItem(check.field) || editor.list.querySelector("textarea");
    (field || item)?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  }

  // --- the list -----------------------------------------------------------------------------------

  function close() {
    panel.classList.remove("open");
    toggle.setAttribute("aria-expanded", "false");
  }

  function open() {
    panel.classList.add("open");
    toggle.setAttribute("aria-expanded", "true");
    panel.focus();
  }

  toggle.addEventListener("click", () => (panel.classList.contains("open") ? close() : open()));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.classList.contains("open")) { close(); toggle.focus(); }
  });
  panel.querySelector("[data-clear]").addEventListener("click", () => {
    const blank = new Set(blankHeadings().flatMap((block) => under(block)));
    editor.edit(null, () => { editor.blocks = editor.blocks.filter((block) => !blank.has(block)); });
    editor.focus(0, "end");
  });

  function blankHeadings() {
    return checks.filter((check) => ["heading_blank", "heading_empty"].includes(check.code)).map((check) => sent[check.block]);
  }

  // A heading with the blank paragraphs below it.
  function under(heading) {
    const at = editor.blocks.indexOf(heading);
    const below = editor.blocks.slice(at + 1).findIndex((block) => block.type !== "paragraph" || block.text.trim());
    return at < 0 ? [] : [heading, ...editor.blocks.slice(at + 1, below < 0 ? undefined : at + 1 + below)];
  }

  // What would be refused is not sent: the list opens instead, with what has to be confirmed.
  function maySubmit() {
    const isConfirmed = confirm.disabled || confirm.querySelector("[name=confirmed]").checked;
    const why = confirm.querySelector("[data-why]");
    if (!has("stop") && isConfirmed && (why.hidden || why.querySelector("input").value.trim())) return true;
    open();
    (confirm.disabled ? panel.querySelector("[data-wrong] button") : confirm.querySelector(isConfirmed ? "[data-why] input" : "[name=confirmed]"))?.focus();
    return false;
  }

  return { show, maySubmit };
}
