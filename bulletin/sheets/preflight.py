"""Preflight: what is checked of a sheet before it reaches a printer."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

from bulletin.domain.codes import Scan
from bulletin.domain.notices.content import texts
from bulletin.sheets.cover import CoverFacts
from bulletin.sheets.extract import reads_as
from bulletin.sheets.facts import FontChoice, PrintedSheet, SheetFacts
from bulletin.sheets.glyphs import glyph_problems
from bulletin.sheets.overprint import overprint_problems
from bulletin.sheets.pdfium import MM_PER_INCH, POINTS_PER_INCH, opened, page_image
from bulletin.sheets.problems import SheetProblem
from bulletin.sheets.qr import MIN_MODULE_MM, QR_CODES, modules_of
from bulletin.sheets.type_size import small_table

COARSE_DPI, FINE_DPI = 150, 300
OUTDOORS = ImageFilter.GaussianBlur(1.3)  # at 150 dpi: rain on the glass, a hand that shakes
DARK = 0.45  # of the light


def preflight(
    sheet: PrintedSheet,
    facts: SheetFacts,
    scans: Sequence[Scan],
    fonts: FontChoice,
    folders: Sequence[Path],
) -> list[SheetProblem]:
    """Look a sheet over: glyphs, edges, small type in tables, codes at 150 and 300 dpi and outdoors, paper against page.

    Args:
        scans: what the code of each page should say; none for a draft.
        folders: where the fonts lie.
    """
    problems = [*glyph_problems(facts, fonts, folders), *_content(sheet, facts)]
    with opened(sheet.pdf) as document:
        problems += small_table(document)
        for index in range(len(document)):
            problems += overprint_problems(document, index)
            if scans:
                problems += _code(document, index, scans[index].url(facts.public_url))
    return problems


def _content(sheet: PrintedSheet, facts: SheetFacts) -> Iterator[SheetProblem]:
    if not reads_as(sheet.pdf, texts(facts.document)):
        sentence = "纸上的内容和网页上的不一样，不能打印。请把打印模板改回来，或请联系管理员。"
        yield SheetProblem("paper_differs", sentence)


def cover_preflight(
    sheet: PrintedSheet, facts: CoverFacts, fonts: FontChoice, folders: Sequence[Path]
) -> list[SheetProblem]:
    """Look a cover over as a sheet: one page, glyphs, edges, its code at 150 and 300 dpi and outdoors."""
    problems = list(glyph_problems(facts.sheet, fonts, folders))
    if sheet.pages != 1:
        sentence = "封面放不进一张纸，不能打印。请把标题或表里的名称改短一些。"
        problems.append(SheetProblem("cover_too_long", sentence))
    with opened(sheet.pdf) as document:
        problems += overprint_problems(document, 0)
        if facts.link:
            problems += _code(document, 0, facts.link)
    return problems


def _code(document: pypdfium2.PdfDocument, index: int, url: str) -> Iterator[SheetProblem]:
    """Whether a page has the code of this address, well to be read, and no other of its notice."""
    page = page_image(document, index, COARSE_DPI, as_printed=True)
    barcodes = _read(page)
    coarse = next((barcode for barcode in barcodes if barcode.text == url), None)
    own = Scan.parse(url)
    others = {other for b in barcodes if (other := Scan.parse(b.text)) and other != own}
    if own and any(other.code == own.code for other in others):
        coarse = None
    yield from _legibility(document, index, page, coarse, url)
    if coarse is not None and others:  # a scan of somebody's sheet
        sentence = f"第{index + 1}页的图片里还有别的公开件的二维码，请遮住它，免得村民扫错。"
        yield SheetProblem("other_code", sentence, stops=False)


def _legibility(
    document: pypdfium2.PdfDocument,
    index: int,
    page: Image.Image,
    coarse: zxingcpp.Barcode | None,
    url: str,
) -> Iterator[SheetProblem]:
    """Whether a code is read when it is small, outdoors and near; `coarse` is how the page shows it."""
    if coarse is None:
        yield _unreadable(index, "读不出来，或与公开件不符")
        return
    box = _around(coarse, page)
    outdoors = page.crop(box).filter(OUTDOORS).point(lambda shade: round(shade * DARK))
    if not any(barcode.text == coarse.text for barcode in _read(outdoors)):
        yield _unreadable(index, "模糊一点、暗一点就读不出来")
    fine = page_image(document, index, FINE_DPI, as_printed=True, part=_part(box, page))
    close = next((b for b in _read(fine) if b.text == coarse.text), None)
    if close is None:
        yield _unreadable(index, "在300 dpi的打印机上读不出来")
        return
    corners = close.position
    side = corners.top_right.x - corners.top_left.x
    module = side / FINE_DPI * MM_PER_INCH / modules_of(url)
    if module < MIN_MODULE_MM:
        sentence = (
            f"第{index + 1}页二维码的小方块只有{module:.2f}毫米，少于{MIN_MODULE_MM}毫米，老手机扫不出来。"
            "请换短一些的公开网址，或请联系管理员检查打印模板。"
        )
        yield SheetProblem("code_too_fine", sentence)


def _unreadable(index: int, why: str) -> SheetProblem:
    sentence = f"第{index + 1}页的二维码{why}，不能打印。请联系管理员检查打印模板。"
    return SheetProblem("code_unreadable", sentence)


def _read(image: Image.Image) -> list[zxingcpp.Barcode]:
    return list(
        zxingcpp.read_barcodes(
            image, formats=QR_CODES, try_downscale=False, try_invert=False, try_rotate=False
        )
    )


def _around(barcode: zxingcpp.Barcode, page: Image.Image) -> tuple[int, int, int, int]:
    """The code with its white border, within the page."""
    corners = barcode.position
    left, top = corners.top_left.x, corners.top_left.y
    right, bottom = corners.bottom_right.x, corners.bottom_right.y
    border = (right - left) // 6
    return (
        max(0, left - border),
        max(0, top - border),
        min(page.width, right + border),
        min(page.height, bottom + border),
    )


def _part(box: tuple[int, int, int, int], page: Image.Image) -> tuple[float, float, float, float]:
    """The same place in points, as margins from the left, bottom, right and top of the page."""
    points = POINTS_PER_INCH / COARSE_DPI
    left, top, right, bottom = box
    return (
        left * points,
        (page.height - bottom) * points,
        (page.width - right) * points,
        top * points,
    )
