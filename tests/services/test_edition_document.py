"""The document of an edition, which a page asks for a dozen times."""

from sqlalchemy import select
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.domain.notices.content import Document, Paragraph
from bulletin.domain.notices.content_serialization import document_json
from bulletin.services import edition_document as read
from bulletin.services.edition_document import edition_document
from bulletin.store.notices import Edition


def _edition(session, notice):
    return session.scalar(select(Edition).where(Edition.notice.has(code=notice.code)))


def test_it_is_read_once_and_again_when_the_row_has_another(zhangjia):
    notice = a_notice(zhangjia, NOON, document=LEDGER)
    with zhangjia.site.sessions.writing() as session:
        edition = _edition(session, notice)
        first = edition_document(edition)
        assert edition_document(edition) is first
        other = Document((Paragraph("改过的。"),))
        edition.content.document = document_json(other)
        assert edition_document(edition) == other


def test_who_goes_through_all_editions_keeps_no_more_than_a_page_needs(zhangjia, monkeypatch):
    monkeypatch.setattr(read, "MAX_KEPT", 2)
    notices = [a_notice(zhangjia, NOON, document=LEDGER) for _ in range(4)]
    with zhangjia.site.sessions.reading() as session:
        editions = [_edition(session, notice) for notice in notices]
        assert all(edition_document(edition).blocks for edition in editions)
        assert len(read._read) <= 2
