// Only in the plain-file copy of the public site, where nobody answers /find: the box leads straight
// to the address of what was typed or scanned, and an address that a phone has lowered, or on which a chat has hung
// words or marks, to the printed one.
// A language is a folder there; an object store has one page for all that it has not, so an address tells its own.
const tongue = document.documentElement.lang;
const folder = location.pathname.startsWith(`/${tongue}/`) ? `/${tongue}` : "";
const asked = decodeURIComponent(location.pathname);
const [, within = "", kind, rest] = asked.match(/^(\/[a-z]{2,3}(?:-[a-z]+)?)?\/([NVT])\/([!-~]*[0-9A-Z/])/i) ?? [];
if (kind && document.querySelector("[data-not-found]")) {
  const printed = kind.toUpperCase() === "N" ? rest.toUpperCase() : rest.toLowerCase();
  const path = `${within}/${kind.toUpperCase()}/${printed}`;
  if (path !== location.pathname) location.replace(path);
}
for (const form of document.querySelectorAll("form.of-copy")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = form.elements.q.value.normalize("NFKC").toUpperCase();
    const scanned = typed.match(/\/N\/([0-9A-Z.]+)/);
    const tail = scanned ? scanned[1] : typed.replace(/[\s\-–—]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
    location.href = `${folder}/N/${encodeURIComponent(tail)}/`;
  });
}
