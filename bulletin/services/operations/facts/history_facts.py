"""The history itself: its chain, the kept hashes of its tree, the chains that townships brought, and where it has seams."""

from collections.abc import Iterator
from itertools import chain

from sqlalchemy.orm import Session

from bulletin.domain.history import breaks
from bulletin.store import former_histories, history, history_subtrees


def history_faults(session: Session) -> Iterator[tuple[str, str]]:
    """Where any of them does not hold: its name, and how. English."""
    head = history.head(session)
    for fault in breaks(history.entries(session), (head.number, head.hash)):
        yield f"history entry {fault.number}", fault.reason
    yield from _tree_faults(session, head.number)
    yield from former_history_faults(session)


def _tree_faults(session: Session, size: int) -> Iterator[tuple[str, str]]:
    """What witnesses are shown is what the history holds."""
    expected = dict(history_subtrees.computed(session))
    kept = dict(history_subtrees.kept(session))
    for level, index in sorted(expected.keys() | kept.keys()):
        if kept.get((level, index)) != expected.get((level, index)):
            first, last = history_subtrees.span(level, index)
            name = f"tree over history entries {first} to {min(last, size)}"
            yield name, "its kept hash is not the one of the entries"


def former_history_faults(session: Session) -> Iterator[tuple[str, str]]:
    """Each history that a township brought, up to the head that a `move_in` holds of it."""
    came = {
        (entry.facts["origin"], entry.facts["entries"], entry.facts["head"])
        for entry in former_histories.told(session)
        # Where everybody moved to an empty house the chain itself went on.
        if entry.act == "move_in" and entry.previous != entry.facts["head"]
    }
    for former in former_histories.former_histories(session):
        name, head = f"former history of {former.origin}", (former.entries, former.head)
        for fault in breaks(former_histories.entries_of(session, former), head):
            yield f"{name}, entry {fault.number}", fault.reason
        if (former.origin, *head) not in came:
            yield name, "its head is not the one that came here"
        came.discard((former.origin, *head))
    for origin, *_ in came:
        yield f"former history of {origin}", "came here and is not there"


def seams(session: Session) -> Iterator[str]:
    """Where the history goes on from a backup, after a clock that was ahead, or from another house. English."""
    before = (
        former_histories.entries_of(session, each)
        for each in former_histories.former_histories(session)
    )
    for entry in chain(chain.from_iterable(before), history.entries(session)):
        facts = getattr(entry, "facts", {})
        match getattr(entry, "act", ""):
            case "restore":
                yield (
                    f"entry {entry.number}: restored from a backup taken at {facts['taken_at']} "
                    f"after entry {facts['entries']}; {facts['lost']} later entries are "
                    "witnessed but lost"
                )
            case "correct_clock":
                yield (
                    f"entry {entry.number}: the clock had been ahead, up to {facts['reached']}; "
                    f"{facts['entries']} entries before this one bear a moment from the future"
                )
            case "move_in":
                yield (
                    f"entry {entry.number}: moved here after entry {facts['entries']} of "
                    f"{facts['origin']}"
                )
