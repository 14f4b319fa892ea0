// Autosave: soon after the last change, again after a failure, and never so that something is lost.

const QUIET = 1500; // ms after the last change
const RETRY = [3000, 8000, 20000, 60000];

// `read` gives what to save, `show` tells people how it stands.
export function saver({ form, url, read, show, overtaken }) {
  let timer = 0;
  let busy = false;
  let dirty = false;
  let failures = 0;
  let leaving = false;
  const version = form.elements.namedItem("version");
  const store = `draft ${url}`;

  function changed() {
    dirty = true;
    keepHere();
    show("waiting");
    plan(QUIET);
  }

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  // What could not be sent lies on this computer until it could.
  function keepHere({ sent = false } = {}) {
    try {
      localStorage.setItem(store, JSON.stringify({ sent, version: version.value, ...read() }));
    } catch { /* a full or forbidden store: the text still stands on the page */ }
  }

  async function save({ keepalive = false } = {}) {
    clearTimeout(timer);
    if (!dirty || busy || leaving) return;
    busy = true;
    dirty = false;
    show("saving");
    try {
      await answered(await sent(keepalive));
    } catch {
      failed();
    } finally {
      busy = false;
      if (dirty && !failures) plan(QUIET);
    }
  }

  function sent(keepalive) {
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

  async function answered(response) {
    if (response.ok) {
      const said = await response.json();
      version.value = said.version;
      failures = 0;
      if (!dirty) localStorage.removeItem(store);
      show("saved", said);
      return;
    }
    if (response.type === "opaqueredirect" || response.status === 401) {
      failed("signed-out");
      return;
    }
    const said = await response.json();
    if (said.csrf_token) { // signed in again in another window
      form.elements.namedItem("csrf_token").value = said.csrf_token;
      dirty = true;
      plan(0);
    } else if (response.status === 409 && said.theirs) {
      dirty = true;
      show("overtaken");
      overtaken(said);
    } else if (response.status === 422 || response.status === 409 || response.status === 403) {
      show("refused", said);
    } else {
      failed();
    }
  }

  function failed(how = "failed") {
    dirty = true;
    show(how);
    plan(RETRY[Math.min(failures, RETRY.length - 1)]);
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
    keepHere({ sent: true });
  });

  return {
    changed,
    // Save over, or together with, what the other person saved.
    takeVersion: (theirs) => { version.value = theirs; dirty = true; save(); },
    keptHere: () => {
      try {
        const kept = JSON.parse(localStorage.getItem(store));
        const arrived = kept?.sent && Number(kept.version) < Number(version.value);
        return arrived ? null : kept;
      } catch { return null; }
    },
    forget: () => localStorage.removeItem(store),
  };
}
