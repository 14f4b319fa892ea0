"""公开栏台账: what hung when, how it is known, what was too short, and what an outage hid."""

from datetime import date, timedelta

import pypdfium2
import pytest
from support.boards import close_up
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.boards.display_time import HowKnown
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.services.boards import post
from bulletin.services.boards.certify import certify
from bulletin.services.boards.ledger import board_ledger
from bulletin.services.boards.photos import receive
from bulletin.services.notices import end, publish, redact
from bulletin.services.notices.drafts import correct
from bulletin.services.notices.drafts import draft as notices_draft
from bulletin.services.operations import verify

TODAY = date(2026, 10, 9)


def _ledger(zhangjia, now=NOON, who=None, **span):
    span = {"first_on": date(2026, 10, 1), "last_on": now.date(), **span}
    return board_ledger(zhangjia.site, who or zhangjia.li, zhangjia.boards[0], now, **span)


def _hung(zhangjia, notice, now=NOON):
    return post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], now.date(), now)


@pytest.fixture
def notice(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    return notice


def test_what_should_hang_and_has_no_record_is_named(zhangjia, notice):
    (line,) = _ledger(zhangjia).lines
    assert (line.code, line.how_known, line.hung_on) == (notice.code, HowKnown.NOT_AT_ALL, None)


def test_a_record_by_hand_and_a_photograph_are_told_apart(zhangjia, notice):
    _hung(zhangjia, notice)
    (line,) = _ledger(zhangjia).lines
    assert (line.how_known, line.hung_on, line.seen_on) == (HowKnown.HAND, TODAY, None)
    pdf = notice.printed().sheet.pdf
    later = NOON + timedelta(days=3)
    visit = receive.receive(
        zhangjia.site, zhangjia.li, zhangjia.boards[0], [close_up([pdf])], later
    )
    receive.confirm(zhangjia.site, zhangjia.li, visit, later)
    (line,) = _ledger(zhangjia, later).lines
    assert (line.how_known, line.hung_on, line.seen_on) == (
        HowKnown.PHOTO,
        TODAY,
        date(2026, 10, 12),
    )


def test_a_photograph_that_shows_no_paper_speaks_against_the_record(zhangjia, notice):
    _hung(zhangjia, notice)
    later = NOON + timedelta(days=3)
    visit = receive.receive(zhangjia.site, zhangjia.li, zhangjia.boards[0], [close_up([])], later)
    assert _ledger(zhangjia, later).lines[0].missed_on is None, "nobody confirmed it yet"
    receive.confirm(zhangjia.site, zhangjia.li, visit, later)
    assert _ledger(zhangjia, later).lines[0].missed_on == later.date()
    pdf, again = notice.printed().sheet.pdf, later + timedelta(days=1)
    visit = receive.receive(
        zhangjia.site, zhangjia.li, zhangjia.boards[0], [close_up([pdf])], again
    )
    receive.confirm(zhangjia.site, zhangjia.li, visit, again)
    assert _ledger(zhangjia, again).lines[0].missed_on is None


def test_its_time_counts_from_the_day_on_which_it_was_hung(zhangjia, notice):
    late = NOON + timedelta(days=5)
    hung = _hung(zhangjia, notice, late)
    done = late + timedelta(days=11)
    post.take_off(zhangjia.site, zhangjia.li, hung, done.date(), done)
    (line,) = _ledger(zhangjia, done).lines
    assert line.until == date(2026, 10, 29)
    assert line.too_short
    assert [line.hung_there(day) for day in (TODAY, late.date(), done.date())] == [
        False,
        True,
        True,
    ]


def test_what_was_taken_down_for_a_reason_is_not_too_short(zhangjia, notice):
    hung = _hung(zhangjia, notice)
    later = NOON + timedelta(days=2)
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "数字有误", later)
    post.take_off(zhangjia.site, zhangjia.li, hung, later.date(), later)
    (line,) = _ledger(zhangjia, later).lines
    assert not line.too_short


