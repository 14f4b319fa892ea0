"""Which worker does what of a pack: it is planned by one, its parts are set by any number, and one binds it.

Every claim is a row with a beat. Whose beat is silent has lost it, and what was done so far stays done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.codes import EditionKey
from bulletin.domain.days import village_day
from bulletin.domain.formats import Paper, paper_of
from bulletin.domain.people import Actor
from bulletin.services.long_jobs.silence import is_silent
from bulletin.services.site import Site
from bulletin.store.file_references import references_to
from bulletin.store.packs import BoardPack, PackPart, PackState, parts_of
from bulletin.store.people import Person, actor_of

PART_SHEETS = 20  # a few seconds' work: what a worker that dies leaves to another


@dataclass(frozen=True, kw_only=True)
class PackOrder:
    """What is to be bound, for whom, as of the moment at which it was asked for."""

    actor: Actor
    board_id: int | None
    village_id: int | None  # both None: every board that the person may see
    paper: Paper
    only_new: bool  # without what hangs there already
    asked_at: datetime


@dataclass(frozen=True)
class PlanStep:
    order: PackOrder


@dataclass(frozen=True)
class PartStep:
    order: PackOrder
    part_id: int
    sheets: tuple[EditionKey, ...]
    done: int  # of them, by whoever had it before


@dataclass(frozen=True)
class BindStep:
    order: PackOrder


Step = PlanStep | PartStep | BindStep


def claim_step(site: Site, pack_id: int, worker: str, now: datetime) -> Step | None:
    """The next step of a pack that is nobody's; None when there is none, or others are at what is left."""
    with site.sessions.writing() as session:
        pack = session.get(BoardPack, pack_id)
        if pack is None or pack.state is not PackState.RUNNING:
            return None
        parts = session.scalars(parts_of(pack_id)).all()
        order = _order_of(session, pack, now)
        open_parts = [part for part in parts if part.done < part.total]
        for part in open_parts:
            if _is_free(part, now):
                part.worker = worker
                part.beat_at = pack.beat_at = now
                return PartStep(order, part.id, _keys(part.sheets), part.done)
        if open_parts or not _is_free(pack, now):
            return None
        pack.worker, pack.beat_at = worker, now
        return BindStep(order) if parts else PlanStep(order)


def _is_free(row: BoardPack | PackPart, now: datetime) -> bool:
    return not row.worker or is_silent(row.beat_at, now)


def _order_of(session: Session, pack: BoardPack, now: datetime) -> PackOrder:
    person = session.get_one(Person, pack.asked_by)
    return PackOrder(
        actor=actor_of(session, person, village_day(now)),
        board_id=pack.board_id,
        village_id=pack.village_id,
        paper=paper_of(pack.paper),
        only_new=pack.only_new,
        asked_at=pack.asked_at,
    )


def divide(
    site: Site, pack_id: int, worker: str, sheets: Sequence[EditionKey], now: datetime
) -> int:
    """Keep the plan of a pack as parts that anybody may take; returns how many, 0 when it was lost.

    Args:
        sheets: each once: of two workers that set one sheet, each would print it.
    """
    with site.sessions.writing() as session:
        pack = session.get_one(BoardPack, pack_id)
        if not _has_pack(pack, worker):
            return 0
        parts = [sheets[at : at + PART_SHEETS] for at in range(0, len(sheets), PART_SHEETS)] or [()]
        for part in parts:
            session.add(
                PackPart(
                    township_id=pack.township_id,
                    pack_id=pack_id,
                    sheets=" ".join(f"{code}.{number}" for code, number in part),
                    done=0,
                    total=len(part),
                    worker="",
                    beat_at=now,
                )
            )
        pack.worker, pack.beat_at, pack.done, pack.total = "", now, 0, len(sheets)
        return len(parts)


def _keys(sheets: str) -> tuple[EditionKey, ...]:
    pairs = (sheet.split(".") for sheet in sheets.split())
    return tuple((code, int(number)) for code, number in pairs)


def beat(site: Site, pack_id: int, worker: str, now: datetime) -> bool:
    """Say that it is still planned or bound; False when it was cancelled or another took over."""
    with site.sessions.writing() as session:
        pack = session.get_one(BoardPack, pack_id)
        if not _has_pack(pack, worker):
            return False
        pack.beat_at = now
        return True


class ClaimLost(Exception):
    """Another worker has it, which took this one for dead, or it begins anew."""


def ensure_part(session: Session, part_id: int, worker: str) -> None:
    """Raises ClaimLost unless the worker has the part: asked in the transaction that records a print."""
    part = session.get(PackPart, part_id)
    if part is None or part.worker != worker:
        raise ClaimLost


def ensure_pack(session: Session, pack_id: int, worker: str) -> None:
    """The same of the pack itself, by who binds it."""
    if not _has_pack(session.get_one(BoardPack, pack_id), worker):
        raise ClaimLost


def beat_part(site: Site, part_id: int, worker: str, done: int, now: datetime) -> bool:
    """Write down how far a part is; False when the pack was cancelled or another has the part."""
    with site.sessions.writing() as session:
        part = session.get(PackPart, part_id)
        if part is None or part.worker != worker:
            return False
        pack = session.get_one(BoardPack, part.pack_id)
        if pack.state is not PackState.RUNNING:
            return False
        pack.done += done - part.done
        part.done, part.beat_at, pack.beat_at = done, now, now
        return True


def hand_back(site: Site, pack_id: int, worker: str) -> None:
    """Whatever a worker has of a pack is anybody's again, at once."""
    with site.sessions.writing() as session:
        rows = [session.get_one(BoardPack, pack_id), *session.scalars(parts_of(pack_id))]
        for row in rows:
            if row.worker == worker:
                row.worker = ""


def end(site: Site, pack_id: int, worker: str, pdf: bytes) -> None:
    """Say that it is bound, unless the worker has lost it: then no file is kept that nobody would find."""
    digest = site.files.put(pdf)
    with site.sessions.writing() as session:
        pack = session.get_one(BoardPack, pack_id)
        if _has_pack(pack, worker):
            pack.state, pack.pdf = PackState.DONE, digest
            return
        # Who has it now may have put the very same.
        is_others = pack.state is PackState.RUNNING and bool(pack.worker)
        is_others |= references_to(session, digest) > 0
    if not is_others:
        site.files.destroy(digest)


def fail(site: Site, pack_id: int, worker: str, fault: str) -> None:
    """Say why it can't be made, unless the worker has neither the pack nor an open part of it any more."""
    with site.sessions.writing() as session:
        pack = session.get_one(BoardPack, pack_id)
        parts = session.scalars(parts_of(pack_id))
        has_part = any(part.worker == worker and part.done < part.total for part in parts)
        if _has_pack(pack, worker) or (pack.state is PackState.RUNNING and has_part):
            pack.state, pack.fault = PackState.FAILED, fault


def _has_pack(pack: BoardPack, worker: str) -> bool:
    return pack.state is PackState.RUNNING and pack.worker == worker
