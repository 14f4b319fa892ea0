// Two taps on a photograph draw the box that is to be covered. Without this script its edges are typed.
const inPercent = (part) => (100 * Math.min(1, Math.max(0, part))).toFixed(1);

for (const panel of document.querySelectorAll(".recalled")) {
  const form = panel.querySelector("form");
  const box = panel.querySelector(".drawn");
  let first = null;
  panel.querySelector(".marked div").addEventListener("click", (event) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const point = [(event.clientX - left) / width, (event.clientY - top) / height];
    if (!first) return void (first = point);
    const [x, y] = [0, 1].map((axis) => [first[axis], point[axis]].sort((a, b) => a - b));
    first = null;
    form.elements.left.value = inPercent(x[0]);
    form.elements.right.value = inPercent(x[1]);
    form.elements.top.value = inPercent(y[0]);
    form.elements.bottom.value = inPercent(y[1]);
    form.querySelector("details").open = true; // where its edges stand and its button is
    for (const [name, value] of [["x", x[0]], ["y", y[0]], ["width", x[1] - x[0]], ["height", y[1] - y[0]]]) {
      box.setAttribute(name, value);
    }
  });
}
