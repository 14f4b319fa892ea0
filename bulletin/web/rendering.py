"""How values become words and shapes on a page: the filters and globals of every template.

A resident's page works without script and cookies, so the larger type travels in the address
(`?big=1`) and `link` and `with_big` carry it along.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from flask import Flask, request, url_for
from flask_babel import gettext as _

from bulletin.domain import labels
from bulletin.domain.amounts import prose_words
from bulletin.domain.codes import digits_words
from bulletin.domain.days import day_words, instant_words, village_day, village_time, weekday_words
from bulletin.domain.notices.content import Column, Table, cell_words
from bulletin.services.notices.detail import FileLink

BIG = "big"
KILO = 1024


def install(app: Flask) -> None:
    """Teach an application's templates the words and shapes of the village.

    The application brings Flask-Babel for `_` and `{% trans %}`. Lines that hold nothing but
    a block leave no blank line behind, which keeps a long ledger under the weight it may have.
    """
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        cell_words=lambda cell, kind: cell_words(kind, cell),
        day=village_day,
        day_words=day_words,
        digits_words=digits_words,
        file_of=file_of,
        instant_words=instant_words,
        kind_words=kind_words,
        prose_words=prose_words,
        recent_words=recent_words,
        size_words=size_words,
        table_shape=table_shape,
        tel_url=tel_url,
        weekday_words=weekday_words,
        with_big=with_big,
    )
    app.jinja_env.globals.update(
        copied=None, is_big=is_big, link=link, other_size_url=other_size_url
    )


# --- words -------------------------------------------------------------------------------------


def labels_of(kind: type[labels.Member]) -> dict[labels.Member, str]:
    """Every member of an enumeration with its word, in the language of the page."""
    return {member: _(word) for member, word in labels.labels_of(kind).items()}


def recent_words(at: datetime, now: datetime) -> str:
    """An instant of today as 10:05; an earlier one with its day: 10月9日 10:05."""
    local = village_time(at)
    if local.date() == village_day(now):
        return f"{local:%H:%M}"
    return f"{day_words(local.date(), since=village_day(now))} {local:%H:%M}"


def size_words(size: int) -> str:
    """A size in bytes as a phone shows it: 356 KB, 1.2 MB (1 KB = 1024 bytes, never less than 1)."""
    kilobytes = max(1, round(size / KILO))
    return f"{kilobytes} KB" if kilobytes < KILO else f"{size / KILO**2:.1f} MB"


def kind_words(name: str) -> str:
    """What kind of file a name promises, for someone who must decide whether to open it."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    words: str
    match ending:
        case "xls" | "xlsx" | "et" | "csv":
            words = _("Excel表格")
        case "doc" | "docx" | "wps":
            words = _("Word文档")
        case "jpg" | "jpeg" | "png" | "webp":
            words = _("图片")
        case "":
            words = _("文件")
        case _other:
            words = _("%(ending)s文件", ending=ending.upper())
    return words


def tel_url(phone: str) -> str:
    """The address that makes a phone dial; an extension after 转 follows as a pause."""
    number, _sign, extension = phone.partition("转")
    digits = "".join(char for char in number if char.isdecimal() or char == "+")
    pause = "".join(char for char in extension if char.isdecimal())
    return f"tel:{digits},{pause}" if pause else f"tel:{digits}"


def file_of(files: Sequence[FileLink], digest: str) -> FileLink | None:
    """The link to a picture or attachment of the content; None when its bytes are gone."""
    return next((link for link in files if link.file == digest), None)


# --- the larger type ---------------------------------------------------------------------------


def is_big() -> bool:
    return request.args.get(BIG) == "1"


def with_big(url: str) -> str:
    """An address of ours that keeps the type size the reader chose."""
    if not url or not is_big():
        return url
    parts = urlsplit(url)
    query = f"{parts.query}&{BIG}=1" if parts.query else f"{BIG}=1"
    return urlunsplit(parts._replace(query=query))


def link(endpoint: str, **values: Any) -> str:
    return with_big(url_for(endpoint, **values))


