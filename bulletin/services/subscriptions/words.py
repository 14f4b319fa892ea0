"""The words of a notice in which a reader's own word is looked for."""

from collections.abc import Iterator
from datetime import datetime

from bulletin.domain.notices.content import texts
from bulletin.services.edition_document import edition_document
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.site import Site
from bulletin.store.notices import Notice


def words_of(site: Site, notice: Notice, now: datetime) -> Iterator[str]:
    """Title and text of every edition that went out; of a list of people the catalog's words alone."""
    yield notice.public_title
    if notice.personal:
        return
    for edition in NoticeView(site, notice, now).public_editions:
        yield edition.title
        yield from texts(edition_document(edition))


def public_title(view: NoticeView) -> str:
    """How letters name a notice: a list of people by the catalog's words, from its first day on."""
    return view.notice.public_title if view.notice.personal else view.title