def test_an_outage_of_the_page_proposes_a_longer_period(zhangjia, notice):
    publish.publish_due(zhangjia.site, NOON)
    publish.publish_due(zhangjia.site, NOON + timedelta(minutes=5))  # no outage
    back = NOON + timedelta(days=2)
    publish.publish_due(zhangjia.site, back)
    (hidden,) = _ledger(zhangjia, back).hidden
    assert (hidden.code, hidden.hours) == (notice.code, 48)
    assert hidden.proposed == hidden.closes_on + timedelta(days=3)
    assert _ledger(zhangjia, back, last_on=date(2026, 10, 8)).hidden == ()
    again = NOON + timedelta(days=6)
    publish.publish_due(zhangjia.site, again - timedelta(hours=5))
    publish.publish_due(zhangjia.site, again)
    (hidden,) = _ledger(zhangjia, again).hidden
    assert hidden.proposed == hidden.closes_on + timedelta(days=7), "all outages in one proposal"


def test_a_period_that_was_made_good_is_proposed_no_more(zhangjia, notice):
    publish.publish_due(zhangjia.site, NOON)
    back = NOON + timedelta(days=2)
    publish.publish_due(zhangjia.site, back)
    notice.now = back
    correct.correct(zhangjia.site, zhangjia.li, notice.code, back)
    notices_draft.save(
        zhangjia.site,
        zhangjia.li,
        notice.code,
        back,
        version=1,
        title="收支情况",
        document={"blocks": [{"type": "paragraph", "text": "现将有关情况公开如下。"}]},
        change_note="网上中断两天，公示期顺延",
    )
    notice.approved()
    assert _ledger(zhangjia, back).hidden == ()


def test_a_day_shows_also_what_had_to_hang_and_did_not(zhangjia, notice):
    late = NOON + timedelta(days=5)
    assert [line.code for line in _ledger(zhangjia, late).on(TODAY)] == [notice.code]
    _hung(zhangjia, notice, late)
    ledger = _ledger(zhangjia, late)
    assert [line.how_known for line in ledger.on(TODAY)] == [HowKnown.NOT_AT_ALL]
    assert [line.how_known for line in ledger.on(late.date())] == [HowKnown.HAND]
    assert ledger.on(TODAY - timedelta(days=1)) == []


def test_what_was_taken_down_and_never_hung_is_listed_for_the_days_it_stood(zhangjia, notice):
    later = NOON + timedelta(days=2)
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "数字有误", later)
    assert [line.how_known for line in _ledger(zhangjia, later).lines] == [HowKnown.NOT_AT_ALL]
    since = _ledger(zhangjia, later + timedelta(days=9), first_on=later.date())
    assert since.lines == ()


def test_another_village_has_no_ledger_of_it(zhangjia):
    with pytest.raises(NotFoundError):
        _ledger(zhangjia, who=zhangjia.zhou)


def test_a_certificate_names_boards_days_editions_and_what_a_photograph_showed(zhangjia, notice):
    _hung(zhangjia, notice)
    pdf = notice.printed().sheet.pdf
    visit = receive.receive(zhangjia.site, zhangjia.li, zhangjia.boards[0], [close_up([pdf])], NOON)
    receive.confirm(zhangjia.site, zhangjia.li, visit, NOON)
    name, paper = certify(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert name == "张家村公开〔2026〕1号-张贴证明.pdf"
    document = pypdfium2.PdfDocument(paper.pdf)
    words = "".join(document[0].get_textpage().get_text_bounded().split())
    document.close()
    for phrase in (
        "张贴证明",
        "张家村村委会门口公开栏",
        "第1版",
        "2026年10月9日",
        "还贴着",
        "10月9日照片",
    ):
        assert phrase in words
    assert _pictures(paper) == 2  # the code and the photograph
    assert verify.verify(zhangjia.site).sound
    redact.redact(zhangjia.site, zhangjia.li, notice.code, "写进了病情", NOON)
    _, paper = certify(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert _pictures(paper) == 1  # what was removed can be read in the photograph too


def _pictures(paper):
    document = pypdfium2.PdfDocument(paper.pdf)
    kind = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    count = sum(len(list(page.get_objects(filter=kind))) for page in document)
    document.close()
    return count


def test_what_was_never_approved_has_no_certificate(zhangjia):
    draft = a_notice(zhangjia, NOON)
    with pytest.raises(Refused, match="开不出证明"):
        certify(zhangjia.site, zhangjia.li, draft.code, NOON)
