// `/` leads to the box of the search, wherever nobody is typing.
const writes = (place) => place.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(place.tagName);

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
  const box = document.querySelector(".search-again input[type=search]") ?? document.querySelector("#search");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
