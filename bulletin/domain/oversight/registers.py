"""登记簿: what the township issued, decided, collected and was sued for; tables 二 and 四 of its annual report.

A township makes no 规章, so that their row is nought by law (立法法第九十一条、第九十三条).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bulletin.domain.labels import Labelled
from bulletin.domain.oversight.annual_report.layout import CellKey, Layout, TableName

_FEN_OF_TEN_THOUSAND_YUAN = 1_000_000


class RegisterKind(Labelled):
    DOCUMENT = "document", "行政规范性文件"
    LICENCE = "licence", "行政许可"
    PENALTY = "penalty", "行政处罚"
    COERCION = "coercion", "行政强制"
    FEE = "fee", "行政事业性收费"
    RECONSIDERATION = "reconsideration", "行政复议"
    LAWSUIT_DIRECT = "lawsuit_direct", "行政诉讼（未经复议直接起诉）"
    LAWSUIT_AFTER = "lawsuit_after", "行政诉讼（复议后起诉）"

    @property
    def is_case(self) -> bool:
        """Somebody contests what the township did; it ends with a result."""
        return self.value in _CASE_ROWS

    @property
    def can_end(self) -> bool:
        """A document is repealed, a case is decided."""
        return self is RegisterKind.DOCUMENT or self.is_case


class CaseResult(Labelled):
    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"


_CASE_ROWS = frozenset({"reconsideration", "lawsuit_direct", "lawsuit_after"})
_DECISION_ROWS = {
    RegisterKind.LICENCE: "licences",
    RegisterKind.PENALTY: "penalties",
    RegisterKind.COERCION: "coercions",
}


@dataclass(frozen=True, kw_only=True)
class RegisterFacts:
    """What is counted of an entry."""

    kind: RegisterKind
    on: date  # issued, decided, collected, accepted
    ended_on: date | None = None  # repealed, or decided by who judges it
    result: CaseResult | None = None
    fen: int = 0  # collected


def cells_of_entry(entry: RegisterFacts, year: int, layout: Layout) -> list[CellKey]:
    """The cells of a year in which an entry is counted. Of a fee it is its amount that counts."""
    wanted = set(layout.cells())
    return [key for key in _cells(entry, year) if key in wanted]


def _cells(entry: RegisterFacts, year: int) -> Iterator[CellKey]:
    if entry.on.year > year:
        return
    ended = entry.ended_on.year if entry.ended_on and entry.ended_on.year <= year else None
    if entry.kind.is_case:
        if ended in {None, year}:
            result = entry.result.value if ended and entry.result else "pending"
            yield CellKey(TableName.REVIEWS, entry.kind.value, result)
            yield CellKey(TableName.REVIEWS, entry.kind.value, "total")
    elif entry.kind is RegisterKind.DOCUMENT:
        counted = {
            "issued": entry.on.year == year,
            "repealed": ended == year,
            "in_force": not ended,
        }
        for column, is_counted in counted.items():
            if is_counted:
                yield CellKey(TableName.PROACTIVE, "documents", column)
    elif entry.on.year == year:
        row = _DECISION_ROWS.get(entry.kind, "fees")
        yield CellKey(TableName.PROACTIVE, row, "amount" if row == "fees" else "decisions")


def register_figures(
    entries: Iterable[RegisterFacts], year: int, layout: Layout
) -> dict[CellKey, Decimal]:
    """Tables 二 and 四 of a year; fees in 万元, exact to the fen."""
    counts = Counter[CellKey]()
    for entry in entries:
        for key in cells_of_entry(entry, year, layout):
            counts[key] += entry.fen if key.row == "fees" else 1
    return {
        key: Decimal(counts[key]) / _FEN_OF_TEN_THOUSAND_YUAN
        if key.row == "fees"
        else Decimal(counts[key])
        for key in layout.cells()
        if key.table is not TableName.REQUESTS
    }
