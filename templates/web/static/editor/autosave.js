// Autosave: soon after the last change, and again after a failure. What could not be sent is stored on this computer.

const DELAY = 1500; // ms after the last change
const RETRY_DELAYS = [3000, 8000, 20000, 60000];

// `read` returns what to save, `show` displays the state of saving, `showConflict` what another person saved, `kept` is
// the copy in this browser.
export function createAutosave({ form, url, read, show, showConflict, kept }) {
  let timer = 0;
  let busy = false;
  let dirty = false;
  let failures = 0;
  let leaving = false;
  const version = form.elements.namedItem("version");
  let submitter = null; // the button that was pressed before everything was saved

  function changed() {
    dirty = true;
    storeLocally();
    show("waiting");
    schedule(DELAY);
  }

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  function storeLocally() {
    kept.write(read(), { version: version.value });
  }

  async function save({ keepalive = false } = {}) {
    clearTimeout(timer);
    if (!dirty || busy || leaving) return;
    busy = true;
    dirty = false;
    show("saving");
    try {
      await handleReply(await post(keepalive));
    } catch {
      failed();
    } finally {
      busy = false;
      if (dirty && !failures) schedule(submitter ? 0 : DELAY);
      else if (submitter) submitAgain();
    }
  }

  // Everything is saved now: the press on the button goes through.
  function submitAgain() {
    const button = submitter;
    submitter = null;
    form.requestSubmit(button);
  }

  function post(keepalive) {
    return fetch(url, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      keepalive,
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": form.elements.namedItem("csrf_token").value,
      },
      body: JSON.stringify({ version: Number(version.value), ...read() }),
    });
  }

  async function handleReply(response) {
    if (response.ok) {
      const reply = await response.json();
      version.value = reply.version;
      failures = 0;
      if (!dirty) kept.drop();
      show("saved", reply);
      return;
    }
    if (response.type === "opaqueredirect" || response.status === 401) {
      failed("signed-out");
      return;
    }
    const reply = await response.json();
    if (reply.csrf_token) { // signed in again in another window
      form.elements.namedItem("csrf_token").value = reply.csrf_token;
      dirty = true;
      schedule(0);
    } else if (response.status === 409 && reply.theirs) {
      dirty = true;
      show("overtaken");
      submitter = null;
      showConflict(reply);
    } else if (response.status === 422 || response.status === 409 || response.status === 403) {
      submitter = null;
      show("refused", reply);
    } else {
      failed();
    }
  }

  function failed(state = "failed") {
    dirty = true;
    submitter = null;
    show(state);
    schedule(RETRY_DELAYS[Math.min(failures, RETRY_DELAYS.length - 1)]);
    failures += 1;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ keepalive: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if ((dirty || busy) && !leaving) event.preventDefault();
  });
  addEventListener("pagehide", kept.leave);
  addEventListener("pageshow", () => { leaving = false; });
  // A form is sent once the server has its text: whatever becomes of it then, nothing is left here alone.
  form.addEventListener("submit", (event) => {
    if (!dirty && !busy) {
      leaving = true;
      return;
    }
    event.preventDefault();
    submitter = event.submitter || form.querySelector("button[type=submit]");
    save();
  });

  return {
    changed,
    // Save over, or together with, what the other person saved.
    takeVersion: (theirs) => { version.value = theirs; dirty = true; storeLocally(); save(); },
  };
}
