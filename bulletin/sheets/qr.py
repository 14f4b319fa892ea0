"""The QR code of a sheet, for paper that hangs outdoors and is read by old phones."""

import io
from dataclasses import dataclass

import qrcode
from qrcode.util import MODE_ALPHA_NUM, QRData

QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks
PIXELS = 16  # per module: crisp even where a viewer smooths pictures


@dataclass(frozen=True)
class Code:
    png: bytes  # with its quiet zone
    modules: int  # a side, without the quiet zone


def qr_code(url: str) -> Code:
    """Black on white, level Q (a quarter may be lost), alphanumeric mode, no logo.

    Args:
        url: upper case, of the 45 characters that the alphanumeric mode knows.

    Raises:
        ValueError: when the address holds any other character.
    """
    symbol = qrcode.QRCode(
        error_correction=qrcode.ERROR_CORRECT_Q, border=QUIET_ZONE, box_size=PIXELS
    )
    symbol.add_data(QRData(url.encode("ascii"), mode=MODE_ALPHA_NUM), optimize=0)
    symbol.make(fit=True)
    held = io.BytesIO()
    symbol.make_image().get_image().convert("1").save(held, "PNG")
    return Code(held.getvalue(), symbol.modules_count)
