"""Figures as they are said: 64,027.37元 is 六万四千零二十七元三角七分, and a telephone is read digit by digit."""

from decimal import Decimal

from cn2an import an2cn

DIGITS = "零一二三四五六七八九"
PHONE_DIGITS = DIGITS.replace("一", "幺")  # 一 and 七 sound alike over a loudspeaker
MAX_WHOLE = 10**16  # what an2cn can say; anything longer is no quantity


def said_digits(text: str) -> str:
    """2026 → 二零二六: years, numbers of documents, codes; letters stay, and signs between are a pause."""
    return "".join(DIGITS[int(each)] if each in "0123456789" else each for each in text)


def said_phone(text: str) -> str:
    """0972-8320100 → 零九七二，八三二零幺零零: in the groups in which it is dictated."""
    parts = [part for part in text.replace(" ", "-").split("-") if part]
    if len(parts) == 1 and len(parts[0]) == len("13800000000"):
        parts = [parts[0][:3], parts[0][3:7], parts[0][7:]]
    return "，".join("".join(PHONE_DIGITS[int(each)] for each in part) for part in parts)


def said_number(text: str, *, counted: bool = False) -> str:
    """A quantity: 1,280 → 一千二百八十, 0.5 → 零点五, −3 → 负三.

    Args:
        counted: a measure follows, before which two is 两.
    """
    number = Decimal(text.replace(",", ""))
    if abs(number) >= MAX_WHOLE:
        return said_digits(text.replace(",", ""))
    plain = f"{number:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    words = str(an2cn(plain)).removeprefix("负")
    if words.startswith(("二千", "二万", "二亿")) or (counted and words == "二"):
        words = f"两{words[1:]}"
    return f"负{words}" if number < 0 else words


def said_money(text: str) -> str:
    """An amount in 元: 三千四百八十元, 六万四千零二十七元三角七分, 五角, 零元."""
    number = Decimal(text.replace(",", ""))
    yuan, cents = divmod(int((abs(number) * 100).to_integral_value()), 100)
    dimes, pennies = divmod(cents, 10)
    words = f"{said_number(str(yuan), counted=True)}元" if yuan or not cents else ""
    if dimes:
        words += f"{DIGITS[dimes] if dimes != 2 else '两'}角"  # noqa: PLR2004 - two
    elif pennies and yuan:
        words += "零"
    if pennies:
        words += f"{DIGITS[pennies]}分"
    return f"负{words}" if number < 0 else words
