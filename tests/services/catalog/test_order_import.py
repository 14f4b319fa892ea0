"""An import that was confirmed is done once, from the file that was looked through, by whoever does long work."""

from datetime import date

import pytest
from sqlalchemy import func, select
from support.clock import NOON

from bulletin.domain.catalog.rows import RowChoice
from bulletin.domain.errors import Refused
from bulletin.services.catalog import import_file, order_import, propose_import
from bulletin.store.catalogs import CatalogImport
from bulletin.store.long_jobs import JobState

FILE = "公开事项,公开时限\n水费收缴,每季度一次\n路灯电费,每年12月底前\n"
OTHER = "公开事项,公开时限\n垃圾清运,每季度一次\n"


def proposed(village, words=FILE, village_id=None):
    upload = import_file.read_upload(words.encode("gb18030"), "目录.csv")
    propose_import.propose(village.site, village.zheng, village_id, upload, NOON)
    return propose_import.proposal(village.site, village.zheng)


def ordered(village, waiting, from_on=date(2027, 1, 1), choices=None):
    asked = (waiting, from_on, choices or {}, NOON)
    return order_import.order_import(village.site, village.zheng, *asked)


def done(village, job):
    order_import.CATALOG.work_on(village.site, job, lambda: NOON, lambda: False)
    return order_import.CATALOG.line(village.site, village.zheng, job, NOON)


def imports(village):
    with village.site.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(CatalogImport))


def test_it_takes_what_was_decided_about_each_row(zhangjia):
    choices = {0: RowChoice(taken=True), 1: RowChoice(taken=False)}
    job = ordered(zhangjia, proposed(zhangjia), choices=choices)
    line = done(zhangjia, job)
    assert (line.state, line.result) == (JobState.DONE, "1")
    assert order_import.ordered_choices(line.order) == choices


def test_done_twice_it_is_imported_once(zhangjia):
    job = ordered(zhangjia, proposed(zhangjia))
    done(zhangjia, job)
    assert done(zhangjia, job).state is JobState.DONE
    assert imports(zhangjia) == 1


def test_another_file_than_the_one_looked_through_is_never_imported(zhangjia):
    job = ordered(zhangjia, proposed(zhangjia))
    proposed(zhangjia, OTHER)
    line = done(zhangjia, job)
    assert (line.state, line.refusals[0].code) == (JobState.FAILED, "proposal_gone")
    assert imports(zhangjia) == 0


def test_why_a_day_can_not_be_is_said_and_the_file_goes_on_waiting(zhangjia):
    job = ordered(zhangjia, proposed(zhangjia, village_id=zhangjia.id), date(2020, 1, 1))
    line = done(zhangjia, job)
    assert line.refusals[0].code == "adoption_in_past"
    assert propose_import.proposal(zhangjia.site, zhangjia.zheng)


def test_only_an_administrator_orders_one(zhangjia):
    waiting = proposed(zhangjia)
    with pytest.raises(Refused):
        order_import.order_import(zhangjia.site, zhangjia.li, waiting, None, {}, NOON)
