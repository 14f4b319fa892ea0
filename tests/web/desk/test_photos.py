"""拍照核对: photographs sent from a phone, whole or in pieces, looked at and confirmed."""

from io import BytesIO

import pytest
from playwright.sync_api import expect
from support.boards import close_up
from support.browser import needs_chromium, served
from support.browser import signed_in as window_of
from support.builders import PASSWORD, a_notice
from support.clock import NOON

from bulletin.domain.boards.sheet_verdicts import MAX_PHOTO_BYTES
from bulletin.services.boards.photos.upload import PIECE_BYTES


@pytest.fixture
def wall(zhangjia):
    """A notice of 张家村, and a photograph on which it hangs."""
    notice = a_notice(zhangjia, NOON).approved()
    return notice, close_up([notice.printed().sheet.pdf])


def _send(browser, board, data):
    form = {"photos": (BytesIO(data), "墙.jpg")}
    return browser.post(
        f"/desk/boards/{board}/photos", data=form, content_type="multipart/form-data"
    )


def test_a_photograph_is_read_and_confirmed_with_one_tap(signed_in, zhangjia, wall):
    notice, photo = wall
    browser = signed_in("li")
    answer = _send(browser, zhangjia.boards[0], photo)
    assert answer.status_code == 302
    page = browser.get(answer.location).text
    assert "确认，登记1件已贴上" in page
    kept = browser.get(f"{answer.location}/photos/1.jpg")
    small = browser.get(f"{answer.location}/photos/1.jpg?small=1")
    assert (kept.mimetype, small.mimetype) == ("image/jpeg", "image/jpeg")
    assert f"{answer.location}/photos/1.jpg?small=1" in page
    browser.post(f"{answer.location}/confirm")
    assert "已确认。照片和认出的编号已留存" in browser.get(answer.location).text
    assert notice.code in browser.get("/desk/boards").text
    assert "1件" in browser.get(f"/desk/boards/{zhangjia.boards[0]}/photos").text


def test_what_is_no_photograph_comes_back_with_a_sentence(signed_in, zhangjia):
    answer = _send(signed_in("li"), zhangjia.boards[0], b"%PDF-1.7")
    assert answer.status_code == 422
    assert "这是PDF文件，不是照片" in answer.text


def test_a_photograph_in_pieces_goes_on_where_it_stopped(signed_in, zhangjia, wall):
    _, photo = wall
    browser = signed_in("li")
    address = "/desk/uploads/17-99-wall.jpg"
    assert browser.get(address).json == {"have": 0}
    start = 0
    while start < len(photo):
        piece = photo[start : start + PIECE_BYTES]
        told = browser.post(f"{address}?start={start}", data=piece).json["have"]
        again = browser.post(f"{address}?start={start}", data=piece).json["have"]  # came twice
        assert told == again == start + len(piece)
        start = told
    assert browser.get(address).json == {"have": len(photo)}
    form = {"upload": "17-99-wall.jpg"}
    answer = browser.post(f"/desk/boards/{zhangjia.boards[0]}/photos", data=form)
    assert answer.status_code == 302
    assert "确认，登记1件已贴上" in browser.get(answer.location).text
    assert browser.get(address).json == {"have": 0}  # used


@pytest.mark.parametrize("data", [b"", bytes(PIECE_BYTES + 1)])
def test_a_piece_of_a_wrong_size_is_refused(signed_in, data):
    answer = signed_in("li").post("/desk/uploads/k?start=0", data=data)
    assert (answer.status_code, "sentences" in answer.json) == (422, True)


def test_an_upload_that_is_gone_says_so(signed_in, zhangjia):
    answer = signed_in("li").post(
        f"/desk/boards/{zhangjia.boards[0]}/photos", data={"upload": "gone"}
    )
    assert answer.status_code == 422
    assert "请重新选照片" in answer.text


def test_residents_and_other_villages_see_no_photograph(signed_in, zhangjia, wall):
    answer = _send(signed_in("li"), zhangjia.boards[0], wall[1])
    assert signed_in("zhou").get(answer.location).status_code == 404
    assert signed_in("wu").get(answer.location).status_code == 200


@needs_chromium
@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.sqlite_only(reason="what the browser does; the pieces are tested above")
def test_a_weak_signal_costs_a_piece_and_not_the_photograph(browser, app, zhangjia, wall, tmp_path):
    (tmp_path / "wall.jpg").write_bytes(wall[1])
    with served(app) as address:
        page = window_of(browser, address, "li", PASSWORD)
        page.goto(f"{address}/desk/boards/{zhangjia.boards[0]}/photos")
        page.context.set_offline(True)
        page.set_input_files("#photos", tmp_path / "wall.jpg")
        page.wait_for_selector("text=信号不好，等一下接着传")
        page.context.set_offline(False)
        page.click("text=看看贴得对不对")
        page.wait_for_url("**/desk/visits/*")
        assert "确认，登记1件已贴上" in page.inner_text("main")
        expect(page.locator(".marked rect")).to_have_count(1)


@needs_chromium
@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.sqlite_only(reason="what the browser does")
def test_photographs_are_taken_one_after_the_other_and_a_bad_one_is_dropped(
    browser, app, zhangjia, wall, tmp_path
):
    (tmp_path / "wall.jpg").write_bytes(wall[1])
    (tmp_path / "film.mp4").write_bytes(bytes(MAX_PHOTO_BYTES + 1))
    with served(app) as address:
        page = window_of(browser, address, "li", PASSWORD)
        page.goto(f"{address}/desk/boards/{zhangjia.boards[0]}/photos")
        page.click("text=看看贴得对不对")
        assert "请先拍照，或从相册选照片" in page.inner_text(".sending")
        for name in ("wall.jpg", "film.mp4", "wall.jpg"):
            page.set_input_files("[capture]", tmp_path / name)
        page.wait_for_selector("text=最多20 MB")
        page.set_input_files("#photos", tmp_path / "wall.jpg")
        page.click("text=看看贴得对不对")
        page.wait_for_url("**/desk/visits/*")
        expect(page.locator("figure")).to_have_count(1)
