// The name of a figure goes into the words where the cursor stands.
for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => {
    const text = document.getElementById(button.dataset.into);
    text.setRangeText(button.dataset.insert, text.selectionStart, text.selectionEnd, "end");
    text.focus();
  });
}
