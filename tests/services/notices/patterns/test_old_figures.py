"""照上一期写: last period's notice comes along, its figures have to be replaced or confirmed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from support.builders import LEDGER, ANotice, a_notice
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.services.duties.open import WAITING, open_duties
from bulletin.services.duties.open_matter import open_matter
from bulletin.services.duties.record_event import record_event
from bulletin.services.edition_progress import timeline
from bulletin.services.notices import end, redact
from bulletin.services.notices.drafts import draft, start, submit
from bulletin.services.notices.drafts.doors import doors
from bulletin.services.notices.drafts.draft_checks import draft_todo
from bulletin.services.notices.patterns.confirm_figures import confirm_figures
from bulletin.services.notices.patterns.old_figures import old_figures_of
from bulletin.store.duties import Duty
from bulletin.store.notice_queries import notice_by_code
from bulletin.store.patterns import EditionPattern

ITEM = "finance.quarterly_accounts"
JANUARY = datetime(2027, 1, 6, 4, tzinfo=UTC)


def duty_of(village, occasion, place="张家村", item=ITEM):
    with village.site.sessions.reading() as session:
        return session.scalar(
            select(Duty.id).where(
                Duty.village_id == village.ids[place],
                Duty.item_code == item,
                Duty.occasion == occasion,
            )
        )


@pytest.fixture
def quarter(approved):
    """The third quarter is public, and the fourth is to be written."""
    village = approved.village
    open_duties(village.site, JANUARY)
    return village, approved.code, duty_of(village, "2026-Q4")


def begun(quarter, **how):
    village, code, duty = quarter
    return start.start(village.site, village.li, [duty], JANUARY, like=code, **how)


def said(village, code):
    with village.site.sessions.reading() as session:
        edition = notice_by_code(session, code).effective_edition
        return edition.title, edition.content.document["blocks"]


def saved(village, code, blocks, title="2026年第四季度村级财务收支情况"):
    with village.site.sessions.reading() as session:
        version = notice_by_code(session, code).effective_edition.version
    draft.save(
        village.site,
        village.li,
        code,
        JANUARY,
        version=version,
        title=title,
        document={"blocks": blocks},
    )


def codes_of(village, code):
    return [check.code for check in draft_todo(village.site, village.li, code, JANUARY).checks]


def test_the_first_door_offers_the_newest_public_notice_rolled_on(quarter):
    village, code, duty = quarter
    earlier = doors(village.site, village.li, [duty], JANUARY).earlier
    assert (earlier.code, earlier.is_own, earlier.figures) == (code, True, 4)
    assert earlier.new_title == "2026年第四季度村级财务收支情况"


def test_wording_and_table_come_along_with_the_period_rolled(quarter):
    village, *_ = quarter
    title, blocks = said(village, begun(quarter))
    assert title == "2026年第四季度村级财务收支情况"
    assert blocks[0]["text"] == "现将本村2026年第四季度财务收支情况公开如下。"
    assert blocks[1] == LEDGER["blocks"][1]


def test_old_figures_stop_the_submission_until_each_is_replaced_or_confirmed(quarter):
    village, *_ = quarter
    code = begun(quarter)
    assert codes_of(village, code).count("stale_figure") == 1
    with pytest.raises(Refused, match="4个上一期的数"):
        submit.submit(village.site, village.li, code, JANUARY, confirmed=True)
    _, blocks = said(village, code)
    table = blocks[1]
    table["rows"][1][3], table["footer"][3] = "3600.00", "3600.00"
    saved(village, code, blocks)
    left = old_figures_of(village.site, village.li, code)
    assert [(f.block, f.row, f.column) for f in left.figures] == [(1, 0, 2), (1, 2, 2)]
    confirm_figures(village.site, village.li, code, JANUARY, block=1, row=0, column=2)
    assert len(old_figures_of(village.site, village.li, code).figures) == 1
    confirm_figures(village.site, village.li, code, JANUARY)
    submit.submit(village.site, village.li, code, JANUARY, confirmed=True)
    with village.site.sessions.reading() as session:
        edition = notice_by_code(session, code).effective_edition
        told = timeline(edition)[-1].reason
    assert "照“2026年第三季度村级财务收支情况”写，2个数核对过，和上一期一样" in told


def test_a_confirmed_figure_stays_confirmed_where_rows_are_put_in_above(quarter):
    village, *_ = quarter
    code = begun(quarter)
    confirm_figures(village.site, village.li, code, JANUARY, block=1, row=0)
    _, blocks = said(village, code)
    blocks[1]["rows"].insert(0, ["0", "出租机动地", "900.00", ""])
    saved(village, code, [{"type": "paragraph", "text": "各位村民："}, *blocks])
    left = old_figures_of(village.site, village.li, code)
    assert [(f.block, f.row, f.column) for f in left.figures] == [(2, 2, 3), (2, 3, 2), (2, 3, 3)]


def test_the_rows_may_stay_behind(quarter):
    village, *_ = quarter
    _, blocks = said(village, begun(quarter, only_heads=True))
    assert (blocks[1]["rows"], blocks[1]["footer"]) == ([["", "", "", ""]], None)


def test_only_a_liaison_with_the_draft_at_hand_confirms(quarter):
    village, *_ = quarter
    code = begun(quarter)
    with pytest.raises(Refused):
        confirm_figures(village.site, village.sun, code, JANUARY)
    with pytest.raises(Refused, match="没有上一期的数了"):
        confirm_figures(village.site, village.li, code, JANUARY, block=0)


def test_what_was_taken_down_is_no_pattern(quarter):
    village, code, duty = quarter
    end.take_down(village.site, village.zhao, code, "内容未经会议讨论", JANUARY)
    assert doors(village.site, village.li, [duty], JANUARY).earlier is None
    with pytest.raises(Refused, match="重新选一次"):
        begun(quarter)


def test_what_is_removed_is_removed_from_the_patterns_too(quarter):
    village, code, _ = quarter
    begun(quarter)
    redact.redact(village.site, village.li, code, "写了家庭住址", JANUARY)
    with village.site.sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(EditionPattern)) == 0


def test_nothing_is_compared_after_the_approval(quarter):
    village, *_ = quarter
    notice = ANotice(village, begun(quarter), JANUARY)
    confirm_figures(village.site, village.li, notice.code, JANUARY)
    notice.approved()
    with village.site.sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(EditionPattern)) == 0


def test_the_next_village_gets_the_words_without_names_and_figures(quarter):
    village, _, _ = quarter
    duty = duty_of(village, "2026-Q4", "白马村")
    earlier = doors(village.site, village.zhou, [duty], JANUARY).earlier
    assert (earlier.village, earlier.figures) == ("张家村", 0)
    code = start.start(village.site, village.zhou, [duty], JANUARY, like=earlier.code)
    _, blocks = said(village, code)
    assert blocks[0]["text"] == "现将本村2026年第四季度财务收支情况公开如下。"
    assert blocks[1]["rows"] == [["", "", "", ""]]
    assert blocks[1]["footer"] == ["", "合计", "", ""]


def test_a_list_of_people_brings_its_heads_alone(zhangjia):
    table = {
        "type": "table",
        "caption": "误工补贴",
        "columns": [{"title": "姓名", "kind": "text"}, {"title": "金额（元）", "kind": "money"}],
        "rows": [["王示例", "1200.00"], ["马示例", "800.00"]],
        "footer": ["合计", "2000.00"],
    }
    names = {"type": "list", "ordered": False, "items": ["王示例误工12天", "马示例误工8天"]}
    item = "finance.labour_subsidies"
    a_notice(zhangjia, NOON, item=item, document={"blocks": [table, names]}).approved()
    open_duties(zhangjia.site, JANUARY)
    duty = duty_of(zhangjia, "2026-Q4", item=item)
    earlier = doors(zhangjia.site, zhangjia.li, [duty], JANUARY).earlier
    assert earlier.left_out == ("表“误工补贴”的2行", "列表的2条")
    code = start.start(zhangjia.site, zhangjia.li, [duty], JANUARY, like=earlier.code)
    _, blocks = said(zhangjia, code)
    assert (blocks[0]["rows"], blocks[0]["footer"], blocks[1]["items"]) == ([["", ""]], None, [""])


@pytest.mark.parametrize(("place", "whose"), [("张家村", ""), ("白马村", "张家村的")])
def test_what_ends_up_word_for_word_the_same_is_asked_about(quarter, place, whose):
    village, _, _ = quarter
    actor = village.li if place == "张家村" else village.zhou
    duty = duty_of(village, "2026-Q4", place)
    code = start.start(village.site, actor, [duty], JANUARY)
    blocks = [
        {"type": "paragraph", "text": "现将本村2026年第四季度 财务收支情况公开如下："},
        LEDGER["blocks"][1],
    ]
    draft.save(
        village.site, actor, code, JANUARY, version=1, title="收支", document={"blocks": blocks}
    )
    checks = draft_todo(village.site, actor, code, JANUARY).checks
    (same,) = [check for check in checks if check.code == "same_text"]
    assert f"正文和{whose}“2026年第三季度村级财务收支情况”一字不差" in same.words
    blocks[1] = blocks[1] | {"caption": "收支明细表"}
    draft.save(
        village.site, actor, code, JANUARY, version=2, title="收支", document={"blocks": blocks}
    )
    assert "same_text" not in [
        c.code for c in draft_todo(village.site, actor, code, JANUARY).checks
    ]


def test_a_matter_is_written_like_another_one_of_the_same_step(zhangjia):
    item = "affairs.public_works"
    text = {"type": "paragraph", "text": "村道硬化工程总投资300000元，长2公里。"}
    title = "村道硬化工程（项目方案形成）"
    first = a_notice(zhangjia, NOON, item=item, title=title, document={"blocks": [text]})
    first.approved()
    waiting = duty_of(zhangjia, WAITING, item=item)
    opened = open_matter(zhangjia.site, zhangjia.li, waiting, "西社渠道工程", NOON)
    record_event(zhangjia.site, zhangjia.li, opened.duty_id, NOON.date(), NOON)
    earlier = doors(zhangjia.site, zhangjia.li, [opened.duty_id], NOON).earlier
    assert (earlier.code, earlier.new_title) == (first.code, "西社渠道工程（项目方案形成）")
    code = start.start(zhangjia.site, zhangjia.li, [opened.duty_id], NOON, like=first.code)
    _, blocks = said(zhangjia, code)
    assert blocks[0]["text"] == "西社渠道工程总投资300000元，长2公里。"
    figures = [figure.figure for figure in old_figures_of(zhangjia.site, zhangjia.li, code).figures]
    assert figures == ["300000元", "2公里"]
