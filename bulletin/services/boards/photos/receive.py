"""回执: photographs of a board kept as evidence with what they showed, confirmed with one tap."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.sheet_verdicts import SheetVerdict
from bulletin.domain.days import village_day
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.access import POSTING, board_for, ensure_tends_boards
from bulletin.services.boards.photos.read import BoardReading, read_board
from bulletin.services.boards.photos.visits import visit_for
from bulletin.services.boards.post import post_seen
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.notice_queries import titles_left
from bulletin.store.places import Board
from bulletin.store.receipts import BoardPhoto, BoardVisit, Receipt


def receive(
    site: Site,
    actor: Actor,
    board_id: int,
    photos: Iterable[bytes],
    now: datetime,
    *,
    then: Callable[[Session, int], None] = lambda _session, _visit_id: None,
) -> int:
    """Read photographs of a board and keep them with what they showed, to be confirmed.

    Args:
        then: called within the transaction, with the visit's id; what it raises undoes all of it.

    Returns:
        The visit's id.
    """
    ensure_photographs(site, actor, board_id)
    reading = read_board(site, actor, photos, now, board_id=board_id, keep=True)
    digests = [site.files.put(photo.kept) for photo in reading.photos]
    with site.sessions.writing() as session:
        board = board_for(session, actor, board_id)
        reading = _without_removed(session, reading)
        visit = _visit(session, actor, board, reading, now)
        _keep(session, visit, reading, digests)
        record(
            session,
            actor,
            "photograph_board",
            f"board {board.id}",
            now,
            photos=",".join(digests),
            sheets=len(reading.seen),
            missing=len(reading.missing),
        )
        then(session, visit.id)
        return visit.id


def _visit(
    session: Session, actor: Actor, board: Board, reading: BoardReading, now: datetime
) -> BoardVisit:
    visit = BoardVisit(
        township_id=board.township_id,
        board_id=board.id,
        village_code=board.village.code if board.village else "",
        board_name=board.name,
        received_at=now,
        received_by=actor.id,
        missing=[asdict(sheet) for sheet in reading.missing],
        missing_pages=[asdict(gap) for gap in reading.missing_pages],
        hint=reading.hint,
    )
    session.add(visit)
    session.flush()
    return visit


def ensure_photographs(site: Site, actor: Actor, board_id: int) -> None:
    """Refuse whoever doesn't photograph this board.

    Raises:
        Refused: neither liaison nor overseer.
        NotFoundError: no such board, or none of this person's.
    """
    with site.sessions.reading() as session:
        village_id = board_for(session, actor, board_id).village_id
        if not actor.photographs_boards_of(village_id):
            raise refuse("not_your_role", "公开栏由信息员、乡镇督查拍照。")


def _without_removed(session: Session, reading: BoardReading) -> BoardReading:
    """Words that were removed while the photographs were read are not written down again."""
    codes = {seen.scan.code for seen in reading.seen} | {sheet.code for sheet in reading.missing}
    neutral = titles_left(session, codes)
    return replace(
        reading,
        seen=tuple(
            replace(seen, title=neutral.get((seen.scan.code, seen.scan.edition), seen.title))
            for seen in reading.seen
        ),
        missing=tuple(
            replace(sheet, title=neutral.get((sheet.code, sheet.edition), sheet.title))
            for sheet in reading.missing
        ),
    )


def _keep(session: Session, visit: BoardVisit, reading: BoardReading, digests: list[str]) -> None:
    """The photographs, in the order in which they came, and what each of them showed."""
    photos = [
        BoardPhoto(
            township_id=visit.township_id,
            visit_id=visit.id,
            place=place,
            digest=digest,
            width=photo.width,
            height=photo.height,
            taken=photo.taken,
        )
        for place, (photo, digest) in enumerate(zip(reading.photos, digests, strict=True), 1)
    ]
    session.add_all(photos)
    session.flush()
    session.add_all(
        Receipt(
            township_id=visit.township_id,
            visit_id=visit.id,
            photo_id=photos[seen.photo - 1].id,
            notice_code=seen.scan.code,
            edition_number=seen.scan.edition,
            page=seen.scan.page,
            title=seen.title,
            fingerprint=seen.fingerprint,
            verdict=seen.verdict,
            box={**asdict(seen.box), "corners": seen.corners},
        )
        for seen in reading.seen
    )


def confirm(site: Site, actor: Actor, visit_id: int, now: datetime) -> int:
    """What hangs right is recorded as hanging, on the day on which the photographs arrived.

    A sheet of which pages were not seen is not whole on the board, so no record is made of it.

    Returns:
        How many sheets were recorded that no record had.
    """
    with site.sessions.writing() as session:
        visit = visit_for(session, actor, visit_id)
        ensure_tends_boards(actor, visit.board.village_id, POSTING)
        if visit.confirmed_at is not None:
            return 0
        fresh = 0
        in_part = visit.in_part
        seen = {receipt.key for receipt in visit.receipts}
        for receipt in visit.receipts:
            if receipt.verdict is SheetVerdict.RIGHT and receipt.key not in in_part:
                posting, is_new = post_seen(
                    session,
                    actor,
                    visit.board,
                    receipt.key,
                    now,
                    seen_on=village_day(visit.received_at),
                    photo=receipt.photo.digest,
                    also_seen={number for code, number in seen if code == receipt.notice_code},
                )
                receipt.posting_id = posting.id
                fresh += is_new
        visit.confirmed_at, visit.confirmed_by = now, actor.id
        record(session, actor, "confirm_receipts", f"board {visit.board_id}", now, visit=visit.id)
        return fresh
