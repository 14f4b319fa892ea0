// People press twice: a form that is being sent is not sent again.
const RESET_AFTER = 3000; // ms; a form that answers with a file leaves its page as it is

addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, RESET_AFTER);
});
