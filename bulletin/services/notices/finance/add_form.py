"""Add one of the finance forms to a draft: the table with its columns and lines, to be filled in."""

from datetime import datetime

from bulletin.domain.accounts.forms import FinanceForm, offered
from bulletin.domain.catalog.items import Group
from bulletin.domain.catalog.topics import topic_of
from bulletin.domain.errors import refuse
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.notices.finance.new_text import set_document, with_block
from bulletin.services.site import Site
from bulletin.services.transition import ensure_may
from bulletin.store.notices import Edition


def offered_forms(site: Site, edition: Edition) -> list[FinanceForm]:
    """The forms that serve the items of a draft, the fitting ones first; empty where none is about money."""
    items = [
        (item["code"], item["title"], topic_of(item["title"], Group(item["group"])).value)
        for item in edition.notice.items
    ]
    return offered(site.finance_forms, items)


def add_form(site: Site, actor: Actor, code: str, key: str, now: datetime) -> None:
    """Put a form at the end of the text that was saved last.

    Raises:
        Refused: there is no such form, or the draft is no longer one.
    """
    form = next((form for form in site.finance_forms if form.key == key), None)
    if form is None:
        raise refuse("no_form", "没有这种表，请刷新页面再选一次。")
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        document = edition_document(edition)
        end = len(document.blocks)
        set_document(edition, with_block(document, end, form.table()), actor, now)
