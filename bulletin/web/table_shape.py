"""How a table stands on a phone: as tiles, as a ledger or as cards."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.domain.notices.content import Column, Table, cell_words

SERIAL_TITLES = ("序号", "编号", "号")
LEAD_TITLES = ("摘要", "项目", "事项", "内容", "用途", "姓名", "户主", "名称")
DATE_TITLES = ("日期", "时间", "月份")
OUTGOING_TITLES = ("支出", "付出", "支付", "减少")
VOTE_TITLES = ("票", "赞成", "同意", "反对", "弃权")
MAX_SHORT = 5  # characters that stand beside a labelled amount on a 360 px phone
MIN_BROAD = 7  # columns: more than an article of text has room for
# In characters (rem) on a phone of 320 px: the line, what parts its two halves, and the sizes of
# label, words and figures (static/content.css).
LINE, GAP, LABEL_GAP = 17.5, 1.0, 0.5
LABEL_SIZE, WORD_SIZE, FIGURE_SIZE = 0.85, 0.9, 1.05
NARROW_CHAR = 0.62
REMAINING_TITLES = ("结余", "余额")
_VOTES = re.compile(r"\d[\d,]*\s*票?")


@dataclass(frozen=True)
class TableShape:
    """How a table stands on a phone, as CSS classes; the text and its order never change.

    `beside`: figures fit on the line of the leading cell.
    `below`: some words have no room beside figures, so that none stand there.
    `broad`: more columns than an article has room for.
    `s` serial, `t` the cell that leads its row, `n` figures on the right, `p` the figure that
    matters, `o` money going out: each with its column, counted from 1, so that hundreds of
    cells carry no class of their own.
    """

    classes: str
    kinds: tuple[Column, ...]
    labels: tuple[str, ...]  # before a cell on a phone; '' where the cell needs none

    def cells(self, row: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(label, words) of each cell of a row; an empty cell needs no label."""
        for column, label, cell in zip(self.kinds, self.labels, row, strict=True):
            yield (label if cell else ""), cell_words(column.kind, cell)


def table_shape(table: Table) -> TableShape:
    """A single row of money becomes tiles, a table with figures a ledger, any other one cards."""
    columns = table.columns
    has_money = any(column.kind == "money" for column in columns)
    figures = {place for place in range(1, len(columns) + 1) if _holds_figures(table, place)}
    serial = columns[0].title in SERIAL_TITLES
    if serial:
        figures.discard(1)
    if has_money and len(table.rows) == 1 and table.footer is None:
        form, lead = "tiles", 0
        roles: dict[str, set[int]] = {}
    else:
        form, lead = (
            "sheet ledger" if figures else "sheet cards",
            _lead(columns, figures, serial=serial),
        )
        roles = {"s": {1} if serial else set(), "t": {lead} - {0}, "n": figures}
        roles["p"] = _principal(columns, figures)
    labels = _labels(columns, lead=lead, serial=serial, form=form)
    roles["o"] = {place for place in figures if _holds(columns[place - 1].title, OUTGOING_TITLES)}
    classes = [
        form,
        *(["beside"] if _is_short(table, lead) else []),
        *(["below"] if form == "sheet ledger" and _lack_room(table, labels, lead, figures) else []),
        *(["broad"] if len(columns) >= MIN_BROAD and form != "tiles" else []),
        *(f"{role}{place}" for role, places in roles.items() for place in sorted(places)),
    ]
    return TableShape(" ".join(classes), columns, labels)


def _holds(title: str, words: Sequence[str]) -> bool:
    return any(word in title for word in words)


def _holds_figures(table: Table, place: int) -> bool:
    """Whether a column is counted or paid; votes are also where they were typed as words: 312票."""
    column = table.columns[place - 1]
    if column.kind in ("money", "number"):
        return True
    cells = [row[place - 1] for row in table.rows if row[place - 1]]
    counted = bool(cells) and all(_VOTES.fullmatch(cell) for cell in cells)
    return counted and column.kind == "text" and _holds(column.title, VOTE_TITLES)


def _lead(columns: Sequence[Column], figures: set[int], *, serial: bool) -> int:
    """The column that says what a row is about, counted from 1; 0 when figures are all there is."""
    texts = [
        place
        for place, column in enumerate(columns, 1)
        if column.kind in ("text", "date") and place not in figures and not (serial and place == 1)
    ]
    named = [place for place in texts if _holds(columns[place - 1].title, LEAD_TITLES)]
    return next(iter(named or texts), 0)


def _is_short(table: Table, lead: int) -> bool:
    """Whether the leading cells are names or so, and leave room for figures beside them."""
    return lead > 0 and all(len(row[lead - 1]) <= MAX_SHORT for row in table.rows)


def _lack_room(table: Table, labels: Sequence[str], lead: int, figures: set[int]) -> bool:
    """Whether some words don't fit beside the figures on the line of a phone."""

    def widest(place: int, size: float) -> float:
        column, label = table.columns[place - 1], labels[place - 1]
        words = (cell_words(column.kind, row[place - 1]) for row in table.rows)
        longest = max((_width(each) for each in words), default=0.0)
        before = _width(label) * LABEL_SIZE + LABEL_GAP if label else 0.0
        return before + longest * size if longest else 0.0

    room = LINE - GAP - max((widest(place, FIGURE_SIZE) for place in figures), default=0.0)
    worded = set(range(1, len(table.columns) + 1)) - figures - {lead}
    return any(widest(place, WORD_SIZE) > room for place in worded)


def _width(words: str) -> float:
    """About how wide words run, in Chinese characters."""
    return sum(1.0 if char > "\u2e80" else NARROW_CHAR for char in words)


def _principal(columns: Sequence[Column], figures: set[int]) -> set[int]:
    """The figures that matter: money that moved, before what is left; else whatever is counted."""
    money = {place for place in figures if columns[place - 1].kind == "money"}
    moved = {place for place in money if not _holds(columns[place - 1].title, REMAINING_TITLES)}
    return moved or money or figures


def _labels(columns: Sequence[Column], *, lead: int, serial: bool, form: str) -> tuple[str, ...]:
    """Titles without their unit (收入（元） → 收入), '' where a cell needs none."""

    def label(place: int, column: Column) -> str:
        needs_none = place == lead or (serial and place == 1) or column.title in DATE_TITLES
        if needs_none and form != "tiles":
            return ""
        title = column.title.replace("(", "（")
        return title.partition("（元")[0] or title

    return tuple(label(place, column) for place, column in enumerate(columns, 1))
