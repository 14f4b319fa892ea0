"""What a notice still says as the record of a meeting said it before that was corrected or withdrawn."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import day_words, village_day
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.records import OutdatedWords, outdated_words, read_record
from bulletin.domain.notices.content import Document, texts
from bulletin.domain.notices.draft_checks import DraftCheck, Weight
from bulletin.services.edition_document import edition_document
from bulletin.services.site import Site
from bulletin.store.edition_parts import ReviewStep
from bulletin.store.meetings import MeetingCorrection, corrections_behind, corrections_in
from bulletin.store.notices import Edition


def meeting_notes(session: Session, edition: Edition) -> tuple[str, ...]:
    """For the pages of a notice: what its text and its confirmation took from a record, in sentences."""
    said = dict.fromkeys(check.words for check in _outdated(session, edition))
    return (*said, *_of_confirmations(session, edition))


def meeting_checks(
    session: Session, _site: Site, edition: Edition, _now: datetime
) -> Iterator[DraftCheck]:
    """The same of a draft's text, each with its place."""
    yield from dict.fromkeys(_outdated(session, edition))


def _outdated(session: Session, edition: Edition) -> Iterator[DraftCheck]:
    if edition.redacted_at is not None:
        return
    for correction, decision_id in session.execute(corrections_behind(edition.notice_id)):
        if correction.after is None:
            yield _doubt(f"写的是一次会议的决定，会议的登记已经作废（{correction.reason}）。")
            continue
        record = correction.meeting.record
        for words in outdated_words(read_record(correction.before), record, decision_id):
            yield from _where_said(edition, words, correction)


def _where_said(
    edition: Edition, words: OutdatedWords, correction: MeetingCorrection
) -> Iterator[DraftCheck]:
    why = correction.reason
    said = f"写的还是“{words.before}”，会议登记已经更正为“{words.after or '不写'}”（{why}）。"
    if _says(edition.title, words):
        yield _doubt(f"标题{said}", field="title")
    for number, block in enumerate(edition_document(edition).blocks):
        if any(_says(text, words) for text in texts(Document((block,)))):
            yield _doubt(f"正文{said}", block=number)


def _says(text: str, words: OutdatedWords) -> bool:
    """The old words, and not because the new ones hold them."""
    return words.before in (text.replace(words.after, "") if words.after else text)


def _doubt(words: str, *, field: str = "", block: int | None = None) -> DraftCheck:
    return DraftCheck(
        code="meeting_corrected", words=words, weight=Weight.DOUBT, field=field, block=block
    )


def _of_confirmations(session: Session, edition: Edition) -> Iterator[str]:
    """Steps of the present round that named a day on which, as is known since, no joint meeting was."""
    steps = [
        step
        for step in edition.steps
        if step.meeting_on is not None and step.review_round == edition.review_round
    ]
    if not steps:
        return
    corrections = session.scalars(corrections_in(edition.township_id, edition.village_id)).all()
    for step in steps:
        for correction in corrections:
            if _moved_away(step, correction):
                yield _confirmed_words(step, correction)


def _moved_away(step: ReviewStep, correction: MeetingCorrection) -> bool:
    before, meeting = read_record(correction.before), correction.meeting
    named = before.kind is MeetingKind.JOINT and before.held_on == step.meeting_on
    still_so = meeting.kind is MeetingKind.JOINT and meeting.held_on == step.meeting_on
    return named and (meeting.withdrawn or not still_so)


def _confirmed_words(step: ReviewStep, correction: MeetingCorrection) -> str:
    meeting, since = correction.meeting, village_day(step.at)
    if meeting.withdrawn:
        became = "作废"
    elif meeting.kind is MeetingKind.JOINT:
        became = f"更正为{day_words(meeting.held_on, since=since)}"
    else:
        became = f"更正为{meeting.kind.label}"
    return (
        f"{step.taken_by}{day_words(since)}确认时填的联席会议日期是"
        f"{day_words(step.meeting_on or since, since=since)}，这次会的登记后来{became}（{correction.reason}）。"
    )
