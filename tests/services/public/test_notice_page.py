"""What a scanned or typed code leads to."""

from datetime import timedelta

from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan
from bulletin.domain.notices.visibility import PageState
from bulletin.services.notices import end
from bulletin.services.notices.drafts import correct, draft
from bulletin.services.public.notice_page import notice_page

ROAD = {"blocks": [{"type": "paragraph", "text": "村道硬化2.1公里，示例工程。"}]}


def _step_of(zhangjia, notice, now=NOON):
    page = notice_page(zhangjia.site, Scan(notice.code, 1), scanned=True, now=now)
    return page.page_state, [step for step in page.matter if step.is_this]


def test_the_reader_of_a_matter_knows_which_phase_he_holds_also_before_and_after(zhangjia):
    ahead = a_notice(zhangjia, NOON, item="affairs.public_works", document=ROAD, title="村道硬化", publish_at=NOON + timedelta(days=1)).approved()  # fmt: skip
    shown, steps = _step_of(zhangjia, ahead)
    assert shown is PageState.NOT_YET
    assert [step.url for step in steps] == [""]
    later = NOON + timedelta(days=2)
    shown, steps = _step_of(zhangjia, ahead, later)
    assert shown is PageState.CURRENT
    assert [step.url for step in steps] == [f"/N/{ahead.code}"]
    end.take_down(zhangjia.site, zhangjia.li, ahead.code, "里程有误", later)
    shown, steps = _step_of(zhangjia, ahead, later)
    assert shown is PageState.TAKEN_DOWN
    assert [step.url for step in steps] == [""]


def test_a_correction_scanned_before_its_moment_says_when_it_holds(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    opens = NOON + timedelta(days=3)
    draft.save(
        zhangjia.site, zhangjia.li, notice.code, NOON, version=1, title="路灯", document=ROAD,
        publish_at=opens, change_note="补上里程",
    )  # fmt: skip
    notice.approved()
    scan = Scan(notice.code, 2)
    page = notice_page(zhangjia.site, scan, scanned=True, now=NOON)
    assert (page.page_state, page.current_edition, page.scanned_opens_at) == (
        PageState.AHEAD,
        1,
        opens,
    )
    page = notice_page(zhangjia.site, scan, scanned=True, now=opens)
    assert (page.page_state, page.current_edition, page.scanned_opens_at) == (
        PageState.CURRENT,
        2,
        None,
    )
