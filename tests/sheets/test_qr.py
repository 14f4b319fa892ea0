"""The QR code itself."""

import io

import pytest
from PIL import Image

from bulletin.domain.codes import Scan, new_code
from bulletin.sheets.qr import PIXELS, QUIET_ZONE, modules_of, qr_code


def test_an_address_fits_a_small_symbol():
    code = qr_code(Scan(new_code(), 1).url("https://gk.huzhu.gov.cn"))
    assert code.modules == 29  # version 3, level Q


@pytest.mark.parametrize("length", [7, 40, 120])
def test_how_wide_a_code_is_follows_from_its_length(length):
    assert modules_of("K" * length) == qr_code("7" * length).modules


def test_the_picture_is_whole_pixels_black_on_white_with_a_white_border():
    code = qr_code("HTTPS://GK.CN/N/ABC")
    image = Image.open(io.BytesIO(code.png)).convert("L")
    side = (code.modules + 2 * QUIET_ZONE) * PIXELS
    assert image.size == (side, side)
    assert {value for _, value in image.getcolors()} == {0, 255}
    border = QUIET_ZONE * PIXELS
    assert image.crop((0, 0, side, border)).getextrema() == (255, 255)
    assert image.crop((0, 0, border, side)).getextrema() == (255, 255)
    assert image.getpixel((border, border)) == 0


def test_lower_case_is_refused_because_it_would_grow_the_symbol():
    with pytest.raises(ValueError, match="mode 2"):
        qr_code("https://gk.cn/n/abc")
