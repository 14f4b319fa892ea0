// Blocks are dragged by their grip, with a mouse or a finger.

// `editor` has list, blocks, move(from, to).
export function installDragging(editor) {
  let from = -1;
  let to = -1;

  editor.list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    from = to = editor.indexOf(grip);
    editor.list.children[from].classList.add("dragged");
  });

  editor.list.addEventListener("pointermove", (event) => {
    if (from < 0) return;
    to = editor.placeAt(event.clientY);
    mark(to);
    if (event.clientY < 60) scrollBy(0, -12); // near the edges of the window the page goes along
    if (event.clientY > innerHeight - 120) scrollBy(0, 12);
  });

  for (const end of ["pointerup", "pointercancel"]) editor.list.addEventListener(end, () => {
    if (from < 0) return;
    editor.list.children[from].classList.remove("dragged");
    mark(-1);
    const target = to > from ? to - 1 : to;
    if (end === "pointerup" && target !== from) editor.move(from, target);
    from = -1;
  });

  function mark(place) {
    [...editor.list.children].forEach((item, at) => {
      item.classList.toggle("drop-before", at === place);
      item.classList.toggle("drop-after", place === editor.blocks.length && at === place - 1);
    });
  }
  editor.markPlace = mark;
}
