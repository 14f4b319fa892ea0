"""Pictures made fit for paper."""

import io

import pytest
from PIL import Image

from bulletin.sheets.pictures import MAX_POINTS_HIGH, PRINT_PIXELS, TEXT_WIDTH_POINTS, printable
from bulletin.sheets.problems import SheetUnprintable


def _saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _opened(picture):
    return Image.open(io.BytesIO(picture.data))


def test_a_photo_taken_sideways_stands_upright_and_carries_no_exif():
    exif = Image.Exif()
    exif[0x0112] = 6  # the phone was turned
    exif[0x010F] = "maker"
    picture = printable(_saved(Image.new("RGB", (400, 200)), "JPEG", exif=exif), "村道")
    assert _opened(picture).size == (200, 400)
    assert dict(_opened(picture).getexif()) == {}


def test_a_large_photo_is_brought_down_to_print_size():
    picture = printable(_saved(Image.new("RGB", (4000, 3000)), "JPEG"), "村道")
    assert max(_opened(picture).size) == PRINT_PIXELS
    assert picture.width == TEXT_WIDTH_POINTS


def test_a_tall_picture_leaves_room_on_the_page():
    picture = printable(_saved(Image.new("L", (1000, 4000)), "PNG"), "名单")
    assert picture.width * 4 <= MAX_POINTS_HIGH


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_kind_of_png_prints(mode):
    picture = printable(_saved(Image.new(mode, (60, 40)), "PNG"), "图")
    assert _opened(picture).mode in ("RGB", "RGBA")
    assert picture.suffix == "png"


def test_a_photo_for_the_press_prints():
    picture = printable(_saved(Image.new("CMYK", (60, 40)), "JPEG"), "图")
    assert _opened(picture).mode == "RGB"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n broken"])
def test_what_is_no_picture_is_refused_by_name(data):
    with pytest.raises(SheetUnprintable, match="村道"):
        printable(data, "村道")


def test_a_cut_off_photo_is_refused():
    data = _saved(Image.effect_noise((300, 300), 80).convert("RGB"), "JPEG")
    with pytest.raises(SheetUnprintable, match="打不开"):
        printable(data[: len(data) // 2], "村道")


def test_a_picture_that_unpacks_without_end_is_refused():
    data = _saved(Image.new("1", (9000, 9000)), "PNG")
    with pytest.raises(SheetUnprintable, match="太大"):
        printable(data, "村道")
