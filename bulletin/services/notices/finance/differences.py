"""What of a notice about money does not add up, and what was written to explain it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.accounts.checks.account_checks import LastNotice, account_checks
from bulletin.domain.accounts.summary import Heads, draft_summary, summary_check
from bulletin.domain.catalog.items import Group
from bulletin.domain.catalog.topics import Topic, topic_of
from bulletin.domain.errors import Refusal
from bulletin.domain.notices.content import Document, Summary
from bulletin.domain.notices.draft_checks import DraftCheck
from bulletin.domain.notices.procedures import FORWARDED
from bulletin.services.edition_document import edition_document
from bulletin.services.site import Site
from bulletin.store.notice_queries import last_public
from bulletin.store.notices import Edition

MONEY = frozenset({Topic.FINANCE, Topic.SUBSIDY, Topic.WORKS, Topic.COLLECTIVE})
MONEY_GROUPS = frozenset({Group.FINANCE, Group.COLLECTIVE})


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a difference stands as it does, as somebody wrote it."""

    code: str
    words: (
        str  # the sentence of the check, with both figures: other figures are not explained by it
    )
    reason: str
    by: str
    at: str  # ISO 8601, UTC

    def explains(self, check: DraftCheck) -> bool:
        return (self.code, self.words) == (check.code, check.words)


def is_about_money(edition: Edition) -> bool:
    """Whether one of its items is about money, and the words are the village's own."""
    items = [(item["title"], Group(item["group"])) for item in edition.notice.items]
    return edition.notice.procedure != FORWARDED and any(
        group in MONEY_GROUPS or topic_of(title, group) in MONEY for title, group in items
    )


def open_differences(
    session: Session, site: Site, edition: Edition, now: datetime
) -> Iterator[DraftCheck]:
    """The differences that nobody has explained: with them the draft does not go on."""
    explained = explanations(edition)
    for check in differences(session, site, edition, now):
        if not any(explanation.explains(check) for explanation in explained):
            yield check


def differences(
    session: Session, site: Site, edition: Edition, now: datetime
) -> tuple[DraftCheck, ...]:
    """Everything in a draft about money that does not add up, explained or not."""
    if not is_about_money(edition):
        return ()
    document = edition_document(edition)
    last = last_notice(session, edition, now)
    checks = account_checks(document, site.finance_forms, last)
    if any(isinstance(block, Summary) for block in document.blocks):
        fresh = fresh_summary(site, edition, document, last)
        box = summary_check(document, fresh)
        checks = (*checks, *([box] if box else []))
    return checks


def fresh_summary(
    site: Site, edition: Edition, document: Document, last: LastNotice | None
) -> Summary | Refusal:
    """明白账 as the tables of a draft give it now, or why they give none."""
    village = edition.notice.village
    heads = Heads(village.residents, village.households) if village else Heads()
    return draft_summary(
        document,
        last=last.document if last else None,
        heads=heads,
        personal=edition.notice.personal,
        forms=site.finance_forms,
    )


def last_notice(session: Session, edition: Edition, now: datetime) -> LastNotice | None:
    """The last public notice on the same items of the same place; of a matter, which has no last period, none."""
    notice = edition.notice
    if notice.matter_id is not None:
        return None
    codes = [duty.item_code for duty in notice.duties]
    last = session.scalar(last_public(notice, codes, now))
    return None if last is None else LastNotice(last.title, edition_document(last))


def explanations(edition: Edition) -> tuple[Explanation, ...]:
    return tuple(Explanation(**each) for each in edition.explained)


def explained_words(session: Session, site: Site, edition: Edition, now: datetime) -> str:
    """What the reviewers read: the differences that there are, each with why, one after the other."""
    found = differences(session, site, edition, now) if edition.explained else ()
    said = (
        f"{each.words.rstrip('。')}，说明：{each.reason}"
        for each in explanations(edition)
        if any(map(each.explains, found))
    )
    return "。".join(words.rstrip("。") for words in said)
