"""Ticks: ■ √ ▲ before what is chosen, □ before what is not, and what symbol fonts make of them.

Word and Excel tick boxes with letters of the fonts Wingdings and Wingdings 2. Where the font is
lost, R政府网站 £政府公报 is what stays; where somebody retyped it, □ became the character 口.
"""

import re

CHOSEN = "■√✓✔▲●☑☒◆★"
NOT_CHOSEN = "□☐○◯◇△"
# Characters of the symbol fonts by their code; the two fonts agree where both have a box.
_OF_SYMBOL_FONTS = {
    0x50: "✓",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0x72: "□",
    0x74: "◆",
    0x75: "◆",
    0xA1: "○",
    0xA3: "□",
    0xA8: "□",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_PRIVATE_USE = {0xF000 + code: mark for code, mark in _OF_SYMBOL_FONTS.items()}
_SYMBOL_FONTS = re.compile(r"wingdings", re.IGNORECASE)
_CJK = r"[\u4e00-\u9fff]"
# Letters that lost their font, before a Chinese word: only beside a mark of the other kind.
_LOST_OPEN = re.compile(rf"[£¨](?=\s*{_CJK})")
_LOST_CHOSEN = re.compile(rf"(?<![A-Za-z])[RrPtþü](?=\s*{_CJK})")
_RETYPED_OPEN = re.compile(rf"(?<![^\s)）{CHOSEN}{NOT_CHOSEN}])口(?={_CJK})")


def is_symbol_font(name: str) -> bool:
    return _SYMBOL_FONTS.search(name) is not None


def in_symbol_font(text: str) -> str:
    """What text means that is set in a symbol font: R is a ticked box."""
    return "".join(_OF_SYMBOL_FONTS.get(ord(char) & 0xFF, char) for char in text)


def with_marks(cell: str) -> tuple[str, bool]:
    """The cell with the marks that it was meant to have, and whether that is a guess."""
    words = cell.translate(_PRIVATE_USE)
    meant = _LOST_OPEN.sub("□", words)
    if any(mark in meant for mark in NOT_CHOSEN):
        meant = _LOST_CHOSEN.sub("☑", meant)
    if any(mark in meant for mark in CHOSEN + NOT_CHOSEN):
        meant = _RETYPED_OPEN.sub("□", meant)
    return meant, meant != words
