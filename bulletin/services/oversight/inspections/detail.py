"""One inspection as the page lays it out: each criterion with what the records say, and where its boards are."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.oversight.inspections.form import Criterion, CriterionMark, Question
from bulletin.domain.oversight.inspections.rounds import InspectionState, may_inspect
from bulletin.domain.oversight.inspections.scoring import level_of, score_of
from bulletin.domain.people import Actor
from bulletin.services.oversight.inspections.access import inspection_to_read
from bulletin.services.oversight.inspections.known_facts import KnownMark, known_facts
from bulletin.services.oversight.inspections.overview import (
    InspectionLine,
    MendingLine,
    finding_line,
    line_of,
)
from bulletin.services.site import Site
from bulletin.store.inspections import Inspection
from bulletin.store.places import boards_in


@dataclass(frozen=True, kw_only=True)
class CriterionView:
    criterion: Criterion
    mark: CriterionMark | None  # what a person said; before, what the records say
    words: str
    known: str  # what the records say
    by_records: bool  # nobody has confirmed the mark yet
    asked: bool  # in this round


@dataclass(frozen=True, kw_only=True)
class InspectionView:
    line: InspectionLine
    why: str  # why it is due on its day
    questions: tuple[tuple[Question, tuple[CriterionView, ...]], ...]
    round: int
    boards: tuple[tuple[int, str], ...]  # where photographs are taken: id, name
    findings: tuple[MendingLine, ...]
    level: str  # as it would be signed now
    percent: int | None
    signer: str
    fills: bool  # this person answers now
    signs: bool
    looks_again: bool
    as_of: date


def inspection_view(site: Site, actor: Actor, inspection_id: int, now: datetime) -> InspectionView:
    """One inspection.

    Raises:
        NotFoundError: no such inspection, or none for this person.
    """
    with site.sessions.reading() as session:
        row = inspection_to_read(session, actor, inspection_id)
        place, period, is_open = row.village_id, row.of_period, row.round_ended_on is None
    known = known_facts(site, actor, place, period, now) if is_open else {}
    today = village_day(now)
    with site.sessions.reading() as session:
        row = inspection_to_read(session, actor, inspection_id)
        asked = {each.key for each in row.asked} if is_open else set()
        views = [
            _criterion(row, each, known.get(each.fact) if each.fact else None, each.key in asked)
            for each in row.criteria
        ]
        score = score_of(row.criteria, row.marks, site.inspections.points)
        state, mine = row.state, may_inspect(actor, row.kind, row.village_id)
        boards = session.scalars(boards_in(row.township_id, row.village_id, today))
        return InspectionView(
            line=line_of(actor, row, today),
            why=site.inspections.cadences[row.kind].why(period),
            questions=_by_question(views),
            round=row.round,
            boards=tuple((board.id, board.name) for board in boards),
            findings=tuple(finding_line(actor, each, today) for each in row.findings),
            level=level_of(score, site.inspections.levels).words,
            percent=score.percent,
            signer=row.signer,
            fills=mine and state is InspectionState.OPEN,
            signs=mine and state is InspectionState.ROUND_DONE,
            looks_again=mine and state is InspectionState.MENDING,
            as_of=row.signed_on or today,
        )


def _criterion(
    row: Inspection, criterion: Criterion, known: KnownMark | None, asked: bool
) -> CriterionView:
    """Answered in this round; else, where it is asked, as the records have it."""
    answer = row.newest.get(criterion.key)
    answered = answer is not None and (not asked or answer.round == row.round)
    mark, words = (known.mark, known.words) if known else (None, "")
    if answer is not None and answered:
        mark, words = answer.mark, answer.words
    elif mark is CriterionMark.MET:
        words = ""
    return CriterionView(
        criterion=criterion,
        mark=mark,
        words=words,
        known=known.words if known else (answer.known if answer else ""),
        by_records=not answered and known is not None,
        asked=asked,
    )


def _by_question(
    views: list[CriterionView],
) -> tuple[tuple[Question, tuple[CriterionView, ...]], ...]:
    grouped = (
        (question, tuple(each for each in views if each.criterion.question is question))
        for question in Question
    )
    return tuple((question, of_it) for question, of_it in grouped if of_it)
