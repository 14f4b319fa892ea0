"""The pattern of a draft: an earlier notice, as it was rolled on to the new period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.notices.content import (
    Attachment,
    Block,
    Column,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    Table,
    Translation,
)
from bulletin.domain.notices.content_serialization import document_json, read_document
from bulletin.domain.patterns.period_names import months_renamed, renamed


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """What a draft began with; whatever still stands as it does here may be last period's."""

    title: str
    document: Document
    periods: tuple[Period, ...] = ()  # what the draft is about
    old_years: frozenset[int] = frozenset()  # of the earlier notice, where the new one has another

    @property
    def row_count(self) -> int:
        """The rows of its tables."""
        return sum(len(block.rows) for block in self.document.blocks if isinstance(block, Table))


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What came along of an earlier notice, and in words what did not."""

    pattern: Pattern
    document: Document  # what the draft begins with: the pattern, its balances carried over
    is_own: bool = True  # of the same publisher
    left_out: tuple[str, ...] = ()


def period_of(occasion: str) -> Period | None:
    """The period that a duty's occasion names; None for an event or a matter's step."""
    try:
        return Period.parse(occasion)
    except ValueError:
        return None


class Rolling:
    """A change of wording: each old period becomes its new one, each old name the new one.

    Args:
        names: of a matter or a village, the old one and what takes its place.
    """

    def __init__(
        self, periods: Iterable[tuple[Period, Period]], names: Mapping[str, str] | None = None
    ) -> None:
        self._moves = [(old, new) for old, new in dict(periods).items() if old != new]
        self._names = sorted((names or {}).items(), key=lambda pair: -len(pair[0]))

    def __call__(self, text: str) -> str:
        for old, new in self._moves:
            text = renamed(text, old, new)
        for old_name, new_name in self._names:
            text = text.replace(old_name, new_name) if old_name else text
        return text

    def column(self, texts: Sequence[str]) -> list[str]:
        """Heads beside, or labels below one another: the months of a period roll on too."""
        moved = list(map(self, texts))
        for old, new in self._moves:
            moved = months_renamed(moved, old, new)
        return moved


def take(
    title: str,
    document: Document,
    reworded: Rolling,
    *,
    only_heads: bool = False,
    personal: bool = False,
) -> Taken:
    """The earlier notice in its new wording, without its pictures and attachments.

    Args:
        only_heads: leave the rows of its tables behind.
        personal: it lists people: neither rows nor lists come along.
    """
    blocks: list[Block] = []
    left_out: list[str] = []
    for block in document.blocks:
        match block:
            case Image(alt=alt, caption=caption):
                left_out.append(f"图片“{caption or alt}”" if caption or alt else "图片")
            case Attachment(name=name):
                left_out.append(f"附件“{name}”")
            case Summary():
                left_out.append("明白账（换好数再照表写）")
            case Translation(language=language):
                left_out.append(f"{language.label}的译文（照新的内容再写）")
            case ListBlock(items=items) if personal:
                blocks.append(replace(block, items=("",)))
                left_out.append(f"列表的{len(items)}条")
            case Table() if (only_heads or personal) and block.rows:
                blocks.append(reworded_block(without_rows(block), reworded))
                left_out.append(f"表{_named(block)}的{len(block.rows)}行")
            case _:
                blocks.append(reworded_block(block, reworded))
    pattern = Pattern(title=reworded(title), document=Document(tuple(blocks)))
    return Taken(pattern=pattern, document=pattern.document, left_out=tuple(left_out))


def _named(table: Table) -> str:
    return f"“{table.caption}”" if table.caption else ""


def without_rows(table: Table) -> Table:
    """The table with one empty row to write into."""
    return replace(table, rows=(("",) * len(table.columns),), footer=None)


def reworded_block(block: Block, reworded: Rolling) -> Block:
    """A block with every text in it reworded; what holds none is left as it is."""
    match block:
        case Heading() | Paragraph():
            return replace(block, text=reworded(block.text))
        case ListBlock():
            return replace(block, items=tuple(map(reworded, block.items)))
        case Table():
            return _reworded_table(block, reworded)
        case _:
            return block


def _reworded_table(table: Table, reworded: Rolling) -> Table:
    """Amounts and numbers name no period."""
    heads = reworded.column([column.title for column in table.columns])
    rows = [*table.rows, *([table.footer] if table.footer else [])]
    columns = [
        [row[place] for row in rows]
        if column.kind in ("money", "number")
        else reworded.column([row[place] for row in rows])
        for place, column in enumerate(table.columns)
    ]
    moved = list(zip(*columns, strict=True)) if rows else []
    count = len(table.rows)
    return replace(
        table,
        caption=reworded(table.caption),
        columns=tuple(Column(h, c.kind) for h, c in zip(heads, table.columns, strict=True)),
        rows=tuple(moved[:count]),
        footer=moved[count] if table.footer else None,
    )


def pattern_json(pattern: Pattern) -> dict[str, Any]:
    """The JSON form that `read_pattern` takes back unchanged."""
    return {
        "title": pattern.title,
        "document": document_json(pattern.document),
        "periods": [period.key for period in pattern.periods],
        "old_years": sorted(pattern.old_years),
    }


def read_pattern(stored: Mapping[str, Any]) -> Pattern:
    return Pattern(
        title=stored["title"],
        document=read_document(stored["document"]),
        periods=tuple(map(Period.parse, stored["periods"])),
        old_years=frozenset(stored["old_years"]),
    )
