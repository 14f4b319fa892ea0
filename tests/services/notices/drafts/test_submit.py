"""What is odd is asked about before it goes to the reviewers."""

from datetime import UTC, datetime

import pytest
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.services.duties.open import open_duties
from bulletin.services.duties.overview import duty_lines
from bulletin.services.notices import end
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import correct, draft, start, submit
from bulletin.services.notices.drafts.draft_checks import draft_todo


def _without_figures(village):
    notice = a_notice(village, NOON)
    blocks = [{"type": "paragraph", "text": "2026年第三季度的收支情况见附表。"}]
    draft.save(
        village.site, village.li, notice.code, NOON, version=2, title="收支情况",
        document={"blocks": blocks},
    )  # fmt: skip
    return notice


def test_accounts_without_a_figure_go_on_only_when_somebody_says_that_it_is_meant_so(zhangjia):
    notice = _without_figures(zhangjia)
    with pytest.raises(Refused, match="没有一个金额"):
        submit.submit(zhangjia.site, zhangjia.li, notice.code, NOON)
    submit.submit(zhangjia.site, zhangjia.li, notice.code, NOON, confirmed=True)
    detail = notice_detail(zhangjia.site, zhangjia.sun, notice.code, NOON)
    assert detail.timeline[0].reason.startswith("提交人已核对：")


def test_what_the_catalog_wants_and_was_left_out_stands_in_one_sentence(zhangjia):
    notice = _without_figures(zhangjia)
    checks = draft_todo(zhangjia.site, zhangjia.li, notice.code, NOON).checks
    elements = [check.element for check in checks if check.element]
    assert len(elements) > 1
    submit.submit(zhangjia.site, zhangjia.li, notice.code, NOON, confirmed=True)
    said = notice_detail(zhangjia.site, zhangjia.sun, notice.code, NOON).timeline[0].reason
    assert said.endswith("提交人已核对，没有写：" + "、".join(f"“{each}”" for each in elements))
    assert "确实没有的" not in said


def test_a_quarter_that_has_not_ended_is_asked_about(zhangjia):
    december = datetime(2026, 12, 20, 4, tzinfo=UTC)
    open_duties(zhangjia.site, december)
    lines = duty_lines(zhangjia.site, zhangjia.li, december)
    accounts = next(
        line.id
        for line in lines
        if (line.item_code, line.occasion) == ("finance.quarterly_accounts", "2026-Q4")
    )
    code = start.start(zhangjia.site, zhangjia.li, [accounts], december)
    draft.save(
        zhangjia.site, zhangjia.li, code, december, version=1, title="收支", document=LEDGER
    )  # fmt: skip
    for said in ({}, {"confirmed": True}, {"why": "年底要看"}):
        with pytest.raises(Refused, match="12月31日才结束"):
            submit.submit(zhangjia.site, zhangjia.li, code, december, **said)
    submit.submit(
        zhangjia.site, zhangjia.li, code, december, confirmed=True, why="村民会议要看前三周的账"
    )
    seen = notice_detail(zhangjia.site, zhangjia.sun, code, december)
    assert seen.timeline[0].reason.endswith("原因：村民会议要看前三周的账")


def test_a_moment_after_the_due_day_is_asked_about_and_told_to_the_reviewers(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=datetime(2026, 11, 25, 1, tzinfo=UTC))
    words = "定在11月25日公开，比应公开的10月15日晚41天"
    detail = notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert detail.row.late.words == words
    with pytest.raises(Refused, match=words):
        submit.submit(zhangjia.site, zhangjia.li, notice.code, NOON)
    submit.submit(zhangjia.site, zhangjia.li, notice.code, NOON, confirmed=True)
    seen = notice_detail(zhangjia.site, zhangjia.sun, notice.code, NOON)
    assert words in seen.timeline[0].reason
    assert seen.row.late.words == words


def test_a_moment_on_the_due_day_is_on_time(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=datetime(2026, 10, 15, 15, 59, tzinfo=UTC))
    submit.submit(zhangjia.site, zhangjia.li, notice.code, NOON, confirmed=True)
    assert notice_detail(zhangjia.site, zhangjia.sun, notice.code, NOON).row.late is None


def test_what_is_out_or_comes_on_top_of_it_is_late_no_more(zhangjia):
    out = a_notice(zhangjia, NOON).approved()
    late = datetime(2026, 10, 20, 1, tzinfo=UTC)
    second = a_notice(zhangjia, NOON, publish_at=late)
    correct.correct(zhangjia.site, zhangjia.li, out.code, late)
    for code in (out.code, second.code):
        assert notice_detail(zhangjia.site, zhangjia.li, code, NOON).row.late is None


def test_a_correction_that_comes_when_the_period_is_over_is_told(zhangjia):
    out = a_notice(zhangjia, NOON).approved()
    correct.correct(zhangjia.site, zhangjia.li, out.code, NOON)
    draft.save(
        zhangjia.site, zhangjia.li, out.code, NOON, version=1, title="更正", document=LEDGER,
        change_note="改了一处", publish_at=datetime(2026, 11, 25, 1, tzinfo=UTC),
    )  # fmt: skip
    words = notice_detail(zhangjia.site, zhangjia.li, out.code, NOON).row.late.words
    assert words == "定在11月25日公开，比前一版公示期满的10月26日晚30天"


def test_what_was_taken_down_is_owed_again_and_its_correction_can_be_late(zhangjia):
    out = a_notice(zhangjia, NOON).approved()
    end.take_down(zhangjia.site, zhangjia.li, out.code, "数字有误", NOON)
    correct.correct(zhangjia.site, zhangjia.li, out.code, NOON)
    draft.save(
        zhangjia.site, zhangjia.li, out.code, NOON, version=1, title="更正", document=LEDGER,
        change_note="改了一处", publish_at=datetime(2026, 10, 25, 1, tzinfo=UTC),
    )  # fmt: skip
    assert notice_detail(zhangjia.site, zhangjia.li, out.code, NOON).row.late.days == 10
