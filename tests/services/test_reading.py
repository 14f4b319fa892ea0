"""What a scanned or typed code leads to."""

from datetime import timedelta

from builders import a_notice
from conftest import NOON

from bulletin.domain.codes import Scan
from bulletin.domain.visibility import Face
from bulletin.services import publishing
from bulletin.services.reading import notice_page

ROAD = {"blocks": [{"type": "paragraph", "text": "村道硬化2.1公里，示例工程。"}]}


def _step_of(zhangjia, notice, now=NOON):
    page = notice_page(zhangjia.house, Scan(notice.code, 1), scanned=True, now=now)
    return page.face, [step for step in page.matter if step.is_this]


def test_the_reader_of_a_matter_knows_which_phase_he_holds_also_before_and_after(zhangjia):
    ahead = a_notice(zhangjia, NOON, item="affairs.public_works", document=ROAD, title="村道硬化", publish_at=NOON + timedelta(days=1)).approved()  # fmt: skip
    shown, steps = _step_of(zhangjia, ahead)
    assert shown is Face.NOT_YET
    assert [step.url for step in steps] == [""]
    later = NOON + timedelta(days=2)
    shown, steps = _step_of(zhangjia, ahead, later)
    assert shown is Face.CURRENT
    assert [step.url for step in steps] == [f"/N/{ahead.code}"]
    publishing.take_down(zhangjia.house, zhangjia.li, ahead.code, "里程有误", later)
    shown, steps = _step_of(zhangjia, ahead, later)
    assert shown is Face.TAKEN_DOWN
    assert [step.url for step in steps] == [""]
