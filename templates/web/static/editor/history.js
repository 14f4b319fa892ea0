// Undo and redo over the whole draft: what it was before each step.

const MAX_STEPS = 100;
const PAUSE = 1500; // ms; typing in one field is one step until somebody stops to think
const LONGEST = 10000; // ms of typing that one step takes back

// `read` gives all that can change, `restore` puts it back, `isSame` compares two of them, `shown` is told how many
// steps there are back and forth.
export function createHistory({ read, restore, isSame, shown }) {
  const past = [];
  const future = [];
  let typing = { key: null, since: 0, last: 0 };

  // Before a change. `key` is the field that is typed in; a change without one is a step of its own.
  function step(key = null) {
    const now = Date.now();
    const goesOn = key !== null && key === typing.key && now - typing.last < PAUSE && now - typing.since < LONGEST;
    typing = { key, since: goesOn ? typing.since : now, last: now };
    if (goesOn) return;
    past.push(read());
    past.splice(0, past.length - MAX_STEPS);
    future.length = 0;
    shown(past.length, 0);
  }

  function go(from, to) {
    const present = read();
    while (from.length && isSame(from[from.length - 1], present)) from.pop(); // steps that changed nothing
    if (from.length) {
      to.push(present);
      typing.key = null;
      restore(from.pop());
    }
    shown(past.length, future.length);
  }

  return { step, undo: () => go(past, future), redo: () => go(future, past) };
}
