"""What a PDF asks of the printer: one side, actual size. A sheet at 94 % is smaller than it was set."""

from bulletin.domain.errors import BulletinError

# ISO 32000-1, 12.2. Acrobat, browsers and 福昕 take them over into their window for printing.
PRINT_SETTINGS = b"/Duplex /Simplex /PrintScaling /None "
_PREFERENCES = b"/ViewerPreferences<<"


def with_print_settings(pdf: bytes) -> bytes:
    """A PDF of Typst that asks for one side and actual size.

    Its catalog is the last object, so that nothing moves but the table behind it.

    Raises:
        BulletinError: this is no PDF as Typst writes it.
    """
    body, table, tail = pdf.rpartition(b"\nxref\n")
    catalog = body.rfind(b" obj\n")
    place = body.find(_PREFERENCES, max(catalog, 0))
    trailer, mark, _ = tail.rpartition(b"startxref\n")
    if catalog < 0 or place < 0 or not mark:
        raise BulletinError(
            "the PDF has another shape than Typst gives it: look at print_settings.py"
        )
    place += len(_PREFERENCES)
    body = body[:place] + PRINT_SETTINGS + body[place:]
    start = len(body) + 1  # the table follows the line's end
    return body + table + trailer + mark + f"{start}\n%%EOF".encode()
