"""What is odd is asked about before it goes to the reviewers."""

from datetime import UTC, datetime

import pytest
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.services.duties.open import open_duties
from bulletin.services.duties.overview import duty_lines
from bulletin.services.notices import draft, start, submit
from bulletin.services.notices.detail import notice_detail


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
    with pytest.raises(Refused, match="12月31日才结束"):
        submit.submit(zhangjia.site, zhangjia.li, code, december)
