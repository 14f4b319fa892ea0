"""Register numbers: per publisher and year of approval, without gaps."""

import re
from dataclasses import dataclass

from bulletin.domain.characters import folded

# Few keyboards have 〔〕.
_TYPED = re.compile(
    r"\s*(\S+?)\s*[〔\[(【〈]\s*(\d{4})\s*[〕\])】〉]\s*(?:第\s*)?0*(\d{1,6})\s*号?\s*"
)


@dataclass(frozen=True)
class RegisterNumber:
    prefix: str  # 张家村公开
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.number}号"

    @classmethod
    def read(cls, typed: str) -> "RegisterNumber | None":
        """A number as somebody types it, in whatever brackets; None for what is none."""
        match = _TYPED.fullmatch(folded(typed))
        return cls(match[1], int(match[2]), int(match[3])) if match else None
