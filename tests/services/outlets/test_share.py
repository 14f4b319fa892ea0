"""发到群里: pictures of a phone's width, the code below, none for lists of people."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan
from bulletin.domain.errors import Refused
from bulletin.services.outlets import share
from bulletin.sheets.board_photos import read_photo

pytestmark = pytest.mark.sqlite_only(reason="what is drawn, not what is kept")
LONG = {"blocks": [{"type": "paragraph", "text": "现将有关情况公开如下。" * 160}]}


def _pictures(zhangjia, notice, now=NOON):
    who = (zhangjia.site, zhangjia.li, notice.code)
    _, sheet = share.phone_sheet(*who, now)
    return [share.phone_picture(*who, page, now)[1] for page in range(1, sheet.pages + 1)]


def test_a_short_notice_is_one_picture_with_its_code(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    (picture,) = _pictures(zhangjia, notice)
    with Image.open(io.BytesIO(picture)) as image:
        assert image.width == 1080
        assert image.height < 3510
    assert [seen.scan for seen in read_photo(picture).codes] == [Scan(notice.code, 1)]


@pytest.mark.slow
def test_a_long_one_is_several_and_the_code_stands_on_the_last(zhangjia):
    notice = a_notice(zhangjia, NOON, document=LONG).approved()
    pictures = _pictures(zhangjia, notice)
    assert len(pictures) > 1
    codes = [[seen.scan for seen in read_photo(picture).codes] for picture in pictures]
    assert codes == [[]] * (len(pictures) - 1) + [[Scan(notice.code, 1)]]


def test_one_that_is_too_long_is_summed_up_and_the_desk_says_so(zhangjia, signed_in):
    document = {"blocks": [{"type": "paragraph", "text": "现将有关情况公开如下。" * 60}] * 5}
    notice = a_notice(zhangjia, NOON, document=document).approved()
    page = signed_in("li").get(f"/desk/notices/{notice.code}/share").text
    assert "共1张" in page
    assert "这一张是摘要和二维码，扫码看全文" in page


def test_lists_of_people_and_what_is_not_public_give_none(zhangjia):
    people = a_notice(zhangjia, NOON, item="government.temporary_relief", title="救助名单的公示")
    with pytest.raises(Refused, match="不做成图片"):
        _pictures(zhangjia, people)
    notice = a_notice(zhangjia, NOON)
    with pytest.raises(Refused, match="没有在公示的版本"):
        _pictures(zhangjia, notice)
    notice.approved()
    with pytest.raises(Refused, match="没有在公示的版本"):
        _pictures(zhangjia, notice, NOON + timedelta(days=60))


def test_the_desk_shows_the_pictures(zhangjia, signed_in):
    notice = a_notice(zhangjia, NOON).approved()
    browser = signed_in("li")
    assert "共1张" in browser.get(f"/desk/notices/{notice.code}/share").text
    assert browser.get(f"/desk/notices/{notice.code}/share/1.png").mimetype == "image/png"
    assert browser.get(f"/desk/notices/{notice.code}/share/2.png").status_code == 404
    draft = a_notice(zhangjia, NOON)
    assert browser.get(f"/desk/notices/{draft.code}/share").status_code == 422
