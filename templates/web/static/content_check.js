// Takes the fingerprint of a notice again, in this browser: of the content file, and of what its page shows.
// The same steps stand on the page for people; script and page come from the same site, so who doubts both takes those.
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // of a printed fingerprint
const LENGTH = 26, LEAST = 8; // its letters, and how many of them are compared at least
const form = document.getElementById("again");
const typed = form.elements.print;
const address = `/N/${form.dataset.code}`;

const printed = (hash) => {
  const bits = [...hash].map((digit) => parseInt(digit, 16).toString(2).padStart(4, "0")).join("");
  return bits.match(/.{5}/g).slice(0, LENGTH).map((five) => LETTERS[parseInt(five, 2)]).join("");
};

const read = (text) =>
  text.normalize("NFKC").toUpperCase().replace(/[\s\-–—]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");

const letters = (text) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]/gu, "");

function* texts(content) {
  yield content.title;
  for (const block of content.document.blocks) {
    if (block.text) yield block.text;
    yield* block.items ?? [];
    if (block.caption) yield block.caption;
    for (const column of block.columns ?? []) yield column.title;
    for (const row of block.rows ?? []) yield* row;
    yield* block.footer ?? [];
    if (block.name) yield block.name;
    for (const line of block.lines ?? []) yield* [line.label, line.words];
  }
}

// The first text that the page does not show where it should stand; what is not in words can't be compared.
const missing = (content, page) => {
  const shown = letters(new DOMParser().parseFromString(page, "text/html").querySelector("main").textContent);
  let from = 0;
  for (const text of texts(content)) {
    const wanted = letters(text);
    const at = shown.indexOf(wanted, from);
    if (at < 0) return text;
    from = at + wanted.length;
  }
  return null;
};

// What takes it is large, so it comes with the first question and not with the page.
const hashing = () => new Promise((done, failed) => {
  if (window.sha256) return done();
  const script = document.createElement("script");
  document.head.append(Object.assign(script, { src: form.dataset.src, onload: done, onerror: failed }));
});

const fetched = async (path) => {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error(path);
  return answer;
};

const answer = async () => {
  const start = read(typed.value);
  if (start.length < LEAST || start.length > LENGTH) return ["short"];
  try {
    const [file] = await Promise.all([fetched(`${address}/content.txt`), hashing()]);
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (!printed(sha256(bytes)).startsWith(start)) return ["different"];
    const content = JSON.parse(new TextDecoder().decode(bytes));
    const lost = missing(content, await (await fetched(address)).text());
    return lost === null ? ["same"] : ["altered", lost];
  } catch {
    return ["unread"];
  }
};

const show = ([name, text]) => {
  for (const section of document.querySelectorAll("[data-answer]")) section.hidden = section.dataset.answer !== name;
  if (text) document.querySelector("[data-answer=altered] q").textContent = text;
};

form.hidden = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  show(await answer());
});
if (location.hash.length > 1) {
  typed.value = decodeURIComponent(location.hash.slice(1));
  answer().then(show);
}
