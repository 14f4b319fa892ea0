"""Painting over: where a paper lies follows from its code, and nothing under the paint is left."""

import io
import math
from random import Random

import pytest
from PIL import Image

from bulletin.domain.notices.content import Column, Paragraph, Table
from bulletin.sheets.board_photos import read_photo
from bulletin.sheets.covered_photos import FILL, FLIPPED, UPRIGHT, covered, paper_outline
from bulletin.sheets.pdfium import is_flipped, opened, page_image


def test_nothing_of_what_was_painted_over_is_left_at_any_contrast():
    chance = Random(1)
    picture = Image.effect_noise((800, 600), 90).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    area = ((0.2, 0.2), (0.8, 0.25), (0.75, 0.8), (0.25, 0.75))
    painted = Image.open(io.BytesIO(covered(out.getvalue(), [area]))).convert("RGB")
    for _ in range(200):  # points well inside: one grey, to the last bit that JPEG keeps
        x, y = chance.uniform(0.3, 0.7) * 800, chance.uniform(0.32, 0.7) * 600
        assert max(abs(a - b) for a, b in zip(painted.getpixel((int(x), int(y))), FILL, strict=True)) <= 2  # fmt: skip


@pytest.mark.parametrize("shape", [UPRIGHT, FLIPPED])
def test_a_paper_is_found_from_its_code_alone(shape):
    width, height, x, y = shape
    corners = tuple((round(10 * a), round(10 * b)) for a, b in ((x, y), (x + 45, y), (x + 45, y + 45), (x, y + 45)))  # fmt: skip
    outline = paper_outline(corners, (width * 10, height * 10), flipped=shape is FLIPPED)
    for (a, b), (c, d) in zip(outline, ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
        assert math.hypot(a - c, b - d) < 0.15
    either = paper_outline(corners, (width * 10, height * 10), flipped=None)
    assert min(x for x, _ in either) <= 0.0
    assert max(x for x, _ in either) >= 1.0


WIDE = Table(
    caption="",
    columns=tuple(Column(f"第{n}项收入支出明细", "text") for n in range(14)),
    rows=(("二〇二六年示例",) * 14,),
)


@pytest.mark.parametrize(
    ("block", "shape"), [(Paragraph("现将有关情况公开如下。"), UPRIGHT), (WIDE, FLIPPED)]
)
@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_sheets_stand_as_the_outline_takes_them(composer, sheet_facts, block, shape, paper):
    pdf = composer.compose(sheet_facts(block), paper).pdf
    assert is_flipped(pdf) is (shape is FLIPPED)
    with opened(pdf) as document:
        page = page_image(document, 0, 150)
    out = io.BytesIO()
    page.convert("L").save(out, "JPEG")
    (seen,) = read_photo(out.getvalue()).codes
    scale = shape[0] / page.width  # mm of A4, whatever the paper
    assert seen.corners[0][0] * scale == pytest.approx(shape[2], abs=1)
    assert seen.corners[0][1] * scale == pytest.approx(shape[3], abs=1)
    assert (seen.corners[2][0] - seen.corners[0][0]) * scale == pytest.approx(45, abs=1)
