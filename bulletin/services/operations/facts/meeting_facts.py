"""What the history tells of meetings and their corrections, told through, against what the tables say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.history import ChainEntry
from bulletin.domain.meetings.records import MeetingRecord, read_record
from bulletin.store import former_histories
from bulletin.store.meetings import Meeting


@dataclass
class _Told:
    """What the history holds of one meeting."""

    record: str = ""  # fingerprint of what it says last
    withdrawn: bool = False
    corrections: list[tuple[str, str]] = field(default_factory=list)  # fingerprints before, after


def meeting_faults(session: Session) -> Iterator[tuple[str, str]]:
    """Where a meeting is not as the history tells: its name, and how. English."""
    told = _told(former_histories.told(session))
    shifts = [0, *former_histories.shifts(session)]
    for meeting in session.scalars(select(Meeting).order_by(Meeting.id)):
        subject = f"meeting {meeting.id}"
        if not _is_as_told(meeting, told.pop(subject, _Told()), shifts):
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


def _is_as_told(meeting: Meeting, told: _Told, shifts: list[int]) -> bool:
    """Whether a meeting says what the history tells, with the ids of this house or of one before."""
    kept = [(each.before, each.after) for each in meeting.corrections]
    return (
        told.withdrawn == meeting.withdrawn
        and told.record in _fingerprints(meeting.record, shifts)
        and len(told.corrections) == len(kept)
        and all(
            told_before in _fingerprints(read_record(before), shifts)
            and told_after in (_fingerprints(read_record(after), shifts) if after else {""})
            for (told_before, told_after), (before, after) in zip(
                told.corrections, kept, strict=True
            )
        )
    )


def _fingerprints(record: MeetingRecord, shifts: list[int]) -> set[str]:
    return {record.before_move(shift).fingerprint for shift in shifts}


def minutes_names(session: Session) -> dict[str, str]:
    """Every photograph of minutes that is kept, by its SHA-256, with a name for people. English."""
    names: dict[str, str] = {}
    for meeting in session.scalars(select(Meeting)):
        kept = [each.before["minutes"] for each in meeting.corrections]
        names |= dict.fromkeys(kept, f"minutes of meeting {meeting.id}, before a correction")
        names[meeting.minutes] = f"minutes of meeting {meeting.id}"
    return {digest: name for digest, name in names.items() if digest}
