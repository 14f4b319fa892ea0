// Ticks all boards in one press, and the board whose photograph was chosen; an empty form is not sent.
// Without this script the link loads the form ticked, and the server refuses the empty form.
const form = document.querySelector("form.hanging");
const boxes = [...form.querySelectorAll("input[name=board]:not([disabled])")];

const tick = (ticked) => {
  for (const box of ticked) box.checked = true;
  say();
};
const say = () => boxes[0]?.setCustomValidity(boxes.some((box) => box.checked) ? "" : form.dataset.none);

form.querySelector(".all-boards")?.addEventListener("click", (event) => {
  event.preventDefault(); // what was typed and chosen stays
  tick(boxes);
});
for (const box of boxes) {
  box.addEventListener("change", say);
  const photo = form.querySelector(`input[name="photo-${box.value}"]`);
  photo?.addEventListener("change", () => photo.files.length && tick([box]));
}
say();
