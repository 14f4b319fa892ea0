"""Codes that people scan, type and read aloud.

A notice has a code of nine random Crockford base32 characters and a check character of the same
alphabet, and a digits-only twin for people who type on a phone. A fingerprint is shown in the
same alphabet, in groups of four.
"""

import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from bulletin.domain.characters import folded

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_VALUE = {char: value for value, char in enumerate(ALPHABET)}
_LOOKALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})

CODE_LENGTH = 10
DIGITS_LENGTH = 11
FINGERPRINT_LENGTH = 26  # 130 bits: enough that nobody can prepare two papers with one print
FINGERPRINT_PREFIX = 8  # the shortest beginning that may be compared, 40 bits
EditionKey = tuple[str, int]  # code and number, as a paper has them

_FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ _FIELD_POLYNOMIAL if value & 0b100000 else value


def check_character(body: str) -> str:
    """The character that makes a code whole.

    The code is read as a polynomial over GF(32) with the root x, so that every single wrong
    character and every swap of two unequal characters changes the outcome.
    """
    total = 0
    for char in body:
        total = _times_x(total ^ _VALUE[char])
    return ALPHABET[total]


def new_code() -> str:
    """Nine random characters and the check character: 45 bits, so that nobody guesses a notice."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH - 1))
    return body + check_character(body)


def read_code(typed: str) -> str | None:
    """A code as it is stored, from whatever a person typed; None when it cannot be one.

    Any case, i and l for 1, o for 0, hyphens and blanks ignored.
    """
    code = re.sub(r"[\s\-–—]", "", typed).upper().translate(_LOOKALIKE)
    if len(code) != CODE_LENGTH or any(char not in _VALUE for char in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def check_digit(body: str) -> str:
    """ISO 7064 MOD 11,10, as the digits twin carries it."""
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def new_digits() -> str:
    """A fresh digits twin. It never starts with 0 or 1, so nobody takes it for a telephone."""
    body = str(secrets.randbelow(8) + 2)
    body += "".join(str(secrets.randbelow(10)) for _ in range(DIGITS_LENGTH - 2))
    return body + check_digit(body)


def read_digits(typed: str) -> str | None:
    """A digits twin as it is stored, full-width figures and blanks forgiven; None if it is none."""
    digits = re.sub(r"[\s\-–—]", "", typed)
    if len(digits) != DIGITS_LENGTH or not digits.isdecimal():
        return None
    digits = "".join(str(int(char)) for char in digits)
    return digits if check_digit(digits[:-1]) == digits[-1] else None


def grouped(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def digits_words(digits: str) -> str:
    """402 716 853 39, as it is printed."""
    return " ".join(grouped(digits, 3))


def fingerprint_words(digest: str) -> str:
    """The printed form of a SHA-256 hex digest: 26 characters in groups of four.

    Any beginning of eight characters or more can be checked against it.
    """
    number = int(digest, 16) >> (256 - FINGERPRINT_LENGTH * 5)
    chars = [ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(FINGERPRINT_LENGTH))]
    return "-".join(grouped("".join(chars), 4))


def read_fingerprint(typed: str) -> str | None:
    """The beginning of a printed fingerprint as it can be compared; None when it is too short or none.

    Any case, i and l for 1, o for 0, hyphens and blanks ignored, as for a code.
    """
    start = re.sub(r"[\s\-–—]", "", typed).upper().translate(_LOOKALIKE)
    fits = FINGERPRINT_PREFIX <= len(start) <= FINGERPRINT_LENGTH
    return start if fits and all(char in _VALUE for char in start) else None


def begins_with(digest: str, start: str) -> bool:
    """Whether the printed form of a SHA-256 begins with what was read from a paper."""
    return fingerprint_words(digest).replace("-", "").startswith(start)


def host_of(url: str) -> str:
    """The machine that an address leads to, with its port: gk.huzhu.gov.cn; '' for none."""
    try:
        return urlsplit(url.strip()).netloc.lower()
    except ValueError:
        return ""


_SCAN = re.compile(r"/N/([0-9A-Z]{10})\.([1-9]\d{0,3})(?:\.([1-9]\d{0,3}))?/?$", re.IGNORECASE)


_NOTICE = re.compile(r"/N/([0-9A-Z]{10})/?$", re.IGNORECASE)


_HUNG_ON = re.compile(
    r"(.*?[0-9A-Za-z/])(?:[^!-~\s–—].*|[.,;:!?()\[\]{}'\"*<>]+(?:[^!-~].*)?)", re.DOTALL
)


def without_words_behind(address: str) -> str:
    """An address or code without the marks and words that a chat hung on its end: 。 ，请看 ） ...

    A mark between letters and figures, as before the number of an edition, belongs to it.
    """
    match = _HUNG_ON.fullmatch(address)
    return match[1] if match else address


def notice_url(public_url: str, code: str) -> str:
    """The address of a notice as it is printed where no page of a sheet is meant."""
    return f"{public_url.rstrip('/')}/N/{code}".upper()


@dataclass(frozen=True)
class Scan:
    """What the QR code of one sheet says: which notice, which edition, which page of it."""

    code: str
    edition: int
    page: int | None = None

    @property
    def key(self) -> EditionKey:
        return self.code, self.edition

    @property
    def tail(self) -> str:
        page = "" if self.page is None else f".{self.page}"
        return f"{self.code}.{self.edition}{page}"

    def url(self, public_url: str) -> str:
        """The address as it is printed: upper case, so that QR's alphanumeric mode serves."""
        return f"{public_url.rstrip('/')}/N/{self.tail}".upper()

    @classmethod
    def parse(cls, url: str) -> "Scan | None":
        """Read a scanned address back; None when it is not one of ours."""
        match = _SCAN.search(url.strip())
        if match is None:
            return None
        code = read_code(match[1])
        if code is None:
            return None
        return cls(code, int(match[2]), int(match[3]) if match[3] else None)


@dataclass(frozen=True)
class TypedCode:
    """What a person typed or scanned, read once; at most one of its fields is set."""

    address: Scan | None = None  # https://gk.example.cn/N/7KQ2M4XXXX.1
    tail: Scan | None = None  # 7KQ2M4XXXX.1, the address without what stands before it
    code: str | None = None  # also out of an address that names no edition
    digits: str | None = None  # the digits twin

    @property
    def scan(self) -> Scan | None:
        return self.address or self.tail

    @property
    def notice_code(self) -> str | None:
        """The code of the notice meant, however it was typed; None for digits and for no code."""
        return self.scan.code if self.scan else self.code

    @classmethod
    def read(cls, typed: str) -> "TypedCode":
        typed = without_words_behind(folded(typed).strip())
        if address := Scan.parse(typed):
            return cls(address=address)
        if tail := Scan.parse(f"/N/{typed}"):
            return cls(tail=tail)
        if notice := _NOTICE.search(typed.strip()):
            return cls(code=read_code(notice[1]))
        return cls(code=read_code(typed), digits=read_digits(typed))
