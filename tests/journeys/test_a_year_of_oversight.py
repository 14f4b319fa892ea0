"""A simulated year of 17 villages: every figure of 督查, as of several days, against another count.

The other count keeps its own book of what was done, walks the calendar with chinese_calendar, and shares no line with
the site's own rules. Of the site it reads which duties there are and by when.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import chinese_calendar
import pytest
from sqlalchemy import select
from support.feedback import a_question, pass_to_village

from bulletin.clock.jobs import TICKS
from bulletin.domain.catalog.items import PublisherKind
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor, Role
from bulletin.schedules.demo import load_demo
from bulletin.services.access import operator_of
from bulletin.services.boards import post
from bulletin.services.feedback import answer, ask_further
from bulletin.services.notices import end
from bulletin.services.notices.drafts import draft, start, submit
from bulletin.services.notices.reviews import review
from bulletin.services.operations.set_up import NewTownship, set_up
from bulletin.services.oversight.supervision.items import supervised_items
from bulletin.services.oversight.supervision.overview import supervision
from bulletin.services.oversight.supervision.sheets_on_walls import stale_sheet_list
from bulletin.services.people.manage_accounts import NewPerson, add_person
from bulletin.services.places.create import NewVillage
from bulletin.services.printing.print import print_sheet
from bulletin.store.duties import Duty
from bulletin.store.places import Board, Village
from bulletin.store.postings import Posting
from bulletin.wiring import folder

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="it takes a minute; each figure is tested on both databases"),
]
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
DAYS = 15  # on the wall
REPLY = 10  # natural days for an answer: the province of these villages says nothing else
DOCUMENT = {"blocks": [{"type": "paragraph", "text": "现将有关情况公开如下。"}]}
LOOKED_AT = ((2, 14), (4, 16), (7, 31), (10, 20), (12, 31))


def at_noon(day):
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def counted(start, days):
    """The day after counts first; what ends on a day off ends on the next work day."""
    day = start + timedelta(days=days)
    while day <= LAST and not chinese_calendar.is_workday(day):
        day += timedelta(days=1)
    return day


@dataclass
class Told:
    """What the other book knows of one notice, which answers one duty."""

    village: str
    item: str
    due: date
    public: date | None = None
    gone: date | None = None  # taken down within its time
    hung: date | None = None
    off: date | None = None  # taken off before its time
    duty: int = 0
    code: str = ""

    def outcome(self, day):
        """on_time, late, lacking, owed; None for what is not due."""
        is_public = self.public is not None and self.public <= day
        is_gone = self.gone is not None and self.gone <= day
        hangs = self.hung is not None and self.hung <= day and not (self.off and self.off <= day)
        if is_public and is_gone:
            return "lacking" if hangs else "owed"
        if not is_public:
            return "owed" if self.due < day else None
        if self.hung is None or self.hung > day or (self.off and self.off <= day):
            return "lacking"
        return "on_time" if max(self.public, self.hung) <= self.due else "late"

    def is_stale(self, day):
        if self.hung is None or self.hung > day or (self.off and self.off <= day):
            return False
        return day > counted(self.hung, DAYS) or (self.gone is not None and self.gone <= day)


@dataclass
class Question:
    village: str
    terms: list[list[date | None]] = field(default_factory=list)  # begun, answered

    def late_and_open(self, day):
        begun = [term for term in self.terms if term[0] <= day]
        if not begun or (begun[-1][1] is not None and begun[-1][1] <= day):
            return 0, 0
        return 1, int(day > counted(begun[-1][0], REPLY))


class Year:
    """The township, its people, the plan of the year and the other book."""

    def __init__(self, site, seed):
        self.site, self.chance = site, random.Random(seed)
        facts = load_demo(folder("schedules") / "demo", date(2026, 6, 1)).facts
        villages = tuple(
            (NewVillage(v["code"], v["name"], v["phone"]), "") for v in facts["villages"]
        )
        new = NewTownship(
            code="630223202", name="红崖子沟乡", county="互助土族自治县", phone="0972-8320100",
            villages=villages, adopt_from=FIRST, admin="guanli", password="a-long-password",
        )  # fmt: skip
        set_up(site, new, at_noon(FIRST))
        self.codes = {v["name"]: v["code"] for v in facts["villages"]}
        with site.sessions.reading() as session:
            self.ids = {v.name: v.id for v in session.scalars(select(Village))}
            self.boards = {b.village_id: b.id for b in session.scalars(select(Board))}
        self.li, self.sun, self.zhao = (
            self._person(login, role, self.ids.values())
            for login, role in (
                ("li", Role.LIAISON), ("sun", Role.SUPERVISOR), ("zhao", Role.VILLAGE_HEAD)
            )
        )  # fmt: skip
        self.wang = self._person("wang", Role.SCREENER, [None])
        self.told, self.questions = [], []
        self.plan = defaultdict(list)  # day: what is done then

    def _person(self, login, role, places):
        operator = operator_of(self.site)
        first = next(iter(places))
        new = NewPerson(login, f"{login}示例", role, first, FIRST)
        person_id = add_person(self.site, operator, new, "a-long-password", at_noon(FIRST))
        return Actor(
            person_id, login, operator.township_id, frozenset((role, place) for place in places)
        )

    # --- what is done ---------------------------------------------------------------------------

    def take_up_duties(self):
        """Every dated duty of the year stands in the book; of some of the plainest, something is done."""
        names = {id_: name for name, id_ in self.ids.items()} | {None: "乡镇"}
        plain = {
            item.code
            for item in self.site.catalog.items
            if item.publisher is PublisherKind.VILLAGERS_COMMITTEE
            and item.procedure == "village"
            and not item.personal
            and (item.posting_days, item.posting_unit) == (DAYS, "natural")
        }
        known = {told.duty for told in self.told}
        with self.site.sessions.reading() as session:
            duties = session.scalars(
                select(Duty).where(Duty.due_on >= FIRST, Duty.due_on <= LAST).order_by(Duty.id)
            ).all()
        for duty in duties:
            if duty.id in known:
                continue
            told = Told(names[duty.village_id], duty.item_code, duty.due_on)
            told.duty = duty.id
            self.told.append(told)
            if duty.item_code in plain and self.chance.random() < 0.4:
                self._plan(told)

    def _plan(self, told):
        public = max(told.due + timedelta(days=self.chance.choice([-4, -1, 0, 2, 20])), self.today)
        self._on(public, "publish", told)
        if self.chance.random() < 0.8:
            hung = public + timedelta(days=self.chance.choice([0, 0, 0, 3, 30]))
            self._on(hung, "hang", told)
            if self.chance.random() < 0.3:
                self._on(hung + timedelta(days=self.chance.choice([2, 9])), "take_off", told)
        if self.chance.random() < 0.15:
            self._on(public + timedelta(days=self.chance.choice([1, 5])), "take_down", told)

    def _on(self, day, act, *facts):
        if day <= LAST:
            self.plan[day].append((act, facts))

    def publish(self, told, now):
        code = start.start(self.site, self.li, [told.duty], now)
        draft.save(
            self.site, self.li, code, now, version=1, title=f"公开{told.duty}", document=DOCUMENT
        )
        submit.submit(self.site, self.li, code, now, confirmed=True)
        review.take_step(self.site, self.sun, code, Act.EXAMINE, now)
        review.take_step(self.site, self.zhao, code, Act.CONFIRM, now, meeting_on=now.date())
        told.code, told.public = code, now.date()

    def hang(self, told, now):
        if told.gone is None:  # nobody hangs what was taken down
            board = self.boards[self.ids[told.village]]
            print_sheet(self.site, self.li, told.code, now)
            post.hang(self.site, self.li, told.code, board, now.date(), now)
            told.hung = now.date()

    def take_off(self, told, now):
        if told.hung is None or told.gone is not None:
            return  # it comes off for a reason, which is not too short
        with self.site.sessions.reading() as session:
            posting = session.scalars(select(Posting.id).order_by(Posting.id)).all()
            mine = [p for p in posting if session.get(Posting, p).edition.notice.code == told.code]
        post.take_off(self.site, self.li, mine[-1], now.date(), now)
        told.off = now.date()

    def take_down(self, told, now):
        if told.off is None:
            end.take_down(self.site, self.li, told.code, "写错了", now)
            told.gone = now.date()

    def ask(self, village, now):
        asked = a_question(self, now, place=self.codes[village])
        pass_to_village(asked)
        question = Question(village, [[now.date(), None]])
        self.questions.append(question)
        self._on(
            now.date() + timedelta(days=self.chance.choice([3, 9, 25])), "reply", asked, question
        )

    def reply(self, asked, question, now):
        due = counted(question.terms[-1][0], REPLY)
        if now.date() > due and self.chance.random() < 0.7:
            ask_further.escalate(self.site, asked.number, asked.code, "", now)
            question.terms.append([now.date(), None])
            if self.chance.random() < 0.5:
                return  # the township does not answer either
            answer.answer(self.site, self.wang, asked.id, "已经查清。", now)
        else:
            answer.answer(self.site, self.li, asked.id, "已经查清。", now)
        question.terms[-1][1] = now.date()

    def live(self):
        for offset in range((LAST - FIRST).days + 1):
            self.today = FIRST + timedelta(days=offset)
            now = at_noon(self.today)
            if self.today.day == 1:
                TICKS["duties"](self.site, now)
                self.take_up_duties()
            if self.today.day % 9 == 5:
                self.ask(self.chance.choice(list(self.ids)), now)
            for step, (act, facts) in enumerate(self.plan.get(self.today, ()), 1):
                getattr(self, act)(*facts, now + timedelta(seconds=step))
        self.take_up_duties()

    # --- the other count ------------------------------------------------------------------------

    def outcomes(self, day):
        """How many of each village, month and outcome."""
        found = ((told, told.outcome(day)) for told in self.told)
        return Counter((t.village, t.due.month, outcome) for t, outcome in found if outcome)

    def interval(self, village, day):
        days = sorted(
            {t.public for t in self.told if t.village == village and t.public and t.public <= day}
        )
        if not days:
            return None
        steps = [after - before for before, after in pairwise(days)]
        return max([*steps, day - days[-1]]).days

    def board_days(self, village, day):
        hung = [t.hung for t in self.told if t.village == village and t.hung and t.hung <= day]
        return (day - max(hung)).days if hung else None


@pytest.fixture
def year(site):
    seed = random.randrange(10**6)
    year = Year(site, seed)
    year.seed = seed
    year.live()
    return year


def test_every_figure_of_a_year_is_that_of_another_count(year):
    now, who = at_noon(LAST), operator_of(year.site)
    for month, number in LOOKED_AT:
        day = date(2026, month, number)
        seen = f"seed {year.seed}, {day}"
        found = supervision(year.site, who, now, period=Period.parse("2026"), as_of=day)
        by_month = Counter(
            {
                (each.village, month, outcome.value): count
                for each in found.places
                for (month, outcome), count in each.figures.by_month.items()
            }
        )
        assert by_month == year.outcomes(day), seen
        for each in found.places:
            if each.village_id is not None:
                _compare(year, each, day, f"{seen}, {each.village}")
        items = supervised_items(year.site, who, now, period=Period.parse("2026"), as_of=day)
        assert {each.title for each in items}, seen
        by_item = Counter()
        for told in year.told:
            if outcome := told.outcome(day):
                by_item[told.item, outcome] += 1
        assert by_item == {
            (each.code, outcome.value): count
            for each in items
            for outcome, count in each.outcomes.items()
            if count
        }, seen
        stale = sum(told.is_stale(day) for told in year.told)
        assert len(stale_sheet_list(year.site, who, now, as_of=day)) == stale, seen
    _something_happened(year)


def _something_happened(year):
    """Of each kind of figure there was one that is not nothing."""
    days = [date(2026, *each) for each in LOOKED_AT]
    outcomes = {outcome for day in days for _, _, outcome in year.outcomes(day)}
    assert outcomes == {"on_time", "late", "lacking", "owed"}
    assert any(told.is_stale(day) for day in days for told in year.told)
    assert any(question.late_and_open(day)[1] for day in days for question in year.questions)
    assert sum(told.public is not None for told in year.told) > 60


def _compare(year, place, day, seen):
    figures = place.figures
    assert (place.interval.days if place.interval else None) == year.interval(place.village, day), (
        seen
    )
    assert place.board_days == year.board_days(place.village, day), seen
    asked = [q.late_and_open(day) for q in year.questions if q.village == place.village]
    assert figures.questions == sum(is_open for is_open, _ in asked), seen
    assert figures.late_questions == sum(late for _, late in asked), seen
    mine = [told for told in year.told if told.village == place.village]
    assert figures.stale_sheets == sum(told.is_stale(day) for told in mine), seen
