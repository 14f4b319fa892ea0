"""What the record of a meeting says, what a correction changed in it, and which words are out of date since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bulletin.domain.days import day_words
from bulletin.domain.digests import canonical, sha256_hex
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes


@dataclass(frozen=True, kw_only=True)
class RecordedDecision:
    id: int
    title: str
    text: str
    votes: Votes


@dataclass(frozen=True, kw_only=True)
class MeetingRecord:
    """All that a meeting is recorded with; `minutes` is the SHA-256 of a photo, or ''."""

    kind: MeetingKind
    held_on: date
    place: str
    due: int
    came: int
    agenda: str
    minutes: str
    decisions: tuple[RecordedDecision, ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what it says: what the history holds of it."""
        return sha256_hex(canonical(record_json(self)))

    def before_move(self, shift: int) -> "MeetingRecord":
        """As it was in a house from which it came: there ids were smaller by the shift."""
        decisions = tuple(replace(each, id=each.id - shift) for each in self.decisions)
        return replace(self, decisions=decisions)


def record_json(record: MeetingRecord) -> dict[str, Any]:
    """A record as a correction keeps it; `read_record` takes it back unchanged."""
    return {
        "kind": record.kind.value,
        "held_on": record.held_on.isoformat(),
        "place": record.place,
        "due": record.due,
        "came": record.came,
        "agenda": record.agenda,
        "minutes": record.minutes,
        "decisions": [_decision_json(each) for each in record.decisions],
    }


def _decision_json(decision: RecordedDecision) -> dict[str, Any]:
    votes = decision.votes
    counts = [votes.in_favour, votes.against, votes.abstained]
    return {"id": decision.id, "title": decision.title, "text": decision.text, "votes": counts}


def read_record(stored: Mapping[str, Any]) -> MeetingRecord:
    return MeetingRecord(
        kind=MeetingKind(stored["kind"]),
        held_on=date.fromisoformat(stored["held_on"]),
        place=stored["place"],
        due=stored["due"],
        came=stored["came"],
        agenda=stored["agenda"],
        minutes=stored["minutes"],
        decisions=tuple(
            RecordedDecision(
                id=each["id"], title=each["title"], text=each["text"], votes=Votes(*each["votes"])
            )
            for each in stored["decisions"]
        ),
    )


def record_changes(before: MeetingRecord, after: MeetingRecord) -> tuple[str, ...]:
    """What a correction changed, each in one clause: 日期由2026年10月6日更正为10月7日."""
    return (*_head_changes(before, after), *_decision_changes(before, after))


def _head_changes(before: MeetingRecord, after: MeetingRecord) -> Iterator[str]:
    if before.kind is not after.kind:
        yield f"会议由“{before.kind.label}”更正为“{after.kind.label}”"
    if before.held_on != after.held_on:
        now = day_words(after.held_on, since=before.held_on)
        yield f"日期由{day_words(before.held_on)}更正为{now}"
    for what, old, new in (
        ("应到", str(before.due), str(after.due)),
        ("实到", str(before.came), str(after.came)),
        ("地点", before.place, after.place),
        ("议程", before.agenda, after.agenda),
    ):
        if old != new:
            yield f"{what}由{old or '没有写'}更正为{new or '不写'}"
    if before.minutes != after.minutes:
        verb = "换了" if before.minutes and after.minutes else "补上" if after.minutes else "去掉"
        yield f"{verb}会议记录的照片"


def _decision_changes(before: MeetingRecord, after: MeetingRecord) -> Iterator[str]:
    was = {each.id: each for each in before.decisions}
    now = {each.id: each for each in after.decisions}
    for old, new in ((was[id_], now[id_]) for id_ in sorted(was.keys() & now.keys())):
        if old.title != new.title:
            yield f"决定“{old.title}”更正为“{new.title}”"
        if old.text != new.text:
            yield f"“{new.title}”的内容有更正"
        if old.votes != new.votes:
            yield f"“{new.title}”由{old.votes.words}更正为{new.votes.words}"
    yield from (f"补上决定“{new.title}”" for id_, new in now.items() if id_ not in was)
    yield from (f"去掉决定“{old.title}”" for id_, old in was.items() if id_ not in now)


@dataclass(frozen=True)
class OutdatedWords:
    """Words that a notice took from a record that says something else since."""

    before: str
    after: str


def outdated_words(
    before: MeetingRecord, after: MeetingRecord, decision_id: int
) -> tuple[OutdatedWords, ...]:
    """What a notice of a decision may still say as the record said it before."""
    pairs = [
        (day_words(before.held_on), day_words(after.held_on)),
        (_came_words(before), _came_words(after)),
    ]
    was, now = (_decision(record, decision_id) for record in (before, after))
    if was is not None and now is not None:
        pairs += [(was.votes.words, now.votes.words), (was.title, now.title), (was.text, now.text)]
    return tuple(OutdatedWords(old, new) for old, new in pairs if old and old != new)


def _came_words(record: MeetingRecord) -> str:
    """As the notice of a decision begins to say it."""
    return f"应到{record.due}，实到{record.came}"


def _decision(record: MeetingRecord, decision_id: int) -> RecordedDecision | None:
    return next((each for each in record.decisions if each.id == decision_id), None)
