"""The demo: a whole township, built by the same acts that real people use, act by act."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bulletin.domain.catalog.adaptation import Adaptation
from bulletin.domain.days import village_day
from bulletin.domain.errors import BulletinError
from bulletin.domain.people import Actor, Role
from bulletin.schedules.demo import DemoAct, DemoNotice, DemoTownship, load_demo
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.duties.open import open_duties
from bulletin.services.notices.publish import publish_due, sweep
from bulletin.services.operations.demo_township import office, outlets, oversight, script
from bulletin.services.operations.demo_township.script import DemoSite
from bulletin.services.people import manage_accounts
from bulletin.services.people.manage_accounts import NewPerson
from bulletin.services.people.passwords import new_password
from bulletin.services.places.create import NewVillage, add_board, add_village, found_township
from bulletin.services.site import Site
from bulletin.store.people import Person, actor_of
from bulletin.store.places import Board

SIGN_INS = "demo-sign-ins.json"  # beside the database; passwords of invented people
BEFORE_ALL = timedelta(days=130)  # the demo's catalogs are in force from this long ago
JOINED_AFTER = timedelta(days=110)  # villages without people yet adopt theirs this much later

OF_NO_NOTICE = {
    "record_meeting": script.record_held,
    "register_outlet": outlets.register,
    "send": outlets.send,
    "take_seat": office.take,
    "enter_register": office.register,
    "receive_request": office.receive_request,
    "take_step": office.take_step,
    "issue_report": oversight.issue_report,
    "begin_inspections": oversight.begin_inspections,
    "department": oversight.add_reporting,
    "training": oversight.hold_training,
    "self_check": oversight.check_self,
    "inspect": oversight.inspect,
    "inspect_others": oversight.inspect_others,
    "order": oversight.order,
}
VillageIds = Mapping[str | None, int | None]  # by name; None is the township


@dataclass(frozen=True)
class SignInCard:
    login: str
    password: str
    name: str
    role: Role
    village: str  # '' for the township


def build_demo(site: Site, folder: Path, data: Path, now: datetime) -> list[SignInCard]:
    """Build the demo in an empty, migrated site, as of today.

    Args:
        folder: schedules/demo.
        data: the data folder; the sign-ins are kept there.

    Returns:
        The sign-in of each person.
    """
    today = village_day(now)
    demo = load_demo(folder, today)
    founded_at = now - BEFORE_ALL - timedelta(days=1)
    facts = demo.facts
    operator = found_township(
        site, facts["code"], facts["name"], facts["county"], facts["phone"], founded_at, demo=True
    )
    villages = _add_places(site, operator, demo, founded_at)
    cards = _add_people(site, operator, demo, villages, founded_at)
    _perform_script(site, demo, villages, now)
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


def _add_places(site: Site, operator: Actor, demo: DemoTownship, at: datetime) -> VillageIds:
    day, facts = village_day(at), demo.facts
    staffed = {p["village"] for p in facts["people"] if p["role"] == Role.VILLAGE_HEAD.value}
    for board in facts["boards"]:
        add_board(site, operator, None, board["name"], board["place"], at)
    adopt_catalog(site, operator, None, day, Adaptation(), at)
    villages: dict[str | None, int | None] = {None: None}
    for raw in facts["villages"]:
        village_id = add_village(
            site, operator, NewVillage(raw["code"], raw["name"], raw["phone"]), day, at
        )
        villages[raw["name"]] = village_id
        for board in raw["boards"]:
            add_board(site, operator, village_id, board["name"], board["place"], at)
        adaptation = Adaptation(busy_finances=raw["busy_finances"])
        from_on = day if raw["name"] in staffed else day + JOINED_AFTER
        adopt_catalog(site, operator, village_id, from_on, adaptation, at)
    return villages


def _add_people(
    site: Site, operator: Actor, demo: DemoTownship, villages: VillageIds, at: datetime
) -> list[SignInCard]:
    cards = []
    for raw in demo.facts["people"]:
        password, role = new_password(), Role(raw["role"])
        person = NewPerson(
            raw["login"], raw["name"], role, villages[raw["village"]], village_day(at)
        )
        manage_accounts.add_person(site, operator, person, password, at, must_change=False)
        cards.append(SignInCard(raw["login"], password, raw["name"], role, raw["village"] or ""))
    return cards


def _perform_script(site: Site, demo: DemoTownship, villages: VillageIds, now: datetime) -> None:
    """All acts of all notices in order of time, with the clock's sweep between them; then the questions."""
    acts: list[tuple[DemoAct, DemoNotice | None]] = [
        (act, notice) for notice in demo.notices for act in notice.acts
    ]
    acts += [(act, None) for act in (*demo.meetings, *demo.outlets, *demo.office)]
    due = sorted(((a, n) for a, n in acts if a.at < now), key=lambda pair: pair[0].at)
    demo_site = _demo_site(site, villages, now)
    opened_on: date | None = None
    for act, notice in due:
        day = village_day(act.at)
        if day != opened_on:
            open_duties(site, act.at)
            opened_on = day
        sweep(site, act.at)  # no beat: no clock ran on those days, and none stood still
        try:
            if notice is None:
                OF_NO_NOTICE[act.act](demo_site, act)
            else:
                script.perform(demo_site, notice, act)
        except BulletinError as fault:
            slug = f"{notice.slug}, " if notice else ""
            raise BulletinError(f"demo {slug}{act.act} at {act.at}: {fault}") from fault
    for question in demo.questions:
        script.ask_question(demo_site, question, now)


def _demo_site(site: Site, villages: VillageIds, now: datetime) -> DemoSite:
    with site.sessions.reading() as session:
        actors = {
            person.login: actor_of(session, person, village_day(now))
            for person in session.scalars(select(Person))
        }
        boards = {
            (board.village_id, board.name): board.id for board in session.scalars(select(Board))
        }
    return DemoSite(site, actors, villages, boards)
