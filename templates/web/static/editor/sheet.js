// 看纸样: the pages as pictures over the draft, since a phone's chat program opens no PDF. Back, Escape and the button
// lead to the draft as it was left.
let panel = null;
let opener = null;

document.addEventListener("draft-look", async ({ detail: link }) => {
  const answer = await fetch(link.href).catch(() => null);
  const html = answer && (await answer.text().catch(() => ""));
  const found = html && new DOMParser().parseFromString(html, "text/html").getElementById("sheet");
  if (!found) {
    location.assign(link.href); // why there is no sheet is said there
    return;
  }
  opener = link;
  panel = document.createElement("div");
  panel.className = "sheet-over";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-modal", "true");
  panel.setAttribute("aria-labelledby", "sheet-title");
  panel.append(found);
  document.body.append(panel);
  history.pushState({ sheet: true }, "");
  panel.querySelector("[data-close]").focus();
});

addEventListener("popstate", () => {
  panel?.remove();
  if (panel) opener.focus();
  panel = null;
});
document.addEventListener("click", (event) => {
  if (!panel || !event.target.closest("[data-close]")) return;
  event.preventDefault();
  history.back();
});
document.addEventListener("keydown", (event) => {
  if (!panel) return;
  if (event.key === "Escape") history.back();
  if (event.key !== "Tab") return;
  const stops = [...panel.querySelectorAll("a")]; // nothing behind it is reached meanwhile
  const next = stops.indexOf(document.activeElement) + (event.shiftKey ? -1 : 1);
  event.preventDefault();
  stops[(next + stops.length) % stops.length].focus();
}, true);
