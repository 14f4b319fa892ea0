"""What kind of column some cells make.

The editor has the same rule for what is pasted (static/editor/model.js); both are held to
tests/material/tables.json.
"""

import re
from collections.abc import Sequence

from bulletin.domain.amounts import amount_of, signed_amount
from bulletin.domain.characters import folded
from bulletin.domain.notices.content import CellKind

_NAMES_MONEY = re.compile("元|金额|收入|支出|结余|余额")
_DASH = re.compile(r"[￥¥]?[\s\-\u2010-\u2015\u2212\u2500\u2501/]+")
_DATE = re.compile(r"(\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?", re.ASCII)
_SIGN = re.compile("[￥¥元]")
_FEN = re.compile(r"\.\d\d\)?$", re.ASCII)


def is_dash(cell: str) -> bool:
    """A cell that says: nothing here. Spreadsheets write ￥ before the dash, too."""
    return _DASH.fullmatch(folded(cell)) is not None


def guessed_kind(title: str, cells: Sequence[str]) -> CellKind:
    """The kind of a column; a dash, or a figure in the brackets of accountants, changes no kind."""
    words = [cell for cell in cells if cell and not is_dash(cell)]
    if not words:
        return "money" if re.search("元|金额", title) else "text"
    if all(signed_amount(cell) is not None for cell in words):
        return "money" if _is_money(title, words) else "number"
    return "date" if all(map(_DATE.fullmatch, words)) else "text"


def _is_money(title: str, words: Sequence[str]) -> bool:
    plain = list(map(folded, words))
    return (
        _NAMES_MONEY.search(title) is not None
        or any(map(_SIGN.search, plain))
        or all(map(_FEN.search, plain))
    )


def kept_cell(cell: str, kind: CellKind) -> str:
    """Money and counts without separators, as they are saved."""
    amount = amount_of(cell) if kind in ("money", "number") else None
    return cell if amount is None else format(amount + 0, "f")
