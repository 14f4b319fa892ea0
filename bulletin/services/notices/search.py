"""Finding a notice on the desk by what stands on its paper, or by what people call it."""

import re
from collections.abc import Sequence
from unicodedata import normalize

from bulletin.domain.codes import Scan, read_code, read_digits
from bulletin.services.notices.overview import NoticeRow
from bulletin.services.site import Site
from bulletin.store.notices import notice_by_digits

_BRACKETS = str.maketrans("([【]】)", "〔〔〔〕〕〕")  # few keyboards have 〔〕


def matching(site: Site, rows: Sequence[NoticeRow], typed: str) -> list[NoticeRow]:
    """By title, village, register number, code, the digits beside the QR code, or its address."""
    wanted, code = _plain(typed), _code(site, typed)
    return [row for row in rows if row.code == code or _says(row, wanted)]


def _code(site: Site, typed: str) -> str | None:
    if scan := Scan.parse(typed):
        return scan.code
    digits = read_digits(typed)
    if digits is None:
        return read_code(typed)
    with site.sessions.reading() as session:
        notice = notice_by_digits(session, digits)
        return notice.code if notice else None


def _says(row: NoticeRow, wanted: str) -> bool:
    return any(
        wanted in _plain(text) for text in (row.title, row.village, row.number or "", row.code)
    )


def _plain(text: str) -> str:
    """Full-width signs, brackets, blanks and case make no difference."""
    return re.sub(r"\s", "", normalize("NFKC", text)).casefold().translate(_BRACKETS)
