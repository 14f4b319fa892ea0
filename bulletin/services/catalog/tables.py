"""Catalogs to look at: a file's, or a village's, as a page and in the columns of the ministries.

The columns are those of the standard catalogs of 基层政务公开 (国办发〔2019〕54号), which counties use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from bulletin.domain.catalog.differences import Difference, differences
from bulletin.domain.catalog.items import (
    Audience,
    Catalog,
    DisclosureItem,
    PublisherKind,
)
from bulletin.domain.catalog.row_to_item import draft_item
from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.posting_period import UNIT_WORDS
from bulletin.domain.errors import NotFoundError
from bulletin.domain.formats import TableFormat
from bulletin.domain.people import Actor
from bulletin.readers.catalog.files import read_catalog_rows
from bulletin.schedules.catalog import load_catalog
from bulletin.services.access import NO_VILLAGE
from bulletin.services.catalog.in_force import catalog_on, owed_kinds
from bulletin.services.catalog.objection_lines import LineWords, line_words
from bulletin.services.places.phones import phones_of
from bulletin.services.site import Site
from bulletin.store.villages import place_of_code
from bulletin.writers.tables import ExportColumn, TableSheet, cells, headings, write_csv, write_xlsx


@dataclass(frozen=True, kw_only=True)
class CatalogPage:
    """What a village (or the township) owes, as residents read it."""

    place: str
    code: str
    township: str
    township_code: str
    in_force_from: date
    catalog: Catalog
    objections: Mapping[str, LineWords]  # by the code of the item
    phones: tuple[tuple[str, str], ...]  # (村, 0972-8320000)
    demo: bool

    def items_of(self, group: str) -> tuple[DisclosureItem, ...]:
        return tuple(item for item in self.catalog.items if item.group.value == group)


def catalog_page(site: Site, code: str, now: datetime) -> CatalogPage:
    """The catalog in force today for a village, or the township when the code is its own.

    Raises:
        NotFoundError: no such place, or it has adopted no catalog yet.
    """
    today = village_day(now)
    with site.sessions.reading() as session:
        place = place_of_code(session, code)
        if place is None:
            raise NotFoundError(NO_VILLAGE)
        township, village = place
        village_id = village.id if village else None
        in_force = catalog_on(session, township.id, village_id, today)
        if in_force is None:
            raise NotFoundError("这里还没有采用公开事项目录。")
        adoption, catalog = in_force
        owed = catalog.only(owed_kinds(village_id))
        return CatalogPage(
            place=(village or township).name,
            code=code,
            township=township.name,
            township_code=township.code,
            in_force_from=adoption.in_force_from,
            catalog=owed,
            objections=line_words(site, owed.items),
            phones=phones_of(township, village),
            demo=township.demo,
        )


def catalog_file(site: Site, code: str, form: TableFormat, now: datetime) -> tuple[str, bytes]:
    """The same as a file: its name and content."""
    page = catalog_page(site, code, now)
    heading = f"{page.place}公开事项目录（{day_words(page.in_force_from)}起施行）"
    return f"{page.place}公开事项目录.{form}", catalog_table(page.catalog, heading, form)


def catalog_table(catalog: Catalog, heading: str, form: TableFormat) -> bytes:
    """A catalog in the columns of the ministries."""
    rows = cells(COLUMNS, [_NumberedItem(*each) for each in enumerate(catalog.items, 1)])
    if form == "csv":
        return write_csv(headings(COLUMNS), rows)
    return write_xlsx([TableSheet("公开事项目录", heading, headings(COLUMNS), rows)])


class _NumberedItem(NamedTuple):
    number: int  # from 1
    item: DisclosureItem


def _elements(item: DisclosureItem) -> str:
    return "\n".join(f"{number}.{element}" for number, element in enumerate(item.elements, 1))


def _time(item: DisclosureItem) -> str:
    posting = f"公示{item.posting_days}{UNIT_WORDS[item.posting_unit]}"
    return f"{item.deadline_text.rstrip('。；')}；{posting}"


def _channels(item: DisclosureItem) -> str:
    return "、".join(channel.label for channel in item.channels)


def _audience(item: DisclosureItem) -> str:
    words = item.audience.label
    return words if item.audience is Audience.PUBLIC else f"特定群体（{words}）"


def _level(item: DisclosureItem) -> str:
    return "乡级" if item.publisher is PublisherKind.TOWNSHIP else "村级"


COLUMNS = (
    ExportColumn[_NumberedItem]("序号", lambda row: row.number),
    ExportColumn[_NumberedItem]("一级事项", lambda row: row.item.group.label),
    ExportColumn[_NumberedItem]("二级事项", lambda row: row.item.title),
    ExportColumn[_NumberedItem]("公开内容（要素）", lambda row: _elements(row.item)),
    ExportColumn[_NumberedItem](
        "公开依据", lambda row: "\n".join(basis.words() for basis in row.item.bases)
    ),
    ExportColumn[_NumberedItem]("公开时限", lambda row: _time(row.item)),
    ExportColumn[_NumberedItem]("公开主体", lambda row: row.item.publisher.label),
    ExportColumn[_NumberedItem]("公开渠道和载体", lambda row: _channels(row.item)),
    ExportColumn[_NumberedItem]("公开对象", lambda row: _audience(row.item)),
    ExportColumn[_NumberedItem]("公开方式", lambda _row: "主动"),
    ExportColumn[_NumberedItem]("公开层级", lambda row: _level(row.item)),
)


def read_catalog_file(path: Path) -> Catalog:
    """A catalog file, checked.

    Raises:
        Misconfigured: with file, line, item and remedy.
    """
    return load_catalog(path)


def items_of_file(path: Path, standard: Catalog) -> tuple[DisclosureItem, ...]:
    """The items of any catalog file: ours (YAML), or a county's (XLSX, DOCX, CSV).

    Raises:
        Misconfigured: a YAML file, with line and remedy.
        Refused: an office file that cannot be read as a catalog.
    """
    if path.suffix.lower() in {".yaml", ".yml"}:
        return load_catalog(path).items
    rows = read_catalog_rows(path.read_bytes(), path.name).rows
    return tuple(draft_item(row, standard).item for row in rows if not row.withheld)


def compare_files(before: Path, after: Path, standard: Catalog) -> list[Difference]:
    """What is new, changed and gone between two catalog files of any kind."""
    return differences(items_of_file(before, standard), items_of_file(after, standard))


def catalog_of(site: Site, actor: Actor, village_id: int | None, day: date) -> Catalog:
    """What a village of the actor's township (None: the township itself) owes on a day."""
    with site.sessions.reading() as session:
        in_force = catalog_on(session, actor.township_id, village_id, day)
        if in_force is None:
            raise NotFoundError("no catalog is adopted for that place on that day")
        return in_force[1].only(owed_kinds(village_id))
