"""verify: an issued annual report is what it was when it was sealed."""

from sqlalchemy import delete, select
from support.own_report import finish, issued

from bulletin.services.operations.verify import verify
from bulletin.store.annual_reports import AnnualReportEdition


def faults(village):
    return [f"{each.what} {each.how}" for each in verify(village.site).altered]


def changed(village, change):
    with village.site.sessions.writing() as session:
        change(session, session.scalars(select(AnnualReportEdition)).one())


def test_an_issued_report_whose_words_or_figures_were_altered_is_named(zhangjia):
    finish(zhangjia)
    issued(zhangjia)
    assert faults(zhangjia) == []

    def alter(_session, edition):
        texts = ["改过了", *edition.content["texts"][1:]]
        edition.content = {**edition.content, "texts": texts}

    changed(zhangjia, alter)
    assert faults(zhangjia) == ["report 1.2026, edition 1 is not as it was issued"]


def test_one_that_is_gone_is_missed(zhangjia):
    finish(zhangjia)
    issued(zhangjia)
    changed(zhangjia, lambda session, _edition: session.execute(delete(AnnualReportEdition)))
    assert faults(zhangjia) == ["report 1.2026, edition 1 is told by the history and is not there"]