def other_size_url() -> str:
    """This very page in the other type size."""
    kept = {name: value for name, value in request.args.items() if name != BIG}
    query = urlencode(kept if is_big() else {**kept, BIG: "1"})
    return f"{request.path}?{query}" if query else request.path


# --- the shape of a table ----------------------------------------------------------------------

_SERIALS = ("序号", "编号", "号")
_LEADS = ("摘要", "项目", "事项", "内容", "用途", "姓名", "户主", "名称")
_PLAIN_DATES = ("日期", "时间", "月份")
_OUTGOING = ("支出", "付出", "支付", "减少")
_SHORT = 5  # characters that stand beside a labelled amount on a 360 px phone
_REMAINING = ("结余", "余额")


@dataclass(frozen=True)
class TableShape:
    """How a table stands on a phone, as CSS classes; the text and its order never change.

    `beside`: figures fit on the line of the leading cell.
    `s` serial, `t` the cell that leads its row, `n` figures on the right, `p` the figure that
    matters, `o` money going out: each with its column, counted from 1, so that hundreds of
    cells carry no class of their own.
    """

    classes: str
    kinds: tuple[Column, ...]
    labels: tuple[str, ...]  # said before a cell on a phone; '' where the cell speaks for itself

    def cells(self, row: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(label, words) of each cell of a row; an empty cell needs no label."""
        for column, label, cell in zip(self.kinds, self.labels, row, strict=True):
            yield (label if cell else ""), cell_words(column.kind, cell)


def table_shape(table: Table) -> TableShape:
    """A single row of money becomes tiles, a table with figures a ledger, any other one cards."""
    columns = table.columns
    has_money = any(column.kind == "money" for column in columns)
    figures = {
        place for place, column in enumerate(columns, 1) if column.kind in ("money", "number")
    }
    serial = columns[0].title in _SERIALS
    if serial:
        figures.discard(1)
    if has_money and len(table.rows) == 1 and table.footer is None:
        form, lead = "tiles", 0
        roles: dict[str, set[int]] = {}
    else:
        form, lead = "sheet ledger" if figures else "sheet cards", _lead(columns, serial=serial)
        roles = {"s": {1} if serial else set(), "t": {lead} - {0}, "n": figures}
        roles["p"] = _principal(columns, figures)
    roles["o"] = {place for place in figures if _holds(columns[place - 1].title, _OUTGOING)}
    classes = [
        form,
        *(["beside"] if _is_short(table, lead) else []),
        *(f"{role}{place}" for role, places in roles.items() for place in sorted(places)),
    ]
    return TableShape(
        " ".join(classes), columns, _labels(columns, lead=lead, serial=serial, form=form)
    )


def _holds(title: str, words: Sequence[str]) -> bool:
    return any(word in title for word in words)


def _lead(columns: Sequence[Column], *, serial: bool) -> int:
    """The column that says what a row is about, counted from 1; 0 when figures are all there is."""
    texts = [
        place
        for place, column in enumerate(columns, 1)
        if column.kind in ("text", "date") and not (serial and place == 1)
    ]
    named = [place for place in texts if _holds(columns[place - 1].title, _LEADS)]
    return next(iter(named or texts), 0)


def _is_short(table: Table, lead: int) -> bool:
    """Whether the leading cells are names or so, and leave room for figures beside them."""
    return lead > 0 and all(len(row[lead - 1]) <= _SHORT for row in table.rows)


def _principal(columns: Sequence[Column], figures: set[int]) -> set[int]:
    """The figures that matter: money that moved, before what is left; else whatever is counted."""
    money = {place for place in figures if columns[place - 1].kind == "money"}
    moved = {place for place in money if not _holds(columns[place - 1].title, _REMAINING)}
    return moved or money or figures


def _labels(columns: Sequence[Column], *, lead: int, serial: bool, form: str) -> tuple[str, ...]:
    """Titles without their unit (收入（元） → 收入), left out where the cell speaks for itself."""

    def label(place: int, column: Column) -> str:
        speaks = place == lead or (serial and place == 1) or column.title in _PLAIN_DATES
        if speaks and form != "tiles":
            return ""
        title = column.title.replace("(", "（")
        return title.partition("（元")[0] or title

    return tuple(label(place, column) for place, column in enumerate(columns, 1))
