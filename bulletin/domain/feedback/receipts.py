"""The receipt: a number and a code, by which a person without a name follows what was asked.

The number says which question, the code proves whose. Whoever keeps the database can't work the code out of
it: kept is only a slow digest, and forms carry the nonce from which the code is derived.
"""

import hashlib
import hmac
import re
import secrets

from bulletin.domain.characters import folded
from bulletin.domain.codes import ALPHABET, check_digit, grouped

NUMBER_LENGTH = 9
CODE_LENGTH = 8  # 40 bits
# Of scrypt: 16 MB and some 40 ms for each guess. By another, no code that was given out holds.
_COST = 2**14
MAX_SHOWINGS = 2  # the receipt is given, and once more when the same form is sent again
_LOOKALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})
_NOT_TYPED = re.compile(r"[\s\-–—]")


def new_number() -> str:
    """Eight random figures and a check digit; it begins with none that a telephone begins with."""
    body = str(secrets.randbelow(8) + 2)
    body += "".join(str(secrets.randbelow(10)) for _ in range(NUMBER_LENGTH - 2))
    return body + check_digit(body)


def new_nonce() -> str:
    """What a form carries so that, sent twice, it asks once: 32 hexadecimal figures."""
    return secrets.token_hex(16)


def nonce_digest(nonce: str) -> str:
    """What is kept of a nonce: enough to know it again, too little to derive its code."""
    return hashlib.sha256(f"receipt\0{nonce}".encode()).hexdigest()


def receipt_code(secret: bytes, nonce: str) -> str:
    """The code of the receipt that the form with this nonce leads to."""
    digest = hmac.new(secret, f"receipt\0{nonce}".encode(), hashlib.sha256).digest()
    value = int.from_bytes(digest[:5], "big")
    return "".join(ALPHABET[(value >> 5 * place) & 31] for place in reversed(range(CODE_LENGTH)))


def code_digest(number: str, code: str) -> str:
    """What is kept of a code: each guess costs as `_COST` says."""
    kept = hashlib.scrypt(code.encode(), salt=number.encode(), n=_COST, r=8, p=1, dklen=32)
    return kept.hex()


def is_code_of(number: str, code: str, kept: str) -> bool:
    return hmac.compare_digest(code_digest(number, code), kept)


def read_number(typed: str) -> str | None:
    """A receipt's number from whatever a person typed; None when it can't be one."""
    digits = _NOT_TYPED.sub("", folded(typed))
    fits = len(digits) == NUMBER_LENGTH and digits.isascii() and digits.isdecimal()
    return digits if fits and check_digit(digits[:-1]) == digits[-1] else None


def read_receipt_code(typed: str) -> str | None:
    """A receipt's code from whatever a person typed; None when it can't be one."""
    code = _NOT_TYPED.sub("", folded(typed)).upper().translate(_LOOKALIKE)
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def number_words(number: str) -> str:
    """482 913 064, as it is printed."""
    return " ".join(grouped(number, 3))


def code_words(code: str) -> str:
    """K7QM-3XW2, as it is printed."""
    return "-".join(grouped(code, 4))
