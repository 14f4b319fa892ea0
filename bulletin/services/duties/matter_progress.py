"""Matters for the desk: how far each has come, and which event can be recorded next."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.labels import Labelled
from bulletin.domain.pages import Page, page_span
from bulletin.domain.people import Actor, Role
from bulletin.services.access import visible_matter
from bulletin.services.duties.advance_matter import phases_of
from bulletin.services.duties.overview import DutyLine, lines_of
from bulletin.services.site import Site
from bulletin.store.duties import Matter, is_over, matters_of


@dataclass(frozen=True, kw_only=True)
class PhaseStep:
    """One phase with the duties that its events brought; a phase that repeats has several."""

    step: int
    phase: str  # 事前
    event: str  # 开工
    button: str  # 开工了
    duties: tuple[DutyLine, ...]  # whose event is known, or that do not apply
    may_record: bool  # its event can be recorded now

    @property
    def is_done(self) -> bool:
        return bool(self.duties)


@dataclass(frozen=True, kw_only=True)
class MatterView:
    id: int
    village_id: int | None
    village: str
    title: str
    kind: str  # 工程项目; '' for one of a single item
    opened_on: date
    steps: tuple[PhaseStep, ...]
    mine: bool  # the person may record its events

    @property
    def next_step(self) -> PhaseStep | None:
        """What comes next; None when every phase has come."""
        last = max((each.step for each in self.steps if each.is_done), default=-1)
        return next((each for each in self.steps if each.step > last), None)

    @property
    def repeatable_step(self) -> PhaseStep | None:
        """The phase whose event was recorded last and may be recorded again."""
        done = [step for step in self.steps if step.is_done]
        return done[-1] if done and done[-1].may_record else None


class MatterTab(Labelled):
    UNDER_WAY = "under_way", "正在办"
    OVER = "over", "走完了"


@dataclass(frozen=True, kw_only=True)
class MattersAsked:
    """What the list is narrowed to; None or '': it is not."""

    tab: MatterTab = MatterTab.UNDER_WAY
    village_id: int | None = None
    kind: str = ""


@dataclass(frozen=True)
class MatterList:
    page: Page[MatterView]
    counts: dict[MatterTab, int]


def matter_list(
    site: Site,
    actor: Actor,
    now: datetime,
    narrowed: MattersAsked = MattersAsked(),
    number: int | None = None,
) -> MatterList:
    """The matters that a person may see, the newest first, a page of them."""
    asked = matters_of(actor.township_id, None if actor.is_of_township else actor.village_ids)
    if narrowed.village_id is not None:
        asked = asked.where(Matter.village_id == narrowed.village_id)
    if narrowed.kind:
        asked = asked.where(Matter.kind == narrowed.kind)
    tabs = {MatterTab.UNDER_WAY: asked.where(~is_over()), MatterTab.OVER: asked.where(is_over())}
    with site.sessions.reading() as session:
        counts = {tab: _count(session, found) for tab, found in tabs.items()}
        span = page_span(counts[narrowed.tab], number)
        found = tabs[narrowed.tab].offset(span.first).limit(span.per_page)
        views = [_view(session, site, actor, each, now) for each in session.scalars(found)]
        return MatterList(span.with_lines(views), counts)


def _count(session: Session, found: Select[Matter]) -> int:
    ids = found.with_only_columns(Matter.id).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(ids)) or 0


def matter_view(site: Site, actor: Actor, matter_id: int, now: datetime) -> MatterView:
    """One matter with its phases in order.

    Raises:
        NotFoundError: no such matter, or none of this person's.
    """
    with site.sessions.reading() as session:
        matter = visible_matter(session, actor, matter_id)
        return _view(session, site, actor, matter, now)


def _view(session: Session, site: Site, actor: Actor, matter: Matter, now: datetime) -> MatterView:
    lines = lines_of(session, site, matter.duties, now)
    by_step: dict[int | None, list[DutyLine]] = {}
    for duty, line in zip(matter.duties, lines, strict=True):
        if duty.due_on is not None or duty.not_applicable_reason:
            by_step.setdefault(duty.step, []).append(line)
    waiting = {
        duty.step
        for duty in matter.duties
        if duty.due_on is None and not duty.not_applicable_reason
    }
    steps = tuple(
        PhaseStep(
            step=step,
            phase=phase.phase.label,
            event=phase.event,
            button=phase.button,
            duties=tuple(by_step.get(step, ())),
            may_record=step in waiting or step not in by_step,
        )
        for step, phase in enumerate(phases_of(session, matter))
    )
    titles = {kind.key: kind.title for kind in site.matter_kinds}
    return MatterView(
        id=matter.id,
        village_id=matter.village_id,
        village=matter.village.name if matter.village else "",
        title=matter.title,
        kind=titles.get(matter.kind, ""),
        opened_on=village_day(matter.opened_at),
        steps=steps,
        mine=actor.holds(Role.LIAISON, matter.village_id),
    )
