// Photographs go in pieces: a lost signal costs one piece, and the same photograph picked again goes on
// where it stopped. Without this script the form sends them whole.
const form = document.querySelector("form.photos");
const list = form.querySelector(".sending");
const picked = form.elements.photos;
const LONGEST_WAIT = 30000; // ms

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const files = [...picked.files].slice(0, Number(form.dataset.most));
  if (!files.length) return;
  form.querySelector("button").disabled = true;
  list.hidden = false;
  list.replaceChildren();
  try {
    for (const file of files) {
      const key = `${file.lastModified}-${file.size}-${file.name}`.replace(/[^\w.-]/g, "_").slice(-120);
      await send(file, key, line(file.name));
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "upload", value: key });
      form.append(field);
    }
  } catch (fault) {
    line("")(fault.message);
    form.querySelector("button").disabled = false;
    return;
  }
  picked.disabled = true; // its bytes are there already
  form.querySelector(".reading").hidden = false;
  form.submit();
});

async function send(file, key, say) {
  const address = form.dataset.uploads.replace("KEY", encodeURIComponent(key));
  let have = (await patiently(() => fetch(address), say)).have;
  while (have < file.size) {
    say(`${list.dataset.starts} ${Math.round((100 * have) / file.size)}%`);
    const piece = file.slice(have, have + Number(form.dataset.piece));
    const start = have;
    have = (await patiently(() => fetch(`${address}?start=${start}`, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrf_token.value, "Content-Type": "application/octet-stream" },
      body: piece,
    }), say)).have;
  }
  say(list.dataset.sent);
}

// Asks until it is answered; what the server refuses in words ends it.
async function patiently(ask, say) {
  for (let wait = 1000; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    try {
      const answer = await ask();
      if (answer.ok) return await answer.json();
      if (answer.status < 500) throw new Refusal((await answer.json()).sentences.join(""));
    } catch (fault) {
      if (fault instanceof Refusal) throw fault;
    }
    say(list.dataset.waits);
    await new Promise((resume) => setTimeout(resume, wait));
  }
}

class Refusal extends Error {}

function line(words) {
  const item = document.createElement("li");
  const state = document.createElement("span");
  item.append(`${words} `, state);
  list.append(item);
  return (text) => { state.textContent = text; };
}
