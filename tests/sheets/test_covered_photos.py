"""Painting over: where a paper lies follows from its code, and nothing under the paint is left."""

import io
import math
from random import Random

import pytest
from PIL import Image

from bulletin.domain.notices.content import Column, Paragraph, Table
from bulletin.sheets.board_photos import read_photo
from bulletin.sheets.covered_photos import (
    FILL,
    PrintedPaper,
    covered,
    paper_outline,
    paper_shapes,
)
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


SHAPES = paper_shapes([], None)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_paper_is_found_from_its_code_alone(shape):
    x, y, side = shape.left, shape.top, shape.side
    at = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
    corners = tuple((round(10 * a), round(10 * b)) for a, b in at)
    size = (round(shape.width * 10), round(shape.height * 10))
    outline = paper_outline(corners, size, [shape])
    for (a, b), (c, d) in zip(outline, ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
        assert math.hypot(a - c, b - d) < 0.15
    any_of_them = paper_outline(corners, size, SHAPES)
    assert min(x for x, _ in any_of_them) <= 0.0
    assert max(x for x, _ in any_of_them) >= 1.0


def test_a_paper_of_unknown_print_is_taken_for_every_shape_it_may_have():
    assert paper_shapes([PrintedPaper("a4", flipped=False, pages=1)], None) == [SHAPES[0]]
    assert paper_shapes([PrintedPaper("a4", flipped=None, pages=1)], None) == [SHAPES[0], SHAPES[2]]
    assert paper_shapes([PrintedPaper("a4", flipped=False, pages=3)], 2) == [SHAPES[1]]
    assert paper_shapes([PrintedPaper("a4", flipped=False, pages=3)], 3) == [SHAPES[0]]
    both = [PrintedPaper("a4", flipped=False, pages=3), PrintedPaper("a3", flipped=False, pages=2)]
    assert paper_shapes(both, 2) == [SHAPES[1], SHAPES[4]]


TITLES = tuple(Column(f"第{n}项收入支出明细", "text") for n in range(14))
LONG = Paragraph("现将有关情况公开如下。" * 260)
WIDE = Table(columns=TITLES, rows=(("二〇二六年示例",) * 14,) * 60, caption="")


@pytest.mark.parametrize(("block", "flipped"), [(LONG, False), (WIDE, True)])
@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_sheets_stand_as_the_outline_takes_them(composer, sheet_facts, block, flipped, paper):
    sheet = composer.compose(sheet_facts(block), paper)
    assert sheet.pages > 2
    assert is_flipped(sheet.pdf) is flipped
    for page in (1, 2, sheet.pages):
        (shape,) = paper_shapes([PrintedPaper(paper, flipped=flipped, pages=sheet.pages)], page)
        with opened(sheet.pdf) as document:
            picture = page_image(document, page - 1, 100)
        out = io.BytesIO()
        picture.convert("L").save(out, "JPEG")
        (seen,) = read_photo(out.getvalue()).codes
        scale = shape.width / picture.width
        assert seen.corners[0][0] * scale == pytest.approx(shape.left, abs=1)
        assert seen.corners[0][1] * scale == pytest.approx(shape.top, abs=1)
        side = (seen.corners[2][0] - seen.corners[0][0]) * scale
        assert side == pytest.approx(shape.side, abs=1)
