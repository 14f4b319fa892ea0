"""A file that is brought into a draft: what of it comes along, and what is to be chosen first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from bulletin.domain.errors import refuse
from bulletin.domain.notices.brought.outline import Outline, outline_of
from bulletin.domain.notices.brought.sheets import CellRange, read_range, tables_of, used_range
from bulletin.domain.notices.content import SALUTATION, Block, Heading, ListBlock, Paragraph
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.readers.brought.file import read_brought
from bulletin.readers.brought.worksheets import SheetChoice, Workbook, Worksheet
from bulletin.services.access import edition_for
from bulletin.services.received_file import MAX_UPLOAD
from bulletin.services.site import Site
from bulletin.services.transition import ensure_may
from bulletin.store.brought import ChosenCells, WaitingFile, chosen_for
from bulletin.store.notices import Notice

_NUMBERS = re.compile(r"[0-9０-９一二三四五六七八九十〇]+")


@dataclass(frozen=True, kw_only=True)
class CellsAsked:
    """What somebody chose of a workbook; `cells` is A3:F30, '' for the whole sheet."""

    sheet: str
    cells: str = ""
    also_hidden: bool = False


@dataclass(frozen=True, kw_only=True)
class ChosenSheet:
    sheet: str
    cells: str  # '' for the whole sheet
    also_hidden: bool
    holds_hidden: bool  # rows or columns with words that are not shown
    is_remembered: bool  # chosen the last time, not now


@dataclass(frozen=True, kw_only=True)
class BroughtFile:
    """What comes of a file; `outline` is None while a sheet is to be chosen."""

    name: str
    outline: Outline | None
    choices: tuple[SheetChoice, ...] = ()
    chosen: ChosenSheet | None = None


def brought_file(
    site: Site,
    actor: Actor,
    code: str,
    name: str,
    data: bytes,
    now: datetime,
    asked: CellsAsked | None = None,
) -> BroughtFile:
    """Read a file for a draft; nothing is kept.

    Raises:
        Refused: the draft is no longer one, the file cannot be read, or what was asked is not in it.
    """
    if len(data) > MAX_UPLOAD:
        limit = MAX_UPLOAD // 1024 // 1024
        raise refuse(
            "too_large", f"文件超过{limit}兆。请压缩里面的大图片，或者拆成几个文件再带进来。"
        )
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        remembered = remembered_cells(session, edition.notice)
    read = read_brought(data, name)
    if not isinstance(read, Workbook):
        return BroughtFile(name=name, outline=outline_of(read))
    if not read.filled:
        raise refuse("file_without_words", "表格里没有看得见的内容，请看看是不是选错了文件。")
    return _of_workbook(name, read, asked, remembered)


def _of_workbook(
    name: str, book: Workbook, asked: CellsAsked | None, remembered: ChosenCells | None
) -> BroughtFile:
    choices = tuple(book.choices())
    found = _asked(book, asked) if asked else _recalled(book, remembered)
    if found is None and len(book.filled) == 1:
        found = (book.filled[0], None)
    if found is None:
        return BroughtFile(name=name, outline=None, choices=choices)
    sheet, cells = found
    also_hidden = asked is not None and asked.also_hidden
    return BroughtFile(
        name=name,
        outline=outline_of(book.parts(sheet, cells, also_hidden=also_hidden)),
        choices=choices,
        chosen=ChosenSheet(
            sheet=sheet.name,
            cells=str(cells or ""),
            also_hidden=also_hidden,
            holds_hidden=sheet.holds_hidden(cells),
            is_remembered=asked is None and remembered is not None and len(choices) > 1,
        ),
    )


def _asked(book: Workbook, asked: CellsAsked) -> tuple[Worksheet, CellRange | None]:
    sheet = book.sheet(asked.sheet)
    if sheet is None:
        raise refuse("sheet_missing", f"文件里没有“{asked.sheet}”这张工作表，请重新选。")
    if not asked.cells.strip():
        return sheet, None
    cells = read_range(asked.cells)
    if cells is None:
        raise refuse(
            "cells_unreadable", "范围要写成 A3:F30 这样：左上角的格子、冒号、右下角的格子。"
        )
    used = used_range(sheet.rows(also_hidden=True))
    return sheet, None if cells == used else cells


def _recalled(
    book: Workbook, remembered: ChosenCells | None
) -> tuple[Worksheet, CellRange | None] | None:
    """What was chosen the last time, where the file still has one such sheet: 第四季度 after 第三季度."""
    if remembered is None:
        return None
    alike = [
        each for each in book.filled if _unnumbered(each.name) == _unnumbered(remembered.sheet)
    ]
    if len(alike) != 1:
        return None
    sheet = alike[0]
    return sheet, _recalled_range(sheet, remembered)


def _unnumbered(name: str) -> str:
    return _NUMBERS.sub("#", name)


def _recalled_range(sheet: Worksheet, remembered: ChosenCells) -> CellRange | None:
    """The same columns from the same row on, to the end of the table that begins there."""
    top, left, right = remembered.first_row, remembered.first_column, remembered.last_column
    if top is None or left is None or right is None:
        return None
    rows = sheet.rows()
    for table in tables_of(rows):
        if (table.cells.first_row, table.cells.first_column) == (top, left):
            return CellRange(top, left, table.cells.last_row, max(right, table.cells.last_column))
    used = used_range(rows)
    return CellRange(top, left, max(top, used.last_row), right) if used else None


def remembered_cells(session: Session, notice: Notice) -> ChosenCells | None:
    """What was chosen the last time for the first item of a notice."""
    item = first_item(notice)
    return session.scalar(chosen_for(notice.township_id, notice.village_id, item)) if item else None


def first_item(notice: Notice) -> str:
    """The code of the item that a notice answers first; '' for a notice without."""
    return str(notice.items[0]["code"]) if notice.items else ""


class FileInHand(NamedTuple):
    """A file that a person looks through for a draft, and what of it stands in the draft already."""

    name: str
    data: bytes
    placed: tuple[Block, ...] = ()


def waiting_file(site: Site, actor: Actor, code: str) -> FileInHand | None:
    """The file that a person is looking through for a draft, or brought into it on this day."""
    with site.sessions.reading() as session:
        row = session.get(WaitingFile, actor.id)
        if row is None or row.notice_code != code:
            return None
        return FileInHand(row.name, row.data, read_document({"blocks": row.placed or []}).blocks)


def is_bare_outline(blocks: Sequence[Block]) -> bool:
    """Whether nothing was written yet: what a draft begins with, or headings and empty lines below them."""
    return all(
        isinstance(block, Heading)
        or (isinstance(block, Paragraph) and block.text in ("", SALUTATION))
        or (isinstance(block, ListBlock) and not any(block.items))
        for block in blocks
    )
