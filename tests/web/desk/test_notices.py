"""公开件: the list, the detail, and the acts that correct or end what is out."""

import hashlib
import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from PIL import Image
from support.browser import needs_chromium, served
from support.browser import signed_in as window_of
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.domain.codes import digits_words
from bulletin.domain.notices.workflow import State
from bulletin.services.boards import post
from bulletin.services.notices.drafts import draft
from bulletin.services.notices.overview import edition_rows
from bulletin.services.notices.reviews import review
from bulletin.store.notice_queries import notice_by_code

PHONE = {"blocks": [{"type": "paragraph", "text": "联系人电话13800138000。"}]}


def _state(village, code):
    return edition_rows(village.site, village.operator, code, NOON)[0].state


def _picture():
    held = BytesIO()
    Image.new("RGB", (40, 30), "white").save(held, "PNG")
    return held.getvalue()


def _boxes(page, *names):
    box = (
        "(e) => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] }"
    )
    return [page.eval_on_selector(f".detail > {name}", box) for name in names]


@pytest.mark.browser
@needs_chromium
@pytest.mark.sqlite_only(reason="the layout")
def test_what_stands_after_the_text_fills_both_columns(browser, app, zhangjia):
    """Below a narrow text beside its record; after a wide table in two columns."""
    short = {"blocks": [{"type": "paragraph", "text": "路灯已经修好。"}]}
    columns = [{"title": title, "kind": "money"} for title in "甲乙丙丁戊己"]
    table = {"type": "table", "caption": "", "columns": columns, "rows": [["1"] * 6] * 2}
    narrow, wide = (
        a_notice(zhangjia, NOON, document=document).code
        for document in (short, {"blocks": [table]})
    )
    with served(app) as address:
        page = window_of(browser, address, "li", zhangjia.password)
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{address}/desk/notices/{narrow}")
        text, beside, below = _boxes(page, ":first-child", ".beside", ".below")
        assert below[0] == text[0]
        assert beside[1] == text[1]
        assert below[1] - text[3] < 40
        page.goto(f"{address}/desk/notices/{wide}")
        text, beside, below = _boxes(page, ":first-child", ".beside", ".below")
        assert (text[0], text[2]) == (beside[0], below[2])
        assert beside[1] == below[1] > text[3]


def test_the_list_is_narrowed_by_state_and_by_words(signed_in, zhangjia):
    a_notice(zhangjia, NOON, title="路灯维修明细")
    a_notice(zhangjia, NOON, title="耕地补贴名册").submitted()
    browser = signed_in("li")
    drafts = browser.get("/desk/notices?show=draft").text
    assert "路灯维修明细" in drafts
    assert "耕地补贴名册" not in drafts
    assert "耕地补贴名册" in browser.get("/desk/notices?show=review").text
    found = browser.get("/desk/notices?q=维修明细").text
    assert "路灯维修明细" in found
    assert "耕地补贴名册" not in found
    assert "没有找到“水渠”" in browser.get("/desk/notices?q=水渠").text


def test_a_notice_is_found_by_what_stands_on_its_paper_and_by_its_village(signed_in, zhangjia):
    paper = a_notice(zhangjia, NOON, title="路灯维修明细").approved()
    a_notice(zhangjia, NOON, title="耕地补贴名册")
    row = edition_rows(zhangjia.site, zhangjia.operator, paper.code, NOON)[0]
    with zhangjia.site.sessions.reading() as session:
        digits = notice_by_code(session, paper.code).digits
    browser = signed_in("wang")
    whole = row.number.replace("〔", " [").replace("〕", "] ")
    spelled = f"{paper.code[:5]}-{paper.code[5:].lower()}"
    for typed in (row.number, whole, "（２０２６）1号", digits_words(digits), spelled, row.url):
        page = browser.get("/desk/notices", query_string={"q": typed}).text
        assert "路灯维修明细" in page, typed
        assert "耕地补贴名册" not in page, typed
    assert "耕地补贴名册" in browser.get("/desk/notices?q=张家").text
    assert "没有找到" in browser.get("/desk/notices?q=白马村").text


