"""张贴: boards, what was hung where and when, and what came down."""

from collections.abc import Container
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.sheet_verdicts import may_hang
from bulletin.domain.days import village_day
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
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.sheets.photos import normalised
from bulletin.store.notices import Edition, notice_by_code
from bulletin.store.places import Board
from bulletin.store.postings import Posting, PrintRun, hanging_on, last_run, postings_of


def hang(
    site: Site, actor: Actor, code: str, board_id: int, hung_on: date, now: datetime, *,
    photo: bytes | None = None,
) -> int:  # fmt: skip
    """The printed sheet of the newest approved edition went up on a board.

    Older editions of the same notice that still hang there are recorded as taken down: one
    paper replaces the other.

    Returns:
        The posting's id.
    """
    _ensure_not_future(hung_on, now)
    picture = _kept_photo(site, photo)
    with site.sessions.writing() as session:
        edition = _edition_to_hang(session, actor, code, now)
        board = board_for(session, actor, board_id)
        run = _last_run(session, edition)
        if not may_hang(edition.notice.village_id, board.village_id):
            raise refuse("other_village", "这是别的村的公开栏。")
        if any(p.edition_id == edition.id for p in session.scalars(hanging_on(board.id))):
            raise refuse("already_hangs", f"“{board.name}”上已经登记贴了这一版。")
        return _put_up(session, actor, edition, board, run, hung_on, now, picture).id


def post_seen(
    session: Session, actor: Actor, board: Board, code: str, number: int, on: date, photo: str,
    now: datetime, *, also_seen: Container[int] = frozenset(),
) -> tuple[Posting, bool]:  # fmt: skip
    """A photograph shows that an edition hangs on a board.

    Args:
        also_seen: numbers of other editions of the notice that the photographs show: those still
            hang, and no record says otherwise.

    Returns:
        The posting, and whether it is new: no record had it until now.
    """
    edition = _edition_seen(session, code, number)
    of_edition = postings_of(board.id).where(Posting.edition_id == edition.id)
    for posting in session.scalars(of_edition):
        if _hung_at(posting, on):
            return posting, False
    run = session.scalar(last_run(edition.id))
    posting = _put_up(session, actor, edition, board, run, on, now, photo, staying=also_seen)
    return posting, True


def _edition_seen(session: Session, code: str, number: int) -> Edition:
    """What hangs on a board that the person may see, a paper of the township too."""
    notice = notice_by_code(session, code)
    found = (e for e in notice.editions if e.number == number) if notice else iter(())
    if (edition := next(found, None)) is None:
        raise NotFoundError(NO_EDITION)
    return edition


def _hung_at(posting: Posting, day: date) -> bool:
    """Whether the record is of the paper that was seen on that day, also when it came off since."""
    return posting.down_on is None or posting.hung_on <= day <= posting.down_on


def _put_up(
    session: Session, actor: Actor, edition: Edition, board: Board, run: PrintRun | None, on: date,
    now: datetime, photo: str | None, *, staying: Container[int] = frozenset(),
) -> Posting:  # fmt: skip
    since = _replaced(session, actor, edition, board, on, now, staying)
    posting = Posting(
        township_id=edition.township_id, board_id=board.id, edition_id=edition.id,
        print_run_id=run.id if run else None, hung_on=on, hung_at=now, hung_by=actor.id,
        hung_photo=photo,
    )  # fmt: skip
    session.add(posting)
    session.flush()
    record(
        session, actor, "hang", subject_of(edition), now,
        board=board.id, hung_on=on.isoformat(), pdf=run.pdf if run else "", photo=photo or "",
    )  # fmt: skip
    if since is not None:
        _down(session, actor, posting, max(on, since), now)
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


def _last_run(session: Session, edition: Edition) -> PrintRun:
    run = session.scalar(last_run(edition.id))
    if run is None:
        raise refuse("not_printed", "这一版还没有打印，请先打印。")
    return run


def _replaced(
    session: Session, actor: Actor, edition: Edition, board: Board, on: date, now: datetime,
    staying: Container[int],
) -> date | None:  # fmt: skip
    """Take down what the paper replaces. One paper of a notice hangs on a board, the newest.

    Returns:
        The day on which a newer edition took its place: a photograph may be confirmed after that.
    """
    since: list[date] = []
    for posting in session.scalars(hanging_on(board.id)):
        other = posting.edition
        if other.notice_id != edition.notice_id or other.number in staying:
            continue
        if other.number > edition.number:
            since.append(posting.hung_on)
        else:
            _down(session, actor, posting, max(on, posting.hung_on), now)
    return min(since, default=None)


def take_off(
    site: Site, actor: Actor, posting_id: int, down_on: date, now: datetime, *,
    photo: bytes | None = None,
) -> None:  # fmt: skip
    """The sheet came off the board."""
    _ensure_not_future(down_on, now)
    picture = _kept_photo(site, photo)
    with site.sessions.writing() as session:
        posting = _posting(session, actor, posting_id)
        ensure_tends_boards(actor, posting.board.village_id, POSTING)
        if posting.down_on is not None:
            raise refuse("already_down", "这一张已经登记取下。")
        if down_on < posting.hung_on:
            raise refuse("down_before_hung", "取下的日期不能早于张贴的日期。")
        _down(session, actor, posting, down_on, now, picture)


def _down(
    session: Session, actor: Actor, posting: Posting, on: date, now: datetime,
    photo: str | None = None,
) -> None:  # fmt: skip
    posting.down_on, posting.down_at, posting.down_by = on, now, actor.id
    posting.down_photo = photo
    record(
        session, actor, "take_off", subject_of(posting.edition), now,
        board=posting.board_id, down_on=on.isoformat(), photo=photo or "",
    )  # fmt: skip


def _ensure_not_future(day: date, now: datetime) -> None:
    if day > village_day(now):
        raise refuse("in_future", "日期不能在今天之后。")


def _kept_photo(site: Site, photo: bytes | None) -> str | None:
    if not photo:
        return None
    data, _ = normalised(photo)
    return site.files.put(data)


def _posting(session: Session, actor: Actor, posting_id: int) -> Posting:
    posting = session.get(Posting, posting_id)
    if posting is None:
        raise NotFoundError("没有这条张贴记录。")
    board_for(session, actor, posting.board_id)
    return posting


def run_of(site: Site, actor: Actor, posting_id: int) -> int:
    """The print run of the sheet that was hung."""
    with site.sessions.reading() as session:
        posting = _posting(session, actor, posting_id)
        return posting.print_run_id or _last_run(session, posting.edition).id


def photo_of(site: Site, actor: Actor, posting_id: int, which: str) -> bytes:
    """The photograph of hanging (`hung`) or taking off (`down`); for staff only."""
    with site.sessions.reading() as session:
        posting = _posting(session, actor, posting_id)
        digest = posting.hung_photo if which == "hung" else posting.down_photo
        data = site.files.get(digest) if digest else None
        if data is None:
            raise NotFoundError("没有这张照片。")
        return data
