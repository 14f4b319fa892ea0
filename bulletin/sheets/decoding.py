"""Codes read back from a sheet."""

import zxingcpp
from PIL import Image

from bulletin.domain.codes import Scan
from bulletin.sheets.pdfium import opened, page_image

QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
READ_BACK_DPI = 100  # coarser than any office printer, and half the time of 150


def decode(pdf: bytes, dpi: float = READ_BACK_DPI) -> list[list[Scan]]:
    """Every code of ours on every page, read from the page as it prints at `dpi`."""
    with opened(pdf) as document:
        images = [
            page_image(document, index, dpi, as_printed=True) for index in range(len(document))
        ]
    return [_scans(image) for image in images]


def _scans(image: Image.Image) -> list[Scan]:
    found = zxingcpp.read_barcodes(image, formats=QR_CODES, try_downscale=False)
    scans = (Scan.parse(barcode.text) for barcode in found)
    return [scan for scan in scans if scan is not None]
