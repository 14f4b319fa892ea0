"""A reviewer's words beside a place of the text; they follow the text wherever it goes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bulletin.domain.errors import Refusal
from bulletin.domain.notices.changes.block_likeness import block_words
from bulletin.domain.notices.changes.words import likeness
from bulletin.domain.notices.content import Document, Table, cell_words
from bulletin.domain.notices.draft_checks import DraftCheck, Weight
from bulletin.domain.notices.permissions import EditionFacts, holders
from bulletin.domain.notices.workflow import IN_REVIEW, Act, State
from bulletin.domain.people import Actor

MAX_COMMENT = 500  # characters
LEAST_ALIKE = 0.5  # of a text that was rewritten and is still the one that was meant


@dataclass(frozen=True, kw_only=True)
class CommentPlace:
    """Where a comment stands, and the words that stood there; counted from 0.

    Without a block it is about the whole; `row` may be the number of rows, which is the line of sums.
    """

    block: int | None = None
    row: int | None = None
    column: int | None = None
    quote: str = ""  # the cell or the block
    beside: str = ""  # of a cell its whole row, parted by tabs
    head: str = ""  # and the title of its column


def place_in(
    document: Document, block: int | None, row: int | None, column: int | None
) -> CommentPlace | None:
    """A place that somebody points at, with what stands there; None when there is no such place."""
    if block is None:
        return CommentPlace()
    if not 0 <= block < len(document.blocks):
        return None
    shown = document.blocks[block]
    if row is None or column is None:
        return CommentPlace(block=block, quote=block_words(shown))
    if not isinstance(shown, Table) or not 0 <= column < len(shown.columns):
        return None
    rows = _rows_of(shown)
    if not 0 <= row < len(rows):
        return None
    return CommentPlace(
        block=block,
        row=row,
        column=column,
        quote=rows[row][column],
        beside="\t".join(rows[row]),
        head=shown.columns[column].title,
    )


def placed(place: CommentPlace, document: Document) -> CommentPlace | None:
    """The same place in a text that was changed since; None when its words are gone."""
    if place.block is None:
        return place
    if place.row is None:
        blocks = [block_words(block) for block in document.blocks]
        found = _nearest(place.quote, place.block, blocks)
        return None if found is None else replace(place, block=found)
    return _cell(place, document)


def _cell(place: CommentPlace, document: Document) -> CommentPlace | None:
    tables = [
        (at, block, _columns(place, block))
        for at, block in enumerate(document.blocks)
        if isinstance(block, Table) and _columns(place, block)
    ]
    for at, table, columns in sorted(tables, key=lambda each: abs(each[0] - (place.block or 0))):
        rows = ["\t".join(row) for row in _rows_of(table)]
        found = _nearest(place.beside, place.row or 0, rows)
        if found is not None:
            column = min(columns, key=lambda each: abs(each - (place.column or 0)))
            return replace(place, block=at, row=found, column=column)
    return None


def _columns(place: CommentPlace, table: Table) -> list[int]:
    return [at for at, column in enumerate(table.columns) if column.title == place.head]


def _rows_of(table: Table) -> list[tuple[str, ...]]:
    """Its rows and the line of sums, as page and paper show them."""
    kinds = [column.kind for column in table.columns]
    rows = (*table.rows, *([table.footer] if table.footer else []))
    return [tuple(map(cell_words, kinds, row)) for row in rows]


def _nearest(words: str, at: int, texts: Sequence[str]) -> int | None:
    """Which text it is: the same words, else the most alike ones; of several the nearest."""
    same = [place for place, text in enumerate(texts) if text == words]
    if same:
        return min(same, key=lambda place: abs(place - at))
    alike = {place: likeness(words, text) for place, text in enumerate(texts)}
    found = max(alike, key=lambda place: (alike[place], -abs(place - at)), default=None)
    return found if found is not None and alike[found] >= LEAST_ALIKE else None


def comment_refusals(actor: Actor, edition: EditionFacts) -> tuple[Refusal, ...]:
    """Every reason why a person may not write beside the text now: whoever reviews it may."""
    if edition.state not in IN_REVIEW:
        return (Refusal("not_in_this_state", f"“{edition.state.label}”的公开件不能写意见。"),)
    if not _reviews(actor, edition):
        return (Refusal("not_your_role", "意见由审查这份公开件的人来写。"),)
    return ()


def answer_refusals(actor: Actor, edition: EditionFacts) -> tuple[Refusal, ...]:
    """Every reason why a person may neither answer a comment nor close it."""
    if edition.state is not State.DRAFT and edition.state not in IN_REVIEW:
        return (Refusal("not_in_this_state", "已经审定的公开件，意见不再改动。"),)
    if not _reviews(actor, edition) and not _holds(actor, Act.SUBMIT, edition):
        return (Refusal("not_your_role", "意见由信息员和审查的人答复。"),)
    return ()


def _reviews(actor: Actor, edition: EditionFacts) -> bool:
    return any(_holds(actor, step, edition) for step in edition.steps)


def _holds(actor: Actor, act: Act, edition: EditionFacts) -> bool:
    return any(actor.holds(role, village) for role, village in holders(act, edition))


def open_comment_checks(
    comments: Iterable[tuple[CommentPlace | None, str, str]],
) -> tuple[DraftCheck, ...]:
    """Open comments, said before a draft is handed in again.

    Args:
        comments: where each stands now (None: its words are gone), who wrote it, and what.
    """
    return tuple(_check(place or CommentPlace(), by, words) for place, by, words in comments)


def _check(place: CommentPlace, by: str, words: str) -> DraftCheck:
    return DraftCheck(
        code="comment_open",
        words=f"{by}的意见“{words}”还没有关掉。改好或答复后关掉；确实不改的，核对后再提交。",
        weight=Weight.DOUBT,
        block=place.block,
        row=place.row,
        column=place.column,
    )


def place_words(place: CommentPlace) -> str:
    """第3段 · 表格第2行“金额（元）”, counted from 1; '' for the whole."""
    if place.block is None:
        return ""
    words = f"第{place.block + 1}段"
    return words if place.row is None else f"{words}表格第{place.row + 1}行“{place.head}”"
