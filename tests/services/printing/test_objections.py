"""有异议 of a notice: by its items, the same on page and paper, and kept when it is approved."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select, update
from support.builders import LEDGER, ANotice, a_duty, a_notice
from support.clock import NOON

from bulletin.domain.catalog.adaptation import Adaptation, Change
from bulletin.domain.codes import Scan
from bulletin.domain.errors import Refused
from bulletin.domain.objections.lines import DayCount, ObjectionLine
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import correct, draft, start
from bulletin.services.notices.drafts.forward import HigherPaper, forward
from bulletin.services.printing.sheet_facts import sheet_facts
from bulletin.services.public.notice_page import notice_page
from bulletin.store.notices import Edition

ROLL, ACCOUNTS, PARTY = "affairs.election_roll", "finance.quarterly_accounts", "party.resolutions"
ELECTION = "10月14日前向村民选举委员会提出，3日内答复"
ROLL_TEXT = "对名单有异议的，请自公布之日起五日内向村民选举委员会申诉，三日内作出处理决定。"
USUAL = "10月26日前向村务监督委员会提出，10日内答复"


def text(*paragraphs):
    return {"blocks": [{"type": "paragraph", "text": words} for words in paragraphs]}


def on_paper(village, code, now=NOON):
    with village.site.sessions.reading() as session:
        edition = session.scalars(select(Edition).order_by(Edition.id.desc())).first()
        assert edition.notice.code == code
        return sheet_facts(session, village.site, edition, now).objection


def on_the_web(village, code, now=NOON):
    return notice_page(village.site, Scan(code, 1), scanned=False, now=now).objection


def test_a_roll_sends_objections_to_the_election_committee_on_page_and_paper(zhangjia):
    notice = a_notice(zhangjia, NOON, item=ROLL, document=text(ROLL_TEXT), title="名单").approved()
    assert on_paper(zhangjia, notice.code) == on_the_web(zhangjia, notice.code) == ELECTION
    assert notice_detail(zhangjia.site, zhangjia.sun, notice.code, NOON).objection == ELECTION


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (ACCOUNTS, USUAL),
        ("finance.labour_subsidies", "10月26日前向村务监督委员会或乡政府提出，10日内答复"),
        (PARTY, "10月26日前向村党组织或乡党委提出，10日内答复"),
        ("collective.accounts", "10月26日前向集体经济组织监事会提出，10日内答复"),
        ("government.land_compensation", "11月9日前向互助土族自治县人民政府提出，10日内答复"),
        ("government.low_income_review", "10月16日前向乡政府或村务监督委员会提出，10日内答复"),
    ],
)
def test_whom_residents_tell_goes_by_the_item(zhangjia, item, words):
    notice = a_notice(zhangjia, NOON, item=item, document=text("现予公开。"), title="公开")
    assert on_paper(zhangjia, notice.code) == words


def test_a_notice_for_several_items_says_each_with_what_it_is_for(zhangjia):
    duties = [a_duty(zhangjia, item, NOON) for item in (ACCOUNTS, PARTY)]
    code = start.start(zhangjia.site, zhangjia.li, duties, NOON)
    assert on_paper(zhangjia, code) == (
        f"村级财务收支情况：{USUAL}；"
        "村党组织提议、审议的重要事项：10月26日前向村党组织或乡党委提出，10日内答复"
    )


def test_a_higher_bodys_paper_sends_objections_to_who_issued_it(zhangjia):
    paper = HigherPaper("关于医保缴费的通告", "互助土族自治县医疗保障局")
    scan = BytesIO()
    Image.new("RGB", (600, 850), "white").save(scan, "PNG")
    pages = [("通告.png", scan.getvalue())]
    code = forward(zhangjia.site, zhangjia.li, zhangjia.id, paper, pages, NOON)
    assert on_paper(zhangjia, code) == "随时可以向发文单位提出"


def _adopt_line(village, item, line):
    adaptation = Adaptation(changed={item: Change(objection=line)})
    adopt_catalog(
        village.site, village.zheng, village.id, NOON.date() + timedelta(days=1), adaptation, NOON
    )


def test_what_is_approved_keeps_its_line_when_catalog_and_settings_change(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    with zhangjia.site.sessions.writing() as session:
        township = session.scalars(select(Edition)).one().notice.township
        township.name = "红崖子沟镇"
    later = replace(zhangjia, site=replace(zhangjia.site, objection_days=3))
    assert on_paper(later, notice.code) == on_the_web(later, notice.code) == USUAL


def test_an_edition_from_before_says_what_its_paper_says(zhangjia):
    """The party's papers of then named the supervision committee, and so does their page."""
    notice = a_notice(zhangjia, NOON, item=PARTY, document=text("现予公开。"), title="决议")
    notice.approved()
    with zhangjia.site.sessions.writing() as session:
        session.execute(update(Edition).values(objections=[]))
    assert on_paper(zhangjia, notice.code) == on_the_web(zhangjia, notice.code) == USUAL


