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
from bulletin.store.print_runs import (
    is_outdated,
    last_run_on,
    preflight_of,
)

AT_ONCE = 50  # sheets that are looked up in one session
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
    first: Callable[[Session], None] = lambda _session: None,
) -> bytes | None:
    """Print what is not printed yet and bind all of it. Done again, it prints nothing twice.

    A sheet that must not be printed is left out and named on the page for the walk.

    Args:
        first: see `print_sheet`.

    Returns:
        The PDF; None when `progress`, asked before each sheet and each board, said so.
    """
    ready: dict[EditionKey, SetSheet] = {}
    keys = sheets_of(plans)

    def goes_on() -> bool:
        return progress(len(ready), len(keys))

    for some in (keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE)):
        ready |= _printed_already(site, actor, some, paper)
        for key in some:
            if not goes_on():
                return None
            if key not in ready:
                ready[key] = _printed_now(site, actor, key, now, paper, first)
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


def set_sheet(
    site: Site,
    actor: Actor,
    key: EditionKey,
    now: datetime,
    paper: Paper,
    first: Callable[[Session], None],
) -> SetSheet:
    """Print a sheet, unless it is printed as it would be today.

    Args:
        first: see `print_sheet`.
    """
    ready = _printed_already(site, actor, [key], paper)
    return ready.get(key) or _printed_now(site, actor, key, now, paper, first)


def _printed_now(
    site: Site,
    actor: Actor,
    key: EditionKey,
    now: datetime,
    paper: Paper,
    first: Callable[[Session], None],
) -> SetSheet:
    try:
        printed = print_sheet(site, actor, key[0], now, number=key[1], paper=paper, first=first)
    except BulletinError as fault:
        return SetSheet("", 0, str(fault))
    return SetSheet(sha256_hex(printed.sheet.pdf), printed.sheet.pages)


def _printed_already(
    site: Site, actor: Actor, keys: Sequence[EditionKey], paper: Paper
) -> dict[EditionKey, SetSheet]:
    """Which of some sheets are printed under the letterhead, in the fonts, with the address and the last day of now."""
    look, ready = site.composer.look(site.public_url), {}
    with site.sessions.reading() as session:
        for key in keys:
            edition = edition_for(session, actor, *key)
            run = session.scalar(last_run_on(edition.id, paper))
            if run is None or is_outdated(run, edition):
                continue
            preflight = session.scalar(preflight_of(edition.id, paper, look))
            is_as_today = preflight is not None and run.printed_at >= preflight.looked_at
            if is_as_today and site.files.has(run.pdf):
                ready[key] = SetSheet(run.pdf, run.pages)
    return ready


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
