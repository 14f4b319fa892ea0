"""Find a notice on the desk by what is printed on its paper, or by what people call it."""

import re
from collections.abc import Sequence

from bulletin.domain.characters import folded
from bulletin.domain.codes import TypedCode
from bulletin.services.notices.overview import NoticeRow
from bulletin.services.site import Site
from bulletin.store.notices import notice_typed

_BRACKETS = str.maketrans("([【]】)", "〔〔〔〕〕〕")  # few keyboards have 〔〕


def matching(site: Site, rows: Sequence[NoticeRow], typed: str) -> list[NoticeRow]:
    """By title, village, register number, code, the digits beside the QR code, or its address."""
    words, code = _plain(typed), _code(site, TypedCode.read(typed))
    return [row for row in rows if row.code == code or _contains(row, words)]


def _code(site: Site, typed: TypedCode) -> str | None:
    if typed.digits is None:
        return typed.address.code if typed.address else typed.code
    with site.sessions.reading() as session:
        notice = notice_typed(session, typed)
        return notice.code if notice else None


def _contains(row: NoticeRow, words: str) -> bool:
    return any(
        words in _plain(text) for text in (row.title, row.village, row.number or "", row.code)
    )


def _plain(text: str) -> str:
    """Full-width signs, brackets, blanks and case make no difference."""
    return re.sub(r"\s", "", folded(text)).casefold().translate(_BRACKETS)