def test_a_correction_says_what_the_catalog_says_by_then(zhangjia):
    notice = a_notice(zhangjia, NOON, item=PARTY, document=text("现予公开。"), title="决议")
    notice.approved()
    with zhangjia.site.sessions.writing() as session:
        session.execute(update(Edition).values(objections=[]))
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert "村党组织或乡党委" in on_paper(zhangjia, notice.code)


# --- the text against what is printed under it -----------------------------------------------------


def test_a_text_that_says_otherwise_is_not_handed_in(zhangjia):
    wrong = text("对名单有异议的，请在公示期内向村务监督委员会提出，10日内答复。")
    notice = a_notice(zhangjia, NOON, item=ROLL, document=wrong, title="名单")
    with pytest.raises(Refused, match="向村务监督委员会提出") as refused:
        notice.submitted()
    (reason,) = refused.value.refusals
    assert reason.code == "objection_differs"
    for words in (ELECTION, "登记参加选举的村民名单", "乡镇管理员", "公开事项目录"):
        assert words in reason.sentence, words
    draft.save(
        zhangjia.site, zhangjia.li, notice.code, NOON, version=2, title="名单",
        document=text(ROLL_TEXT),
    )  # fmt: skip
    notice.submitted()


def test_a_place_whose_rule_is_another_writes_it_into_its_catalog(zhangjia):
    """山东省村务公开条例: objections within five days, answered within five."""
    local = text("有异议的，请自公布之日起5日内向村务监督委员会提出，5日内答复。")
    before = a_notice(
        zhangjia, NOON, item="affairs.meeting_decisions", document=local, title="决定"
    )
    with pytest.raises(Refused, match="有异议"):
        before.submitted()
    line = ObjectionLine(to=("supervision_committee",), within=DayCount(5), reply=DayCount(5))
    _adopt_line(zhangjia, "affairs.meeting_decisions", line)
    tomorrow = NOON + timedelta(days=1)
    duty = a_duty(zhangjia, "affairs.public_works", tomorrow)  # another item keeps its own
    code = start.start(zhangjia.site, zhangjia.li, [duty], tomorrow)
    assert on_paper(zhangjia, code, tomorrow).endswith("提出，10日内答复")


def test_what_became_wrong_during_review_is_not_released(zhangjia):
    """The day that a text names passes while it lies on a desk."""
    dated = text("收支如下：1元。有异议的，请于10月26日前向村务监督委员会提出。")
    notice = a_notice(zhangjia, NOON, document=dated).submitted().examined()
    days_on = NOON + timedelta(days=4)
    detail = notice_detail(zhangjia.site, zhangjia.zhao, notice.code, days_on)
    assert "10月26日前" in detail.checks.contradictions[0], "who confirms sees it on the page"
    assert not notice_detail(zhangjia.site, zhangjia.zhao, notice.code, NOON).checks.contradictions
    with pytest.raises(Refused, match=r"10月26日前向村务监督委员会提出.*10月28日前"):
        notice.later(days=4).confirmed()
    notice.later(days=-4).confirmed()
    assert notice.printed().sheet.pages == 1


def test_a_contradiction_from_before_is_not_printed_any_more(zhangjia):
    notice = a_notice(zhangjia, NOON, item=ROLL, document=text(ROLL_TEXT), title="名单").approved()
    with zhangjia.site.sessions.writing() as session:
        session.execute(update(Edition).values(objections=[]))
    with pytest.raises(Refused, match="有异议"):
        notice.printed()


def test_accounts_with_a_ledger_print_as_ever(zhangjia):
    notice: ANotice = a_notice(zhangjia, NOON, document=LEDGER).approved()
    assert notice.printed().notes == ()
