"""What the history tells of meetings and their corrections, told through, against what the tables say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.history import ChainEntry
from bulletin.store import history
from bulletin.store.meetings import Meeting


@dataclass
class _Told:
    """What the history holds of one meeting."""

    record: str = ""  # fingerprint of what it says last
    withdrawn: bool = False
    corrections: list[tuple[str, str]] = field(default_factory=list)  # fingerprints before, after


def meeting_faults(session: Session) -> Iterator[tuple[str, str]]:
    """Where a meeting is not as the history tells: its name, and how. English."""
    told = _told(history.entries(session))
    for meeting in session.scalars(select(Meeting).order_by(Meeting.id)):
        subject = f"meeting {meeting.id}"
        if _stored(meeting) != told.pop(subject, None):
            yield subject, "is not as the history tells it"
    for subject in told:
        yield subject, "is told by the history and is not there"


def _told(entries: Iterable[ChainEntry]) -> dict[str, _Told]:
    told: dict[str, _Told] = {}
    for entry in entries:
        if entry.act == "record_meeting":
            told[entry.subject] = _Told(record=entry.facts.get("record", ""))
        elif entry.act == "correct_meeting":
            meeting = told.setdefault(entry.subject, _Told())
            before, after = entry.facts["before"], entry.facts["after"]
            meeting.corrections.append((before, after))
            meeting.record, meeting.withdrawn = after or before, not after
    return told


def _stored(meeting: Meeting) -> _Told:
    facts = (correction.history_facts for correction in meeting.corrections)
    return _Told(
        record=meeting.record.fingerprint,
        withdrawn=meeting.withdrawn,
        corrections=[(each["before"], each["after"]) for each in facts],
    )


def minutes_names(session: Session) -> dict[str, str]:
    """Every photograph of minutes that is kept, by its SHA-256, with a name for people. English."""
    names: dict[str, str] = {}
    for meeting in session.scalars(select(Meeting)):
        kept = [each.before["minutes"] for each in meeting.corrections]
        names |= dict.fromkeys(kept, f"minutes of meeting {meeting.id}, before a correction")
        names[meeting.minutes] = f"minutes of meeting {meeting.id}"
    return {digest: name for digest, name in names.items() if digest}
