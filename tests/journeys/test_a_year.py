"""A year of the township: 17 villages, power cuts, a clock that jumps, holidays announced in November."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from support.builders import PEOPLE

from bulletin.clock.jobs import TICKS
from bulletin.domain.days import VILLAGE_ZONE, village_day
from bulletin.domain.errors import Refused
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Role, SystemActor
from bulletin.schedules.calendar import load_calendar
from bulletin.schedules.demo import load_demo
from bulletin.services.duties import open_matter, record_event
from bulletin.services.notices.drafts import draft, start, submit
from bulletin.services.notices.publish import next_due_at
from bulletin.services.notices.reviews import review
from bulletin.services.operations import verify
from bulletin.services.operations.set_up import NewTownship, set_up
from bulletin.services.people import manage_accounts
from bulletin.services.places.create import NewVillage
from bulletin.store import history
from bulletin.store.duties import Duty
from bulletin.store.notices import Edition
from bulletin.store.people import Person, actor_of
from bulletin.wiring import folder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="it takes a minute; its verbs run on PostgreSQL elsewhere"),
]
START = datetime(2026, 1, 1, 0, 0, tzinfo=VILLAGE_ZONE).astimezone(UTC)
END = START + timedelta(days=365)
ANNOUNCED = datetime(2026, 11, 6, 9, 0, tzinfo=VILLAGE_ZONE).astimezone(UTC)
NEXT_YEAR = """
days_off:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
  - {name: 春节, from: 2027-02-05, to: 2027-02-15}
working_weekends: [2027-01-16, 2027-01-30]
"""
DOCUMENT = {"blocks": [{"type": "paragraph", "text": "现将会议决定公开如下。"}]}
PUNCTUAL = timedelta(seconds=60)
AHEAD = timedelta(hours=2)


@pytest.fixture
def township(site):
    facts = load_demo(folder("schedules") / "demo", date(2026, 6, 1)).facts
    villages = tuple((NewVillage(v["code"], v["name"], v["phone"]), "") for v in facts["villages"])
    township = NewTownship(
        code="630223202",
        name="红崖子沟乡",
        county="互助土族自治县",
        phone="0972-8320100",
        villages=villages,
        adopt_from=date(2026, 1, 1),
        admin="guanli",
        password="a-long-password",
    )
    set_up(site, township, START)
    return site


class Office:
    """One township office: its machine, its clock, and the three people of a village."""

    def __init__(self, site, seed):
        self.site, self.chance = site, random.Random(seed)
        self.cuts, self.jumps = self._outages(), self._jumps()
        self.swept_on = None
        self.village_id, self.li, self.sun, self.zhao = self._people()

    def _outages(self):
        """Some twenty power cuts, from minutes to four days."""
        begun = sorted(START + timedelta(days=self.chance.uniform(1, 360)) for _ in range(20))
        return [(at, at + timedelta(hours=self.chance.choice([0.2, 1, 7, 30, 90]))) for at in begun]

    def _jumps(self):
        """Twice the battery is empty and the clock stands years back for hours; once it runs ahead."""
        back, again, ahead = (
            START + timedelta(days=d + self.chance.uniform(0, 90)) for d in (20, 130, 240)
        )
        return [
            (back, back + timedelta(hours=9), timedelta(days=-900)),
            (again, again + timedelta(hours=30), timedelta(days=-900)),
            (ahead, ahead + timedelta(hours=5), AHEAD),
        ]

    def _people(self):
        with self.site.sessions.reading() as session:
            operator = SystemActor("operator", 1)
            village_id = session.scalar(select(Duty.village_id).where(Duty.village_id.is_not(None)))
        found = []
        for login in ("li", "sun", "zhao"):
            name, role, _ = PEOPLE[login]
            new = manage_accounts.NewPerson(login, name, role, village_id, START.date())
            person = manage_accounts.add_person(self.site, operator, new, "a-long-password", START)
            with self.site.sessions.reading() as session:
                found.append(actor_of(session, session.get_one(Person, person), date(2026, 1, 2)))
        assert found[0].holds(Role.LIAISON, village_id)
        return village_id, *found

    def has_power(self, at):
        return not any(first <= at < last for first, last in self.cuts)

    def reads(self, at):
        """What the machine's own clock says."""
        return at + sum(
            (off for first, last, off in self.jumps if first <= at < last), timedelta(0)
        )

    def is_right(self, at):
        """The clock is right, and no entry of a clock that ran ahead lies before it."""
        after = any(last <= at < last + off for _, last, off in self.jumps if off > timedelta(0))
        return self.reads(at) == at and not after

    def jobs(self, at):
        """What the clock runs when it wakes: the sweep of duties once on each day that it reads."""
        day = village_day(self.reads(at))
        swept, self.swept_on = self.swept_on == day, day
        return ("publish",) if swept else ("publish", "duties")

    def tick(self, name, at):
        """One tick; the refusal when it was refused, as the clock would log it."""
        try:
            TICKS[name](self.site, self.reads(at))
        except Refused as refused:
            return refused
        return None

    def schedule(self, at):
        """A decision of the villagers' meeting, to be published at some minute of the next days."""
        with self.site.sessions.reading() as session:
            waiting = session.scalars(
                select(Duty.id).where(
                    Duty.village_id == self.village_id, Duty.occasion == "waiting",
                    Duty.item_code == "affairs.meeting_decisions",
                )
            ).one()  # fmt: skip
        opened = open_matter.open_matter(self.site, self.li, waiting, "会议决定", at)
        record_event.record_event(self.site, self.li, opened.duty_id, village_day(at), at)
        code = start.start(self.site, self.li, [opened.duty_id], at)
        moment = at + timedelta(minutes=self.chance.randint(30, 4000))
        draft.save(
            self.site, self.li, code, at, version=1, title="会议决定", document=DOCUMENT,
            publish_at=moment,
        )  # fmt: skip
        submit.submit(self.site, self.li, code, at, confirmed=True)
        review.take_step(self.site, self.sun, code, Act.EXAMINE, at)
        review.take_step(self.site, self.zhao, code, Act.CONFIRM, at, meeting_on=village_day(at))

    def wakes(self, at):
        """When the machine does something next: the daily sweep, a due moment, power, a right clock."""
        if not self.has_power(at):
            return max(last for first, last in self.cuts if first <= at < last)
        day = (at + timedelta(days=1)).replace(hour=16, minute=10, second=0)  # 00:10 in the village
        moments = [day, *(last for _, last in self.cuts), *(last for _, last, _ in self.jumps)]
        moments += [last + off for _, last, off in self.jumps]
        due = next_due_at(self.site)
        if due is not None:
            moments.append(max(due, at + timedelta(seconds=30)))
        return min(moment for moment in moments if moment > at)


