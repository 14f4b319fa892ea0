"""What a pack brings to each board: which sheets to hang, to change, to take down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.codes import EditionKey
from bulletin.domain.days import day_words, village_day
from bulletin.domain.people import Actor
from bulletin.services.access import board_for
from bulletin.services.boards.due_sheets import due_editions
from bulletin.services.boards.overview import HangingSheet, sheet_of
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.site import Site
from bulletin.sheets.forms import WalkFacts
from bulletin.store.notices import Edition
from bulletin.store.places import Board, Township, boards_in
from bulletin.store.postings import hanging_on
from bulletin.store.print_runs import (
    outdated_editions,
)


@dataclass(frozen=True)
class PlanLine:
    key: EditionKey
    title: str
    what: str
    is_printed: bool  # bound into the pack


@dataclass(frozen=True)
class BoardPlan:
    """What the walk to one board is for."""

    facts: WalkFacts  # its groups come from the lines, once the sheets are set
    up: tuple[PlanLine, ...]
    changed: tuple[PlanLine, ...]
    down: tuple[PlanLine, ...]
    stay: tuple[PlanLine, ...]

    @property
    def printed(self) -> list[EditionKey]:
        """What is bound, in the order of hanging."""
        lines = (*self.up, *self.changed, *self.stay)
        return [line.key for line in lines if line.is_printed]


def boards_to_pack(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    board_id: int | None = None,
    village_id: int | None = None,
) -> list[int]:
    """The boards in walking order: one, those of a village, or all that the person may see."""
    with site.sessions.reading() as session:
        if board_id is not None:
            return [board_for(session, actor, board_id).id]
        boards = session.scalars(boards_in(actor.township_id, village_id, village_day(now)))
        return [board.id for board in boards if actor.may_see(board.village_id)]


def plan_boards(
    site: Site, actor: Actor, board_ids: Sequence[int], now: datetime, *, only_new: bool = False
) -> list[BoardPlan]:
    """What each board needs, as of a moment. Of several boards, those with nothing to do are left out.

    Args:
        only_new: bind only what does not hang there by record.
    """
    with site.sessions.reading() as session:
        boards = [board_for(session, actor, board_id) for board_id in board_ids]
        plans = [_plan(session, site, board, now, only_new=only_new) for board in boards]
    return [plan for plan in plans if plan.printed or plan.down or len(plans) == 1]


def _plan(
    session: Session, site: Site, board: Board, now: datetime, *, only_new: bool
) -> BoardPlan:
    due = due_editions(session, site, board, now)
    hanging = [sheet_of(site, posting, now) for posting in session.scalars(hanging_on(board.id))]
    here = {sheet.key for sheet in hanging}
    older = {sheet.code: sheet for sheet in hanging if sheet.is_stale}
    new = [edition for edition in due if edition.key not in here]
    outdated = {
        (code, number) for code, number in session.execute(outdated_editions(board.township_id))
    }
    longer = [edition for edition in due if edition.key in here & outdated]
    changed = [edition for edition in new if edition.notice.code in older]
    going = {edition.notice.code for edition in changed}
    return BoardPlan(
        _facts(session, board, now),
        up=tuple(_line(e, _until(e, now)) for e in new if e not in changed),
        changed=(
            *(
                _line(e, f"换下第{older[e.notice.code].edition}版，贴第{e.number}版")
                for e in changed
            ),
            *(_line(e, f"公示期延长，换上新印的：{_until(e, now)}") for e in longer),
        ),
        down=tuple(
            PlanLine(s.key, s.title, _why_down(s), is_printed=False)
            for s in hanging
            if (s.is_stale or s.is_over) and s.code not in going
        ),
        stay=tuple(
            _line(e, _until(e, now), is_printed=not only_new)
            for e in due
            if e.key in here and e not in longer
        ),
    )


def _line(edition: Edition, what: str, *, is_printed: bool = True) -> PlanLine:
    return PlanLine(edition.key, edition.title, what, is_printed)


def _until(edition: Edition, now: datetime) -> str:
    if edition.closes_on is None:
        return ""
    end = edition.posting_end
    provisional = "（暂定）" if end and end.provisional else ""
    return f"公示到{day_words(edition.closes_on, since=village_day(now))}{provisional}"


def _why_down(sheet: HangingSheet) -> str:
    return "已撤下或作废，马上取" if sheet.is_stale else "公示期满"


def _facts(session: Session, board: Board, now: datetime) -> WalkFacts:
    township = session.get_one(Township, board.township_id)
    village = board.village.name if board.village else township.name
    return WalkFacts(
        township=township.name,
        title=f"{village} · {board.name}",
        place="　".join(filter(None, (board.place, day_words(village_day(now))))),
        groups=(),
        mark=demo_mark(township),
    )
