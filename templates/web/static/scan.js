// The photograph of a code is sent as soon as it is taken, and small: residents pay for what they send.
// Without this script the form sends it whole.
const form = document.querySelector("form.scan");
const MAX_SIDE = Number(form.dataset.maxSide || 1600); // px; of a whole board more is needed

form.elements.photo.addEventListener("change", async (event) => {
  const input = event.target;
  try {
    const picture = await createImageBitmap(input.files[0]);
    const factor = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * factor);
    canvas.height = Math.round(picture.height * factor);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
    const files = new DataTransfer();
    files.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
    input.files = files.files;
  } catch {
    // As it is, then: the server says what is wrong with it.
  }
  if (input.files.length) form.submit();
});
