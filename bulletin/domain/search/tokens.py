"""Tokens: what a text is found by. One rule for the index and for what is sought, on every database.

Chinese has no blanks between words, so letters other than a-z are taken two by two: 财务收支 is 财务, 务收, 收支.
Numbers lose their separators, days their way of writing. Marks stand before what no text holds in this form.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bulletin.domain.characters import folded
from bulletin.domain.digests import sha256_hex

RULE = 4  # counts the changes of this rule, and of what is read of a subject: an index of another one is built anew
TITLE, DAY, LONG = "¶", "§", "º"  # before a token of the title, a day, a long number's digest
PAPER = "№"  # before year and number of an official paper: 〔2026〕12号
PLACE, TOWNSHIP, ITEM, GROUP, PUBLISHER, YEAR = "¢¤ª¬®±"  # before what a subject belongs to
OPEN = "¥"  # before what anybody may seek
ANY_YEAR = "×"
DECIMAL_POINT = "·"  # the databases take the ordinary one for the end of a token
FOR_ALL, WHOLE = "¥·all", "¥·whole"  # anybody may seek it; by all its words. No word has a point.
MAX_BYTES = 900_000  # of the tokens of one text: PostgreSQL takes one megabyte
LONG_DIGITS = 8  # from here on it may be a telephone or an ID, of which the index keeps no copy
_BLANKS = re.compile(r"(?<=[^\W\d_a-z])\s+(?=[^\W\d_a-z])")  # 姓　名 is 姓名
_MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_MARKS = "".join(  # vowels of Tibetan and others, which belong to the letter before them
    chr(code) for code in range(0x300, 0x2000) if unicodedata.category(chr(code))[0] == "M"
)
_YEAR, _MONTH, _DAY = r"(?:19|20)[0-9]{2}", r"1[0-2]|0?[1-9]", r"3[01]|[12][0-9]|0?[1-9]"
_PAPER = re.compile(rf"\s*[〔(\[【〈]\s*({_YEAR})\s*[〕)\]】〉]\s*第?\s*0*([0-9]{{1,6}})\s*号")
_PIECE = re.compile(
    rf"""
      〔(?P<paper_year>{_YEAR})〕(?P<paper>[0-9]{{1,6}})号
    |
      (?<![0-9.,])(?P<year>{_YEAR})(?:
          年(?P<month>{_MONTH})月(?:(?P<day>{_DAY})[日号])?
        | (?P<sign>[-/.])(?P<month_2>{_MONTH})(?P=sign)(?P<day_2>{_DAY})(?![0-9.,])
        | -(?P<month_3>1[0-2]|0[1-9])(?![-0-9.,]) )
    | (?<![0-9.,])(?P<month_4>{_MONTH})月(?:(?P<day_4>{_DAY})[日号])?
    | (?P<word>[0-9]*[a-z][0-9a-z]*)
    | (?P<number>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(?P<unit>[万亿])?
    | (?P<letters>(?:[^\W\d_a-z]|[{_MARKS}])+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Piece:
    """A day, a number, a word of a-z or a run of other letters, at its place in the plain text."""

    start: int
    end: int
    day: tuple[str, str, str] | None = None  # year, month, day; '' for what is not said
    number: str = ""
    product: str = ""  # 2.4万 is 24000
    word: str = ""
    letters: str = ""
    paper: str = ""


def plain(text: str) -> str:
    """A text as it is compared: half-width, small letters, radicals as characters."""
    return folded(text).casefold()


def paper_joined(text: str) -> str:
    """A plain text, every number of a paper in its own brackets: [2026] 12号 is 〔2026〕12号."""
    return _PAPER.sub(r"〔\1〕\2号", text)


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a plain text, in order."""
    for match in _PIECE.finditer(text):
        span = match.span()
        if match["letters"]:
            yield Piece(*span, letters=match["letters"])
            continue
        found = match.groupdict()
        month = next((found[f"month{n}"] for n in ("", "_2", "_3", "_4") if found[f"month{n}"]), "")
        if found["paper"]:
            paper = f"{PAPER}{found['paper_year']}{DECIMAL_POINT}{found['paper']}"
            yield Piece(*span, paper=paper, number=found["paper"], product=found["paper_year"])
        elif month:
            day = found["day"] or found["day_2"] or found["day_4"] or ""
            yield Piece(*span, day=(found["year"] or "", month.zfill(2), day and day.zfill(2)))
        elif found["number"]:
            number, unit = found["number"], found["unit"]
            product = Decimal(number.replace(",", "")) * _MYRIADS[unit] if unit else None
            token = number_token(product) if product is not None else ""
            yield Piece(*span, number=number_token(number), product=token)
        else:
            yield Piece(*span, word=found["word"])


def number_token(number: str | Decimal) -> str:
    """A number by its value: 24,000.00 and 24000 are one. A long one by a digest of it."""
    written = f"{number:f}" if isinstance(number, Decimal) else number.replace(",", "")
    whole, _point, rest = written.partition(".")
    rest = rest.rstrip("0")
    token = f"{whole}{DECIMAL_POINT}{rest}" if rest else whole
    return LONG + sha256_hex(token.encode())[:12] if len(whole) >= LONG_DIGITS else token


def day_token(year: str | int, month: str, day: str) -> str:
    return f"{DAY}{year or ANY_YEAR}{month}{day}"


def pairs(letters: str) -> list[str]:
    """Overlapping pairs: 财务收支 → 财务, 务收, 收支."""
    return [first + second for first, second in pairwise(letters)]


def tokens_of(text: str, year: int) -> set[str]:
    """What a text is found by.

    Args:
        year: of the days in it that name none.
    """
    found: set[str] = set()
    for piece in pieces(_BLANKS.sub("", paper_joined(plain(text)))):
        if piece.letters:
            found.update(pairs(piece.letters))
            found.update(
                piece.letters
            )  # one of them is found at once, not as the first of many pairs
        elif piece.day is not None:
            own_year, month, day = piece.day
            found |= {day_token(own_year or year, month, day), day_token("", month, day)}
            found |= {own_year} - {""}
        else:
            found |= {piece.word, piece.number, piece.product, piece.paper} - {""}
            found.add(piece.number.partition(DECIMAL_POINT)[0] or piece.word)
    return found


def indexed(title: str, texts: Iterable[str], marks: Iterable[str], year: int) -> str:
    """The tokens of a subject by blanks: of its title twice, so that a hit there can come first.

    Args:
        marks: what else it is found by, see `mark`.
    """
    in_title = tokens_of(title, year)
    first = in_title | {TITLE + token for token in in_title} | set(marks)
    in_texts = set().union(*(tokens_of(text, year) for text in texts))
    kept, size = [], 0
    for token in [*sorted(first), *sorted(in_texts - first)]:
        size += len(token.encode()) + 1
        if size > MAX_BYTES:
            break
        kept.append(token)
    return " ".join(kept)


def open_marks(title: str | None, year: int) -> list[str]:
    """What lets anybody find an approved edition from its moment on.

    Args:
        title: of a list of people, what the public may be told for good: by that alone it is found, and never by a
            name in it, which would make of a township's lists a register of persons. None: by all its words.
        year: of the days in the title that name none.
    """
    if title is None:
        return [FOR_ALL, WHOLE]
    return [FOR_ALL, *(OPEN + token for token in sorted(tokens_of(title, year)))]


def mark(kind: str, value: str | int | None) -> str:
    """A token for what a subject belongs to, such as its village; None: the township itself."""
    return kind + re.sub(r"[\W_]", DECIMAL_POINT, str("0" if value is None else value))
