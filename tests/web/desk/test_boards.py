"""公开栏、备案: hanging in one walk, taking off, what the township is told."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from support.browser import needs_chromium, served
from support.browser import signed_in as window_of
from support.builders import PASSWORD, a_notice
from support.clock import NOON

from bulletin.domain import pages
from bulletin.services.boards import overview, post
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


def _boxes(page, ticked):
    boxes = [line for line in page.splitlines() if 'type="checkbox" name="board"' in line]
    return [" checked>" in box for box in boxes] == [ticked] * len(boxes) and bool(boxes)


def test_no_board_is_ticked_beforehand_and_all_are_in_one_press(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    browser = signed_in("li")
    page = browser.get(_hang_url(notice)).text
    assert _boxes(page, ticked=False)
    assert "all=1" in page
    assert _boxes(browser.get(f"{_hang_url(notice)}?all=1").text, ticked=True)
    refused = browser.post(_hang_url(notice), data={"hung_on": "2026-10-08"})
    assert refused.status_code == 422
    assert "请选贴在哪块公开栏" in refused.text
    assert _boxes(refused.text, ticked=False), "what was refused is not ticked for the next time"
    assert 'value="2026-10-08"' in refused.text


def test_a_photograph_beside_a_board_that_is_not_ticked_is_asked_for(signed_in, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    first, second = zhangjia.boards
    form = {"board": first, "hung_on": "2026-10-09", f"photo-{second}": _photo()}
    answer = signed_in("li").post(_hang_url(notice), data=form, content_type="multipart/form-data")
    assert "有照片的公开栏没有勾选" in answer.text
    assert _hanging(zhangjia)[first] == ()


@pytest.fixture
def posted(signed_in, zhangjia):
    """The liaison's browser, and the posting that is recorded on the first board."""
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    browser = signed_in("li")
    browser.post(_hang_url(notice), data={"board": zhangjia.boards[0], "hung_on": "2026-10-09"})
    return browser, _hanging(zhangjia)[zhangjia.boards[0]][0].posting_id


def test_a_wrong_board_is_put_right_from_the_list_of_boards(posted, zhangjia):
    browser, posting = posted
    address = f"/desk/postings/{posting}/correct"
    first, second = zhangjia.boards
    assert f'href="{address}"' in browser.get("/desk/boards").text
    assert f'href="{address}"' in browser.get(f"/desk/boards/{first}/ledger").text
    assert f'<option value="{first}" selected>' in browser.get(address).text
    form = {"board": second, "hung_on": "2026-10-09", "down_on": ""}
    refused = browser.post(address, data=form)
    assert (refused.status_code, "请写明为什么更正" in refused.text) == (422, True)
    assert f'<option value="{second}" selected>' in refused.text, "what was chosen stays"
    done = browser.post(address, data=form | {"reason": "选错了公开栏"})
    assert done.location == f"/desk/boards/{second}/ledger"
    page = browser.get(done.location).text
    assert "公开栏由“村委会门口公开栏”更正为“西社公开栏”。原因：选错了公开栏（李示例" in page
    assert "不算在这里的登记" in browser.get(f"/desk/boards/{first}/ledger").text


def test_a_paper_that_never_hung_is_withdrawn_and_only_by_who_tends_the_board(
    posted, signed_in, zhangjia
):
    browser, posting = posted
    address = f"/desk/postings/{posting}/withdraw"
    assert signed_in("sun").post(address, data={"reason": "x"}).status_code == 403
    assert signed_in("zhou").post(address, data={"reason": "x"}).status_code == 404
    refused = browser.post(address, data={"reason": ""})
    assert "请写明为什么更正" in refused.text
    assert browser.post(address, data={"reason": "多勾了"}).status_code == 302
    assert _hanging(zhangjia)[zhangjia.boards[0]] == ()
    assert browser.get(f"/desk/postings/{posting}/correct").status_code == 404


@pytest.mark.browser
@pytest.mark.slow
@needs_chromium
@pytest.mark.sqlite_only(reason="what the browser does")
def test_the_form_ticks_the_board_of_a_photograph_and_is_not_sent_empty(
    browser, app, zhangjia, tmp_path
):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    (tmp_path / "wall.jpg").write_bytes(_photo()[0].getvalue())
    second = zhangjia.boards[1]
    ticked = "[...document.querySelectorAll('input[name=board]')].map((box) => box.checked)"
    with served(app) as address:
        page = window_of(browser, address, "li", PASSWORD)
        page.goto(address + _hang_url(notice))
        page.click("text=登记张贴")
        assert page.url.endswith("/hang"), "nothing was sent"
        assert page.evaluate(ticked) == [False, False]
        page.set_input_files(f"[name=photo-{second}]", tmp_path / "wall.jpg")
        assert page.evaluate(ticked) == [False, True]
        page.fill("#hung_on", "2026-10-09")
        page.click(".all-boards")
        assert page.evaluate(ticked) == [True, True]
        assert page.evaluate(f"document.querySelector('[name=photo-{second}]').files.length") == 1
        page.click("text=登记张贴")
        page.wait_for_selector("text=已登记张贴：2处")
    assert [sheet.has_photo for sheet in _hanging(zhangjia)[second]] == [True]


def test_a_board_shows_a_page_of_what_hangs_and_the_page_of_the_paper_asked_for(
    signed_in, zhangjia, monkeypatch
):
    for module in (pages, overview):
        monkeypatch.setattr(module, "PER_PAGE", 1)
    papers = []
    for title in ("路灯维修明细", "耕地补贴名册"):
        notice = a_notice(zhangjia, NOON, title=title).approved()
        notice.printed()
        papers.append(notice.code)
        for board in zhangjia.boards:
            post.hang(zhangjia.site, zhangjia.li, notice.code, board, NOON.date(), NOON)
    (row, _) = board_rows(zhangjia.site, zhangjia.li, NOON, village_id=zhangjia.id)
    assert [code for code, _ in row.keys] == papers[::-1]
    assert [sheet.code for sheet in row.hanging] == papers[1:]
    browser = signed_in("li")
    first = browser.get(f"/desk/boards?village={zhangjia.id}").text
    further = f"?village={zhangjia.id}&amp;page=2&amp;board={row.id}#board-{row.id}"
    assert f'href="/desk/boards{further}"' in first
    second = browser.get(f"/desk/boards?board={row.id}&page=2").text
    assert "第2页，共2页" in second
    assert "路灯维修明细" in second
    assert "耕地补贴名册" not in second
    old = browser.get(f"/desk/boards?board={row.id}&page=2").text.partition('id="sheet-')[2]
    posting = int(old.partition('"')[0])
    assert f'id="sheet-{posting}"' in browser.get(f"/desk/boards?sheet={posting}").text
    post.take_off(zhangjia.site, zhangjia.li, posting, NOON.date(), NOON)
    assert "以前贴过1张" in browser.get("/desk/boards").text
