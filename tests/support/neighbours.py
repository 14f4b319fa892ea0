"""A second township beside that of 张家村, and who oversees both: a county."""

from bulletin.domain.people import Role
from bulletin.services.access import operator_of
from bulletin.services.operations.set_up import NewTownship, set_up
from bulletin.services.people import manage_accounts, sign_in
from bulletin.services.people.manage_accounts import NewPerson
from bulletin.services.places.create import NewVillage
from support.clock import NOON

YI, PASSWORD = "630223203", "a-long-password"
DAY = NOON.date()
SECOND = NewTownship(
    code=YI,
    name="乙乡",
    county="互助土族自治县",
    phone="0972-8321222",
    villages=((NewVillage("630223203201", "河湾村", "0972-8320009"), ""),),
    adopt_from=DAY,
    admin="yi-admin",
    password=PASSWORD,
)


def a_neighbour(village):
    """乙乡 with its village; as the operator of 乙乡."""
    set_up(village.site, SECOND, NOON)
    return operator_of(village.site, YI)


def a_screener_of(village, neighbour):
    """Who keeps the ledgers of 乙乡."""
    return _person(village.site, neighbour, "yi-wang", "汪示例", Role.SCREENER)


def a_county_overseer(village):
    """Her account is kept by the first township."""
    return _person(village.site, village.operator, "feng", "冯示例", Role.COUNTY_OVERSEER)


def _person(site, operator, login, name, role):
    new = NewPerson(login, name, role, None, DAY)
    manage_accounts.add_person(site, operator, new, PASSWORD, NOON, must_change=False)
    return actor_named(site, login, PASSWORD)


def actor_named(site, login, password):
    return sign_in.who(site, sign_in.sign_in(site, login, password, NOON), NOON).actor
