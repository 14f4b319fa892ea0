"""有异议: whom residents tell that something is wrong, until when, and how soon they are answered.

An item of the catalog has its line (`ObjectionLine`), with the article that says so. A notice
prints it with its own days and names (`Objection`); once it is approved, that is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bulletin.domain.days import day_words
from bulletin.domain.deadlines.posting_period import UNITS, days_words, posting_period
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import Sentence, known_words, say, say_each
from bulletin.domain.legal_basis import LegalBasis

MAX_DAYS = 365
ANY_TIME = say("随时可以")


class Addressee(Labelled):
    """Who takes objections. A catalog may also name another body, in its own words."""

    SUPERVISION_COMMITTEE = "supervision_committee", say("村务监督委员会")
    VILLAGERS_COMMITTEE = "villagers_committee", say("村民委员会")
    ELECTION_COMMITTEE = "election_committee", say("村民选举委员会")
    PARTY_BRANCH = "party_branch", say("村党组织")
    SUPERVISORY_BOARD = "supervisory_board", say("集体经济组织监事会")
    COLLECTIVE = "collective", say("农村集体经济组织")
    TOWNSHIP = "township", say("乡镇政府")
    TOWNSHIP_PARTY = "township_party", say("乡镇党委")
    COUNTY = "county", say("县级人民政府")


@dataclass(frozen=True)
class DayCount:
    days: int
    unit: str = "natural"

    def words(self) -> Sentence:
        """5日, 3个工作日."""
        return days_words(self.days, self.unit)

    def last_day(self, opens_on: date, calendar: WorkCalendar) -> date:
        """Counted from a publication, whose day does not count (民法典第二百零一条)."""
        return posting_period(opens_on, self.days, self.unit, calendar).closes_on


@dataclass(frozen=True, kw_only=True)
class ObjectionLine:
    """What the catalog says of objections to an item."""

    to: tuple[str, ...]  # the values of `Addressee`, or the words for another body
    within: DayCount | None = None  # from publication; None: until the posting period ends
    at_any_time: bool = False
    reply: DayCount | None = None  # None: within what the site is set to
    basis: LegalBasis | None = None  # None: a village's own words

    def words(self, reply_days: int) -> Sentence:
        """自公布起5日内向村民选举委员会提出，3日内答复, as the catalog is read and typed.

        Args:
            reply_days: in natural days, where the line sets none.
        """
        when = say("公示期内")
        if self.within is not None:
            when = say("自公布起%(within)s内", within=self.within.words())
        if self.at_any_time:
            when = ANY_TIME
        whom = say_each("或", (addressee_words(body) for body in self.to))
        return say(
            "%(when)s向%(whom)s提出%(answer)s",
            when=when,
            whom=whom,
            answer=_answer_words(self.reply or DayCount(reply_days)),
        )


def _answer_words(reply: DayCount) -> Sentence:
    return say("，%(days)s内答复", days=reply.words())


def addressee_words(body: str) -> str:
    """村务监督委员会 for its value; the words of another body as they are."""
    return Addressee(body).label if body in set(Addressee) else body


def line_faults(line: ObjectionLine) -> list[str]:
    """What makes a line impossible, in English for the command line."""
    errors = []
    if not line.to or not all(body.strip() for body in line.to):
        errors.append("objection: `to` names nobody")
    unknown = [body for body in line.to if body.isascii() and body not in set(Addressee)]
    if unknown:
        errors.append(f"objection: {', '.join(unknown)} is none of {', '.join(Addressee)}")
    if line.within is not None and line.at_any_time:
        errors.append("objection: either within some days or at any time")
    counts = [count for count in (line.within, line.reply) if count is not None]
    errors += [
        f"objection: no {count.days} {count.unit} days"
        for count in counts
        if not 0 < count.days <= MAX_DAYS or count.unit not in UNITS
    ]
    return errors


def line_json(line: ObjectionLine) -> dict[str, Any]:
    """A line as JSON; `read_line` takes it back unchanged. What it leaves open is left out."""
    return {
        "to": list(line.to),
        **({"within": vars(line.within)} if line.within else {}),
        **({"at_any_time": True} if line.at_any_time else {}),
        **({"reply": vars(line.reply)} if line.reply else {}),
        **({"basis": vars(line.basis)} if line.basis else {}),
    }


def read_line(stored: Mapping[str, Any]) -> ObjectionLine:
    """A line from its JSON.

    Raises:
        ValueError, KeyError, TypeError: a value is missing or of the wrong kind.
    """
    within, reply, basis = (stored.get(name) for name in ("within", "reply", "basis"))
    return ObjectionLine(
        to=tuple(stored["to"]),
        within=DayCount(**within) if within else None,
        at_any_time=stored.get("at_any_time", False),
        reply=DayCount(**reply) if reply else None,
        basis=LegalBasis(**basis) if basis else None,
    )


@dataclass(frozen=True, kw_only=True)
class Objection:
    """A line as one edition prints it: the bodies by their own names, its last day by the calendar."""

    items: tuple[str, ...]  # the titles of the items that it is about
    to: tuple[str, ...]  # 村务监督委员会, 乡政府
    within: DayCount | None = None
    until_on: date | None = None  # the last day of `within`; None: that of the posting period
    at_any_time: bool = False
    reply: DayCount | None  # None: not ours to promise

    def last_day(self, closes_on: date) -> date | None:
        """None: at any time."""
        return None if self.at_any_time else self.until_on or closes_on

    def words(self, closes_on: date) -> Sentence:
        """10月25日前向村务监督委员会或乡政府提出，10日内答复."""
        last = self.last_day(closes_on)
        return say(
            "%(when)s向%(whom)s提出%(answer)s",
            when=say("%(day)s前", day=day_words(last, since=closes_on)) if last else ANY_TIME,
            whom=say_each("或", map(known_words, self.to)),
            answer=_answer_words(self.reply) if self.reply else "",
        )


def printed_line(
    line: ObjectionLine,
    item: str,
    *,
    names: Mapping[str, str],
    opens_on: date,
    calendar: WorkCalendar,
    reply_days: int,
) -> Objection:
    """A line for an edition that is published on a day.

    Args:
        names: of the bodies of this place, by the value of `Addressee`.
        reply_days: in natural days, where the line sets none.
    """
    within = line.within
    return Objection(
        items=(item,),
        to=tuple(dict.fromkeys(names.get(body, addressee_words(body)) for body in line.to)),
        within=within,
        until_on=within.last_day(opens_on, calendar) if within else None,
        at_any_time=line.at_any_time,
        reply=line.reply or DayCount(reply_days),
    )


def merged_objections(objections: Iterable[Objection]) -> tuple[Objection, ...]:
    """Those that say the same are one, about all their items; different ones stay apart."""
    alike: dict[Objection, list[str]] = {}
    for objection in objections:
        alike.setdefault(replace(objection, items=()), []).extend(objection.items)
    return tuple(replace(said, items=tuple(dict.fromkeys(items))) for said, items in alike.items())


def objections_words(objections: Sequence[Objection], closes_on: date) -> Sentence:
    """What a page and a sheet print: of several lines each with what it is for."""
    if len(objections) == 1:
        return objections[0].words(closes_on)
    return say_each(
        "；",
        (
            say("%(items)s：%(words)s", items="、".join(each.items), words=each.words(closes_on))
            for each in objections
        ),
    )


def objection_json(objection: Objection) -> dict[str, Any]:
    """As an approved edition keeps it; `read_objection` takes it back unchanged."""
    return {
        "items": list(objection.items),
        "to": list(objection.to),
        "within": vars(objection.within) if objection.within else None,
        "until_on": objection.until_on.isoformat() if objection.until_on else None,
        "at_any_time": objection.at_any_time,
        "reply": vars(objection.reply) if objection.reply else None,
    }


def read_objection(stored: Mapping[str, Any]) -> Objection:
    within, until_on, reply = stored["within"], stored["until_on"], stored["reply"]
    return Objection(
        items=tuple(stored["items"]),
        to=tuple(stored["to"]),
        within=DayCount(**within) if within else None,
        until_on=date.fromisoformat(until_on) if until_on else None,
        at_any_time=stored["at_any_time"],
        reply=DayCount(**reply) if reply else None,
    )
