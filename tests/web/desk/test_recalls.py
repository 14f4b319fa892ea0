"""照片上的旧纸: after a redaction its photographs are listed, covered by one press, or kept for a reason."""

from io import BytesIO

import pytest
from PIL import Image
from support.boards import close_up
from support.browser import needs_chromium, served
from support.browser import signed_in as window_of
from support.builders import PASSWORD, a_notice
from support.clock import NOON

from bulletin.services.boards import post
from bulletin.services.boards.photos import receive
from bulletin.services.boards.photos.recalled import recalled
from bulletin.services.notices import redact
from bulletin.services.operations import verify
from bulletin.web.desk.recalls import EDGES


@pytest.fixture
def shown(zhangjia):
    """A notice whose paper was photographed."""
    notice = a_notice(zhangjia, NOON, title="救助公示").approved()
    pdf = notice.printed().sheet.pdf
    site, li, board = zhangjia.site, zhangjia.li, zhangjia.boards[0]
    post.hang(site, li, notice.code, board, NOON.date(), NOON, photo=_photo())
    visit = receive.receive(site, li, board, [close_up([pdf])], NOON)
    receive.confirm(site, li, visit, NOON)
    return notice


def _photo():
    held = BytesIO()
    Image.new("RGB", (640, 480), "white").save(held, "JPEG")
    return held.getvalue()


def test_a_redaction_leads_to_its_photographs_and_each_is_settled(signed_in, zhangjia, shown):
    browser, address = signed_in("li"), f"/desk/notices/{shown.code}/photos"
    assert browser.post(f"/desk/notices/{shown.code}/certificate").mimetype == "application/pdf"
    done = browser.post(f"/desk/notices/{shown.code}/redact", data={"reason": "写进了病情"})
    assert done.location == address
    page = browser.get(address).text
    assert page.index("拍到了这张纸") < page.index("看一眼：可能拍到")
    assert "<polygon" in page
    assert "10月9日开过这一件的张贴证明" in page, "paper that left the house"
    assert f'href="{address}"' in browser.get("/desk").text
    assert f'href="{address}"' in browser.get(f"/desk/notices/{shown.code}").text
    read, near = recalled(zhangjia.site, zhangjia.li, shown.code)
    assert browser.get(f"{address}/{read.digest}.jpg").mimetype == "image/jpeg"
    assert browser.post(f"{address}/{read.digest}/cover").location == address
    assert browser.get(f"{address}/{read.digest}.jpg").status_code == 404, "it is gone"
    assert not zhangjia.site.files.has(read.digest)
    refused = browser.post(f"{address}/{near.digest}/keep", data={"reason": ""})
    assert (refused.status_code, "为什么不用遮" in refused.text) == (422, True)
    assert browser.post(f"{address}/{near.digest}/keep", data={"reason": "没拍到"}).location
    page = browser.get(address).text
    assert "没有还要遮的照片" in page
    assert "已遮住" in page
    assert "没拍到" in page
    assert "去遮住" not in browser.get("/desk").text
    again = {"drawn": "1", "left": "0", "top": "50", "right": "100", "bottom": "100"}
    assert browser.post(f"{address}/{near.digest}/cover", data=again).location, "it was missed"
    assert not zhangjia.site.files.has(near.digest)
    assert verify.verify(zhangjia.site).altered == ()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "没有认出这张纸的二维码"),
        ({"left": "10", "top": "10", "right": "20", "bottom": "30"}, "没有认出"),  # another button
        ({"drawn": "1"}, "请在照片上点两个对角"),
        (
            {"drawn": "1", "left": "10", "top": "x", "right": "20", "bottom": "30"},
            "框的四边写成0到100的数",
        ),
        ({"drawn": "1", "left": "50", "top": "1", "right": "20", "bottom": "30"}, "左小于右"),
        ({"drawn": "1", "left": "nan", "top": "1", "right": "20", "bottom": "30"}, "左小于右"),
    ],
)
def test_a_box_that_says_nothing_is_asked_for_again(signed_in, zhangjia, shown, form, sentence):
    browser, address = signed_in("li"), f"/desk/notices/{shown.code}/photos"
    browser.post(f"/desk/notices/{shown.code}/redact", data={"reason": "写进了病情"})
    near = recalled(zhangjia.site, zhangjia.li, shown.code)[1]
    refused = browser.post(f"{address}/{near.digest}/cover", data=form)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert zhangjia.site.files.has(near.digest)
    done = browser.post(f"{address}/{near.digest}/cover", data={"whole": "1"})
    assert done.location == address
    assert not zhangjia.site.files.has(near.digest)


def test_the_next_village_sees_no_photograph_of_it(signed_in, zhangjia, shown):
    browser, address = signed_in("li"), f"/desk/notices/{shown.code}/photos"
    browser.post(f"/desk/notices/{shown.code}/redact", data={"reason": "写进了病情"})
    (read, _) = recalled(zhangjia.site, zhangjia.li, shown.code)
    other = signed_in("zhou")
    assert other.get(f"{address}/{read.digest}.jpg").status_code == 404
    assert other.post(f"{address}/{read.digest}/cover").status_code == 404
    assert other.get(address).status_code == 404


@pytest.mark.browser
@pytest.mark.slow
@needs_chromium
@pytest.mark.sqlite_only(reason="what the browser does")
def test_two_taps_on_the_photograph_draw_the_box(browser, app, zhangjia, shown):
    redact.redact(zhangjia.site, zhangjia.li, shown.code, "写进了病情", NOON)
    with served(app) as address:
        page = window_of(browser, address, "li", PASSWORD)
        page.goto(f"{address}/desk/notices/{shown.code}/photos")
        picture = page.locator(".recalled .marked div").last
        picture.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")  # the picture has its height
        size = picture.bounding_box()
        for part in ((0.6, 0.8), (0.2, 0.1)):  # any two corners, in any order
            picture.click(position={"x": size["width"] * part[0], "y": size["height"] * part[1]})
        form = page.locator(".recalled form").nth(2)
        edges = [float(form.locator(f"[name={name}]").input_value()) for name in EDGES]
        assert edges == pytest.approx([20, 10, 60, 80], abs=1)
        form.locator("text=遮住我框的").click()
        page.wait_for_selector("text=原来的照片已销毁")
    photos = recalled(zhangjia.site, zhangjia.li, shown.code)
    assert sorted((photo.read, photo.is_covered) for photo in photos) == [
        (False, True),
        (True, False),
    ]
