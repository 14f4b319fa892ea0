"""What makes a row of figures a personal number.

Identity numbers: GB 11643-1999 (18 places, check character ISO 7064 MOD 11-2; the old form has
15 places, a two-figure year and no check character). A foreigner's card of permanent residence has
the same 18 places since December 2023: 9, province, country (three), birthday, order and check. Cards: ISO/IEC 7812-1 (16 to 19 places with
a Luhn check digit). Mobiles: 1, then 3 to 9, then nine figures. Landlines are offices' numbers and
are never reported.
"""

import re
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

IDENTITY_LENGTH = 18
OLD_IDENTITY_LENGTH = 15
PHONE_LENGTH = 11
CARD_LENGTHS = (19, 18, 17, 16)
ACCOUNT_LENGTHS = range(12, 24)  # accounts of banks and cooperatives, believed only beside a label

_PROVINCES = frozenset(
    str(code)
    for codes in (
        (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47)),
        (*range(50, 55), *range(61, 66), 71, 81, 82, 83),
    )
    for code in codes
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_FIRST_YEAR_LIKE_A_TOWNSHIP = 2010  # of grown-ups' numbers none is let go
_FIRST_BIRTH_YEAR, _LAST_BIRTH_YEAR = 1900, 2099
# A 15-place number has no check digit. Without a label, years before 1930 are left alone: the same
# figures begin the serial numbers of our own decade (630223 250101 001).
_OLD_YEARS_WITHOUT_LABEL = range(1930, 2000)
# UnionPay; ICBC and ABC of before UnionPay; Bank of China; JCB. Visa and MasterCard have 16 places.
_DOMESTIC_ISSUERS = re.compile(r"62|81|955[89]|6013|35(?:2[89]|[3-8])")
_FOREIGN_ISSUERS = re.compile(r"4|5[1-5]")
_FOREIGN_LENGTH = 16
_MAX_GLUED = 100  # figures; nobody glues more numbers than that, and recursion stays shallow
_PLACES_OF_A_SPREADSHEET = 15  # decimal places of a binary double
_LOST_DIGITS = re.compile(r"0{2,}")
_DOUBLED_DIGIT_SUMS = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY_PREFIX = re.compile(r"(?:00)?86(?=1[3-9][0-9]{9}$)")


def _is_day(year: int, month: str, day: str) -> bool:
    try:
        date(year, int(month), int(day))
    except ValueError:
        return False
    return True


def has_region(number: str) -> bool:
    """The first two places name a province (GB/T 2260), or the first is the 9 of a foreigner."""
    foreign = number.startswith("9") and len(number) > OLD_IDENTITY_LENGTH
    return foreign or number[:2] in _PROVINCES


def has_birthday(number: str) -> bool:
    """Places 7 to 14 of an 18-place number, or 7 to 12 of the old form, are a day of the calendar."""
    if len(number) == OLD_IDENTITY_LENGTH:
        return _is_day(1900 + int(number[6:8]), number[8:10], number[10:12])
    year = int(number[6:10])
    in_living_memory = _FIRST_BIRTH_YEAR <= year <= _LAST_BIRTH_YEAR
    return in_living_memory and _is_day(year, number[10:12], number[12:14])


def identity_check_character(body: str) -> str:
    """The 18th place for the 17 before it, ISO 7064 MOD 11-2; X stands for ten."""
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def is_identity(number: str) -> bool:
    """18 places, 17 figures and a check character (figure or X), sound in every part."""
    return (
        has_region(number)
        and has_birthday(number)
        and identity_check_character(number[:-1]) == number[-1]
    )


def may_be_a_plot(number: str) -> bool:
    """A number that can also be the code of a contracted household or plot (NY/T 2539).

    Such a code begins with the village's twelve places; in the townships 201 to 209 of a county
    its places 7 to 14 can read as a birthday: 630223 20220501 0001.
    """
    return _FIRST_YEAR_LIKE_A_TOWNSHIP <= int(number[6:10]) <= _LAST_BIRTH_YEAR


