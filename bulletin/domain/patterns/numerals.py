"""Numerals as notices spell them, read and written again in the spelling that they had: 9, 09, ９, 九."""

from bulletin.domain.amounts import number_of

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_CHINESE = "零一二三四五六七八九"
_NOUGHTS = "〇○零Ｏ"
_YEAR_DIGITS = {char: str(value) for value, char in enumerate(_CHINESE)} | dict.fromkeys(
    _NOUGHTS, "0"
)
_CENTURY = 2000
_YEAR_PLACES = 4


def read_numeral(words: str) -> int | None:
    """The number of one to three figures that a numeral says; None for none."""
    return number_of(words)


def read_year(words: str) -> int | None:
    """2026, ２０２６, 26, 二〇二六 or 二零二六 as a year; None for none."""
    digits = "".join(_YEAR_DIGITS.get(char, char) for char in words)
    if not digits.isdecimal():
        return None
    year = int(digits)
    return year if len(digits) == _YEAR_PLACES else _CENTURY + year


def spelled_like(example: str, number: int, *, padded: bool = False) -> str:
    """A number from 1 to 99 in the spelling of another: ９ makes 3 into ３, 九 makes 12 into 十二.

    Args:
        padded: figures have two places: 03.
    """
    if not example.isdecimal():
        return _chinese(number)
    digits = f"{number:02}" if padded else str(number)
    return digits if example.isascii() else digits.translate(_WIDE)


def year_like(example: str, year: int) -> str:
    """A year in the spelling of another: 26 makes 2027 into 27, 二〇二六 into 二〇二七."""
    digits = str(year)[-len(example) :]
    if example.isdecimal():
        return digits if example.isascii() else digits.translate(_WIDE)
    nought = next((char for char in example if char in _NOUGHTS), "〇")
    return "".join(_CHINESE[int(digit)] if digit != "0" else nought for digit in digits)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return _CHINESE[ones]
    return f"{_CHINESE[tens] if tens > 1 else ''}十{_CHINESE[ones] if ones else ''}"
