"""The columns of a catalog (公开事项目录), under any of the names that offices give them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bulletin.domain.characters import folded
from bulletin.readers.catalog.cells import BRACKETS

Row = Sequence[str]


class CatalogColumn(StrEnum):
    """What a column holds; the value is how the preview names it."""

    NUMBER = "序号"
    CATEGORY = "类别"
    TITLE = "公开事项"
    CONTENT = "公开内容"
    BASIS = "公开依据"
    DEADLINE = "公开时限"
    PUBLISHER = "公开主体"
    CHANNELS = "公开渠道"
    AUDIENCE = "公开对象"
    METHOD = "公开方式"
    LEVEL = "公开层级"
    REMARK = "备注"
    OTHER = "其他（保留）"


@dataclass(frozen=True)
class ColumnHeading:
    """One column: what it holds, its own words, the option it stands for, how deep a title it is."""

    column: CatalogColumn
    words: str
    option: str = ""  # 全社会 under 公开对象
    depth: int = 0
    guessed: bool = False  # the file gives it no name


@dataclass(frozen=True)
class TableHead:
    """The head of a table: one row or two."""

    headings: tuple[ColumnHeading, ...]
    rows: tuple[tuple[str, ...], ...]  # its own rows, plain, to know them again further down

    @property
    def is_usable(self) -> bool:
        return any(heading.column is CatalogColumn.TITLE for heading in self.headings)


_NAMES: tuple[tuple[CatalogColumn, re.Pattern[str]], ...] = tuple(
    (column, re.compile(pattern))
    for column, pattern in (
        (CatalogColumn.NUMBER, r"序号?|号|(?:事项|目录|项目)?(?:编码|编号)|no\.?"),
        (CatalogColumn.TITLE, r"[一二三四]级(?:事项|目录|指标)|主项|子项"),
        (CatalogColumn.TITLE, r"(?:公开|内容|信息|公开信息)名称|公开内容目录"),
        (
            CatalogColumn.TITLE,
            r"(?:公开|村务公开|政务公开|公示|主要|权力)?(?:事项|目录|项目|清单|条目|科目)(?:名称|目录|内容)?",
        ),
        (
            CatalogColumn.CONTENT,
            r"(?:应?公开的?)?(?:公示|主要|具体)?(?:内容|要素|内容要素)(?:[及和]?要求|及标准)?",
        ),
        (
            CatalogColumn.BASIS,
            r"(?:公开|法律|法规|政策|设定|制定|条款|文件|[和及与])*依据(?:[及和]条款|名称)?",
        ),
        (
            CatalogColumn.DEADLINE,
            r"(?:公开|公示|公布|发布|更新|办理)?(?:时限|时间|日期|期限|频率|频次|次数|周期)(?:类别|要求|节点|[及和].{2})?",
        ),
        (CatalogColumn.DEADLINE, r"公开要求"),
        (
            CatalogColumn.PUBLISHER,
            r"(?:信息)?(?:公开|责任|实施|发布|公布)?(?:责任)?主体(?:单位)?",
        ),
        (
            CatalogColumn.PUBLISHER,
            r"(?:公开|发布|公布|责任|牵头|承办|实施)(?:责任)?(?:单位|部门|机构)",
        ),
        (
            CatalogColumn.CHANNELS,
            r"(?:公开|发布|公布)?(?:渠道|载体|形式|途径|平台|场所|地点|位置)(?:[和及与、](?:渠道|载体|形式|方式|途径))?",
        ),
        (CatalogColumn.CHANNELS, r"公开方式[和及与、](?:渠道|载体|途径)"),
        (CatalogColumn.AUDIENCE, r"公开(?:对象|范围|受众)|面向对象|对象|受众"),
        (CatalogColumn.METHOD, r"公开(?:方式|属性)|方式"),
        (CatalogColumn.LEVEL, r"(?:公开)?(?:层级|层次|级别)"),
        (
            CatalogColumn.CATEGORY,
            r"(?:事项|公开|公开事项|目录|项目|所属|业务)?(?:类别|类型|分类|领域|种类|大类|板块|栏目)",
        ),
        (CatalogColumn.REMARK, r"备?注|备注?说明|说明|附注"),
    )
)
_OPTION = re.compile(
    r"全社会|社会公众|特定(?:群体|群众|对象|人群)|主动(?:公开)?|依申请(?:公开)?|"
    r"[省市县区乡镇街道村社、/()]{1,8}级?(?:[(].*[)])?"
)
_HOLDS_OPTIONS = frozenset({CatalogColumn.AUDIENCE, CatalogColumn.METHOD, CatalogColumn.LEVEL})
_DEPTHS = {"一": 1, "二": 2, "三": 3, "四": 4, "主": 1, "子": 2}
_MAX_NAME = 16
_UNNAMED = 9  # deeper than any level that has a name
_MIN_NAMES = 2
_MAX_HEAD_ROWS = 3


def plain(cell: str) -> str:
    """A column's name without white space, brackets and width: 公开内容 （要素）→ 公开内容."""
    words = folded(cell)
    return re.sub(r"[\s*:：]+", "", BRACKETS.sub("", words)).lower()


