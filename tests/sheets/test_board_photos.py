"""Photographs of a board of real sheets: every code is read, none falsely."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image
from support.boards import Light, hang_sheets, photograph

from bulletin.domain.boards.sheet_verdicts import MAX_PHOTO_BYTES
from bulletin.domain.codes import Scan, new_code
from bulletin.domain.errors import Refused
from bulletin.sheets.board_photos import MAX_KEPT_SIDE, read_photo
from bulletin.sheets.photos import normalised, shrunk
from bulletin.sheets.qr import qr_code

SURE = 2.5  # pixels a module from which on a code is read


@pytest.fixture(scope="module")
def wall(composer, sheet_facts, ledger):
    sheets = [sheet_facts(code=new_code()) for _ in range(8)]
    sheets += [sheet_facts(ledger(60), code=new_code())]
    pdfs = [composer.compose(facts).pdf for facts in sheets]
    return hang_sheets(pdfs, sheets[0].public_url)


def _jpeg(image, **how):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **how)
    return buffer.getvalue()


def _read(photo):
    reading = read_photo(photo.jpeg)
    return reading, {seen.scan for seen in reading.codes}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tilt", "light"),
    [
        ((0, 0), Light()),
        ((20, 0), Light(blur=0.9, noise=5)),
        ((-12, 8), Light(blur=1.1, noise=6, uneven=0.6)),
        ((8, -6), Light(blur=0.8, noise=8, glare=True, uneven=0.3)),
    ],
    ids=["straight", "askew", "dark on one side", "with glare"],
)
def test_a_whole_board_is_read_from_one_photograph(wall, tilt, light):
    photo = photograph(wall, tilt=tilt, light=light, span_mm=(0, 2200), chance=random.Random(4))
    reading, scans = _read(photo)
    sure = {scan for scan, pixels in photo.truth if pixels >= SURE}
    assert sure
    assert sure <= scans
    assert scans <= {pasted.scan for pasted in wall.pasted}
    assert len(reading.codes) == len(scans)  # each once, though tiles overlap


@pytest.mark.slow
def test_a_box_stands_around_its_code(wall):
    photo = photograph(wall, tilt=(10, 5))
    reading, _ = _read(photo)
    where = dict(photo.places)
    for seen in reading.codes:
        x, y = where[seen.scan]
        assert seen.box.left < x < seen.box.right
        assert seen.box.top < y < seen.box.bottom


@pytest.mark.slow
def test_codes_too_small_to_read_are_counted(wall):
    photo = photograph(wall, size=(2400, 1800), light=Light(blur=0.8, noise=3))
    reading, scans = _read(photo)
    assert len(scans) < len(photo.truth)
    assert reading.unread


def test_a_close_picture_of_one_code_is_read():
    scan = Scan(new_code(), 2, 1)
    code = Image.open(io.BytesIO(qr_code(scan.url("https://gk.huzhu.gov.cn")).png)).convert("L")
    for side in (120, 1600):
        reading = read_photo(_jpeg(code.resize((side, side))))
        assert [seen.scan for seen in reading.codes] == [scan]


def test_codes_of_others_are_passed_over_and_ask_for_no_second_look():
    code = Image.open(io.BytesIO(qr_code("HTTPS://EXAMPLE.COM/PAY/123").png)).convert("L")
    reading = read_photo(_jpeg(code))
    assert (reading.codes, reading.unread) == ((), ())


def test_a_code_is_told_with_the_address_that_it_leads_to():
    scan = Scan(new_code(), 1)
    code = Image.open(io.BytesIO(qr_code(scan.url("https://old.example.cn:8000")).png))
    (seen,) = read_photo(_jpeg(code.convert("L"))).codes
    assert (seen.scan, seen.host) == (scan, "old.example.cn:8000")


def test_a_photograph_is_kept_upright_without_what_the_phone_wrote_into_it():
    picture = Image.new("RGB", (64, 48), "red")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "SomePhone"
    exif.get_ifd(0x8769)[0x9003] = "2026:10:08 09:30:11"
    exif.get_ifd(0x8825)[1] = "N"  # the place
    reading = read_photo(_jpeg(picture, exif=exif), keep=True)
    assert (reading.width, reading.height, reading.taken) == (48, 64, "2026-10-08 09:30")
    with Image.open(io.BytesIO(reading.kept)) as kept:
        assert kept.size == (48, 64)
        assert not kept.getexif()
    assert b"SomePhone" not in reading.kept
    assert read_photo(_jpeg(picture)).kept == b"", "who keeps none needs none"


@pytest.mark.parametrize(
    "taken", ["", "not a day", "0000:00:00 00:00:00\x00", "2026:13:40 09:30:11"]
)
def test_a_camera_without_a_clock_names_no_day(taken):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken
    assert read_photo(_jpeg(Image.new("L", (9, 9)), exif=exif)).taken == ""


def test_no_note_of_any_kind_stays_in_a_kept_photograph():
    notes = {"comment": b"NOTE-1", "xmp": b"<x>NOTE-2</x>", "icc_profile": b"NOTE-3"}
    photo = _jpeg(Image.new("RGB", (64, 48)), **notes)
    assert photo.count(b"NOTE-") == len(notes)
    for jpeg in (read_photo(photo, keep=True).kept, normalised(photo)[0], shrunk(photo, 32)):
        assert b"NOTE-" not in jpeg


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "RGBA", "1", "I;16"])
def test_colours_of_every_kind_are_read(mode):
    scan = Scan(new_code(), 1)
    code = Image.open(io.BytesIO(qr_code(scan.url("https://a.cn")).png)).convert("L")
    buffer = io.BytesIO()
    code.convert("I;16" if mode == "I;16" else mode).save(
        buffer, "JPEG" if mode == "CMYK" else "PNG"
    )
    assert [seen.scan for seen in read_photo(buffer.getvalue()).codes] == [scan] or mode == "I;16"


def _bomb():
    return _png_of(50_000, 50_000)


def _png_of(width, height):
    """A PNG that says how large it is and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(99)))


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "不是能打开的照片"),
        (b"hello", "不是能打开的照片"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"GIF89a" + bytes(20), "不是能打开的照片"),
        (_bomb(), "像素"),
        (_png_of(5000, 4001), "2000万像素"),
        (_jpeg(Image.new("L", (10_000, 6001)), quality=1), "6000万像素"),
        (_jpeg(Image.new("L", (900, 900)))[:200], "不是能打开的照片"),
        (bytes(MAX_PHOTO_BYTES + 1), "20 MB"),
    ],
    ids=[
        "empty",
        "words",
        "pdf",
        "heic",
        "gif",
        "bomb",
        "large png",
        "large jpeg",
        "cut off",
        "too many bytes",
    ],
)
def test_what_is_no_photograph_is_one_clear_sentence(data, sentence):
    with pytest.raises(Refused, match=sentence):
        read_photo(data)


@pytest.mark.slow
def test_a_huge_photograph_is_kept_at_a_size_that_reads():
    reading = read_photo(_jpeg(Image.new("L", (5000, 3600), 200), quality=20), keep=True)
    assert (reading.width, reading.height) == (5000, 3600)
    with Image.open(io.BytesIO(reading.kept)) as picture:
        assert max(picture.size) == MAX_KEPT_SIDE