def test_words_copied_out_of_a_pdf_find_and_name_a_notice_as_typed_ones_do(signed_in, zhangjia):
    words = "耕地补贴⽀出、⼟地"  # radicals
    document = {"blocks": [{"type": "paragraph", "text": words}]}
    notice = a_notice(zhangjia, NOON, title="⾸季村⺠补贴名册", document=document)
    browser = signed_in("li")
    for typed in ("首季村民补贴", "⾸季村⺠补贴"):
        page = browser.get("/desk/notices", query_string={"q": typed}).text
        assert "首季村民补贴名册" in page, typed
    with zhangjia.site.sessions.reading() as session:
        (edition,) = notice_by_code(session, notice.code).editions
        assert edition.content.document["blocks"][0]["text"] == words


def test_the_next_village_finds_neither_list_entry_nor_dossier(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON, title="路灯维修明细")
    browser = signed_in("zhou")
    assert "路灯维修明细" not in browser.get("/desk/notices").text
    assert browser.get(f"/desk/notices/{notice.code}").status_code == 404
    assert signed_in("wu").get(f"/desk/notices/{notice.code}").status_code == 200


def test_a_cover_is_printed_beside_the_sheet_or_the_page_says_why_there_is_none(
    signed_in, zhangjia
):
    columns = [{"title": title, "kind": "money"} for title in ("收入", "支出", "结余")]
    table = {"type": "table", "columns": columns, "rows": [["50", "30", "120"]]}
    notice = a_notice(zhangjia, NOON, document={"blocks": [table]})
    browser, address = signed_in("li"), f"/desk/notices/{notice.code}"
    assert "看封面样" in browser.get(address).text
    assert browser.get(f"{address}/cover.pdf").data.startswith(b"%PDF")
    notice.approved()
    assert "打印明白账封面" in browser.get(address).text
    printed = browser.post(f"{address}/cover")
    assert (printed.mimetype, printed.status_code) == ("application/pdf", 200)
    assert "明白账封面" in unquote(printed.headers["Content-Disposition"])
    other = a_notice(zhangjia, NOON).approved()
    page = browser.get(f"/desk/notices/{other.code}").text
    assert "没有明白账封面：表里没有写上期结余，写上才有封面。" in page
    assert "打印明白账封面" not in page


