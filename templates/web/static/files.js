// Files that a form takes: too large is said when one is chosen, and one that is dropped beside the field goes into it.
const limit = document.querySelector("meta[name=file-limit]");

addEventListener("change", ({ target }) => {
  // What has no name a script sends, and it says so itself; so does the form of many photographs.
  if (target.type !== "file" || !target.name || target.form.querySelector("[data-large]")) return;
  const isLarge = [...target.files].some((file) => file.size > Number(limit.content));
  target.setCustomValidity(isLarge ? limit.dataset.words : "");
  if (isLarge) target.reportValidity();
});

// A file that misses its field must not open in place of the page.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files") || event.target.type === "file") return;
  event.preventDefault();
  const fields = document.querySelectorAll("input[type=file][name]");
  if (name === "dragover" || fields.length !== 1) return;
  fields[0].files = event.dataTransfer.files;
  fields[0].dispatchEvent(new Event("change", { bubbles: true }));
});
