// What is kept in this browser until the server has it: one copy for each opened page, so that two windows, or a text that
// waits to be offered again, never overwrite each other.

const STALE = 2 * 60 * 1000; // ms after which a copy of another window is no longer taken for one being written

export function createKept(url, person) {
  const prefix = `draft ${url}`;
  const tab = tabName();
  const ownKey = `${prefix} ${tab} ${randomName()}`;

  function write(text, facts) {
    try {
      localStorage.setItem(ownKey, JSON.stringify({ person, at: new Date().toISOString(), ...text, ...facts }));
    } catch { /* a full or forbidden store: the text still stands on the page */ }
  }

  function drop(key = ownKey) {
    try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
  }

  // A window that is closed writes no more.
  function leave() {
    const copy = readCopy(ownKey);
    if (copy) write(copy, { left: true, at: copy.at });
  }

  // Copies that earlier pages left behind, the newest first.
  function leftBehind() {
    return keysOf(prefix).filter((key) => key !== ownKey)
      .map((key) => ({ key, ...readCopy(key) }))
      .filter((copy) => copy.document && (copy.left || !copy.at || copy.key.startsWith(`${prefix} ${tab} `) || isStale(copy)))
      .sort((one, other) => String(other.at || "").localeCompare(String(one.at || "")));
  }

  return { write, drop, leave, leftBehind };
}

function isStale({ at }) {
  return Math.abs(Date.now() - Date.parse(at)) > STALE;
}

function keysOf(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key === prefix || key.startsWith(`${prefix} `));
  } catch { return []; }
}

function readCopy(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function tabName() {
  try {
    const name = sessionStorage.getItem("tab") || randomName();
    sessionStorage.setItem("tab", name);
    return name;
  } catch { return randomName(); }
}

function randomName() {
  return Math.random().toString(36).slice(2, 10);
}

// The same text however it is spelled: keys in order, what was never filled in like what is empty.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (value === null || value === undefined) return '""';
  if (typeof value !== "object") return JSON.stringify(typeof value === "string" ? value.normalize("NFC").trim() : value);
  return Object.keys(value).sort().map((key) => JSON.stringify(key) + canonical(value[key])).join();
}
