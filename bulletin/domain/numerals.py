"""Chinese numerals as deadlines write them: 十五, 二十, 一百二十, 两, 廿."""

NUMERALS = "零〇一二两三四五六七八九十百廿卅"
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"廿": 2, "卅": 3}


def number_of(words: str) -> int | None:
    """The number that Arabic figures or Chinese numerals under a thousand say; None for neither."""
    if words.isdecimal():
        return int(words)
    total, digit = 0, 0
    for char in words:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            total, digit = total + _TENS[char] * 10, 0
        elif char in "十百":
            # 十五 is fifteen without a one before the ten.
            total, digit = total + (digit or 1) * (10 if char == "十" else 100), 0
        else:
            return None
    return total + digit if words else None
