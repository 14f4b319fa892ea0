"""核对整块公开栏: anyone's photograph of a board, the answer under its address, one tap to the question."""

import re
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from support.boards import close_up
from support.builders import a_notice
from support.clock import NOON
from support.resident_pages import words_of

from bulletin.domain.codes import Scan, new_code
from bulletin.sheets.qr import qr_code
from bulletin.web import rate_limits

ADDRESS = "/check/board"


def _send(resident, photo, **typed):
    data = {"photo": (BytesIO(photo), "a.jpg"), **typed}
    return resident.post(ADDRESS, data=data, content_type="multipart/form-data")


def test_a_photograph_of_a_board_says_what_hangs_and_what_is_missing(resident, zhangjia):
    hanging = a_notice(zhangjia, NOON).approved()
    missing = a_notice(zhangjia, NOON, title="水渠决算").approved()
    assert f'href="{ADDRESS}"' in resident.get("/check").text
    assert 'capture="environment"' in resident.get(ADDRESS).text
    answer = _send(resident, close_up([hanging.printed().sheet.pdf]))
    assert (answer.status_code, urlsplit(answer.location).path) == (303, ADDRESS)
    page = resident.get(answer.location).text
    words = words_of(page)
    assert "按张家村村委会门口公开栏（村委会大门东侧）来看" in words
    assert "在公示，就是现行的" in words
    assert "应当贴、照片上没有的1件水渠决算" in words
    ask = unescape(re.search(rf'href="(/N/{missing.code}/ask[^"]*)"', page)[1])
    form = resident.get(ask).text
    assert "没有看到。请问为什么没有贴？</textarea>" in form
    other = [unescape(each) for each in re.findall(rf'href="({ADDRESS}\?[^"]*)"', page)]
    assert "按张家村西社公开栏（村委会大门东侧）来看" in "".join(
        words_of(resident.get(each).text) for each in other if "board=" in each
    )
    again = _send(resident, close_up([missing.printed().sheet.pdf]), seen=f"{hanging.code}.1")
    seen = parse_qs(urlsplit(again.location).query)["seen"][0].split(",")
    assert {tail[:10] for tail in seen} == {hanging.code, missing.code}
    assert "应当贴的都在" in words_of(resident.get(again.location).text)


def test_what_can_not_be_read_is_answered_with_how_to_take_a_better_one(resident, approved):
    blank = BytesIO()
    Image.new("L", (300, 200), 255).save(blank, "JPEG")
    answer = _send(resident, blank.getvalue())
    assert "离公开栏两三步的地方" in words_of(resident.get(answer.location).text)
    refused = _send(resident, b"%PDF-1.7", seen=f"{approved.code}.1")
    assert (refused.status_code, "这是PDF文件" in refused.text) == (422, True)
    assert f'name="seen" value="{approved.code}.1"' in refused.text, "nothing is lost"
    page = words_of(
        resident.get(f"{ADDRESS}?seen={approved.code}.1&unread=左上,x&others=1&forged=1").text
    )
    assert "照片的左上。" in page
    assert "还有别的二维码" in page
    assert "打开的却是别的网址" in page


def _photo_of(url):
    code, out = Image.open(BytesIO(qr_code(url).png)).convert("L"), BytesIO()
    code.save(out, "JPEG")
    return out.getvalue()


def _hidden(page):
    """The hidden fields of the form for a further photograph."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def test_a_forged_code_is_told_with_all_further_photographs_and_whom_to_call(resident, approved):
    """Also while no paper of ours was read, and though the next photograph shows none."""
    forged, own = Scan(new_code(), 1), Scan(approved.code, 1)
    first = resident.get(
        _send(resident, _photo_of(forged.url("https://gk.elsewhere.example.cn"))).location
    ).text
    for page in (
        first,
        resident.get(
            _send(
                resident, _photo_of(own.url("https://gk.huzhu.example.cn")), **_hidden(first)
            ).location
        ).text,
    ):
        assert "打开的却是别的网址" in words_of(page)
        assert 'href="tel:09728321111"' in page
        assert "没有读到公开栏的二维码" not in words_of(page)
    assert _hidden(page)["seen"] == own.tail


def test_the_board_that_was_chosen_stays_when_a_photograph_is_refused(resident, approved, zhangjia):
    chosen = zhangjia.boards[1]
    page = resident.get(f"{ADDRESS}?seen={approved.code}.1&board={chosen}&forged=1").text
    refused = _send(resident, b"%PDF-1.7", **_hidden(page))
    assert refused.status_code == 422
    assert _hidden(refused.text) == _hidden(page)
    assert _hidden(page) == {"seen": f"{approved.code}.1", "board": f"{chosen}", "forged": "1"}


@pytest.mark.parametrize("query", ["big=1", "lang=en", "x=1", "board=1"])
def test_who_comes_first_is_asked_for_a_photograph_whatever_else_was_chosen(
    resident, approved, query
):
    page = resident.get(f"{ADDRESS}?{query}").text
    assert 'id="page-state"' not in page
    assert "data-max-side" in page


def test_codes_that_nobody_gave_out_are_misses_and_known_ones_never(
    resident, approved, monkeypatch
):
    monkeypatch.setattr(rate_limits.limiter, "enabled", True)
    monkeypatch.setattr(rate_limits, "MAX_MISSES", 3)
    unknown = ",".join(f"{new_code()}.1" for _ in range(3))
    assert "没有发过这样的纸" in resident.get(f"{ADDRESS}?seen={unknown},{approved.code}.1").text
    assert resident.get(f"{ADDRESS}?seen={new_code()}.1").status_code == 429
    assert resident.get(f"{ADDRESS}?seen={approved.code}.1").status_code == 200


def test_whatever_stands_in_the_address_is_answered(resident, approved):
    for query in ("seen=", "seen=x,,y", "board=x", f"seen={approved.code}.1&board=999", "others=x"):
        assert resident.get(f"{ADDRESS}?{query}").status_code == 200, query
    assert (
        resident.get(f"{ADDRESS}?seen={','.join([approved.code + '.1'] * 500)}").status_code == 200
    )
