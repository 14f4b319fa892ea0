"""公开栏、备案: hanging in one walk, taking off, what the township is told."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from support.builders import a_notice
from support.clock import NOON

from bulletin.services.boards.overview import board_rows
from bulletin.services.notices import end


def _photo():
    held = BytesIO()
    Image.new("RGB", (64, 48), "white").save(held, "JPEG")
    return BytesIO(held.getvalue()), "墙.jpg"


def _hang_url(notice):
    return f"/desk/notices/{notice.code}/hang"


def _hanging(zhangjia):
    rows = board_rows(zhangjia.site, zhangjia.li, NOON, village_id=zhangjia.id)
    return {row.id: row.hanging for row in rows}


def test_one_walk_hangs_a_sheet_on_every_board_with_its_photo(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    browser = signed_in("li")
    assert "还没有打印件" in browser.get(_hang_url(notice)).text
    assert browser.post(f"/desk/notices/{notice.code}/print").status_code == 302
    first, second = zhangjia.boards
    form = {"board": [first, second], "hung_on": "2026-10-09", f"photo-{second}": _photo()}
    answer = browser.post(_hang_url(notice), data=form, content_type="multipart/form-data")
    assert answer.location == f"/desk/notices/{notice.code}"
    hanging = _hanging(zhangjia)
    assert [sheet.has_photo for board in (first, second) for sheet in hanging[board]] == [
        False,
        True,
    ]
    picture = browser.get(f"/desk/postings/{hanging[second][0].posting_id}/photo/hung")
    assert picture.mimetype == "image/jpeg"
    assert "每块公开栏都已登记" in browser.get(_hang_url(notice)).text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "请选贴在哪块公开栏"),
        ({"board": "1", "hung_on": "今早"}, "张贴日期要写成"),
        ({"board": "1", "hung_on": "2026-10-10"}, "日期不能在今天之后"),
    ],
)
def test_a_refused_hanging_keeps_the_form(signed_in, zhangjia, form, sentence):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    answer = signed_in("li").post(_hang_url(notice), data=form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{form.get("hung_on", "2026-10-09")}"' in answer.text


def test_what_no_longer_holds_is_marked_on_its_board_and_taken_off(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    board = zhangjia.boards[0]
    browser = signed_in("li")
    browser.post(_hang_url(notice), data={"board": board, "hung_on": "2026-10-09"})
    assert "旧版，要取下" not in browser.get("/desk/boards").text
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "数字有误", NOON)
    assert "旧版，要取下" in browser.get("/desk/boards").text
    posting_id = _hanging(zhangjia)[board][0].posting_id
    early = browser.post(f"/desk/postings/{posting_id}/off", data={"down_on": "2026-10-08"})
    assert early.status_code == 422
    browser.post(f"/desk/postings/{posting_id}/off", data={"down_on": "2026-10-09"})
    page = browser.get("/desk/boards").text
    assert "按登记，这里现在什么也没贴" in page
    assert "以前贴过1张" in page


def test_work_of_taking_off_leads_to_the_sheet_and_the_sheet_to_its_paper(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    board = zhangjia.boards[0]
    browser = signed_in("li")
    browser.post(_hang_url(notice), data={"board": board, "hung_on": "2026-10-09"})
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "数字有误", NOON)
    sheet = _hanging(zhangjia)[board][0].posting_id
    assert f'href="/desk/boards?sheet={sheet}#sheet-{sheet}"' in browser.get("/desk").text
    page = browser.get(f"/desk/boards?sheet={sheet}").text
    assert "<details open>" in page.partition(f'<li id="sheet-{sheet}"')[2].partition("</li>")[0]
    early = browser.post(f"/desk/postings/{sheet}/off", data={"down_on": "2026-10-08"}).text
    row = early.partition(f'<li id="sheet-{sheet}"')[2].partition("</li>")[0]
    assert '<p class="fault">取下的日期不能早于张贴的日期。' in row
    assert 'value="2026-10-08"' in row
    done = browser.post(f"/desk/postings/{sheet}/off", data={"down_on": "2026-10-09"})
    assert done.location == f"/desk/boards?sheet={sheet}#sheet-{sheet}"
    row = browser.get(done.location).text.partition(f'<tr id="sheet-{sheet}"')[2]
    assert f'href="/desk/postings/{sheet}/sheet"' in row.partition("</tr>")[0]
    paper = browser.get(f"/desk/postings/{sheet}/sheet", follow_redirects=True)
    assert paper.data.startswith(b"%PDF")
    assert signed_in("zhou").get(f"/desk/postings/{sheet}/sheet").status_code == 404


def test_a_refused_photo_is_named_by_its_board(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    first, second = zhangjia.boards
    form = {
        "board": [first, second],
        "hung_on": "2026-10-09",
        f"photo-{first}": _photo(),
        f"photo-{second}": (BytesIO(b"no picture"), "x.jpg"),
    }
    answer = signed_in("li").post(_hang_url(notice), data=form, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert answer.text.count("“西社公开栏”的照片：这不是能打开的照片") == 2, "on top and beside it"
    assert "村委会门口公开栏”的照片" not in answer.text


def test_a_board_is_entered_with_its_place_and_not_without_a_name(signed_in, zhangjia):
    browser = signed_in("li")
    form = {"village": zhangjia.id, "name": "东社公开栏", "place": "东社水井旁"}
    browser.post("/desk/boards", data=form)
    page = browser.get("/desk/boards").text
    assert "东社公开栏" in page
    refused = browser.post("/desk/boards", data=form | {"name": "", "place": "小学对面"})
    assert refused.status_code == 422
    assert 'value="小学对面"' in refused.text


def test_the_village_that_was_chosen_for_a_refused_board_stays_chosen(signed_in, zhangjia):
    form = {"village": zhangjia.id, "name": "", "place": "小学对面"}
    refused = signed_in("zheng").post("/desk/boards", data=form)
    assert f'<option value="{zhangjia.id}" selected>' in refused.text


def test_the_liaison_next_door_enters_no_board_here_and_takes_nothing_off(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    li, zhou = signed_in("li"), signed_in("zhou")
    li.post(_hang_url(notice), data={"board": zhangjia.boards[0], "hung_on": "2026-10-09"})
    posting_id = _hanging(zhangjia)[zhangjia.boards[0]][0].posting_id
    form = {"village": zhangjia.id, "name": "别人的", "place": ""}
    assert zhou.post("/desk/boards", data=form).status_code in (403, 404)
    assert zhou.post(f"/desk/postings/{posting_id}/off").status_code in (403, 404)
    assert zhou.get(f"/desk/postings/{posting_id}/photo/hung").status_code in (403, 404)
    assert len(_hanging(zhangjia)[zhangjia.boards[0]]) == 1
    assert "西社公开栏" not in zhou.get("/desk/boards").text


def test_the_township_is_told_what_was_published_and_says_that_it_saw(app, signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON, title="路灯维修").approved()
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "数字有误", NOON)
    app.extensions["clock"] = lambda: NOON + timedelta(hours=1)
    browser = signed_in("wang")
    page = browser.get("/desk/filings").text
    assert "有2件还没有看过" in page
    assert page.index("撤下</span>") < page.index("发布</span>"), "the newest stands first"
    assert browser.post("/desk/filings/seen").status_code == 302
    assert "还没有看过" not in browser.get("/desk/filings").text


def test_two_boards_of_a_village_have_two_names(signed_in, zhangjia):
    form = {"village": zhangjia.id, "name": "西社公开栏", "place": "西社"}
    answer = signed_in("li").post("/desk/boards", data=form)
    assert answer.status_code == 422
    assert "已经有一块公开栏叫“西社公开栏”" in answer.text


def test_while_a_correction_is_written_the_paper_in_force_is_printed_and_hung(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    browser = signed_in("li")
    browser.post(f"/desk/notices/{notice.code}/correct")
    browser.post(f"/desk/notices/{notice.code}/print")
    page = browser.get(_hang_url(notice)).text
    assert "第1版 · 公示10月9日到10月26日" in page
    board = zhangjia.boards[0]
    browser.post(_hang_url(notice), data={"board": board, "hung_on": "2026-10-09"})
    assert [sheet.edition for sheet in _hanging(zhangjia)[board]] == [1]
    assert "放弃这次更正" in browser.get(f"/desk/notices/{notice.code}").text


def test_the_ledger_of_a_board_says_what_hung_on_a_day(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    board = zhangjia.boards[0]
    browser = signed_in("li")
    address = f"/desk/boards/{board}/ledger"
    assert "没有张贴记录" in browser.get(address).text
    browser.post(f"/desk/notices/{notice.code}/print")
    browser.post(_hang_url(notice), data={"board": board, "hung_on": "2026-10-09"})
    page = browser.get(address).text
    assert "登记" in page
    assert "10月26日" in page
    assert "这段时间没有张贴过" in browser.get(f"{address}?on=2026-10-08").text
    assert notice.code in browser.get(f"{address}?on=2026-10-09&from=x&to=1").text


def test_a_phone_takes_pictures_to_the_print_shop_and_leaves_wechat_to_print(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    printed = notice.printed()
    browser = signed_in("li")
    picture = browser.get(f"/desk/prints/{printed.run_id}/1.png")
    with Image.open(BytesIO(picture.data)) as image:
        assert image.size == (2481, 3508)  # A4 at 300 dpi, rounded up
    assert browser.get(f"/desk/prints/{printed.run_id}/2.png").status_code == 404
    page = browser.get(_hang_url(notice)).text
    assert "拿到打印店的图片" in page
    assert "在浏览器打开" not in page
    wechat = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0"}
    assert "在浏览器打开" in browser.get(_hang_url(notice), headers=wechat).text
