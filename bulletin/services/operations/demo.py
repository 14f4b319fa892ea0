"""The demo: a whole township, built by the same verbs that real people use, act by act."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bulletin.domain.catalog.adaptation import Adaptation
from bulletin.domain.days import village_day
from bulletin.domain.errors import BulletinError
from bulletin.domain.people import Actor, Role
from bulletin.schedules.demo import DemoTownship, load_demonstration
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.duties.open import open_duties
from bulletin.services.notices.publish import publish_due, sweep
from bulletin.services.operations import demo_script
from bulletin.services.operations.demo_script import Cast
from bulletin.services.people import manage_accounts, sign_in
from bulletin.services.people.manage_accounts import NewPerson
from bulletin.services.places.create import NewVillage, add_board, add_village, found_township
from bulletin.services.site import Site
from bulletin.store.people import Person, actor_of
from bulletin.store.places import Board, Village

SIGN_INS = "demo-sign-ins.json"  # beside the database; passwords of invented people
BEFORE_ALL = timedelta(days=130)  # the demo's catalogs are in force from this long ago
JOINED_AFTER = timedelta(days=110)  # villages without people yet adopt theirs this much later


@dataclass(frozen=True)
class SignInCard:
    login: str
    password: str
    name: str
    role: Role
    village: str  # '' for the township


@dataclass
class Building:
    """What is known while the demo is built."""

    site: Site
    operator: Actor
    villages: dict[str | None, int | None] = field(default_factory=lambda: {None: None})
    people: dict[str, int] = field(default_factory=dict)


def build_demo(site: Site, folder: Path, data: Path, now: datetime) -> list[SignInCard]:
    """Build the demo in an empty, migrated site, as of today.

    Args:
        folder: schedules/demo.
        data: the data folder; the sign-ins are kept there.

    Returns:
        The sign-in of each person.
    """
    today = village_day(now)
    demo = load_demonstration(folder, today)
    begun = now - BEFORE_ALL - timedelta(days=1)
    facts = demo.facts
    operator = found_township(
        site, facts["code"], facts["name"], facts["county"], facts["phone"], begun, demo=True
    )
    building = Building(site, operator)
    _settle_places(building, demo, begun)
    cards = _settle_people(building, demo, begun)
    _play(building, demo, now)
    publish_due(site, now)
    open_duties(site, now)
    (data / SIGN_INS).write_text(
        json.dumps([vars(card) for card in cards], ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return cards


def known_sign_ins(data: Path) -> list[SignInCard] | None:
    """The sign-ins of a demo that was built before; None for a folder without one."""
    file = data / SIGN_INS
    if not file.exists():
        return None
    cards = json.loads(file.read_text(encoding="utf-8"))
    return [SignInCard(**(card | {"role": Role(card["role"])})) for card in cards]


def _settle_places(building: Building, demo: DemoTownship, at: datetime) -> None:
    site, operator, facts = building.site, building.operator, demo.facts
    day = village_day(at)
    staffed = {p["village"] for p in facts["people"] if p["role"] == Role.VILLAGE_HEAD.value}
    for board in facts["boards"]:
        add_board(site, operator, None, board["name"], board["place"], at)
    adopt_catalog(site, operator, None, day, Adaptation(), at)
    for raw in facts["villages"]:
        village_id = add_village(
            site, operator, NewVillage(raw["code"], raw["name"], raw["phone"]), day, at
        )
        building.villages[raw["name"]] = village_id
        for board in raw["boards"]:
            add_board(site, operator, village_id, board["name"], board["place"], at)
        adaptation = Adaptation(busy_finances=raw["busy_finances"])
        from_on = day if raw["name"] in staffed else day + JOINED_AFTER
        adopt_catalog(site, operator, village_id, from_on, adaptation, at)


def _settle_people(building: Building, demo: DemoTownship, at: datetime) -> list[SignInCard]:
    cards = []
    for raw in demo.facts["people"]:
        password, role = sign_in.new_password(), Role(raw["role"])
        new = NewPerson(
            raw["login"], raw["name"], role, building.villages[raw["village"]], village_day(at)
        )
        building.people[new.login] = manage_accounts.add_person(
            building.site, building.operator, new, password, at, must_change=False
        )
        cards.append(SignInCard(raw["login"], password, raw["name"], role, raw["village"] or ""))
    return cards


def _play(building: Building, demo: DemoTownship, now: datetime) -> None:
    """All acts of all notices in order of time, with the clock's sweep between them."""
    script = sorted(
        ((act, notice) for notice in demo.notices for act in notice.acts if act.at < now),
        key=lambda pair: pair[0].at,
    )
    cast = _cast(building, now)
    swept: date | None = None
    for act, notice in script:
        day = village_day(act.at)
        if day != swept:
            open_duties(building.site, act.at)
            swept = day
        sweep(building.site, act.at)  # no beat: no clock ran on those days, and none stood still
        try:
            demo_script.perform(building.site, cast, notice, act)
        except BulletinError as fault:
            raise BulletinError(
                f"demo notice {notice.slug}, {act.act} at {act.at}: {fault}"
            ) from fault


def _cast(building: Building, now: datetime) -> Cast:
    with building.site.sessions.reading() as session:
        actors: Mapping[str, Actor] = {
            person.login: actor_of(session, person, village_day(now))
            for person in session.scalars(select(Person))
        }
        boards = {
            (board.village_id, board.name): board.id for board in session.scalars(select(Board))
        }
        villages: dict[str | None, int | None] = {None: None}
        villages |= {village.name: village.id for village in session.scalars(select(Village))}
    return Cast(actors, villages, boards)
