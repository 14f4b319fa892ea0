"""The QR code of a sheet: drawn for paper outdoors and old phones, and read back."""

import io
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import qrcode
import zxingcpp
from PIL import Image
from qrcode.util import MODE_ALPHA_NUM, QRData

from bulletin.domain.codes import Scan
from bulletin.sheets.pdfium import opened, page_image

MIN_MODULE_MM = 0.8  # what an old phone still parts
QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks
# Trying all eight masks takes most of the time of a sheet. On addresses like ours this one scores
# within a tenth of the best by the penalty of ISO/IEC 18004, and every code is read back anyway.
MASK = 2
PIXELS = 8  # per module: crisp even where a viewer smooths pictures
QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
READ_BACK_DPI = 100  # coarser than any office printer, and half the time of 150


@dataclass(frozen=True)
class QrCode:
    png: bytes  # with its quiet zone
    modules: int  # a side, without the quiet zone


@lru_cache(maxsize=512)  # what was previewed is printed, and what was printed is bound into packs
def qr_code(url: str) -> QrCode:
    """Black on white, level Q (a quarter may be lost), alphanumeric mode, no logo.

    Args:
        url: upper case, of the 45 characters that the alphanumeric mode knows.

    Raises:
        ValueError: when the address holds any other character.
    """
    symbol = _symbol(url, _version(len(url)))
    symbol.make(fit=False)
    buffer = io.BytesIO()
    _drawn(symbol.get_matrix()).save(buffer, "PNG")
    return QrCode(buffer.getvalue(), symbol.modules_count)


@dataclass(frozen=True)
class QrPath:
    """A code as one SVG path of unit squares, for a page that prints it."""

    side: int  # with the quiet zone
    path: str


def qr_path(url: str) -> QrPath:
    """As `qr_code`, to be drawn by a browser."""
    symbol = _symbol(url, _version(len(url)))
    symbol.make(fit=False)
    matrix = symbol.get_matrix()
    dark = (
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return QrPath(len(matrix), "".join(dark))


def _symbol(url: str, version: int | None) -> qrcode.QRCode:
    symbol = qrcode.QRCode(
        version=version,
        error_correction=qrcode.ERROR_CORRECT_Q,
        border=QUIET_ZONE,
        mask_pattern=MASK,
    )
    symbol.add_data(QRData(url.encode("ascii"), mode=MODE_ALPHA_NUM), optimize=0)
    return symbol


@lru_cache(maxsize=256)  # the search for the smallest takes half the time of a code
def _version(length: int) -> int:
    """The smallest version that holds an address of this length."""
    return int(_symbol("A" * length, None).best_fit())


def modules_of(url: str) -> int:
    """How many modules wide a code is, without its quiet zone: the length of the address decides.

    ISO/IEC 18004: 21 in version 1, four more in every next.
    """
    return 17 + 4 * _version(len(url))


def side_mm(url: str, least: int) -> int:
    """How wide a code is, without its white border: `least` unless its modules became too fine."""
    return max(least, ceil(modules_of(url) * MIN_MODULE_MM))


def _drawn(modules: list[list[bool]]) -> Image.Image:
    """The modules as squares; at once, where the library's own picture draws one after another."""
    side = len(modules)
    shades = bytes(0 if dark else 255 for row in modules for dark in row)
    small = Image.frombytes("L", (side, side), shades).convert("1", dither=Image.Dither.NONE)
    return small.resize((side * PIXELS,) * 2, Image.Resampling.NEAREST)


def decode(pdf: bytes, dpi: float = READ_BACK_DPI) -> list[list[Scan]]:
    """Every code of ours on every page, read from the page as it prints at `dpi`."""
    with opened(pdf) as document:
        images = [
            page_image(document, index, dpi, as_printed=True) for index in range(len(document))
        ]
    return [_scans(image) for image in images]


def _scans(image: Image.Image) -> list[Scan]:
    barcodes = zxingcpp.read_barcodes(image, formats=QR_CODES, try_downscale=False)
    scans = (Scan.parse(barcode.text) for barcode in barcodes)
    return [scan for scan in scans if scan is not None]
