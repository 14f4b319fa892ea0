// The money of a draft beside its text: what does not add up is said anew after each save, and each button works
// without leaving the page. What changes in the text the editor takes as one step, which 撤销 takes back.
let panel = document.getElementById("money");
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

function show(html) {
  const next = new DOMParser().parseFromString(html, "text/html").getElementById("money");
  if (!next) return;
  panel.replaceWith(next);
  panel = next;
}

// What somebody types here is not taken away from under the hands.
function isInHand() {
  const isChanged = (field) => (field.options ? !field.selectedOptions[0].defaultSelected : field.value !== field.defaultValue);
  return panel.contains(document.activeElement) || [...panel.querySelectorAll("input[type=text], textarea, select")].some(isChanged);
}

if (panel) {
  document.addEventListener("draft-saved", async () => {
    const answer = await fetch(panel.dataset.url).catch(() => null);
    if (answer?.ok && !isInHand()) show(await answer.text());
  });

  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !panel.contains(form)) return;
    event.preventDefault();
    if (submitter?.dataset.blocks) {
      tell("draft-insert", JSON.parse(submitter.dataset.blocks));
      return;
    }
    submitter.disabled = true;
    const body = new FormData(form);
    const options = { method: "POST", redirect: "manual", headers: { Accept: "application/json" }, body };
    const answer = await fetch(form.action, options).catch(() => null);
    const reply = await answer?.json().catch(() => null);
    submitter.disabled = false;
    if (answer?.ok && reply) {
      tell("draft-taken", reply.draft);
      show(reply.html);
    }
    panel.querySelector("[data-said]").textContent = reply ? (reply.sentences || reply.said).join("") : panel.dataset.failed;
  });
}
