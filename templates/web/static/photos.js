// Photographs go in pieces from the moment they are chosen, one after the other: a lost signal costs one
// piece, and the same photograph chosen again goes on where it stopped. Without this script the form sends
// them whole.
const form = document.querySelector("form.photos");
const list = form.querySelector(".sending");
const words = list.dataset;
const picks = form.querySelector(".picks");
const button = form.querySelector("button[type=submit]");
const LONGEST_WAIT = 30000; // ms
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
  if (!chosen.size) return void line("").say(words.none);
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
  if (file.size > Number(form.dataset.largest)) return void line(file.name).say(words.large);
  if (!file.size) return void line(file.name).say(words.broken);
  if (chosen.size >= Number(form.dataset.most)) return void line(file.name).say(words.most);
  const photo = { file, key, ...line(file.name, () => chosen.delete(key)) };
  chosen.set(key, photo);
  photo.say(words.waiting);
  sending = sending.then(() => send(photo));
}

async function send({ file, key, say, settle }) {
  const address = form.dataset.uploads.replace("KEY", encodeURIComponent(key));
  const wanted = () => chosen.has(key);
  try {
    let { have } = await patiently(() => fetch(address), say, wanted);
    while (have < file.size && wanted()) {
      say(`${words.starts} ${Math.round((100 * have) / file.size)}%`);
      const start = have;
      const body = file.slice(start, start + Number(form.dataset.piece));
      ({ have } = await patiently(() => fetch(`${address}?start=${start}`, {
        method: "POST",
        headers: { "X-CSRFToken": form.elements.csrf_token.value, "Content-Type": "application/octet-stream" },
        body,
      }), say, wanted));
    }
    say(words.sent);
  } catch (fault) {
    chosen.delete(key);
    settle();
    say(fault instanceof Refusal ? fault.message : words.broken);
  }
}

// Asks until it is answered, or the photograph is wanted no more; what the server refuses in words ends it.
async function patiently(ask, say, wanted) {
  for (let wait = 1000; wanted(); wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      return await told(await ask());
    } catch (fault) {
      if (fault instanceof Refusal) throw fault;
    }
    say(words.waits);
    await new Promise((resume) => setTimeout(resume, wait));
  }
  return { have: Infinity };
}

async function told(answer) {
  if (answer.status >= 500) throw new Error(answer.statusText);
  const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (answer.redirected || !isOurs) throw new Refusal(words.signin);
  const said = await answer.json();
  if (!answer.ok) throw new Refusal(said.sentences.join(""));
  return said;
}

// A line of the list: what it says, and once it can be dropped no more, without its button.
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
  return { say: (text) => { state.textContent = text; }, settle: () => remove.remove() };
}
