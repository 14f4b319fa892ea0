// Hands the pictures to the phone's own share sheet, and puts the words on the clipboard. Both buttons stay hidden
// where the browser can't: the pictures are kept by a long press, and the words can be marked.
const pictures = [...document.querySelectorAll(".pictures img")];
const sending = document.querySelector("button.send");
const copying = document.querySelector("button.copy");
const words = document.querySelector(".share-words");

const fileOf = async (picture, index) => {
  picture.loading = "eager";
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
  canvas.getContext("2d").drawImage(picture, 0, 0);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return new File([blob], `${sending.dataset.name}-${index + 1}.png`, { type: "image/png" });
};

if (sending && navigator.canShare && pictures.length) {
  // Made ready before the press: a phone shares only what is there at once.
  const files = await Promise.all(pictures.map(fileOf));
  if (navigator.canShare({ files })) {
    sending.hidden = false;
    sending.addEventListener("click", () =>
      navigator.share({ files, text: words.textContent.trim() }).catch(() => {}),
    ); // given up: nothing was sent, nothing is said
  }
}
if (copying && navigator.clipboard) {
  copying.hidden = false;
  copying.addEventListener("click", async () => {
    await navigator.clipboard.writeText(words.textContent.trim());
    copying.textContent = copying.dataset.done;
  });
}
const printing = document.querySelector("button.print");
if (printing) {
  printing.hidden = false;
  printing.addEventListener("click", () => print());
}
