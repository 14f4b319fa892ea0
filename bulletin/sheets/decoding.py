"""Codes read back: from a sheet before it is handed out, and from pictures of boards."""

import io

import zxingcpp
from PIL import Image

from bulletin.domain.codes import Scan
from bulletin.sheets.faults import SheetUnreadable
from bulletin.sheets.pdfium import opened, page_image

_QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
READ_BACK_DPI = 100  # coarser than any office printer, and half the time of 150


def decode(pdf: bytes, dpi: float = READ_BACK_DPI) -> list[list[Scan]]:
    """Every code of ours on every page, read from the page as it prints at `dpi`."""
    with opened(pdf) as document:
        images = [
            page_image(document, index, dpi, as_printed=True) for index in range(len(document))
        ]
    return [_scans(image, downscale=False) for image in images]


def decode_picture(picture: bytes) -> list[Scan]:
    """Every code of ours in a picture (PNG, JPEG); codes of others are ignored.

    Raises:
        OSError: when it is no picture.
    """
    with Image.open(io.BytesIO(picture)) as image:
        return _scans(image.convert("L"))


def ensure_readable(pdf: bytes, meant: list[Scan]) -> None:
    """Read every page back and compare with what was meant.

    Raises:
        SheetUnreadable: naming the first page that reads differently.
    """
    for place, (scans, scan) in enumerate(zip(decode(pdf), meant, strict=True), 1):
        if scans != [scan]:
            raise SheetUnreadable(
                "code_unreadable",
                f"第{place}页的二维码读不出来，或与公开件不符，不能打印。请联系管理员检查打印模板。",
            )


def _scans(image: Image.Image, *, downscale: bool = True) -> list[Scan]:
    """`downscale` looks at smaller copies too, for a code that fills the picture or is blurred."""
    found = zxingcpp.read_barcodes(image, formats=_QR_CODES, try_downscale=downscale)
    scans = (Scan.parse(barcode.text) for barcode in found)
    return [scan for scan in scans if scan is not None]