def test_every_duty_opens_once_and_every_publication_is_on_its_minute_or_explained(
    township, tmp_path
):
    seed = random.randrange(10**6)
    office, at = Office(township, seed), START
    while at < END:
        if at >= ANNOUNCED and not office.site.calendar.is_confirmed(date(2027, 1, 1)):
            office.site = replace(office.site, calendar=_announced(tmp_path))
        if office.has_power(at):
            if office.is_right(at) and office.chance.random() < 0.3:
                office.schedule(at)
            for name in office.jobs(at):
                refused = office.tick(name, at)
                assert refused is None or not office.is_right(at), f"seed {seed}: {refused}"
        at = office.wakes(at)
    _look_back(office, seed)


def _announced(tmp_path: Path):
    (tmp_path / "2027.yaml").write_text(NEXT_YEAR, encoding="utf-8")
    return load_calendar(tmp_path)


def _look_back(office, seed):
    with office.site.sessions.reading() as session:
        duties = Counter(
            (d.publisher_id, d.item_code, d.occasion) for d in session.scalars(select(Duty))
        )
        late = [
            (e.publish_at, e.published_at)
            for e in session.scalars(select(Edition))
            if e.published_at is not None and e.published_at - e.publish_at > PUNCTUAL
        ]
        published = [e for e in history.entries(session) if e.act == Act.PUBLISH]
        unsettled = [
            d.id
            for d in session.scalars(select(Duty))
            if d.due_on and d.calculation.get("provisional")
        ]
    assert set(duties.values()) == {1}, f"seed {seed}"
    assert len(duties) > 1000
    assert len(published) > 50
    assert len({entry.subject for entry in published}) == len(published)
    for due, done in late:
        assert _waited(office, due, done), f"seed {seed}: due {due}, done {done}"
    assert unsettled == [], "the holidays of 2027 are known since November"
    assert verify.verify(office.site).sound


def _waited(office, due, done):
    """Something stood in between: power or clock came back only later."""
    spans = [
        *office.cuts,
        *((first, last + max(off, timedelta(0))) for first, last, off in office.jumps),
    ]
    return any(first <= done and last >= due and done - last <= PUNCTUAL for first, last in spans)
