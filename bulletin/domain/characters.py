"""Characters: what cleaning takes away, what is one and the same, what no font can be expected to have.

Text copied out of a PDF has radicals (⽀ U+2F40, ⺠ U+2EA0) and compatibility ideographs in place of
the characters that people type. They look alike and are folded where words are compared, named or
imported; what somebody wrote as content is kept as it was written.
"""

import re
import unicodedata
from functools import cache

REPLACEMENT = "\ufffd"
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_OF_OUR_FORMS = {0x2F3E: "户", 0x2FAD: "青", 0x2FC8: "黄"}  # Unicode gives 戶 靑 黃
# U+2E80 to U+2EF3, in order; _ where no character of the basic plane stands for the radical.
_SUPPLEMENT = (
    "_厂乛乚乙亻冂_刀刂卜㔾小小兀尣尢_巳幺彑_忄㣺扌攵_旡日月歺母民氵氺灬爫爫丬牛犭王_"
    "目示礻_糸纟罓罒㓁冈_羊__耂肀聿肉_艹艹艹虎衤覀西见角_讠贝_车辶辶辶阝钅長镸长门_阝雨青"
    "韦页风飞食_飠饣_马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_COMPATIBILITY = (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
_ORDINARY = {
    **_KANGXI,
    **_OF_OUR_FORMS,
    **{
        code: char
        for code, char in zip(range(0x2E80, 0x2EF4), _SUPPLEMENT, strict=True)
        if char != "_"
    },
    **{code: unicodedata.normalize("NFC", chr(code)) for code in _COMPATIBILITY},
}
# Where those lie: most texts have none, and looking is quicker than replacing.
_NOT_ORDINARY = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_NOT_FOLDED_BY_NFC = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
# What nearly every text is made of, and cleaning leaves as it is: likewise.
_CLEAN = re.compile("[\n -~·—‘’“”…、-〟㎡一-\u9fff！-～]*")
# Marks that are never seen and that no script needs: blanks without width, marks of direction.
_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff") | {
    chr(code) for code in (*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2061, 0x2070))
}
# Word's line within a paragraph, pages and lines of other programs: words on both sides stay apart.
_LINE_ENDS = frozenset("\v\f\u2028\u2029")
_JOINERS = frozenset("\u200c\u200d\u180e")
_SELECTORS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_IDEOGRAPHIC_PLANES = range(0x20000, 0x40000)
_NONCHARACTER = 0xFFFE  # the last two of every plane


def ordinary(text: str) -> str:
    """Radicals and compatibility ideographs as the characters that people type: ⽀ → 支, ⺠ → 民."""
    return text.translate(_ORDINARY) if _NOT_ORDINARY.search(text) else text


def folded(text: str) -> str:
    """`ordinary`, and half-width: for comparing words and reading tables."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", ordinary(text))


def composed(text: str) -> str:
    """NFC, but for compatibility ideographs, which it would replace by others."""
    if _CLEAN.fullmatch(text):
        return text
    pieces = _NOT_FOLDED_BY_NFC.split(text)
    return "".join(
        piece if index % 2 else unicodedata.normalize("NFC", piece)
        for index, piece in enumerate(pieces)
    )


def without_controls(text: str) -> str:
    """Text without control characters and unseen marks; all that a reader could miss stays.

    Characters of private use or of a newer Unicode stay for the font check to name; half of a
    pair, which cannot be stored, becomes U+FFFD and is named too.
    """
    return text if _CLEAN.fullmatch(text) else "".join(map(_kept, text))


def is_joiner(char: str) -> bool:
    """Joiners and variation selectors: they shape what stands beside them and need no glyph."""
    return char in _JOINERS or any(ord(char) in selectors for selectors in _SELECTORS)


def may_be_a_name(char: str) -> bool:
    """An ideograph, of private use, or newer than this Unicode: most likely of somebody's name."""
    ideograph = unicodedata.name(char, "").startswith(("CJK UNIFIED", "CJK COMPATIBILITY IDEO"))
    unknown = unicodedata.category(char) in ("Co", "Cn")
    return ideograph or unknown or ord(char) in _IDEOGRAPHIC_PLANES


def is_private(char: str) -> bool:
    return unicodedata.category(char) == "Co"


@cache  # there are only so many characters, and a text says the same few hundred again and again
def _kept(char: str) -> str:
    if char in "\n\t":
        return char
    if char in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(char)
    if category == "Cc" or char in _UNSEEN:
        return ""
    if category == "Cs" or ord(char) & _NONCHARACTER == _NONCHARACTER:
        return REPLACEMENT
    return char
