"""照片上的旧纸: what was removed from the record goes from the photographs of the wall too."""

import io
import json
from datetime import timedelta
from random import Random

import pytest
from PIL import Image, ImageChops, ImageStat
from sqlalchemy import text
from support.boards import close_up, hang_sheets, photograph
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.services.boards import post
from bulletin.services.boards.certify import certify
from bulletin.services.boards.photos import receive
from bulletin.services.boards.photos.cover import cover, keep
from bulletin.services.boards.photos.recalled import recalled, recalled_picture
from bulletin.services.boards.photos.visits import photo_data
from bulletin.services.desk.cards import Work
from bulletin.services.desk.today import today
from bulletin.services.notices import redact
from bulletin.services.operations import back_up, verify
from bulletin.sheets.board_photos import read_photo
from bulletin.sheets.covered_photos import PrintedPaper, covered, paper_outline, paper_shapes
from bulletin.sheets.pdfium import opened

pytestmark = [
    pytest.mark.slow,  # real sheets are set, photographed and read
    pytest.mark.sqlite_only(
        reason="mostly pictures; web/desk/test_recalls covers and keeps on both"
    ),
]
LATER = NOON + timedelta(days=3)
AFTER = LATER + timedelta(days=1)
REASON = "写进了病情"


@pytest.fixture
def walls(zhangjia):
    """Two papers on one board, photographed together and confirmed; one of them is recalled."""
    recalled_one = a_notice(zhangjia, NOON, title="救助公示").approved()
    other = a_notice(zhangjia, NOON, item="affairs.meeting_decisions", title="决定").approved()
    recalled_one.pdf = recalled_one.printed().sheet.pdf
    other.pdf = other.printed().sheet.pdf
    recalled_one.other = other
    return recalled_one


def _photographed(zhangjia, *pdfs, now=LATER):
    shown = [close_up(pdfs)]
    visit = receive.receive(zhangjia.site, zhangjia.li, zhangjia.boards[0], shown, now)
    receive.confirm(zhangjia.site, zhangjia.li, visit, now)
    return visit


def _redact(zhangjia, notice, now=LATER):
    redact.redact(zhangjia.site, zhangjia.sun, notice.code, REASON, now)


def _open(zhangjia, notice, who="li"):
    photos = recalled(zhangjia.site, zhangjia.people[who], notice.code)
    return [photo for photo in photos if photo.is_open]


def _cover(zhangjia, notice, photo, **drawn):
    cover(zhangjia.site, zhangjia.li, notice.code, photo.digest, AFTER, **drawn)


def _codes(data):
    return {seen.scan.code for seen in read_photo(data).codes}


def _sound(zhangjia):
    return verify.verify(zhangjia.site).altered == ()


def test_a_photograph_of_the_recalled_paper_is_listed_at_once_and_covered_for_good(zhangjia, walls):
    visit = _photographed(zhangjia, walls.pdf, walls.other.pdf)
    assert _open(zhangjia, walls) == []
    _redact(zhangjia, walls)
    (photo,) = _open(zhangjia, walls)
    assert (photo.read, len(photo.outlines)) == (True, 1)
    before = zhangjia.site.files.get(photo.digest)
    assert _codes(before) == {walls.code, walls.other.code}
    cards = today(zhangjia.site, zhangjia.li, AFTER).entries
    (card,) = [card for card in cards if card.work is Work.COVER]
    assert (card.target, card.detail) == (walls.code, "1张照片拍到了已移除内容的纸")
    _cover(zhangjia, walls, photo)
    after = photo_data(zhangjia.site, zhangjia.li, visit, 1)
    assert _codes(after) == {walls.other.code}, "the paper beside it is evidence still"
    assert not zhangjia.site.files.has(photo.digest)
    assert _open(zhangjia, walls) == []
    assert _sound(zhangjia)
    assert not [c for c in today(zhangjia.site, zhangjia.li, AFTER).entries if c.work is Work.COVER]


