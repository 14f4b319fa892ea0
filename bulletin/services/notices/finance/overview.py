"""What the editor shows of the money in a draft: forms, differences, explanations, 明白账."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bulletin.domain.accounts.forms import FinanceForm
from bulletin.domain.errors import Refusal
from bulletin.domain.notices.content import Document, Summary
from bulletin.domain.notices.content_serialization import document_json
from bulletin.domain.notices.draft_checks import DraftCheck
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.notices.finance.add_form import offered_forms
from bulletin.services.notices.finance.differences import (
    Explanation,
    explanations,
    fresh_summary,
    is_about_money,
    last_notice,
    open_differences,
)
from bulletin.services.notices.finance.ledger import LedgerOffer, ledger_offers
from bulletin.services.site import Site


@dataclass(frozen=True, kw_only=True)
class MoneyOverview:
    """Empty where a draft is not about money."""

    is_about_money: bool = False
    forms: tuple[FinanceForm, ...] = ()
    differences: tuple[DraftCheck, ...] = ()  # not explained
    explained: tuple[Explanation, ...] = ()
    summary: Summary | None = None  # as it stands in the text
    why_no_summary: str = ""  # why the tables give none
    residents: int | None = None
    households: int | None = None
    has_village: bool = False
    last_title: str = ""  # of the notice that this one goes on from
    ledgers: tuple[LedgerOffer, ...] = ()  # tables that come from a bookkeeping program

    @staticmethod
    def blocks_of(form: FinanceForm) -> list[Any]:
        """An offered form as blocks of a document."""
        blocks: list[Any] = document_json(Document((form.table(),)))["blocks"]
        return blocks


def money_overview(site: Site, actor: Actor, code: str, now: datetime) -> MoneyOverview:
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code)
        if not is_about_money(edition):
            return MoneyOverview()
        document = edition_document(edition)
        last, village = last_notice(session, edition, now), edition.notice.village
        fresh = fresh_summary(site, edition, document, last)
        boxes = (block for block in document.blocks if isinstance(block, Summary))
        return MoneyOverview(
            is_about_money=True,
            forms=tuple(offered_forms(site, edition)),
            differences=tuple(open_differences(session, site, edition, now)),
            explained=explanations(edition),
            summary=next(boxes, None),
            why_no_summary=str(fresh) if isinstance(fresh, Refusal) else "",
            residents=village.residents if village else None,
            households=village.households if village else None,
            has_village=village is not None,
            last_title=last.title if last else "",
            ledgers=tuple(ledger_offers(session, edition, document)),
        )
