"""Forms for the board: the papers of a place that are no notices."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Catalog, DisclosureItem, Group
from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.posting_period import UNIT_WORDS
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.formats import Paper
from bulletin.domain.labels import labels_of
from bulletin.domain.people import Actor
from bulletin.services.access import NO_VILLAGE_OF_YOURS
from bulletin.services.catalog.in_force import catalog_on, owed_kinds
from bulletin.services.places.phones import phones_of
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.public_url import ensure_reachable, host_words
from bulletin.services.site import Site
from bulletin.sheets.facts import PrintedSheet
from bulletin.sheets.forms import CatalogGroup, PlaceFacts, catalog_data
from bulletin.sheets.layout import CODE_SIDE_MM
from bulletin.store.places import Township, Village


@dataclass(frozen=True, kw_only=True)
class FormSpec:
    """What sets one form apart from the others. `templates/sheets/README.md` says how to add one."""

    label: str  # of the form, also in its title and the name of its file
    hint: str  # what it is for, on the page of the forms
    scan_words: str = ""  # what its code is for
    code_sides_mm: tuple[int, ...] = (CODE_SIDE_MM,)  # of its codes on A4, without white border
    page: str = ""  # below the page of the place: what the code opens
    is_titled_by_place: bool = True
    is_headed_by_township: bool = False  # in large letters, where no village is
    lists_catalog: bool = False  # its template reads the items of 公开事项目录


# The key is the name of the template, of the address and of the command line.
FORMS: dict[str, FormSpec] = {
    "header": FormSpec(
        label="公开栏题头",
        hint="钉在公开栏顶上，大字村名，扫码看本村全部公开。",
        scan_words="扫码看全部公开",
        code_sides_mm=(58,),
        is_headed_by_township=True,
    ),
    "blank": FormSpec(
        label="手写公开用纸",
        hint="停电、没网的时候手写，上面的码通到本村的网页。",
        scan_words="扫码看网上的全部公开",
    ),
    "catalog": FormSpec(
        label="公开事项目录",
        hint="本村应当公开什么、什么时候公开，贴在公开栏上。",
        scan_words="扫码看每一项写什么、依据什么",
        page="/CATALOG",
        lists_catalog=True,
    ),
    "application": FormSpec(
        label="政府信息公开申请表",
        hint="村民当面交、邮寄的申请表，放在便民大厅；扫码在网上申请。",
        scan_words="扫码在网上申请",
        page="/APPLY",
        is_titled_by_place=False,
    ),
    "printer": FormSpec(
        label="打印机测试页",
        hint="新打印机先打这一份，两页：量尺子，看四边，看灰度和细字，看是不是单面，扫大小不同的码。",
        code_sides_mm=(CODE_SIDE_MM, 35, 25, 18, 12),  # down to which a phone reads them
        is_titled_by_place=False,
    ),
}


def place_form(
    site: Site,
    actor: Actor,
    kind: str,
    village_id: int | None,
    now: datetime,
    *,
    paper: Paper = "a4",
) -> tuple[str, PrintedSheet]:
    """A form of a village, or of the township (None).

    Args:
        kind: one of `FORMS`.

    Returns:
        The name of the file, and the sheet.

    Raises:
        Refused: an address that no resident could open, or no catalog is adopted yet.
        NotFoundError: no such village, or none of this person's.
    """
    ensure_reachable(site)
    form = FORMS[kind]
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        village = session.get(Village, village_id) if village_id else None
        if not _may_see(actor, village, village_id):
            raise NotFoundError(NO_VILLAGE_OF_YOURS)
        facts = _facts(site, form, township, village)
        more = _catalog_rows(session, township, village, now) if form.lists_catalog else {}
    sheet = site.composer.compose_place(
        kind, facts, paper, more=more, code_sides_mm=form.code_sides_mm
    )
    return f"{_name(township, village)}-{form.label}-{paper.upper()}.pdf", sheet


def _name(township: Township, village: Village | None) -> str:
    return village.name if village else township.name


def _may_see(actor: Actor, village: Village | None, village_id: int | None) -> bool:
    if village_id is not None and (village is None or village.township_id != actor.township_id):
        return False
    return actor.may_see(village_id)


def _facts(site: Site, form: FormSpec, township: Township, village: Village | None) -> PlaceFacts:
    name = _name(township, village)
    code = village.code if village else township.code
    return PlaceFacts(
        township=f"{township.county}{township.name}",
        village=name if village or form.is_headed_by_township else "",
        board_title="村务公开栏" if village else "政务公开栏",
        title=f"{name}{form.label}" if form.is_titled_by_place else form.label,
        link=f"{site.public_url}/V/{code}{form.page}".upper(),
        scan_words=form.scan_words,
        phones=phones_of(township, village),
        host_words=host_words(site.public_url),
        mark=demo_mark(township),
    )


def _catalog_rows(
    session: Session, township: Township, village: Village | None, now: datetime
) -> dict[str, Any]:
    village_id = village.id if village else None
    in_force = catalog_on(session, township.id, village_id, village_day(now))
    if in_force is None:
        raise refuse("no_catalog", "这里还没有采用公开事项目录。")
    adoption, catalog = in_force
    groups = _groups(catalog.only(owed_kinds(village_id)))
    return catalog_data(f"{day_words(adoption.in_force_from)}起施行", groups)


def _groups(catalog: Catalog) -> tuple[CatalogGroup, ...]:
    """The items by their group, numbered through; groups without any are left out."""
    numbers = count(1)
    groups = []
    for group, words in labels_of(Group).items():
        items = [item for item in catalog.items if item.group is group]
        if items:
            rows = tuple((str(next(numbers)), *_item_words(item)) for item in items)
            groups.append(CatalogGroup(words, rows))
    return tuple(groups)


def _item_words(item: DisclosureItem) -> tuple[str, str, str]:
    period = f"{item.posting_days}{UNIT_WORDS[item.posting_unit]}"
    return item.title, item.deadline_text.rstrip("。；"), period