def _pictures(zhangjia, notice):
    _, paper = certify(zhangjia.site, zhangjia.li, notice.code, AFTER)
    with opened(paper.pdf) as document:
        return [
            item.get_bitmap().to_pil().convert("L")
            for page in document
            for item in page.get_objects()
            if item.type == 3
        ]


def test_certificates_of_every_notice_leave_the_photograph_out_until_it_is_covered(zhangjia, walls):
    _photographed(zhangjia, walls.pdf, walls.other.pdf)
    assert len(_pictures(zhangjia, walls.other)) == 2  # the code and the photograph
    _redact(zhangjia, walls)
    assert len(_pictures(zhangjia, walls.other)) == 1, "the recalled paper hangs beside it"
    assert len(_pictures(zhangjia, walls)) == 1
    _cover(zhangjia, walls, _open(zhangjia, walls)[0])
    for notice in (walls.other, walls):
        picture = max(_pictures(zhangjia, notice), key=lambda p: p.width)
        out = io.BytesIO()
        picture.save(out, "PNG")
        assert _codes(out.getvalue()) == {walls.other.code}


def test_what_was_sent_by_hand_and_other_pictures_of_the_board_want_a_look(zhangjia, walls):
    site, li, board = zhangjia.site, zhangjia.li, zhangjia.boards[0]
    near = close_up([walls.pdf])
    post.hang(site, li, walls.code, board, NOON.date(), NOON, photo=near)
    _photographed(zhangjia, walls.other.pdf)  # while it hung there, and it was not read
    _photographed(zhangjia, walls.other.pdf, now=LATER + timedelta(seconds=1))
    _redact(zhangjia, walls)
    photos = _open(zhangjia, walls)
    assert [photo.read for photo in photos] == [False, False], "the same picture twice is one"
    by_hand = next(photo for photo in photos if "登记时传的" in photo.where)
    _cover(zhangjia, walls, by_hand)  # its code is found on it now
    (other,) = _open(zhangjia, walls)
    with pytest.raises(Refused, match="没有认出"):
        _cover(zhangjia, walls, other)
    with pytest.raises(Refused, match="为什么不用遮"):
        keep(site, li, walls.code, other.digest, " ", AFTER)
    keep(site, li, walls.code, other.digest, "没有拍到这张纸", AFTER)
    assert _open(zhangjia, walls) == []
    outcome = {photo.is_covered: photo for photo in recalled(site, li, walls.code)}
    assert outcome[False].reason == "没有拍到这张纸"
    assert _codes(site.files.get(outcome[True].digest)) == set()
    assert _sound(zhangjia)


def test_a_box_that_a_person_drew_is_covered_and_nothing_else(zhangjia, walls):
    _photographed(zhangjia, walls.pdf)
    _redact(zhangjia, walls)
    (photo,) = _open(zhangjia, walls)
    before = Image.open(io.BytesIO(zhangjia.site.files.get(photo.digest))).convert("L")
    box = ((0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5))
    _cover(zhangjia, walls, photo, outlines=[box])
    (done,) = recalled(zhangjia.site, zhangjia.li, walls.code)
    after = Image.open(io.BytesIO(zhangjia.site.files.get(done.digest))).convert("L")
    half = before.width // 2, before.height // 2
    painted = after.crop((0, 0, half[0] - 16, half[1] - 16))
    assert ImageStat.Stat(painted).extrema[0][1] - ImageStat.Stat(painted).extrema[0][0] <= 4
    beside = [p.crop((half[0] + 16, half[1] + 16, *before.size)) for p in (before, after)]
    assert ImageStat.Stat(ImageChops.difference(*beside)).mean[0] < 3


def test_a_photograph_sent_after_the_redaction_is_listed_too(zhangjia, walls):
    post.hang(zhangjia.site, zhangjia.li, walls.code, zhangjia.boards[0], NOON.date(), NOON)
    _redact(zhangjia, walls)
    assert _open(zhangjia, walls) == []
    _photographed(zhangjia, walls.pdf, now=AFTER)
    assert [photo.read for photo in _open(zhangjia, walls)] == [True]


