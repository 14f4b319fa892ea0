"""张贴: what was hung on which board and when, and what came down."""

from collections.abc import Container
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.sheet_verdicts import may_hang
from bulletin.domain.codes import EditionKey
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.notices.workflow import APPROVED, State, state_at
from bulletin.domain.people import Actor
from bulletin.services.access import (
    NO_EDITION,
    POSTING,
    board_for,
    edition_for,
    ensure_tends_boards,
)
from bulletin.services.boards.photos.kept_photos import kept_photo
from bulletin.services.boards.postings import ensure_days, last_run_of, posting_for, sheet_from
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store.notice_queries import notice_by_code
from bulletin.store.notices import Edition
from bulletin.store.places import Board
from bulletin.store.postings import Posting, hanging_on, postings_of
from bulletin.store.print_runs import PrintRun, last_run


def hang(
    site: Site,
    actor: Actor,
    code: str,
    board_id: int,
    hung_on: date,
    now: datetime,
    *,
    photo: bytes | None = None,
) -> int:
    """The printed sheet of the newest approved edition went up on a board.

    Older editions of the same notice that still hang there are recorded as taken down: one
    paper replaces the other.

    Returns:
        The posting's id.
    """
    ensure_days(hung_on, None, now)
    picture = kept_photo(site, photo)
    with site.sessions.writing() as session:
        edition = _edition_to_hang(session, actor, code, now)
        board = board_for(session, actor, board_id)
        run = last_run_of(session, edition)
        ensure_days(hung_on, None, now, sheet_from=sheet_from(session, edition))
        if not may_hang(edition.notice.board_village_id, board.village_id):
            raise refuse("other_village", "这是别的村的公开栏。")
        if any(p.edition_id == edition.id for p in session.scalars(hanging_on(board.id))):
            raise refuse("already_hangs", f"“{board.name}”上已经登记贴了这一版。")
        posting = _put_up(
            session, actor, edition, board, now, run=run, hung_on=hung_on, photo=picture
        )
        return posting.id


def post_seen(
    session: Session,
    actor: Actor,
    board: Board,
    key: EditionKey,
    now: datetime,
    *,
    seen_on: date,
    photo: str,
    also_seen: Container[int] = frozenset(),
) -> tuple[Posting, bool]:
    """A photograph shows that an edition hangs on a board.

    Args:
        also_seen: numbers of other editions of the notice that the photographs show: those still
            hang, and no record says otherwise.

    Returns:
        The posting, and whether it is new: no record had it until now.
    """
    edition = _edition_seen(session, *key)
    of_edition = postings_of(board.id).where(Posting.edition_id == edition.id)
    for posting in session.scalars(of_edition):
        if _hung_on(posting, seen_on):
            return posting, False
    run = session.scalar(last_run(edition.id))
    posting = _put_up(
        session,
        actor,
        edition,
        board,
        now,
        run=run,
        hung_on=seen_on,
        photo=photo,
        staying=also_seen,
    )
    return posting, True


def _edition_seen(session: Session, code: str, number: int) -> Edition:
    """What hangs on a board that the person may see, a paper of the township too."""
    notice = notice_by_code(session, code)
    editions = notice.editions if notice else []
    for edition in editions:
        if edition.number == number:
            return edition
    raise NotFoundError(NO_EDITION)


def _hung_on(posting: Posting, day: date) -> bool:
    """Whether the record is of the paper that was seen on that day, also when it came off since."""
    return posting.down_on is None or posting.hung_on <= day <= posting.down_on


def _put_up(
    session: Session,
    actor: Actor,
    edition: Edition,
    board: Board,
    now: datetime,
    *,
    run: PrintRun | None,
    hung_on: date,
    photo: str | None,
    staying: Container[int] = frozenset(),
) -> Posting:
    ends_on = replace_older(session, actor, edition, board, now, hung_on=hung_on, staying=staying)
    posting = Posting(
        township_id=edition.township_id,
        board_id=board.id,
        edition_id=edition.id,
        print_run_id=run.id if run else None,
        hung_on=hung_on,
        hung_at=now,
        hung_by=actor.id,
        hung_photo=photo,
    )
    session.add(posting)
    session.flush()
    record(
        session,
        actor,
        "hang",
        subject_of(edition),
        now,
        board=board.id,
        hung_on=hung_on.isoformat(),
        pdf=run.pdf if run else "",
        photo=photo or "",
    )
    if ends_on is not None:
        _down(session, actor, posting, max(hung_on, ends_on), now)
    return posting


def _edition_to_hang(session: Session, actor: Actor, code: str, now: datetime) -> Edition:
    newest = edition_for(session, actor, code)
    ensure_tends_boards(actor, newest.notice.village_id, POSTING)
    for edition in reversed(newest.notice.editions):
        if edition.state in APPROVED:
            if state_at(edition.state, edition.publish_at, now) is State.TAKEN_DOWN:
                break
            return edition
    raise refuse("nothing_to_hang", "这份公开件没有可以张贴的版本。")


def replace_older(
    session: Session,
    actor: Actor,
    edition: Edition,
    board: Board,
    now: datetime,
    *,
    hung_on: date,
    staying: Container[int] = frozenset(),
) -> date | None:
    """Take down what the paper replaces. One paper of a notice hangs on a board, the newest.

    Returns:
        The day on which a newer edition took its place: a photograph may be confirmed after that.
    """
    newer: list[date] = []
    for posting in session.scalars(hanging_on(board.id)):
        other = posting.edition
        if other.notice_id != edition.notice_id or other.number in staying:
            continue
        if other.number == edition.number:  # itself, on its way from another board
            continue
        if other.number > edition.number:
            newer.append(posting.hung_on)
        else:
            _down(session, actor, posting, max(hung_on, posting.hung_on), now)
    return min(newer, default=None)


def take_off(
    site: Site,
    actor: Actor,
    posting_id: int,
    down_on: date,
    now: datetime,
    *,
    photo: bytes | None = None,
) -> None:
    """The sheet came off the board."""
    ensure_days(down_on, None, now)
    picture = kept_photo(site, photo)
    with site.sessions.writing() as session:
        posting = posting_for(session, actor, posting_id)
        ensure_tends_boards(actor, posting.board.village_id, POSTING)
        if posting.down_on is not None:
            raise refuse("already_down", "这一张已经登记取下。")
        ensure_days(posting.hung_on, down_on, now)
        _down(session, actor, posting, down_on, now, photo=picture)


def _down(
    session: Session,
    actor: Actor,
    posting: Posting,
    down_on: date,
    now: datetime,
    *,
    photo: str | None = None,
) -> None:
    posting.down_on, posting.down_at, posting.down_by = down_on, now, actor.id
    posting.down_photo = photo
    record(
        session,
        actor,
        "take_off",
        subject_of(posting.edition),
        now,
        board=posting.board_id,
        down_on=down_on.isoformat(),
        photo=photo or "",
    )
