"""What a check of a report found."""

from dataclasses import dataclass

from bulletin.domain.labels import Labelled


class ReportVerdict(Labelled):
    FAIL = "FAIL", "不符"
    UNCERTAIN = "UNCERTAIN", "请核对"
    NOT_ASSESSABLE = "NOT_ASSESSABLE", "看不出"


@dataclass(frozen=True, kw_only=True)
class ReportFinding:
    """One rule that a report does not keep, or of which nobody can tell."""

    rule: str  # requests.balance
    cell: str  # where: 表三 · 自然人; the part of the text
    expected: str
    found: str
    verdict: ReportVerdict
    words: str  # the rule, for people: 一＋二＝三（七）＋四

    @property
    def is_fault(self) -> bool:
        return self.verdict is ReportVerdict.FAIL
