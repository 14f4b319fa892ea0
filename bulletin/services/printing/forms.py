"""The papers of a place beside its notices: the head of a board, a blank form, the catalog, a printer test."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Catalog, Group
from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.posting_period import UNIT_WORDS
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.formats import Paper
from bulletin.domain.labels import labels_of
from bulletin.domain.people import Actor
from bulletin.services.access import NO_VILLAGE_OF_YOURS
from bulletin.services.catalog.in_force import catalog_on, owed_kinds
from bulletin.services.places.phones import phones_of
from bulletin.services.printing.print import demo_mark
from bulletin.services.public_url import ensure_reachable, host_words
from bulletin.services.site import Site
from bulletin.sheets.facts import PrintedSheet
from bulletin.sheets.forms import CatalogGroup, PlaceFacts, PlaceForm, catalog_data
from bulletin.store.places import Township, Village

FORM_WORDS: dict[PlaceForm, str] = {
    "header": "公开栏题头",
    "blank": "手写公开用纸",
    "catalog": "公开事项目录",
    "printer": "打印机测试页",
}
SCAN_WORDS: dict[PlaceForm, str] = {
    "header": "扫码看全部公开",
    "blank": "扫码看网上的全部公开",
    "catalog": "扫码看每一项写什么、依据什么",
    "printer": "",
}
FALLING_SIDES = (45, 35, 25, 18, 12)  # mm


def place_form(
    site: Site, actor: Actor, form: PlaceForm, village_id: int | None, now: datetime, *,
    paper: Paper = "a4",
) -> tuple[str, PrintedSheet]:  # fmt: skip
    """A paper of a village, or of the township (None).

    Returns:
        The name of the file, and the sheet.

    Raises:
        Refused: an address that no resident could open, or no catalog is adopted yet.
        NotFoundError: no such village, or none of this person's.
    """
    ensure_reachable(site)
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        village = session.get(Village, village_id) if village_id else None
        if not _may_see(actor, village, village_id):
            raise NotFoundError(NO_VILLAGE_OF_YOURS)
        facts = _facts(site, form, township, village)
        more = _rows(session, township, village, now) if form == "catalog" else None
    sides = FALLING_SIDES if form == "printer" else (45,)
    sheet = site.composer.compose_place(form, facts, paper, more=more, sides=sides)
    return f"{facts.village or township.name}-{FORM_WORDS[form]}-{paper.upper()}.pdf", sheet


def _may_see(actor: Actor, village: Village | None, village_id: int | None) -> bool:
    if village_id is not None and (village is None or village.township_id != actor.township_id):
        return False
    return actor.may_see(village_id)


def _facts(site: Site, form: PlaceForm, township: Township, village: Village | None) -> PlaceFacts:
    code = village.code if village else township.code
    name = village.name if village else township.name
    path = "/CATALOG" if form == "catalog" else ""
    titles = {"catalog": f"{name}公开事项目录", "printer": FORM_WORDS["printer"]}
    return PlaceFacts(
        township=f"{township.county}{township.name}",
        village=name if form == "header" or village else "",
        board_title="村务公开栏" if village else "政务公开栏",
        title=titles.get(form, f"{name}{FORM_WORDS[form]}"),
        link=f"{site.public_url}/V/{code}{path}".upper(),
        scan_words=SCAN_WORDS[form],
        phones=phones_of(township, village),
        host_words=host_words(site.public_url),
        mark=demo_mark(township),
    )


def _rows(
    session: Session, township: Township, village: Village | None, now: datetime
) -> dict[str, Any]:
    village_id = village.id if village else None
    found = catalog_on(session, township.id, village_id, village_day(now))
    if found is None:
        raise refuse("no_catalog", "这里还没有采用公开事项目录。")
    adoption, catalog = found
    groups = _groups(catalog.only(owed_kinds(village_id)))
    return catalog_data(f"{day_words(adoption.in_force_from)}起施行", groups)


def _groups(catalog: Catalog) -> tuple[CatalogGroup, ...]:
    numbers = iter(range(1, len(catalog.items) + 1))
    found = (
        CatalogGroup(
            words,
            tuple(
                (
                    str(next(numbers)), item.title, item.deadline_text.rstrip("。；"),
                    f"{item.posting_days}{UNIT_WORDS[item.posting_unit]}",
                )
                for item in catalog.items
                if item.group is group
            ),
        )
        for group, words in labels_of(Group).items()
    )  # fmt: skip
    return tuple(group for group in found if group.rows)
