"""明白账: the cover that hangs before a notice about money, with the sums of its own tables."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.accounts.figures import PlainAccount
from bulletin.domain.accounts.plain_account import plain_account
from bulletin.domain.catalog.topics import Topic
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.notices.content import Table
from bulletin.domain.notices.procedures import FORWARDED
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.history import record
from bulletin.services.printing.print import (
    Printed,
    edition_to_print,
    ensure_in_force,
    ensure_printable,
)
from bulletin.services.printing.sheet_facts import edition_topic, sheet_facts
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.sheets.cover import CoverFacts
from bulletin.store.notices import Edition
from bulletin.store.print_runs import runs_of_notice

COVERED = frozenset({Topic.FINANCE, Topic.SUBSIDY, Topic.WORKS})
_OF_ANOTHER_KIND = Refusal("no_cover", "只有财务、补贴、工程的公开，而且有表格的，才有明白账封面。")


def cover_account(edition: Edition) -> PlainAccount | Refusal | None:
    """The figures of the cover, or in words why there are none; None where none is expected."""
    if edition_topic(edition) not in COVERED or edition.notice.procedure == FORWARDED:
        return None
    document = edition_document(edition)
    if not any(isinstance(block, Table) for block in document.blocks):
        return None
    return plain_account(document, personal=edition.notice.personal)


@dataclass(frozen=True)
class CoverOffer:
    """Whether the page of a notice offers its cover."""

    is_offered: bool
    fault: str = ""  # why its tables give no figures; '' where none are expected


def cover_offer(edition: Edition) -> CoverOffer:
    account = cover_account(edition)
    fault = str(account) if isinstance(account, Refusal) else ""
    return CoverOffer(isinstance(account, PlainAccount), fault)


def preview_cover(
    site: Site, actor: Actor, code: str, now: datetime, *, number: int | None = None
) -> Printed:
    """The cover with the content of today. Before approval it says 草稿 and has no code.

    Raises:
        Refused: there is none, with the reason.
    """
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code, number)
        facts = _cover_facts(session, site, edition, now)
    return Printed(None, _file_name(facts), site.composer.compose_cover(facts))


def print_cover(
    site: Site, actor: Actor, code: str, now: datetime, *, number: int | None = None
) -> Printed:
    """The cover for the board. It is no page of the sheet, so no print run is recorded.

    Raises:
        Refused: as `print_sheet`, or there is none, with the reason.
    """
    with site.sessions.reading() as session:
        edition = edition_to_print(session, actor, code, number)
        ensure_printable(session, site, edition, actor)
        facts = _cover_facts(session, site, edition, now)
    cover = site.composer.compose_cover(facts)  # takes its time; no other writer waits for it
    problems = site.composer.cover_preflight(facts, cover)
    if stops := dict.fromkeys(Refusal(p.code, p.sentence) for p in problems if p.stops):
        raise Refused(*stops)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code, facts.sheet.edition)
        ensure_in_force(edition)
        record(
            session, actor, "print_cover", subject_of(edition), now, sha256=sha256_hex(cover.pdf)
        )
    notes = tuple(dict.fromkeys(problem.sentence for problem in problems))
    return Printed(None, _file_name(facts), cover, notes)


def _cover_facts(session: Session, site: Site, edition: Edition, now: datetime) -> CoverFacts:
    account = cover_account(edition) or _OF_ANOTHER_KIND
    if isinstance(account, Refusal):
        raise Refused(account)
    sheet = sheet_facts(session, site, edition, now)
    runs = session.scalars(runs_of_notice(edition.notice_id))
    printed = next((run.pages for run in runs if run.edition_id == edition.id), None)
    pages = site.composer.compose(sheet).pages if printed is None else printed
    return CoverFacts(sheet, account, pages)


def _file_name(facts: CoverFacts) -> str:
    return f"{facts.sheet.number or '草稿'}-第{facts.sheet.edition}版-明白账封面-A3.pdf"
