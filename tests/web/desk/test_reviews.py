"""审查: one notice with its final page and sheet, many at once, and the ways around a step."""

import copy
import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update
from support.browser import needs_chromium, served
from support.builders import LEDGER, PASSWORD, a_notice
from support.clock import NOON

from bulletin.domain.notices.workflow import Act, State
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import draft
from bulletin.services.notices.overview import edition_rows
from bulletin.services.notices.reviews import review
from bulletin.store.notices import Edition


def _row(village, notice):
    return edition_rows(village.site, village.operator, notice.code, NOON)[0]


def _fingerprint(village, notice):
    return notice_detail(village.site, village.sun, notice.code, NOON).fingerprint


def _url(notice, what):
    return f"/desk/notices/{notice.code}/{what}"


def test_the_reviewer_sees_page_sheet_fingerprint_and_what_follows(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    page = signed_in("sun").get(_url(notice, "review")).text
    for words in ("村道路灯维修材料费", "审查通过，交联席会议确认", "退回修改", "提交</b> 李示例"):
        assert words in page, words
    pictures = re.findall(r'src="(/desk/notices/\w+/sheet/\d+\.png[^"]*)"', page)
    assert len(pictures) == 1
    assert signed_in("sun").get(pictures[0]).mimetype == "image/png"
    assert f'name="seen" value="{_fingerprint(zhangjia, notice)}"' in page


def test_a_notice_goes_through_both_steps_and_out(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    seen = _fingerprint(zhangjia, notice)
    done = signed_in("sun").post(_url(notice, "step"), data={"step": "examine", "seen": seen})
    assert done.status_code == 302
    page = signed_in("zhao").get(_url(notice, "review")).text
    assert "确认通过，立即发布" in page
    decision = page.partition('<div class="decide">')[2]
    assert "马上公开，村民现在就看得到" in decision
    assert decision.count('name="sure" value="yes"') == decision.count('name="seen"') == 2
    form = {"step": "confirm", "seen": seen, "meeting_on": "2026-10-08"}
    asked = signed_in("zhao").post(_url(notice, "step"), data=form)
    assert "马上公开，村民现在就看得到" in asked.text
    assert _row(zhangjia, notice).state is State.CONFIRMING
    form["sure"] = "yes"
    assert signed_in("zhao").post(_url(notice, "step"), data=form).status_code == 302
    assert _row(zhangjia, notice).state is State.PUBLISHED


@pytest.mark.parametrize(
    ("meeting_on", "sentence"),
    [
        ("", "请填联席会议的日期"),
        ("2026-10-10", "联席会议的日期不能在今天之后"),
        ("十月八日", "联席会议的日期要写成"),
    ],
)
def test_a_confirmation_without_a_sound_meeting_day_comes_back(
    signed_in, zhangjia, meeting_on, sentence
):
    notice = a_notice(zhangjia, NOON).submitted().examined()
    form = {
        "step": "confirm",
        "seen": _fingerprint(zhangjia, notice),
        "meeting_on": meeting_on,
    }
    answer = signed_in("zhao").post(_url(notice, "step"), data=form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{meeting_on}"' in answer.text
    assert _row(zhangjia, notice).state is State.CONFIRMING


@pytest.mark.parametrize("seen", ["", "0" * 64])
def test_content_that_was_not_seen_is_not_passed(signed_in, zhangjia, seen):
    notice = a_notice(zhangjia, NOON).submitted()
    form = {"step": "examine", "seen": seen}
    assert signed_in("sun").post(_url(notice, "step"), data=form).status_code == 422
    assert _row(zhangjia, notice).state is State.EXAMINING


def test_a_step_belongs_to_its_holder(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    form = {"step": "examine", "seen": _fingerprint(zhangjia, notice)}
    assert signed_in("zhao").post(_url(notice, "step"), data=form).status_code == 403
    assert signed_in("li").post(_url(notice, "step"), data=form).status_code == 403
    assert "您的意见" in signed_in("wu").get(_url(notice, "review")).text
    assert "现在不用您办" in signed_in("wu").get(_url(notice, "review")).text


def test_sending_back_needs_a_reason_and_the_drafter_reads_it(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    browser = signed_in("sun")
    assert browser.post(_url(notice, "send-back"), data={"reason": ""}).status_code == 422
    done = browser.post(_url(notice, "send-back"), data={"reason": "合计不对"})
    assert done.status_code == 302
    assert "合计不对" in signed_in("li").get(f"/desk/notices/{notice.code}").text


def test_force_keeps_the_reason_and_day_that_were_typed(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted().examined()
    form = {"force_reason": "主任住院", "forced_meeting_on": ""}
    answer = signed_in("zhao").post(_url(notice, "force"), data=form)
    assert answer.status_code == 422
    assert "主任住院</textarea>" in answer.text


def test_what_was_forced_is_flagged_until_another_person_endorses(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    forced = signed_in("zhao").post(_url(notice, "force"), data={"force_reason": "监委会都外出"})
    assert forced.status_code == 302
    form = {
        "step": "confirm",
        "seen": _fingerprint(zhangjia, notice),
        "meeting_on": "2026-10-09",
    }
    answer = signed_in("zhao").post(_url(notice, "step"), data=form)
    assert answer.status_code == 403, "one person takes one step only"
    form = {"force_reason": "只有一个人", "forced_meeting_on": "2026-10-09"}
    assert signed_in("chen").post(_url(notice, "force"), data=form).status_code == 302
    assert "特办，待补审" in signed_in("wu").get(f"/desk/notices/{notice.code}").text
    assert signed_in("chen").post(_url(notice, "endorse")).status_code == 403
    assert "等补审的特办件" in signed_in("wang").get("/desk/reviews").text
    assert signed_in("wang").post(_url(notice, "endorse")).status_code == 302
    assert "特办，待补审" not in signed_in("wu").get(f"/desk/notices/{notice.code}").text


def test_many_go_through_a_step_together_and_one_refusal_stops_only_its_own(signed_in, zhangjia):
    first = a_notice(zhangjia, NOON, title="路灯维修").submitted()
    second = a_notice(zhangjia, NOON, title="渠道清淤").submitted()
    boxes = [f"{first.code}:{_fingerprint(zhangjia, first)}", f"{second.code}:{'0' * 64}"]
    answer = signed_in("sun").post("/desk/reviews", data={"seen": boxes})
    assert answer.status_code == 422
    assert "办好了1件：路灯维修" in answer.text
    assert "渠道清淤：您看的不是最新提交的内容" in answer.text
    assert _row(zhangjia, first).state is State.CONFIRMING
    assert _row(zhangjia, second).state is State.EXAMINING
    assert f"/desk/notices/{second.code}/review" in answer.text


def test_many_confirmations_share_the_day_of_one_meeting(signed_in, zhangjia):
    notices = [a_notice(zhangjia, NOON).submitted().examined() for _ in range(2)]
    page = signed_in("zhao").get("/desk/reviews").text
    boxes = re.findall(r'name="seen" value="([^"]+)"', page)
    assert re.findall(r'type="radio" name="meeting_on" value="([\d-]+)"', page) == ["2026-10-09"]
    form = {"seen": boxes, "meeting_on": ["2026-10-09", "2026-10-08"], "sure": "yes"}
    assert "选了两个日期" in signed_in("zhao").post("/desk/reviews", data=form).text
    form["meeting_on"] = ["2026-10-08", ""]
    answer = signed_in("zhao").post("/desk/reviews", data=form)
    assert answer.status_code == 200
    assert "没有等您审查的公开件" in answer.text
    assert all(_row(zhangjia, notice).state is State.PUBLISHED for notice in notices)


def test_a_batch_without_a_choice_or_with_a_broken_day_keeps_the_form(signed_in, zhangjia):
    first, second = (a_notice(zhangjia, NOON).submitted().examined() for _ in range(2))
    browser = signed_in("zhao")
    assert "请先勾选看过的公开件" in browser.post("/desk/reviews").text
    box, left = (f"{n.code}:{_fingerprint(zhangjia, n)}" for n in (first, second))
    answer = browser.post("/desk/reviews", data={"seen": box, "meeting_on": "昨天"})
    assert answer.status_code == 422
    assert 'value="昨天"' in answer.text
    assert f'value="{box}" checked' in answer.text
    assert f'value="{left}">' in answer.text


def test_one_notice_alone_is_opened_not_ticked(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted().examined()
    page = signed_in("zhao").get("/desk/reviews").text
    assert f"/desk/notices/{notice.code}/review" in page
    assert 'type="checkbox"' not in page
    assert "勾上的都通过" not in page


def test_the_queue_is_for_reviewers(signed_in):
    assert signed_in("li").get("/desk/reviews").status_code == 403


LATE = "定在11月25日公开，比应公开的10月15日晚41天"


@pytest.fixture
def too_late(zhangjia):
    return a_notice(zhangjia, NOON, publish_at=datetime(2026, 11, 25, 1, tzinfo=UTC)).submitted()


def test_a_moment_after_the_due_day_is_said_before_and_after_every_step(
    signed_in, zhangjia, too_late
):
    seen = _fingerprint(zhangjia, too_late)
    steps = (("sun", "examine", {}), ("zhao", "confirm", {"meeting_on": "2026-10-08"}))
    for login, step, form in steps:
        person = signed_in(login)
        page = person.get(_url(too_late, "review")).text
        deciding = page.partition('id="decide"')[2]
        assert LATE in page.partition('id="decide"')[0]
        assert LATE in deciding
        assert LATE in person.get("/desk/reviews").text
        done = person.post(
            _url(too_late, "step"), data={"step": step, "seen": seen, **form}, follow_redirects=True
        )
        assert LATE in done.text
    assert _row(zhangjia, too_late).state is State.SCHEDULED
    for page in ("/desk/notices", "/desk/duties", f"/desk/notices/{too_late.code}"):
        assert LATE in signed_in("li").get(page).text, page


def test_many_at_once_say_of_each_that_it_is_late(signed_in, zhangjia, too_late):
    on_time = a_notice(zhangjia, NOON, title="另一份").submitted()
    boxes = [f"{n.code}:{_fingerprint(zhangjia, n)}" for n in (too_late, on_time)]
    page = signed_in("sun").post("/desk/reviews", data={"seen": boxes}).text
    done = page.partition('class="flash"')[2].partition("</p>")[0]
    assert done.count(LATE) == 1
    assert "另一份" in done


def test_force_says_it_too(signed_in, zhangjia, too_late):
    sun = signed_in("sun")
    assert LATE in sun.get(_url(too_late, "review")).text.partition("特办")[2]
    form = {"force_reason": "没有别人可以办"}
    assert LATE in sun.post(_url(too_late, "force"), data=form, follow_redirects=True).text


def test_a_reviewer_sees_where_text_and_foot_contradict_each_other(signed_in, zhangjia):
    dated = {"type": "paragraph", "text": "有异议的，请在公布之日起15日内向村务监督委员会提出。"}
    document = {"blocks": [*LEDGER["blocks"], dated]}
    notice = a_notice(zhangjia, NOON, document=document).submitted()
    assert "不一样" not in signed_in("sun").get(_url(notice, "review")).text
    with zhangjia.site.sessions.writing() as session:
        session.execute(update(Edition).values(posting_days=30))
    page = signed_in("sun").get(_url(notice, "review")).text
    assert "正文写“有异议的，请在公布之日起15日内向村务监督委员会提出”" in page


def _rewritten(village, notice):
    """Sent back, and handed in again with another amount."""
    review.send_back(village.site, village.sun, notice.code, "金额不对", NOON)
    document = copy.deepcopy(LEDGER)
    document["blocks"][1]["rows"][1][3] = "3840.00"
    document["blocks"][1]["footer"][3] = "3840.00"
    draft.save(
        village.site, village.li, notice.code, NOON, version=2, title="收支", document=document
    )
    return notice.submitted()


def test_what_changed_since_the_return_stands_before_the_text(signed_in, zhangjia):
    notice = _rewritten(zhangjia, a_notice(zhangjia, NOON).submitted())
    page = signed_in("sun").get(_url(notice, "review")).text
    before, _, after = page.partition('id="content"')
    assert "比10月9日退回的那一稿改了3处" in before
    assert "<del>3,480.00</del><ins>3,840.00</ins>" in before
    assert "<del>" not in after


def test_a_meeting_is_offered_by_its_day_last_one_first_and_today(signed_in, zhangjia):
    earlier = a_notice(zhangjia, NOON, item="affairs.decisions_progress").submitted().examined()
    review.take_step(
        zhangjia.site, zhangjia.zhao, earlier.code, Act.CONFIRM, NOON, meeting_on=date(2026, 10, 8)
    )
    notice = a_notice(zhangjia, NOON).submitted().examined()
    page = signed_in("zhao").get(_url(notice, "review")).text
    offered = re.findall(r'name="meeting_on" value="([\d-]+)"', page)
    assert offered == ["2026-10-08", "2026-10-09"]
    assert "上次，10月8日" in page


def test_a_comment_is_written_answered_closed_and_named_where_the_drafter_works(
    signed_in, zhangjia
):
    notice = a_notice(zhangjia, NOON).submitted()
    form = {"words": "和发票不一样", "block": "1", "row": "1", "column": "3"}
    sun, li = signed_in("sun"), signed_in("li")
    seen = _fingerprint(zhangjia, notice)
    assert sun.post(_url(notice, "comments"), data={**form, "seen": seen}).status_code == 302
    refused = sun.post(_url(notice, "comments"), data={**form, "words": " ", "seen": seen})
    assert refused.status_code == 422
    assert '<option value="1" selected>' in refused.text
    assert li.post(_url(notice, "comments"), data=form).status_code == 403
    assert sun.post(_url(notice, "send-back"), data={"reason": ""}).status_code == 302
    for page in ("/edit", ""):
        text = li.get(f"/desk/notices/{notice.code}{page}").text
        for words in ("和发票不一样", "第2段表格第2行“支出（元）”", "孙示例，10月9日审查时退回"):
            assert words in text, (page, words)
    assert "孙示例，10月9日审查时退回" in li.get("/desk").text
    about = _url(notice, "comments/1/")
    answer = li.post(f"{about}answer", data={"words": "改好了", "back": "edit"})
    assert answer.location.endswith("/edit#comments")
    assert li.post(f"{about}close", data={"back": "nonsense"}).status_code == 302
    assert "李示例已关掉" in li.get(_url(notice, "edit")).text


def test_the_findings_stand_in_one_list(signed_in, zhangjia):
    document = {"blocks": [{"type": "paragraph", "text": "本季度没有收支。"}]}
    notice = a_notice(zhangjia, NOON, document=document).submitted()
    page = signed_in("sun").get(_url(notice, "review")).text
    assert "提交人核对过" in page
    assert "财务公开里没有一个金额" in page.partition('id="content"')[0]


def test_the_queue_says_when_each_is_due_and_can_be_narrowed_to_a_village(signed_in, zhangjia):
    a_notice(zhangjia, NOON).submitted()
    page = signed_in("sun").get("/desk/reviews").text
    assert "10月15日" in page
    assert "没有等您审查的公开件" in signed_in("sun").get("/desk/reviews?village=999").text


def test_a_deputy_is_named_on_a_page_of_its_own(signed_in, zhangjia):
    sun = signed_in("sun")
    form = {"deputy": zhangjia.wang.id, "from_on": "2026-10-09", "until_on": "2026-10-12"}
    refused = sun.post("/desk/deputies", data={**form, "until_on": ""})
    assert (refused.status_code, "请填最后一天" in refused.text) == (422, True)
    assert sun.post("/desk/deputies", data={**form, "deputy": ""}).status_code == 422
    assert sun.post("/desk/deputies", data={**form, "absent": "x"}).status_code == 422
    assert sun.post("/desk/deputies", data=form).status_code == 302
    a_notice(zhangjia, NOON).submitted()
    queue = signed_in("wang").get("/desk/reviews").text
    assert "您替孙示例审到10月12日" in queue
    assert "看件并审查" in queue
    assert sun.post("/desk/deputies/1/end").status_code == 302
    assert "看件并审查" not in signed_in("wang").get("/desk/reviews").text
    assert signed_in("li").get("/desk/deputies").status_code == 403
    assert "谁不在" in signed_in("zheng").get("/desk/deputies").text


COUNT_TAPS = "addEventListener('click', e => e.isTrusted && (sessionStorage.taps = +(sessionStorage.taps ?? 0) + 1), true)"


@pytest.mark.browser
@pytest.mark.slow
@needs_chromium
@pytest.mark.sqlite_only(reason="what the browser does")
def test_from_today_to_the_decision_it_is_three_taps_on_a_phone(browser, app, zhangjia):
    """Also with a meeting's day to choose, and when the step publishes at once."""
    notice = a_notice(zhangjia, NOON).submitted()
    with served(app) as address:
        for login, step, last, after in (
            ("sun", "审查", "审查通过，交联席会议确认", State.CONFIRMING),
            ("zhao", "确认", "今天，10月9日", State.PUBLISHED),
        ):
            phone = {"width": 360, "height": 740}
            window = browser.new_context(locale="zh-CN", viewport=phone, has_touch=True)
            page = window.new_page()
            page.goto(f"{address}/sign-in")
            page.fill("[name=login]", login)
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url("**/desk")
            window.add_init_script(COUNT_TAPS)
            page.reload()
            page.locator(".tasks").get_by_role("link", name=step).tap()
            page.locator(".decide summary").first.tap()
            page.locator(".decide").get_by_role("button", name=last).tap()
            page.wait_for_selector(".flash")
            assert page.evaluate("sessionStorage.taps") == "3"
            assert _row(zhangjia, notice).state is after
            window.close()
