"""Sets up a township: its villages, its first catalogs and its first administrator."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.catalog.adaptation import Adaptation
from bulletin.domain.errors import refuse
from bulletin.domain.people import Role
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.duties.open import open_duties
from bulletin.services.people.manage_accounts import NewPerson, add_person
from bulletin.services.places.create import NewVillage, add_board, add_village, found_township
from bulletin.services.site import Site
from bulletin.store.people import person_by_login
from bulletin.store.villages import village_by_code

FIRST_BOARD = "村委会门口公开栏"


@dataclass(frozen=True, kw_only=True)
class NewTownship:
    code: str
    name: str
    county: str
    phone: str
    villages: tuple[tuple[NewVillage, str], ...]  # with the name of its board; '' for the usual one
    adopt_from: date
    admin: str  # login of the first administrator
    password: str  # to be changed at the first sign-in


@dataclass(frozen=True)
class SetUpCounts:
    villages: int
    duties: int


def set_up(site: Site, township: NewTownship, now: datetime) -> SetUpCounts:
    """Found a township with its villages, the first of a site or one more of a county.

    Raises:
        Refused: the administrator's login or a village's code is taken; nothing is founded then.
    """
    _ensure_free(site, township)
    operator = found_township(
        site, township.code, township.name, township.county, township.phone, now
    )
    first = NewPerson(township.admin, "管理员", Role.ADMINISTRATOR, None, township.adopt_from)
    add_person(site, operator, first, township.password, now)
    adopt_catalog(site, operator, None, township.adopt_from, Adaptation(), now)
    for village, board in township.villages:
        village_id = add_village(site, operator, village, township.adopt_from, now)
        add_board(site, operator, village_id, board or FIRST_BOARD, "", now)
        adopt_catalog(site, operator, village_id, township.adopt_from, Adaptation(), now)
    return SetUpCounts(len(township.villages), open_duties(site, now))


def _ensure_free(site: Site, township: NewTownship) -> None:
    with site.sessions.reading() as session:
        if person_by_login(session, township.admin) is not None:
            raise refuse(
                "login_taken", f"用户名“{township.admin}”已经有人用了，请用--admin另起一个。"
            )
        codes = [village.code for village, _board in township.villages]
        for code in codes:
            if codes.count(code) > 1 or village_by_code(session, code) is not None:
                raise refuse("village_exists", f"统计用区划代码{code}的村已经有了。")
