// Photographs go in pieces from the moment they are chosen, one after the other: a lost signal costs one
// piece, and the same photograph chosen again goes on where it stopped. Without this script the form sends
// them whole.
const form = document.querySelector("form.photos");
const list = form.querySelector(".sending");
const words = list.dataset;
const picks = form.querySelector(".picks");
const button = form.querySelector("button[type=submit]");
const MAX_WAIT = 30000; // ms
const chosen = new Map(); // key → photograph that is here or on its way
let sending = Promise.resolve();

class Refusal extends Error {}

form.elements.photos.required = false;
picks.hidden = false;
picks.querySelector("[for=photos]").append(form.elements.photos);
for (const input of picks.querySelectorAll("input")) {
  input.addEventListener("change", () => {
    for (const file of input.files) add(file);
    input.value = ""; // the camera is asked for one after the other
  });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!chosen.size) return void line("").setState(words.none);
  button.disabled = picks.hidden = true;
  await sending;
  if (!chosen.size) return void (button.disabled = picks.hidden = false);
  for (const key of chosen.keys()) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "upload", value: key });
    form.append(field);
  }
  form.querySelector(".reading").hidden = false;
  form.submit();
});

// Back from the answer: the form starts anew, its bytes are there already.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

function add(file) {
  const key = `${file.lastModified}-${file.size}-${file.name}`.replace(/[^\w.-]/g, "_").slice(-120);
  if (chosen.has(key)) return;
  if (file.size > Number(form.dataset.largest)) return void line(file.name).setState(words.large);
  if (!file.size) return void line(file.name).setState(words.broken);
  if (chosen.size >= Number(form.dataset.most)) return void line(file.name).setState(words.most);
  const photo = { file, key, ...line(file.name, () => chosen.delete(key)) };
  chosen.set(key, photo);
  photo.setState(words.waiting);
  sending = sending.then(() => send(photo));
}

async function send({ file, key, setState, removeButton }) {
  const address = form.dataset.uploads.replace("KEY", encodeURIComponent(key));
  const isChosen = () => chosen.has(key);
  try {
    let { have } = await untilAnswered(() => fetch(address), setState, isChosen);
    while (have < file.size && isChosen()) {
      setState(`${words.starts} ${Math.round((100 * have) / file.size)}%`);
      const start = have;
      const body = file.slice(start, start + Number(form.dataset.piece));
      ({ have } = await untilAnswered(() => fetch(`${address}?start=${start}`, {
        method: "POST",
        headers: { "X-CSRFToken": form.elements.csrf_token.value, "Content-Type": "application/octet-stream" },
        body,
      }), setState, isChosen));
    }
    setState(words.sent);
  } catch (fault) {
    chosen.delete(key);
    removeButton();
    setState(fault instanceof Refusal ? fault.message : words.broken);
  }
}

// Asks until it is answered, or the photograph is dropped; what the server refuses in words ends it.
async function untilAnswered(ask, setState, isChosen) {
  for (let wait = 1000; isChosen(); wait = Math.min(2 * wait, MAX_WAIT)) {
    try {
      return await readReply(await ask());
    } catch (fault) {
      if (fault instanceof Refusal) throw fault;
    }
    setState(words.waits);
    await new Promise((resume) => setTimeout(resume, wait));
  }
  return { have: Infinity };
}

async function readReply(response) {
  if (response.status >= 500) throw new Error(response.statusText);
  const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
  if (response.redirected || !isOurs) throw new Refusal(words.signin);
  const reply = await response.json();
  if (!response.ok) throw new Refusal(reply.sentences.join(""));
  return reply;
}

// A line of the list: sets its state, and removes its button once the photograph can no longer be dropped.
function line(name, drop) {
  const item = document.createElement("li");
  list.querySelector(".note")?.remove();
  if (!name) item.className = "note";
  const state = document.createElement("span");
  item.append(`${name} `, state);
  const remove = document.createElement("button");
  Object.assign(remove, { type: "button", className: "as-link", textContent: words.drop });
  remove.addEventListener("click", () => { drop(); item.remove(); });
  if (drop) item.append(" ", remove);
  list.append(item);
  list.hidden = false;
  return { setState: (text) => { state.textContent = text; }, removeButton: () => remove.remove() };
}
