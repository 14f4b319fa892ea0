"""Codes read back from pictures."""

import io

import pytest
from PIL import Image, ImageFilter

from bulletin.domain.codes import Scan, new_code
from bulletin.sheets.decoding import decode_picture, ensure_readable
from bulletin.sheets.faults import SheetUnreadable
from bulletin.sheets.qr import QUIET_ZONE, qr_code

HOST = "https://gk.huzhu.gov.cn"


def _png(image):
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def test_a_code_reads_back_small_and_blurred():
    scan = Scan(new_code(), 12, 3)
    code = qr_code(scan.url(HOST))
    side = (code.modules + 2 * QUIET_ZONE) * 3  # three pixels a module
    small = Image.open(io.BytesIO(code.png)).convert("L").resize((side, side))
    blurred = small.filter(ImageFilter.GaussianBlur(1))
    assert decode_picture(_png(blurred)) == [scan]


def test_codes_of_others_are_ignored():
    assert decode_picture(qr_code("HTTPS://EXAMPLE.COM/PAY/123").png) == []


def test_a_picture_of_a_wall_has_no_codes():
    assert decode_picture(_png(Image.new("L", (400, 300), 180))) == []


def test_what_is_no_picture_is_an_error():
    with pytest.raises(OSError, match="identify"):
        decode_picture(b"%PDF-1.7")


def test_a_sheet_of_another_edition_is_found_out(composer, sheet_facts):
    facts = sheet_facts(edition=2)
    pdf = composer.compose(facts).pdf
    ensure_readable(pdf, [Scan(facts.code, 2)])
    with pytest.raises(SheetUnreadable) as stopped:
        ensure_readable(pdf, [Scan(facts.code, 1)])
    assert stopped.value.codes == ("code_unreadable",)
