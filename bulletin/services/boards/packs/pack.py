"""公开栏打印包: all that must hang on a board today in one PDF, behind a page for the walk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.codes import EditionKey
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import BulletinError
from bulletin.domain.formats import Paper
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.boards.packs.pack_plans import BoardPlan, PlanLine
from bulletin.services.printing.print import print_sheet
from bulletin.services.site import Site
from bulletin.sheets.bound import bound
from bulletin.sheets.forms import WalkFacts, WalkGroup, WalkLine
from bulletin.store.notices import Edition
from bulletin.store.print_runs import (
    PrintRun,
    is_outdated,
    last_run_on,
    preflight_of,
)

Progress = Callable[[int, int], bool]  # sheets done, sheets in all → whether to go on


@dataclass(frozen=True)
class SetSheet:
    """One sheet that is ready to be bound, or why it is not."""

    pdf: str  # SHA-256 in the store; '' when it cannot be printed
    pages: int
    fault: str = ""


def make_pack(
    site: Site,
    actor: Actor,
    plans: Sequence[BoardPlan],
    now: datetime,
    *,
    paper: Paper = "a4",
    progress: Progress = lambda _done, _total: True,
) -> bytes | None:
    """Print what is not printed yet and bind all of it. Done again, it prints nothing twice.

    A sheet that must not be printed is left out and named on the page for the walk.

    Returns:
        The PDF; None when `progress`, asked before each sheet and each board, said so.
    """
    ready: dict[EditionKey, SetSheet] = {}
    keys = sheets_of(plans)

    def goes_on() -> bool:
        return progress(len(ready), len(keys))

    for key in keys:
        if not goes_on():
            return None
        ready[key] = set_sheet(site, actor, key, now, paper)
    first_pages = []
    for plan in plans:
        if not goes_on():
            return None
        first_pages.append(site.composer.compose_walk(_walk_facts(plan, ready), paper).pdf)
    pdf = bound(_in_order(site, plans, first_pages, ready, goes_on), _title(plans))
    return pdf if goes_on() else None


def sheets_of(plans: Sequence[BoardPlan]) -> list[EditionKey]:
    """What some plans print, each sheet once, in the order of hanging."""
    return list(dict.fromkeys(key for plan in plans for key in plan.printed))


def _title(plans: Sequence[BoardPlan]) -> str:
    first = plans[0].facts.title if plans else "今天没有要贴的"
    return f"打印包：{first}{f'等{len(plans)}块公开栏' if len(plans) > 1 else ''}"


def set_sheet(site: Site, actor: Actor, key: EditionKey, now: datetime, paper: Paper) -> SetSheet:
    """Print a sheet, unless it is printed as it would be today."""
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, *key)
        run = session.scalar(last_run_on(edition.id, paper))
        if (
            run is not None
            and _is_as_today(session, site, run, edition)
            and site.files.has(run.pdf)
        ):
            return SetSheet(run.pdf, run.pages)
    try:
        printed = print_sheet(site, actor, key[0], now, number=key[1], paper=paper)
    except BulletinError as fault:
        return SetSheet("", 0, str(fault))
    return SetSheet(sha256_hex(printed.sheet.pdf), printed.sheet.pages)


def _is_as_today(session: Session, site: Site, run: PrintRun, edition: Edition) -> bool:
    """Printed under the letterhead, in the fonts, with the address and the last day of now."""
    if is_outdated(run, edition):
        return False
    look = site.composer.look(site.public_url)
    preflight = session.scalar(preflight_of(run.edition_id, run.paper, look))
    return preflight is not None and run.printed_at >= preflight.looked_at


def _walk_facts(plan: BoardPlan, ready: Mapping[EditionKey, SetSheet]) -> WalkFacts:
    def group(heading: str, lines: Sequence[PlanLine], *, urgent: bool = True) -> WalkGroup:
        walk_lines = (
            WalkLine(line.title, line.what, ready[line.key].pages if line.is_printed else None)
            for line in lines
            if not (line.is_printed and ready[line.key].fault)
        )
        return WalkGroup(heading, tuple(walk_lines), urgent)

    failed = [
        WalkLine(line.title, ready[line.key].fault, None)
        for line in (*plan.up, *plan.changed, *plan.stay)
        if line.is_printed and ready[line.key].fault
    ]
    groups = (
        group("要贴的", plan.up),
        group("要换的", plan.changed),
        group("要取下的", plan.down),
        group("已经贴着的", plan.stay, urgent=False),
        WalkGroup("打不出来的", tuple(failed)),
    )
    return replace(plan.facts, groups=groups)


def _in_order(
    site: Site,
    plans: Sequence[BoardPlan],
    first_pages: Sequence[bytes],
    ready: Mapping[EditionKey, SetSheet],
    goes_on: Callable[[], bool],
) -> Iterator[bytes]:
    for plan, first_page in zip(plans, first_pages, strict=True):
        goes_on()  # a sign of life; what is bound in vain is thrown away
        yield first_page
        for key in plan.printed:
            pdf = site.files.get(ready[key].pdf) if ready[key].pdf else None
            if pdf is not None:
                yield pdf
