"""应急登记: numbered sheets printed ahead for days without power or network, typed in afterwards without a gap."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.domain.characters import folded
from bulletin.domain.codes import ALPHABET
from bulletin.domain.labels import Labelled

CODE_LENGTH = 4
MAX_SHEETS = 100  # printed at once
_LOOKALIKE = str.maketrans("ILO", "110")


class EmergencyState(Labelled):
    BLANK = "blank", "空白"
    USED = "used", "用了"
    SPOILED = "spoiled", "写坏了"
    MISSING = "missing", "找不到"


class SheetMatter(Labelled):
    """What was written on a sheet."""

    REQUEST = "request", "信息公开申请"
    REGISTER = "register", "登记簿的一条"
    QUESTION = "question", "村民提问"
    POSTING = "posting", "张贴、取下"
    OTHER = "other", "别的"


@dataclass(frozen=True)
class EmergencyFacts:
    number: int
    state: EmergencyState


def new_code() -> str:
    """What is printed beside a number, so that one who types it has the paper in hand."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def is_code(typed: str, code: str) -> bool:
    """Whether a code was typed as it is printed; I, L and O are read as the figures they look like."""
    read = folded(typed).strip().upper().translate(_LOOKALIKE)
    return secrets.compare_digest(read.encode(), code.encode())


def unexplained(sheets: Iterable[EmergencyFacts]) -> list[int]:
    """The numbers that are still blank though a later one was used: each is to be explained."""
    known = list(sheets)
    last = max((sheet.number for sheet in known if sheet.state is EmergencyState.USED), default=0)
    return sorted(s.number for s in known if s.state is EmergencyState.BLANK and s.number < last)
