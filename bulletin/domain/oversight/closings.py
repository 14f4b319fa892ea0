"""结账: a year of a ledger is sealed as it stands; what changes afterwards is seen beside it.

What was open when it was sealed and is ended in a later year goes on; everything else is a correction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bulletin.domain.labels import Labelled


class LedgerKind(Labelled):
    REQUESTS = "requests", "依申请公开台账"
    REGISTERS = "registers", "登记簿"
    NOTICES = "notices", "公开件登记簿"


ENDED_ON = {LedgerKind.REQUESTS: "办结", LedgerKind.REGISTERS: "废止、审结", LedgerKind.NOTICES: ""}
# The columns that are filled when something ends; and what is done with a request until then.
ANSWER = "答复指纹"  # in the place of an answer, which is no part of a table
GOES_ON = frozenset({"办理", "办结", "结果", ANSWER, "废止、审结"})

Rows = Mapping[str, Mapping[str, str]]  # by the key of a row, what stands under each heading


@dataclass(frozen=True)
class LedgerChange:
    """One row that differs from the sealed one."""

    key: str  # 依申请〔2026〕1号
    words: str  # 结果：予以公开 → 部分公开
    is_correction: bool  # else it only went on after the year


def by_key(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Rows:
    """A table by its first column."""
    return {row[0]: dict(zip(header, row, strict=True)) for row in rows}


def changes_since(kind: LedgerKind, year: int, sealed: Rows, current: Rows) -> list[LedgerChange]:
    """What differs from the sealed table of a year, in the order of the rows of today."""
    added = [
        LedgerChange(key, "结账以后补登", is_correction=True)
        for key in current
        if key not in sealed
    ]
    gone = [
        LedgerChange(key, "结账以后没有了", is_correction=True)
        for key in sealed
        if key not in current
    ]
    changed = [
        change
        for key in current
        if key in sealed and (change := _change(kind, year, key, sealed[key], current[key]))
    ]
    return [*changed, *added, *gone]


def _change(
    kind: LedgerKind, year: int, key: str, was: Mapping[str, str], says: Mapping[str, str]
) -> LedgerChange | None:
    different = [heading for heading in was if was[heading] != says.get(heading, "")]
    if not different:
        return None
    words = "；".join(_words(each, was[each], says.get(each, "")) for each in different)
    return LedgerChange(key, words, is_correction=not _goes_on(kind, year, was, says, different))


def _words(heading: str, was: str, says: str) -> str:
    if heading == ANSWER:
        return "答复的内容变了"
    return f"{heading}：{was or '空'} → {says or '空'}"


def _goes_on(
    kind: LedgerKind,
    year: int,
    was: Mapping[str, str],
    says: Mapping[str, str],
    different: Sequence[str],
) -> bool:
    """Whether a row that was open only took its course after the year."""
    ended_on = ENDED_ON[kind]
    if not ended_on or was[ended_on] or not set(different) <= GOES_ON:
        return False
    end = says.get(ended_on, "")
    return not end or end[:4] > str(year)