def test_only_who_may_remove_the_words_or_tends_the_board_sees_them(zhangjia, walls):
    _photographed(zhangjia, walls.pdf)
    _redact(zhangjia, walls)
    (photo,) = _open(zhangjia, walls)
    for who, sees in (("sun", True), ("tian", True), ("wu", False)):
        assert bool(_open(zhangjia, walls, who)) is sees, who
    with pytest.raises(NotFoundError):
        _open(zhangjia, walls, "zhou")
    with pytest.raises(NotFoundError):
        recalled_picture(zhangjia.site, zhangjia.zhou, walls.code, photo.digest)
    with pytest.raises(NotFoundError):
        cover(zhangjia.site, zhangjia.zhou, walls.code, photo.digest, AFTER)


def test_a_reading_from_before_corners_were_kept_is_read_again(zhangjia, walls):
    _photographed(zhangjia, walls.pdf, walls.other.pdf)
    with zhangjia.site.sessions.engine.begin() as connection:
        for row in connection.execute(text("SELECT id, box FROM receipt")).all():
            box = json.loads(row.box) if isinstance(row.box, str) else row.box
            box.pop("corners")
            connection.execute(
                text("UPDATE receipt SET box = :box WHERE id = :id"),
                {"box": json.dumps(box), "id": row.id},
            )
    _redact(zhangjia, walls)
    (photo,) = _open(zhangjia, walls)
    assert (photo.read, photo.sure) == (True, False)
    _cover(zhangjia, walls, photo)
    (done,) = recalled(zhangjia.site, zhangjia.li, walls.code)
    assert walls.code not in _codes(zhangjia.site.files.get(done.digest))


def test_what_an_interruption_left_is_destroyed_by_the_daily_round(zhangjia, walls):
    site = zhangjia.site
    _photographed(zhangjia, walls.pdf)
    _redact(zhangjia, walls)
    (photo,) = _open(zhangjia, walls)
    before = site.files.get(photo.digest)
    _cover(zhangjia, walls, photo)
    site.files.put(before)
    back_up.daily(site, AFTER)
    assert not site.files.has(photo.digest)


# --- the pixels ----------------------------------------------------------------------------------


@pytest.mark.parametrize("tilt", [(0.0, 0.0), (12.0, 0.0), (-12.0, 6.0), (0.0, -10.0)])
def test_the_outline_holds_the_whole_paper_however_the_board_was_photographed(
    zhangjia, walls, tilt
):
    site = zhangjia.site
    board = hang_sheets([walls.pdf, walls.other.pdf], site.public_url, chance=Random(3))
    shot = photograph(board, tilt=tilt, span_mm=(0.0, 1000.0), chance=Random(3))
    reading = read_photo(shot.jpeg)
    seen = next(code for code in reading.codes if code.scan.code == walls.code)
    shapes = paper_shapes([PrintedPaper("a4", flipped=False, pages=1)], None)
    outline = paper_outline(seen.corners, (reading.width, reading.height), shapes)
    painted = Image.open(io.BytesIO(covered(shot.jpeg, [outline]))).convert("L")
    original = Image.open(io.BytesIO(shot.jpeg)).convert("L")
    white = original.point(lambda value: 255 if value > 215 else 0)  # paper on wood
    left = ImageChops.multiply(white, painted.point(lambda value: 255 if value > 215 else 0))
    others = ImageStat.Stat(left).sum[0] / max(1.0, ImageStat.Stat(white).sum[0])
    assert others == pytest.approx(0.5, abs=0.06), "one paper of two is gone, the other is whole"
    out = io.BytesIO()
    painted.save(out, "JPEG")
    assert _codes(out.getvalue()) == {walls.other.code}