def test_a_dossier_holds_content_stages_account_wall_and_editions(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    page = signed_in("li").get(f"/desk/notices/{notice.code}").text
    for words in (
        "张家村公开〔2026〕1号",
        "村道路灯维修材料费",
        "村务监督委员会审查",
        "孙示例，10月9日",
        "联席会议2026年10月9日",
        "2026年10月9日至10月26日",
        "第1版，A4，1页",
        "看村民看到的页面",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("login", "offered", "hidden"),
    [
        ("li", ["撤下", "起草更正", "打印和张贴"], ["作废后不能再用"]),
        ("zhao", ["撤下"], ["起草更正", "打印和张贴"]),
        ("sun", [], ["撤下后", "起草更正", "打印和张贴"]),
        ("chen", ["撤下"], ["起草更正", "打印和张贴"]),
        ("wu", [], ["起草更正", "打印和张贴"]),
    ],
)
def test_a_published_notice_offers_each_person_only_their_acts(
    signed_in, zhangjia, login, offered, hidden
):
    notice = a_notice(zhangjia, NOON).approved()
    page = signed_in(login).get(f"/desk/notices/{notice.code}").text
    assert all(words in page for words in offered)
    assert not any(words in page for words in hidden)


def test_taking_down_needs_a_reason_and_keeps_what_was_typed(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    browser = signed_in("li")
    url = f"/desk/notices/{notice.code}/take-down"
    answer = browser.post(url, data={"reason": " "})
    assert answer.status_code == 422
    assert "请写明撤下的原因" in answer.text
    answer = browser.post(url, data={"reason": "误写了电话13800138000"})
    assert answer.status_code == 422
    assert "误写了电话13800138000</textarea>" in answer.text
    assert _state(zhangjia, notice.code) is State.PUBLISHED
    assert browser.post(url, data={"reason": "未经会议讨论"}).status_code == 302
    assert _state(zhangjia, notice.code) is State.TAKEN_DOWN
    page = browser.get(f"/desk/notices/{notice.code}").text
    assert "未经会议讨论" in page
    assert "已撤下，不再贴、不再发" in page
    assert "自动发布" not in page


def test_a_draft_is_cancelled_with_a_reason(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    answer = signed_in("li").post(f"/desk/notices/{notice.code}/cancel", data={"reason": "重复了"})
    assert answer.status_code == 302
    assert _state(zhangjia, notice.code) is State.CANCELLED


def test_a_correction_opens_the_next_edition_and_only_one(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    browser = signed_in("li")
    answer = browser.post(f"/desk/notices/{notice.code}/correct")
    assert answer.location == f"/desk/notices/{notice.code}/edit"
    assert len(edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)) == 2
    assert browser.post(f"/desk/notices/{notice.code}/correct").status_code == 409
    assert "这是第1版，最新的是第2版" in browser.get(f"/desk/notices/{notice.code}?edition=1").text


def test_the_drafter_takes_a_notice_back_and_nobody_else(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    url = f"/desk/notices/{notice.code}/withdraw"
    assert signed_in("sun").post(url).status_code == 403
    assert "从头审一遍" in signed_in("li").post(url).text
    assert signed_in("li").post(url, data={"sure": "yes"}).status_code == 302
    assert _state(zhangjia, notice.code) is State.DRAFT
    assert signed_in("li").post(url).status_code == 409


def test_a_phone_is_masked_and_cleared_only_with_a_reason(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON, document=PHONE)
    browser = signed_in("li")
    check = browser.get(f"/desk/notices/{notice.code}").text.partition('id="check"')[2]
    check = check.partition("</section>")[0]
    assert "像手机号" in check
    assert "13800138000" not in check
    place, masked, source = (
        check.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("place", "masked", "source")
    )
    form = {"kind": "phone", "place": place, "masked": masked, "source": source}
    url = f"/desk/notices/{notice.code}/clear"
    refused = browser.post(url, data={**form, "reason": ""})
    assert refused.status_code == 422
    cleared = browser.post(url, data={**form, "reason": "村委会的公开电话"}, follow_redirects=True)
    assert "李示例：村委会的公开电话" in cleared.text


def test_a_picture_must_be_looked_at_before_the_draft_goes_on(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    browser = signed_in("li")
    url = f"/desk/notices/{notice.code}"
    kept = browser.post(
        f"{url}/upload",
        data={"file": (BytesIO(_picture()), "会场.png")},
        content_type="multipart/form-data",
    ).get_json()
    picture = {"type": "image", "file": kept["file"], "alt": "会场", "caption": ""}
    document = {"blocks": [*LEDGER["blocks"], picture]}
    saved = browser.post(f"{url}/save", json={"version": 2, "title": "会议", "document": document})
    (found,) = [c for c in saved.get_json()["checks"] if c["code"] == "file_unseen"]
    assert (found["block"], found["weight"]) == (len(LEDGER["blocks"]), "stop")
    meant_so = {"confirmed": "yes"}
    assert browser.post(f"{url}/submit", data=meant_so).status_code == 422
    assert browser.post(f"{url}/seen", data={"file": kept["file"]}).status_code == 302
    assert browser.post(f"{url}/submit", data=meant_so).status_code == 302


def test_files_of_a_draft_are_for_those_who_see_the_notice(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON)
    kept = (
        signed_in("li")
        .post(
            f"/desk/notices/{notice.code}/upload",
            data={"file": (BytesIO(_picture()), "会场.png")},
            content_type="multipart/form-data",
        )
        .get_json()
    )
    got = signed_in("sun").get(kept["url"])
    assert got.status_code == 200
    assert hashlib.sha256(got.data).hexdigest() == kept["file"]
    assert signed_in("zhou").get(kept["url"]).status_code == 404
    assert signed_in("li").get(kept["url"].replace(kept["file"], "0" * 64)).status_code == 404


def test_personal_data_is_removed_with_one_button_and_a_reason(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    browser, url = signed_in("sun"), f"/desk/notices/{notice.code}"
    assert "移除个人信息" in browser.get(url).text
    assert "移除个人信息" not in signed_in("wu").get(url).text
    assert browser.post(f"{url}/redact", data={"reason": ""}).status_code == 422
    assert browser.post(f"{url}/redact", data={"reason": "写进了住址"}).location == url
    page = browser.get(url).text
    assert "内容因含有个人信息已经移除：</b>写进了住址" in page
    assert "村道路灯维修材料费" not in page
    assert "移除个人信息</span>" in signed_in("wang").get("/desk/filings").text


def test_taking_down_before_the_period_is_full_is_said(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    page = signed_in("li").get(f"/desk/notices/{notice.code}").text
    assert "公示期到10月26日才满，今天撤下不满15日。" in page


def _card(browser, code):
    return (
        browser.get(f"/desk/notices/{code}")
        .text.partition('id="after"')[2]
        .partition("</section>")[0]
    )


def test_three_steps_stand_on_top_each_with_its_sign_and_per_board(signed_in, zhangjia, approved):
    code, browser = approved.code, signed_in("li")
    card = _card(browser, code)
    assert "还差三步" in card
    assert "✓" not in card
    assert f"/desk/notices/{code}/sheet/1.png" in card  # to be seen before it is printed
    run = approved.printed().run_id
    posting = post.hang(zhangjia.site, zhangjia.li, code, zhangjia.boards[0], NOON.date(), NOON)
    card = _card(browser, code)
    assert "还差两步" in card
    assert f'src="/desk/prints/{run}/1.png?small=1"' in card
    assert card.count("还没有贴") == 1
    assert f"/desk/postings/{posting}/correct" in card
    post.hang(zhangjia.site, zhangjia.li, code, zhangjia.boards[1], NOON.date(), NOON)
    answer = browser.post(f"/desk/notices/{code}/shared", data={"chat": "张家村村民群"})
    assert answer.location == f"/desk/notices/{code}#after"
    card = _card(browser, code)
    assert "都办好了" in card
    assert card.count('class="sign" aria-hidden="true">✓') == 3
    slip = card.partition("/desk/outlets/sendings/")[2].partition("/")[0]
    browser.post(f"/desk/outlets/sendings/{slip}/withdraw")
    assert "还差一步" in _card(browser, code)


@pytest.mark.parametrize("login", ["sun", "wu"])
def test_who_does_not_print_sees_the_steps_and_no_button_of_them(
    signed_in, zhangjia, approved, login
):
    approved.printed()
    post.hang(zhangjia.site, zhangjia.li, approved.code, zhangjia.boards[0], NOON.date(), NOON)
    card = _card(signed_in(login), approved.code)
    assert "10月9日贴上" in card
    assert "还没有贴" in card
    for act in ("登记错了", "登记张贴", "再打印一次", "做成图片发到群里", "记错了"):
        assert act not in card


def test_a_page_of_a_print_is_a_picture_for_a_phone_and_a_larger_one_for_a_print_shop(
    signed_in, zhangjia, approved
):
    run = approved.printed().run_id
    browser = signed_in("sun")
    sizes = []
    for asked in ("?small=1", "?small=1", ""):
        with Image.open(BytesIO(browser.get(f"/desk/prints/{run}/1.png{asked}").data)) as picture:
            sizes.append(picture.width)
    assert sizes == [993, 993, 2481]  # 120 and 300 dpi of A4
    assert signed_in("zhou").get(f"/desk/prints/{run}/1.png?small=1").status_code == 404


def test_each_posting_and_taking_down_on_the_page_can_be_put_right(signed_in, zhangjia, approved):
    approved.printed()
    posting = post.hang(
        zhangjia.site, zhangjia.li, approved.code, zhangjia.boards[0], NOON.date(), NOON
    )
    post.take_off(zhangjia.site, zhangjia.li, posting, NOON.date(), NOON)
    link = f'href="/desk/postings/{posting}/correct"'
    page = signed_in("li").get(f"/desk/notices/{approved.code}").text
    assert page.count(link) == 4  # on the card and in the list of papers: hung, and taken off
    assert link not in signed_in("sun").get(f"/desk/notices/{approved.code}").text


def test_what_is_to_come_is_rescheduled_on_its_page_and_what_was_typed_stays(signed_in, zhangjia):
    at = NOON + timedelta(days=3)
    notice = a_notice(zhangjia, NOON, publish_at=at).approved()
    browser, url = signed_in("li"), f"/desk/notices/{notice.code}"
    assert "10月12日 12:00自动发布" in _card(browser, notice.code)
    assert 'value="2026-10-12T12:00"' in _card(browser, notice.code)
    assert "改发布时间" not in _card(signed_in("sun"), notice.code)
    typed = {"publish_at": "2026-10-20T09:00", "reason": "那天下雨"}
    refused = browser.post(f"{url}/reschedule", data=typed)
    assert refused.status_code == 422
    assert "比应公开的10月15日晚5天" in refused.text
    assert 'value="2026-10-20T09:00"' in refused.text
    assert 'value="那天下雨"' in refused.text
    done = browser.post(
        f"{url}/reschedule", data=typed | {"late_is_meant": "1"}, follow_redirects=True
    )
    assert "已改期，2026年10月20日 09:00发布。" in done.text
    assert "由2026年10月12日 12:00改到10月20日 09:00：那天下雨" in done.text
    assert browser.post(f"{url}/reschedule", data={"publish_at": ""}).status_code == 422


def test_an_explanation_is_tied_to_what_it_explains_and_residents_find_it(signed_in, zhangjia):
    policy = a_notice(zhangjia, NOON, title="补贴办法").approved()
    notice = a_notice(
        zhangjia, NOON, item="affairs.decisions_progress", title="办法解读"
    ).approved()
    li, url = signed_in("li"), f"/desk/notices/{notice.code}/policies"
    refused = li.post(url, data={"explained": "没有这个"})
    assert (refused.status_code, "没有找到这份公开件" in refused.text) == (422, True)
    assert 'value="没有这个"' in refused.text
    assert li.post(url, data={"explained": policy.code}).status_code == 302
    assert "解读这一份的" in li.get(f"/desk/notices/{policy.code}").text
    assert "办法解读" in li.get(f"/N/{policy.code}").text
    assert "补贴办法" in li.get(f"/N/{notice.code}").text
    assert li.post(f"{url}/unlink", data={"explained": policy.code}).status_code == 302
    assert "办法解读" not in li.get(f"/N/{policy.code}").text
    assert signed_in("sun").post(url, data={"explained": policy.code}).status_code == 403


def test_what_came_back_is_mended_before_it_is_handed_in_again(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    review.send_back(zhangjia.site, zhangjia.sun, notice.code, "请写清哪一天", NOON)
    assert _main_buttons(signed_in("li"), notice.code) == ["接着写"]
    draft.save(
        zhangjia.site, zhangjia.li, notice.code, NOON, version=2, title="收支", document=LEDGER
    )
    assert _main_buttons(signed_in("li"), notice.code) == ["提交村务监督委员会审查"]


def _main_buttons(browser, code):
    """What is filled and not outlined, in the row of acts."""
    page = browser.get(f"/desk/notices/{code}").text
    return re.findall(r'class="button"[^>]*>([^<]+)<', page.partition('class="halves')[0])
