"""On what an item rests: an article of a law, or what places do and no law says."""

import re
from dataclasses import dataclass

PRACTICE = "当地做法"  # in place of a law
_BASIS = re.compile(
    r"《(?P<law>[^》]+)》(?:[（(](?P<version>[^）)]*)[）)])?(?P<articles>(?:第[^，。；;、《\s]+条(?:第[^，。；;、《\s]+[款项])?[、，,和]?)*)"
)


@dataclass(frozen=True)
class LegalBasis:
    law: str  # 中华人民共和国村民委员会组织法, or 当地做法
    version: str  # 2025年修正; of a practice what the law leaves open
    article: str  # 第三十五条; '' when the whole document is the basis

    @property
    def is_practice(self) -> bool:
        return self.law == PRACTICE

    def words(self) -> str:
        version = f"（{self.version}）" if self.version else ""
        if self.is_practice:
            return f"{self.law}{version}"
        return f"《{self.law}》{version}{self.article}"


def legal_bases(words: str) -> tuple[LegalBasis, ...]:
    """《law》（version）第三十五条 …, one basis for each document named."""
    return tuple(
        LegalBasis(match["law"], match["version"] or "", match["articles"].strip("、，,和"))
        for match in _BASIS.finditer(words)
    )
