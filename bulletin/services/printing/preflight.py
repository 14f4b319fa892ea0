"""打印前检查: every edition is looked over once for each paper, before anything reaches a printer."""

from dataclasses import asdict, dataclass
from datetime import datetime

from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.formats import Paper
from bulletin.services.site import Site
from bulletin.sheets.facts import PrintedSheet, SheetFacts
from bulletin.sheets.problems import SheetProblem
from bulletin.store.notices import Edition
from bulletin.store.print_runs import Preflight, preflight_of


@dataclass(frozen=True)
class PreflightOrder:
    township_id: int
    edition_id: int
    paper: Paper
    contradictions: tuple[Refusal, ...] = ()  # between its text and what is printed under it


def ensure_preflighted(
    site: Site, order: PreflightOrder, facts: SheetFacts, sheet: PrintedSheet, now: datetime
) -> tuple[str, ...]:
    """Look a sheet over, or take what was found the last time.

    Returns:
        What is worth knowing and does not stop the printing.

    Raises:
        Refused: with every problem that stops it, each once.
    """
    problems = _saved_problems(site, order, facts)
    if problems is None:
        problems = _preflight(site, order, facts, sheet, now)
    refusals = dict.fromkeys(Refusal(p.code, p.sentence) for p in problems if p.stops)
    if refusals:
        raise Refused(*refusals)
    return tuple(dict.fromkeys(problem.sentence for problem in problems))


def _saved_problems(
    site: Site, order: PreflightOrder, facts: SheetFacts
) -> list[SheetProblem] | None:
    look = site.composer.look(facts.public_url)
    with site.sessions.reading() as session:
        saved = session.scalar(preflight_of(order.edition_id, order.paper, look))
        return None if saved is None else [SheetProblem(**row) for row in saved.findings]


def _preflight(
    site: Site, order: PreflightOrder, facts: SheetFacts, sheet: PrintedSheet, now: datetime
) -> list[SheetProblem]:
    problems = [SheetProblem(each.code, each.sentence) for each in order.contradictions]
    problems += site.composer.preflight(facts, sheet)
    if any(problem.stops for problem in problems):
        return problems  # looked at anew after it was mended
    look = site.composer.look(facts.public_url)
    with site.sessions.writing() as session:
        is_saved = session.scalar(preflight_of(order.edition_id, order.paper, look)) is not None
        if not is_saved and session.get_one(Edition, order.edition_id).redacted_at is None:
            session.add(
                Preflight(
                    township_id=order.township_id,
                    edition_id=order.edition_id,
                    paper=order.paper,
                    look=look,
                    looked_at=now,
                    findings=[asdict(problem) for problem in problems],
                )
            )
    return problems
