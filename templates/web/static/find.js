// Only in the plain-file copy of the public site, where nobody answers /find: the box leads straight
// to the address of what was typed or scanned.
for (const form of document.querySelectorAll("form.find")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = form.elements.q.value.normalize("NFKC").toUpperCase();
    const scanned = typed.match(/\/N\/([0-9A-Z.]+)/);
    const tail = scanned ? scanned[1] : typed.replace(/[\s\-–—]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
    location.href = `/N/${encodeURIComponent(tail)}/`;
  });
}
