"""Register numbers: per publisher and year of approval, without gaps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RegisterNumber:
    prefix: str  # 张家村公开
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.number}号"
