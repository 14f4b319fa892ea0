"""更正张贴登记: a wrong board or a wrong day put right, a paper that never hung withdrawn.

Nothing is overwritten without trace: what the record said before stays, with the reason, in the ledger and on
every certificate.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.posting_rules import (
    CorrectionFacts,
    HangingSpan,
    correction_refusals,
)
from bulletin.domain.boards.sheet_verdicts import may_hang
from bulletin.domain.days import village_day
from bulletin.domain.errors import Refused, refuse
from bulletin.domain.people import Actor
from bulletin.services.access import POSTING, board_for, ensure_tends_boards
from bulletin.services.boards.photos.posting_photos import (
    NONE,
    THE_SAME,
    NewPhotos,
    PostingPhotos,
    kept_photos,
    new_photos,
    photos_after,
    photos_of,
)
from bulletin.services.boards.post import replace_older
from bulletin.services.boards.posting_spans import replaced_by, span_of
from bulletin.services.boards.postings import posting_for, seen_on, sheet_from
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store.places import Board
from bulletin.store.posting_corrections import PostingCorrection
from bulletin.store.postings import (
    Posting,
    mark_withdrawn,
    postings_of,
    postings_of_notice,
)


@dataclass(frozen=True)
class _Correction:
    """One correction under way: who makes it, when and why."""

    session: Session
    actor: Actor
    now: datetime
    reason: str
    against_photo: bool


def correct_posting(
    site: Site,
    actor: Actor,
    posting_id: int,
    now: datetime,
    *,
    board_id: int,
    hung_on: date,
    down_on: date | None,
    reason: str,
    against_photo: bool = False,
    photos: NewPhotos = THE_SAME,
) -> None:
    """The paper hung on another board, or from or to another day, than was recorded, or a photograph is wrong.

    An older paper that was recorded as replaced by this one follows: it came off on the day that is right now, or
    still hangs where this one never did.

    Args:
        down_on: the day on which it came off; None: it still hangs.
        against_photo: the person says that a photograph was filed on the wrong board or day.

    Raises:
        Refused: with every reason why not.
    """
    fresh = kept_photos(site, photos)
    with site.sessions.writing() as session:
        posting = posting_for(session, actor, posting_id)
        board = board_for(session, actor, board_id)
        correction = _correction(session, actor, posting, board, now, reason, against_photo)
        after = HangingSpan(board.id, hung_on, down_on)
        put_right = new_photos(posting, after, photos, fresh)
        photos_change = put_right != photos_of(posting)
        _ensure_may_stand(correction, posting, board, after, photos_change=photos_change)
        followers = replaced_by(session, posting)
        moves = board.id != posting.board_id
        _apply(correction, posting, after, put_right if photos_change else None)
        _follow(correction, followers)
        if moves and down_on is None:
            replace_older(session, actor, posting.edition, board, now, hung_on=hung_on)


def withdraw_posting(
    site: Site,
    actor: Actor,
    posting_id: int,
    now: datetime,
    *,
    reason: str,
    against_photo: bool = False,
) -> None:
    """The paper never hung there: the record is none any more, and stays to be read as withdrawn.

    Raises:
        Refused: with every reason why not.
    """
    with site.sessions.writing() as session:
        posting = posting_for(session, actor, posting_id)
        board = posting.board
        correction = _correction(session, actor, posting, board, now, reason, against_photo)
        _ensure_may_stand(correction, posting, board, None)
        followers = replaced_by(session, posting)
        _note(correction, posting, None)
        mark_withdrawn(session, posting)
        _follow(correction, followers)


def _correction(
    session: Session,
    actor: Actor,
    posting: Posting,
    board: Board,
    now: datetime,
    reason: str,
    against_photo: bool,
) -> _Correction:
    for place in (posting.board, board):
        ensure_tends_boards(actor, place.village_id, POSTING)
    if not reason.strip():
        raise refuse("reason_missing", "请写明为什么更正，台账和张贴证明上会写着。")
    reason = ensure_text_is_clean(session, actor, reason, "更正的原因")
    return _Correction(session, actor, now, reason, against_photo)


def _ensure_may_stand(
    correction: _Correction,
    posting: Posting,
    board: Board,
    after: HangingSpan | None,
    *,
    photos_change: bool = False,
) -> None:
    session, edition = correction.session, posting.edition
    others = [
        (other.edition.number, span_of(other))
        for other in session.scalars(postings_of_notice(edition.notice_id))
        if other.id != posting.id
    ]
    facts = CorrectionFacts(
        before=span_of(posting),
        after=after,
        today=village_day(correction.now),
        sheet_from=sheet_from(session, edition),
        at_home=may_hang(edition.notice.board_village_id, board.village_id),
        same_edition=[span for number, span in others if number == edition.number],
        newer=[(number, span) for number, span in others if number > edition.number],
        seen_on=seen_on(session, posting),
        photos_change=photos_change,
    )
    if reasons := correction_refusals(facts, against_photo=correction.against_photo):
        raise Refused(*reasons)


def _follow(correction: _Correction, followers: list[Posting]) -> None:
    """An older paper came off when a newer one really took its place, or not at all."""
    for older in followers:
        newer = [
            other.hung_on
            for other in correction.session.scalars(postings_of(older.board_id))
            if other.edition.notice_id == older.edition.notice_id
            and other.edition.number > older.edition.number
        ]
        down_on = max(min(newer), older.hung_on) if newer else None
        after = HangingSpan(older.board_id, older.hung_on, down_on)
        if after != span_of(older):
            _apply(correction, older, after)


def _apply(
    correction: _Correction,
    posting: Posting,
    after: HangingSpan,
    put_right: PostingPhotos | None = None,
) -> None:
    photos = photos_after(correction.session, posting, after, put_right)
    _note(correction, posting, after, photos)
    posting.board_id, posting.hung_on = after.board_id, after.hung_on
    posting.hung_photo, posting.down_photo = photos.hung, photos.down
    if after.down_on is None:
        posting.down_at = posting.down_by = None
    elif posting.down_on is None:
        posting.down_at, posting.down_by = correction.now, correction.actor.id
    posting.down_on = after.down_on
    correction.session.flush()
    correction.session.refresh(posting)


def _note(
    correction: _Correction,
    posting: Posting,
    after: HangingSpan | None,
    photos: PostingPhotos = NONE,
) -> None:
    """Keep what the record said, before it says something else, and write the history."""
    kept = PostingCorrection(
        township_id=posting.township_id,
        posting_id=posting.id,
        before_board_id=posting.board_id,
        before_hung_on=posting.hung_on,
        before_down_on=posting.down_on,
        before_hung_photo=posting.hung_photo,
        before_down_photo=posting.down_photo,
        after_board_id=after.board_id if after else None,
        after_hung_on=after.hung_on if after else None,
        after_down_on=after.down_on if after else None,
        after_hung_photo=photos.hung,
        after_down_photo=photos.down,
        against_photo=correction.against_photo,
        reason=correction.reason,
        corrected_at=correction.now,
        corrected_by=correction.actor.id,
    )
    correction.session.add(kept)
    record(
        correction.session,
        correction.actor,
        "correct_posting",
        subject_of(posting.edition),
        correction.now,
        **kept.history_facts,
    )