def column_of(cell: str) -> CatalogColumn | None:
    """The column of a catalog that a cell names, by any of its usual names; None for none."""
    words = plain(cell)
    if not words or len(words) > _MAX_NAME:
        return None
    return next((column for column, pattern in _NAMES if pattern.fullmatch(words)), None)


def head_at(grid: Sequence[Row], index: int) -> TableHead | None:
    """The head of a catalog that begins in a row; None when that row is none."""
    upper = grid[index]
    named = [column_of(cell) for cell in upper]
    filled = [cell for cell in upper if cell.strip()]
    known = {column for column in named if column is not None}
    if len(known) < _MIN_NAMES or len(filled) > 2 * sum(map(bool, named)):
        return None
    rows = [upper]
    for row in grid[index + 1 : index + _MAX_HEAD_ROWS]:
        if not _is_lower(rows[-1], row):
            break
        rows.append(row)
    lower = rows[-1] if len(rows) > 1 else None
    width = max(map(len, rows))
    for middle in rows[1:-1]:  # what it names itself goes before what stands above it
        wide = zip(_wide(upper, width), _wide(middle, width), strict=True)
        upper = [own if column_of(own) else above for above, own in wide]
    headings = _headings(_wide(upper, width), None if lower is None else _wide(lower, width))
    own_rows = tuple(tuple(plain(cell) for cell in row) for row in rows)
    return TableHead(_with_a_title(headings), own_rows)


def _is_lower(upper: Row, row: Row) -> bool:
    """The second row of a head: the names below a merged cell, and nothing else."""
    filled = [cell for cell in row if cell.strip()]
    names = [
        _is_lower_name(cell) or _is_below_merged(upper, place, cell)
        for place, cell in enumerate(row)
        if cell.strip()
    ]
    if not all(names) or not any(_is_lower_name(cell) for cell in filled):
        return False
    # A row that adds nothing under its own column is data, or the head once more.
    return any(
        cell.strip() and (place >= len(upper) or plain(cell) != plain(upper[place]))
        for place, cell in enumerate(row)
    )


def _is_below_merged(upper: Row, place: int, cell: str) -> bool:
    """A short name, of no column that we know, below one of several merged cells."""
    around = [upper[n].strip() if n < len(upper) else "" for n in (place, place + 1)]
    return not all(around) and len(plain(cell)) <= _MAX_NAME and not re.search(r"[0-9。；]", cell)


def _is_lower_name(cell: str) -> bool:
    return _OPTION.fullmatch(re.sub(r"\s", "", folded(cell))) is not None or (
        column_of(cell) is not None
    )


def _headings(upper: Row, lower: Row | None) -> list[ColumnHeading]:
    headings: list[ColumnHeading] = []
    above = ""
    for place, top in enumerate(upper):
        below = lower[place].strip() if lower is not None else ""
        above = top if top.strip() or not below else above
        headings.append(_heading(top, above if below else top, below))
    return headings


def _heading(top: str, above: str, below: str) -> ColumnHeading:
    own = column_of(below) if below else None
    if own is CatalogColumn.TITLE:
        return ColumnHeading(CatalogColumn.TITLE, below, depth=_DEPTHS.get(plain(below)[0], 1))
    column = column_of(above)
    if column in _HOLDS_OPTIONS and below:
        return ColumnHeading(column, f"{above.strip()}·{below}", option=below)
    if own is not None:
        return ColumnHeading(own, below)
    words = (top or below).strip()
    if column is None and (holder := _holder_of(words)) is not None:
        return ColumnHeading(holder, words, option=words)
    if column is None:
        return ColumnHeading(CatalogColumn.OTHER, words)
    return ColumnHeading(
        column, words, depth=_DEPTHS.get(plain(above)[0], 1) if column is CatalogColumn.TITLE else 0
    )


def _holder_of(words: str) -> CatalogColumn | None:
    """主动公开 and 全社会 as columns of their own, without 公开方式 and 公开对象 above them."""
    if re.fullmatch(r"主动(?:公开)?|依申请(?:公开)?", plain(words)):
        return CatalogColumn.METHOD
    return CatalogColumn.AUDIENCE if re.fullmatch(r"全社会|特定.{2}", plain(words)) else None


def _with_a_title(headings: list[ColumnHeading]) -> tuple[ColumnHeading, ...]:
    """Where no column is called 事项, the one that names things takes its place."""
    if not any(heading.column is CatalogColumn.TITLE for heading in headings):
        for stand_in in (CatalogColumn.CONTENT, CatalogColumn.CATEGORY):
            place = next((n for n, h in enumerate(headings) if h.column is stand_in), None)
            if place is not None:
                headings[place] = ColumnHeading(CatalogColumn.TITLE, headings[place].words, depth=1)
                break
    titles = [
        place for place, heading in enumerate(headings) if heading.column is CatalogColumn.TITLE
    ]
    last = titles[-1] if titles else len(headings)
    for place, heading in enumerate(headings):
        if heading.words or not titles:
            continue
        # Columns without a name, beside the titles: a field to the left, lower levels to the right.
        if place < titles[0]:
            headings[place] = ColumnHeading(CatalogColumn.CATEGORY, "", guessed=True)
        elif place == last + 1:
            last = place
            headings[place] = ColumnHeading(
                CatalogColumn.TITLE, "", depth=_UNNAMED + place, guessed=True
            )
    return tuple(headings)


def _wide(row: Row, width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]
