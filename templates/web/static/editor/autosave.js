// Autosave: soon after the last change, and again after a failure. What could not be sent is stored on this computer.

const DELAY = 1500; // ms after the last change
const RETRY_DELAYS = [3000, 8000, 20000, 60000];

// `read` returns what to save, `show` displays the state of saving, `showConflict` what another person saved.
export function createAutosave({ form, url, read, show, showConflict }) {
  let timer = 0;
  let busy = false;
  let dirty = false;
  let failures = 0;
  let leaving = false;
  const version = form.elements.namedItem("version");
  const storageKey = `draft ${url}`;

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

  // A copy on this computer, until the draft has been sent.
  function storeLocally({ sent = false } = {}) {
    try {
      localStorage.setItem(storageKey, JSON.stringify({ sent, version: version.value, ...read() }));
    } catch { /* a full or forbidden store: the text still stands on the page */ }
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
      if (dirty && !failures) schedule(DELAY);
    }
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
      if (!dirty) localStorage.removeItem(storageKey);
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
      showConflict(reply);
    } else if (response.status === 422 || response.status === 409 || response.status === 403) {
      show("refused", reply);
    } else {
      failed();
    }
  }

  function failed(state = "failed") {
    dirty = true;
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
  // The copy stays until the page that follows shows a newer version: what was sent may be refused.
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    storeLocally({ sent: true });
  });

  return {
    changed,
    // Save over, or together with, what the other person saved.
    takeVersion: (theirs) => { version.value = theirs; dirty = true; save(); },
    storedDraft: () => {
      try {
        const stored = JSON.parse(localStorage.getItem(storageKey));
        const arrived = stored?.sent && Number(stored.version) < Number(version.value);
        return arrived ? null : stored;
      } catch { return null; }
    },
    clearStored: () => localStorage.removeItem(storageKey),
  };
}
