"""Numbers as the number formats of Word write them: 二十一, 贰拾壹, 甲, ①, xxi."""

from collections.abc import Callable

_MAX_NUMBER = 99_999
_PLAIN, _PLAIN_UNITS = "零一二三四五六七八九", ("", "十", "百", "千")
_LEGAL, _LEGAL_UNITS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
_TEN_THOUSAND, _THOUSAND = 10_000, 1000
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def in_digits(number: int, kind: str) -> str:
    """A number in a format of Word (w:numFmt); decimal where the format is unknown."""
    if not 0 <= number <= _MAX_NUMBER:
        return str(number)
    return _WAYS.get(kind, str)(number)


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _from(first: int) -> str:
    """Twenty signs from a code point on: ① to ⑳."""
    return "".join(map(chr, range(first, first + 20)))


def _digit_by_digit(signs: str) -> Callable[[int], str]:
    return lambda number: "".join(signs[int(digit)] for digit in str(number))


def _plain(number: int) -> str:
    words = _chinese(number, _PLAIN, _PLAIN_UNITS)
    return words[1:] if words.startswith("一十") else words


def _legal(number: int) -> str:
    return _chinese(number, _LEGAL, _LEGAL_UNITS)


def _chinese(number: int, digits: str, units: tuple[str, ...]) -> str:
    if number >= _TEN_THOUSAND:
        rest = number % _TEN_THOUSAND
        zero = digits[0] if 0 < rest < _THOUSAND else ""
        head = f"{_chinese(number // _TEN_THOUSAND, digits, units)}万"
        return head + zero + (_chinese(rest, digits, units) if rest else "")
    words = ""
    gap = False
    text = str(number)
    for place, digit in enumerate(text):
        if digit == "0":
            gap = bool(words)
            continue
        words += (digits[0] if gap else "") + digits[int(digit)] + units[len(text) - place - 1]
        gap = False
    return words or digits[0]


def _letters(number: int) -> str:
    """A to z, then aa, bb."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else "0"


def _roman(number: int) -> str:
    words = ""
    for value, letters in _ROMAN:
        words += letters * (number // value)
        number %= value
    return words or "0"


_WAYS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _digit_by_digit("０１２３４５６７８９"),
    "decimalFullWidth2": _digit_by_digit("０１２３４５６７８９"),
    "decimalEnclosedCircle": _one_of(_from(0x2460)),
    "decimalEnclosedCircleChinese": _one_of(_from(0x2460)),
    "decimalEnclosedParen": _one_of(_from(0x2474)),
    "decimalEnclosedFullstop": _one_of(_from(0x2488)),
    "chineseCounting": _plain,
    "chineseCountingThousand": _plain,
    "japaneseCounting": _plain,
    "taiwaneseCounting": _plain,
    "taiwaneseCountingThousand": _plain,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographDigital": _digit_by_digit("〇一二三四五六七八九"),
    "taiwaneseDigital": _digit_by_digit("〇一二三四五六七八九"),
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
