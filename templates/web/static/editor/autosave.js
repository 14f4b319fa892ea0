// Autosave: soon after the last change, and again after a failure. What could not be sent is stored on this computer.

import { send } from "./send.js";

const DELAY = 1500; // ms after the last change
const RETRY_DELAYS = [3000, 8000, 20000, 60000];

const STORE_DELAY = 300; // ms; a long table is not written to the disk with every key

// `read` returns what to save, `show` displays the state of saving, `showConflict` what another person saved, `kept` is
// the copy in this browser, `maySubmit` says whether the draft can be handed in.
export function createAutosave({ form, url, read, show, showConflict, kept, maySubmit }) {
  let timer = 0;
  let busy = false;
  let dirty = false;
  let failures = 0;
  let leaving = false;
  const version = form.elements.namedItem("version");
  let storing = 0;
  let sent = []; // the blocks that the last request was about
  let next = null; // what waits until everything is saved

  function changed() {
    if (!dirty) show("waiting");
    dirty = true;
    if (!storing) storing = setTimeout(storeLocally, STORE_DELAY);
    schedule(DELAY);
  }

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  function storeLocally() {
    clearTimeout(storing);
    storing = 0;
    kept.write(read(), { version: version.value });
  }

  async function save({ keepalive = false } = {}) {
    clearTimeout(timer);
    if (!dirty || busy || leaving) return;
    if (storing) storeLocally();
    busy = true;
    dirty = false;
    show("saving");
    try {
      await handleReply(await post(keepalive));
    } catch {
      failed();
    } finally {
      busy = false;
      if (dirty && !failures) schedule(next ? 0 : DELAY);
      else if (next) goOn();
    }
  }

  function goOn() {
    const act = next;
    next = null;
    act();
  }

  // Do something with the draft as the server has it: once everything is saved.
  function whenSaved(act) {
    next = act;
    if (dirty || busy) save();
    else goOn();
  }

  function post(keepalive) {
    const text = read();
    sent = [...text.document.blocks];
    return send(form, url, { version: Number(version.value), ...text }, { keepalive });
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
      next = null;
      showConflict(reply);
    } else if (response.status === 422 || response.status === 409 || response.status === 403) {
      next = null;
      show("refused", reply);
    } else {
      failed();
    }
  }

  function failed(state = "failed") {
    dirty = true;
    next = null;
    show(state === "failed" && !navigator.onLine ? "offline" : state);
    schedule(RETRY_DELAYS[Math.min(failures, RETRY_DELAYS.length - 1)]);
    failures += 1;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    if (storing) storeLocally();
    save({ keepalive: true });
  });
  addEventListener("online", () => save());
  window.addEventListener("beforeunload", (event) => {
    if ((dirty || busy) && !leaving) event.preventDefault();
  });
  addEventListener("pagehide", () => { if (storing) storeLocally(); kept.leave(); });
  addEventListener("pageshow", () => { leaving = false; });
  // A form is sent once the server has its text: whatever becomes of it then, nothing is left here alone.
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (event.defaultPrevented) return;
    if (dirty || busy) {
      event.preventDefault();
      whenSaved(() => target.requestSubmit(submitter)); // the press goes through
    } else if (submitter?.matches("[data-submit]") && !maySubmit()) event.preventDefault();
    else leaving = target === form;
  });

  return {
    changed,
    whenSaved,
    isSaved: () => !dirty && !busy,
    sentBlocks: () => sent,
    // Save over, or together with, what the other person saved.
    takeVersion: (theirs) => { version.value = theirs; dirty = true; storeLocally(); save(); },
  };
}
