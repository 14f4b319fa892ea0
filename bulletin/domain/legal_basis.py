"""On what an item rests: an article of a law, or what places do and no law says."""

from dataclasses import dataclass

PRACTICE = "当地做法"  # in place of a law


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
