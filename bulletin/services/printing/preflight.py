"""打印前检查: every edition is looked over once for each paper, before anything reaches a printer."""

from dataclasses import asdict, dataclass
from datetime import datetime

from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.formats import Paper
from bulletin.services.site import Site
from bulletin.sheets.facts import PrintedSheet, SheetFacts
from bulletin.sheets.findings import SheetProblem
from bulletin.store.notices import Edition
from bulletin.store.postings import Preflight, preflight_of


@dataclass(frozen=True)
class PreflightOrder:
    township_id: int
    edition_id: int
    paper: Paper


def ensure_preflighted(
    site: Site, order: PreflightOrder, facts: SheetFacts, sheet: PrintedSheet, now: datetime
) -> tuple[str, ...]:
    """Look a sheet over, or remember what was found the last time.

    Returns:
        What is worth knowing and does not stop the printing.

    Raises:
        Refused: with every finding that stops it, each once.
    """
    findings = _remembered(site, order, facts)
    if findings is None:
        findings = _looked(site, order, facts, sheet, now)
    stops = dict.fromkeys(Refusal(f.code, f.sentence) for f in findings if f.stops)
    if stops:
        raise Refused(*stops)
    return tuple(dict.fromkeys(finding.sentence for finding in findings))


def _remembered(site: Site, order: PreflightOrder, facts: SheetFacts) -> list[SheetProblem] | None:
    look = site.composer.look(facts.public_url)
    with site.sessions.reading() as session:
        kept = session.scalar(preflight_of(order.edition_id, order.paper, look))
        return None if kept is None else [SheetProblem(**found) for found in kept.findings]


def _looked(
    site: Site, order: PreflightOrder, facts: SheetFacts, sheet: PrintedSheet, now: datetime
) -> list[SheetProblem]:
    findings = site.composer.preflight(facts, sheet)
    if any(finding.stops for finding in findings):
        return findings  # looked at anew after it was mended
    look = site.composer.look(facts.public_url)
    with site.sessions.writing() as session:
        known = session.scalar(preflight_of(order.edition_id, order.paper, look)) is not None
        if not known and session.get_one(Edition, order.edition_id).redacted_at is None:
            session.add(
                Preflight(
                    township_id=order.township_id, edition_id=order.edition_id, paper=order.paper,
                    look=look, looked_at=now, findings=[asdict(finding) for finding in findings],
                )
            )  # fmt: skip
    return findings
