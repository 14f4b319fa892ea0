"""What the history tells of the boards, told through to the end, against what the tables say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bulletin.domain.history import ChainEntry
from bulletin.services.transition import subject_of
from bulletin.store import former_histories
from bulletin.store.notices import Edition
from bulletin.store.posting_corrections import PostingCorrection
from bulletin.store.postings import Posting, PostingRecord
from bulletin.store.recalled_photos import RecalledPhoto
from bulletin.store.receipts import BoardPhoto

Fact = tuple[str, ...]  # act, subject, and what it says


def board_faults(session: Session) -> Iterator[tuple[str, str]]:
    """Where the tables are not as the history tells: the name of the thing, and how. English."""
    told = _told(former_histories.told(session))
    stored: Counter[Fact] = Counter()
    named: Counter[Fact] = Counter()  # act and subject of what is altered: what was told is it
    for name, fact in _stored(session):
        stored[fact] += 1
        if stored[fact] > told[fact]:
            named[fact[:2]] += 1
            yield name, "is not as the history tells it"
    missing = Counter(fact[:2] for fact in (told - stored).elements())
    for act, subject in missing - named:
        yield f"{act} of {subject}", "is told by the history and is not there"


def _told(entries: Iterable[ChainEntry]) -> Counter[Fact]:
    """Every fact that holds after the last entry, as often as it was told."""
    told: Counter[Fact] = Counter()
    for entry in entries:
        subject, facts = entry.subject, entry.facts
        if entry.act == "hang":
            told[_hang(subject, facts)] += 1
        elif entry.act == "take_off":
            told[_take_off(subject, {**facts, "down_photo": facts["photo"]})] += 1
        elif entry.act == "photograph_board":
            told.update((entry.act, subject, photo) for photo in facts["photos"].split(","))
        elif entry.act == "correct_posting":
            _correct(told, subject, facts)
        elif entry.act == "cover_photo":
            _cover(told, facts["photo"], facts["covered"])
            told["cover_photo", subject, facts["covered"]] += 1
        elif entry.act == "keep_photo":
            told["keep_photo", subject, facts["photo"]] += 1
    return told


def _cover(told: Counter[Fact], before: str, after: str) -> None:
    """Whatever named the photograph names the painted one from now on."""
    for fact in [fact for fact in told if any(before in part for part in fact)]:
        told[tuple(part.replace(before, after) for part in fact)] += told.pop(fact)


def _hang(subject: str, facts: Mapping[str, Any]) -> Fact:
    return "hang", subject, str(facts["board"]), facts["hung_on"], facts["photo"]


def _take_off(subject: str, facts: Mapping[str, Any]) -> Fact:
    return "take_off", subject, str(facts["board"]), facts["down_on"], facts["down_photo"]


def _correct(told: Counter[Fact], subject: str, facts: Mapping[str, Any]) -> None:
    """What was told before holds no more; what is told now does, unless it never hung."""
    after = {key.removeprefix("to_"): value for key, value in facts.items() if key[:3] == "to_"}
    told.subtract([_hang(subject, facts)])
    if facts["down_on"]:
        told.subtract([_take_off(subject, facts)])
    if after["board"]:
        told[_hang(subject, after)] += 1
    if after["down_on"]:
        told[_take_off(subject, after)] += 1
    told[_correction(subject, facts)] += 1


def _correction(subject: str, facts: Mapping[str, Any]) -> Fact:
    return "correct_posting", subject, *(f"{key}={facts[key]}" for key in sorted(facts))


def _stored(session: Session) -> Iterator[tuple[str, Fact]]:
    whole = joinedload(Posting.edition).joinedload(Edition.notice)
    for posting in session.scalars(select(Posting).options(whole)):
        subject = subject_of(posting.edition)
        facts = {
            "board": posting.board_id,
            "hung_on": posting.hung_on.isoformat(),
            "down_on": posting.down_on.isoformat() if posting.down_on else "",
            "photo": posting.hung_photo or "",
            "down_photo": posting.down_photo or "",
        }
        yield f"hanging of posting {posting.id}", _hang(subject, facts)
        if posting.down_on is not None:
            yield f"taking off of posting {posting.id}", _take_off(subject, facts)
    for photo in session.scalars(select(BoardPhoto).options(joinedload(BoardPhoto.visit))):
        name = f"photo {photo.place} of board visit {photo.visit_id}"
        yield name, ("photograph_board", f"board {photo.visit.board_id}", photo.digest)
    of_record = joinedload(PostingCorrection.posting).joinedload(PostingRecord.edition)
    for correction in session.scalars(select(PostingCorrection).options(of_record)):
        subject = subject_of(correction.posting.edition)
        fact = _correction(subject, correction.history_facts)
        yield f"correction {correction.id} of posting {correction.posting_id}", fact
    for settled in session.scalars(select(RecalledPhoto)):
        act = "cover_photo" if settled.destroyed else "keep_photo"
        subject = f"notice {settled.notice.code}"
        yield f"settled photo {settled.id} of {subject}", (act, subject, settled.digest)


def photo_names(session: Session) -> dict[str, str]:
    """Every photograph that is kept as evidence, by its SHA-256, with a name for people. English."""
    names: dict[str | None, str] = {}
    for correction in session.scalars(select(PostingCorrection)):
        name = f"photo of posting {correction.posting_id}, before a correction"
        names |= dict.fromkeys((correction.before_hung_photo, correction.before_down_photo), name)
    for posting in session.scalars(select(PostingRecord)):
        name = f"photo of posting {posting.id}"
        names |= dict.fromkeys((posting.hung_photo, posting.down_photo), name)
    for photo in session.scalars(select(BoardPhoto)):
        names[photo.digest] = f"photo {photo.place} of board visit {photo.visit_id}"
    return {digest: name for digest, name in names.items() if digest}