def is_old_identity(number: str) -> bool:
    """15 figures that can stand as an identity number without a label beside them."""
    return (
        has_region(number)
        and 1900 + int(number[6:8]) in _OLD_YEARS_WITHOUT_LABEL
        and has_birthday(number)
    )


def as_spreadsheet_keeps(figure: Decimal) -> str:
    """A whole figure in the fifteen places that a spreadsheet keeps, then zeros: cut, not rounded.

    Rounding may carry into the birthday of an identity number. A binary double is only near to
    what was typed, so one place more is rounded first.
    """
    lost = max(0, figure.adjusted() + 1 - _PLACES_OF_A_SPREADSHEET)
    if not lost:
        return format(figure, "f")
    near = figure.scaleb(1 - lost).to_integral_value(ROUND_HALF_UP)
    return format((near / 10).to_integral_value(ROUND_DOWN).scaleb(lost), "f")


def is_rounded_identity(number: str) -> bool:
    """An identity number typed into a spreadsheet as a figure: 15 places survive, then zeros."""
    lost = number[_PLACES_OF_A_SPREADSHEET:]
    return set(lost) == {"0"} and has_region(number) and has_birthday(number)


def is_rounded_card(number: str) -> bool:
    """A card typed into a spreadsheet as a figure: 15 places survive, then zeros."""
    lost = number[_PLACES_OF_A_SPREADSHEET:]
    return _DOMESTIC_ISSUERS.match(number) is not None and _LOST_DIGITS.fullmatch(lost) is not None


def passes_luhn(number: str) -> bool:
    """Luhn's formula, ISO/IEC 7812-1 annex B."""
    doubled = sum(_DOUBLED_DIGIT_SUMS[int(digit)] for digit in number[-2::-2])
    return (sum(map(int, number[-1::-2])) + doubled) % 10 == 0


def begins_like_card(number: str) -> bool:
    """The first places are an issuer's; up to four places are looked at."""
    return bool(_DOMESTIC_ISSUERS.match(number) or _FOREIGN_ISSUERS.match(number))


def is_card(number: str) -> bool:
    return is_domestic_card(number) or is_foreign_card(number)


def is_domestic_card(number: str) -> bool:
    """A card that banks in China give out, by its first figures and the check digit of ISO/IEC 7812."""
    return _DOMESTIC_ISSUERS.match(number) is not None and passes_luhn(number)


def is_foreign_card(number: str) -> bool:
    """A card of Visa or Mastercard, by its first figures, its length and its check digit."""
    of_length = len(number) == _FOREIGN_LENGTH
    return of_length and _FOREIGN_ISSUERS.match(number) is not None and passes_luhn(number)


def is_mobile(number: str) -> bool:
    return _MOBILE.fullmatch(number) is not None


def bare_mobile(number: str) -> str:
    """A phone number without country prefix, as published and found numbers are compared."""
    return _COUNTRY_PREFIX.sub("", number)


def glued_numbers(digits: str) -> list[str]:
    """Personal numbers in a longer row of figures.

    Identity and mobile numbers that make up the whole row, typed without anything between them;
    or else the sound identity numbers within it, none overlapping another.
    """
    return _partition(digits) or _identities_within(digits)


def _partition(digits: str) -> list[str] | None:
    if not digits:
        return []
    if len(digits) > _MAX_GLUED:
        return None
    for length, sound in ((IDENTITY_LENGTH, is_identity), (PHONE_LENGTH, is_mobile)):
        if len(digits) >= length and sound(digits[:length]):
            rest = _partition(digits[length:])
            if rest is not None:
                return [digits[:length], *rest]
    return None


def _identities_within(digits: str) -> list[str]:
    numbers, at = [], 0
    while at + IDENTITY_LENGTH <= len(digits):
        number = digits[at : at + IDENTITY_LENGTH]
        sound = is_identity(number)
        if sound:
            numbers.append(number)
        at += IDENTITY_LENGTH if sound else 1
    return numbers
