"""What the township signed about a village, with every criterion, for residents."""

from datetime import datetime

from bulletin.domain.errors import NotFoundError
from bulletin.domain.oversight.inspections.form import Criterion, CriterionMark, Question
from bulletin.services.access import NO_LIST
from bulletin.services.public.place_pages import village_named
from bulletin.services.public.records.record import named
from bulletin.services.public.records.values import (
    Attestation,
    AttestationsPage,
    AttestedCriterion,
)
from bulletin.services.site import Site
from bulletin.store.inspections import Inspection, attested_at
from bulletin.store.list_pages import page_rows

PER_PAGE = 4


def attestations_page(site: Site, code: str, now: datetime, number: int = 1) -> AttestationsPage:
    """The inspections of a village that were signed by now, the newest first, a page of them.

    Raises:
        NotFoundError: no village has the code, or there is no such page.
    """
    with site.sessions.reading() as session:
        township, village = village_named(session, code)
        query = attested_at(village.id).where(Inspection.signed_at <= now)
        found = page_rows(session, query, number, per_page=PER_PAGE)
        if not found.rows:
            raise NotFoundError(NO_LIST)
        return AttestationsPage(
            **named(township, village),
            attestations=tuple(_attestation(row) for row in found.rows),
            number=number,
            more=found.more,
        )


def _attestation(row: Inspection) -> Attestation:
    of_question = (
        (question, tuple(_criterion(row, c) for c in row.criteria if c.question is question))
        for question in Question
    )
    return Attestation(
        period=row.of_period.label,
        level=row.level,
        points=row.points,
        points_of=row.points_of,
        as_of=row.signed_on or row.due_on,
        signer=row.signer,
        questions=tuple((question, lines) for question, lines in of_question if lines),
    )


def _criterion(row: Inspection, criterion: Criterion) -> AttestedCriterion:
    """As it was signed; that it was mended since stands beside it."""
    found = next((each for each in row.findings if each.criterion == criterion.key), None)
    mark = row.marks.get(criterion.key, CriterionMark.UNMET)
    return AttestedCriterion(
        words=criterion.words,
        weight=criterion.weight,
        mark=mark,
        mend_by=found.mend_by if found and mark is CriterionMark.UNMET else None,
        mended_on=found.mended_on if found else None,
    )
