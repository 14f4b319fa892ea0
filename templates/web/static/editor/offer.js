// Text that an earlier page could not send is offered beside what the server has. Neither replaces the other unseen.
import { canonical } from "./kept.js";
import { send } from "./send.js";

// `page` has read(), take(copy, version), both(copy, version), settled(); the panel goes into `place`.
export async function offerKept({ kept, form, place, compareUrl, page, i18n }) {
  for (const copy of kept.leftBehind()) {
    if (isShown(copy, page.read())) { kept.drop(copy.key); continue; }
    const reply = await compare(copy, compareUrl, form);
    if (reply?.same) { kept.drop(copy.key); continue; }
    place.replaceChildren(panel(copy, reply, { kept, form, place, compareUrl, page, i18n }));
    return;
  }
}

// The page itself shows it: a form that came back with its faults.
function isShown(copy, shown) {
  const texts = Object.keys(shown).filter((name) => name in copy);
  return texts.every((name) => canonical(copy[name]) === canonical(shown[name]));
}

// What the server has, and whether it is the same text; null when it can't be asked.
async function compare(copy, url, form, isRetry = false) {
  const { key, at, left, person, ...text } = copy;
  try {
    const response = await send(form, url, text);
    const reply = await response.json();
    if (reply.csrf_token && !isRetry) {
      form.elements.namedItem("csrf_token").value = reply.csrf_token;
      return await compare(copy, url, form, true);
    }
    return response.ok ? reply : null;
  } catch { return null; }
}

function panel(copy, reply, offer) {
  const { kept, form, place, page, i18n } = offer;
  const saved = reply || { ...page.read(), version: Number(form.elements.namedItem("version").value), by: "", at_words: "" };
  const element = i18n.template("kept");
  const isNewer = Number(copy.version) !== saved.version;
  element.querySelectorAll("h3, button").forEach((words) => { words.textContent = i18n.onThisDevice(words.textContent); });
  const fill = (name, words) => { element.querySelector(`[data-${name}]`).textContent = words; };
  fill("sentence", i18n.word(isNewer ? "kept-older" : "kept-alone"));
  fill("here-facts", [copy.person, Date.parse(copy.at) && dayWords(new Date(copy.at))].filter((words) => words).join("，"));
  fill("there-facts", [saved.by, saved.at_words].filter((words) => words).join("，"));
  fill("here", plainWords(copy));
  fill("there", plainWords(saved));
  const choose = (act) => element.querySelector(`[data-act=${act}]`).addEventListener("click", () => {
    kept.drop(copy.key);
    place.replaceChildren();
    if (act === "restore") page.take(copy, saved.version);
    if (act === "both") page.both(copy, saved);
    if (act === "forget" && reply && saved.version !== Number(form.elements.namedItem("version").value)) page.take(saved, saved.version);
    offerKept(offer);
  });
  ["restore", "both", "forget"].forEach(choose);
  return element;
}

// As the server has it: the village's time, eight hours ahead, whatever the clock of this computer is set to.
function dayWords(at) {
  const [, month, day, time] = new Date(at.getTime() + 288e5).toISOString().match(/-0?(\d+)-0?(\d+)T(.{5})/);
  return `${month}月${day}日 ${time}`;
}

// Title, text and the rest of a draft as lines, for reading.
export function plainWords({ title, change_note: note, publish_at: moment, posting_days: days, document: text }) {
  const lines = (text?.blocks || []).map(blockWords);
  return [title, note, ...lines, moment && moment.replace("T", " "), days && `${days}天`].filter((line) => line).join("\n");
}

function blockWords(block) {
  if (block.type !== "table") return block.text || (block.items || block.paragraphs || []).join("\n") || block.name || block.caption || block.alt || "";
  const rows = [...block.rows, ...(block.footer ? [block.footer] : [])];
  return [block.caption, block.columns.map((column) => column.title).join("  "), ...rows.map((row) => row.join("  "))].join("\n");
}
