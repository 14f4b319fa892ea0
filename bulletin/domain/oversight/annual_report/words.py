"""Labels and headings, which reports write in many ways."""

import re
import unicodedata

_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\)|\d+[.、])")
_MARKS = re.compile(r"[\s“”\"'‘’「」]")
_ENDS = "。.:;"


def plain(words: str) -> str:
    """Words without blanks, quotes, widths, their numbering, and what ends a heading."""
    return _NUMBERING.sub("", _MARKS.sub("", unicodedata.normalize("NFKC", words))).rstrip(_ENDS)
