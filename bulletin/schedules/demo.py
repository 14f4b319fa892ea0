"""The demo township: villages, people and notices, read from schedules/demo/."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from bulletin.domain.days import VILLAGE_ZONE, day_words
from bulletin.domain.deadlines.periods import Every, Period

MAX_DAYS_AGO, MAX_DAYS_AHEAD = 1500, 60
SPANS = {"month": Every.MONTH, "quarter": Every.QUARTER, "year": Every.YEAR}


@dataclass(frozen=True)
class DemoAct:
    """Something that somebody did, at a moment before the day of the demo."""

    act: str
    at: datetime
    by: str  # a login
    facts: dict[str, Any]  # further keys of the act, days already counted


@dataclass(frozen=True)
class DemoNotice:
    slug: str
    village: str | None
    title: str
    items: tuple[str, ...]
    period: Period | None
    event_on: date | None
    matter: dict[str, str] | None
    acts: tuple[DemoAct, ...]
    document: dict[str, Any]
    corrected: dict[str, Any] | None


@dataclass(frozen=True)
class DemoQuestion:
    """What a resident asked on the day of the demo, and how far it has come."""

    kind: str
    words: str
    notice: str = ""  # a slug
    place: str = ""  # the statistical code, without a notice
    requested: str = ""
    passed: str = ""  # what the village reads; '' while the township has it
    passed_by: str = "xiang-chushen"  # a login
    answer: str = ""
    answered_by: str = ""


@dataclass(frozen=True)
class DemoTownship:
    facts: dict[str, Any]  # code, name, county, phone, boards, villages, people
    notices: tuple[DemoNotice, ...]
    questions: tuple[DemoQuestion, ...]
    meetings: tuple[DemoAct, ...]  # when each was recorded, with all that is recorded of it
    outlets: tuple[DemoAct, ...]  # when each was registered, and what went to it
    office: tuple[DemoAct, ...]  # seats, registers, requests; what is overseen


def load_demo(folder: Path, today: date) -> DemoTownship:
    """Read the demo as of a day: every day in it is relative to that one."""
    facts = yaml.safe_load((folder / "township.yaml").read_text(encoding="utf-8"))
    files = sorted((folder / "notices").glob("*.yaml"))
    raws = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    notices = [
        _notice(of_village, today)
        for raw in raws
        for of_village in _each_village(raw, facts["people"])
    ]
    asked = yaml.safe_load((folder / "questions.yaml").read_text(encoding="utf-8"))
    held = yaml.safe_load((folder / "meetings.yaml").read_text(encoding="utf-8"))
    outlets = yaml.safe_load((folder / "outlets.yaml").read_text(encoding="utf-8"))
    return DemoTownship(
        facts,
        tuple(notices),
        tuple(DemoQuestion(**raw) for raw in asked),
        tuple(_meeting(raw, today) for raw in held),
        tuple(act for raw in outlets for act in _outlet(raw, today)),
        (
            *_office(yaml.safe_load((folder / "office.yaml").read_text(encoding="utf-8")), today),
            *_overseen(folder / "oversight.yaml", today),
        ),
    )


def _meeting(raw: dict[str, Any], today: date) -> DemoAct:
    facts = raw | {"held_on": _day(raw, today)}
    return DemoAct("record_meeting", _moment(raw, today), raw["by"], facts)


def _outlet(raw: dict[str, Any], today: date) -> Iterator[DemoAct]:
    yield DemoAct("register_outlet", _moment(raw, today), raw["by"], raw)
    of_outlet = {"outlet": raw["name"], "kind": raw["kind"]}
    for sent in raw["sent"]:
        yield DemoAct("send", _moment(sent, today), sent["by"], sent | of_outlet)


def _office(office: dict[str, list[dict[str, Any]]], today: date) -> Iterator[DemoAct]:
    for raw in office["seats"]:
        yield DemoAct("take_seat", _moment(raw, today), raw["by"], raw)
    for raw in office["register"]:
        on = today - timedelta(days=raw["on_days_ago"])
        facts = raw | {"on": on, "number": raw["number"].format(year=on.year)}
        yield DemoAct("enter_register", _moment(raw, today), raw["by"], facts)
    for raw in office["requests"]:
        yield DemoAct("receive_request", _moment(raw, today), raw["by"], raw)
        for step in raw["then"]:
            until_on = today + timedelta(days=step.get("until_in_days", 0))
            facts = step | {"asked_for": raw["asked_for"], "until_on": until_on}
            yield DemoAct("take_step", _moment(step, today), step["by"], facts)


def _overseen(file: Path, today: date) -> Iterator[DemoAct]:
    """What the township inspects, orders, teaches and reports."""
    for raw in yaml.safe_load(file.read_text(encoding="utf-8")):
        yield DemoAct(raw["act"], _moment(raw, today), raw["by"], raw)


def _each_village(raw: dict[str, Any], people: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A notice of several villages stands for one of each, handled by that village's own people."""
    if "villages" not in raw:
        yield raw
        return
    for village in raw["villages"]:
        logins = {p["role"]: p["login"] for p in people if p["village"] in {village, None}}
        logins |= {p["role"]: p["login"] for p in people if p["village"] == village}
        acts = [act | {"by": logins[act["by"]]} for act in raw["story"]["acts"]]
        yield raw | {
            "slug": f"{raw['slug']}-{village}",
            "village": village,
            "story": raw["story"] | {"acts": acts},
        }


def _notice(raw: dict[str, Any], today: date) -> DemoNotice:
    first = raw["story"]["acts"][0]
    begun_on = _day(first, today) if "after_period" not in first else today
    period = _period(raw["period"], begun_on)
    acts = [_act(act, today, period) for act in raw["story"]["acts"]]
    words = _words(period, begun_on, today)
    event = raw.get("event")
    return DemoNotice(
        slug=raw["slug"],
        village=raw["village"],
        title=raw["title"].format_map(words),
        items=tuple(raw["items"]),
        period=period,
        event_on=_day(event, today) if event else None,
        matter=raw.get("matter"),
        acts=tuple(_filled(act, words) for act in acts),
        document={"blocks": _fill(raw["blocks"], words)},
        corrected={"blocks": _fill(raw["corrected_blocks"], words)}
        if "corrected_blocks" in raw
        else None,
    )


def _day(raw: dict[str, Any], today: date, period: Period | None = None) -> date:
    if "after_period" in raw and period is not None:
        return period.last + timedelta(days=raw["after_period"])
    return today + timedelta(days=raw["in_days"] if "in_days" in raw else -raw["days_ago"])


def _moment(raw: dict[str, Any], today: date, period: Period | None = None) -> datetime:
    return datetime.combine(_day(raw, today, period), time.fromisoformat(raw["at"]), VILLAGE_ZONE)


def _act(raw: dict[str, Any], today: date, period: Period | None) -> DemoAct:
    facts: dict[str, Any] = {
        key: raw[key] for key in ("reason", "note", "edition", "board") if key in raw
    }
    if "publish" in raw:
        facts["publish_at"] = _moment(raw["publish"], today, period)
    if "joint_meeting_days_ago" in raw:
        facts["meeting_on"] = today - timedelta(days=raw["joint_meeting_days_ago"])
    elif raw["act"] in {"confirm", "force"}:
        facts["meeting_on"] = _day(raw, today, period)
    return DemoAct(raw["act"], _moment(raw, today, period), raw["by"], facts)


def _filled(act: DemoAct, words: dict[str, str]) -> DemoAct:
    return replace(act, facts=_fill(act.facts, words))


def _period(name: str, begun_on: date) -> Period | None:
    """`last_quarter` and its kin: the last one that had ended when the draft was begun."""
    if name == "none":
        return None
    which, _, span = name.partition("_")
    running = Period.containing(SPANS[span], begun_on)
    return running if which == "this" else running.previous()


def _words(period: Period | None, begun_on: date, today: date) -> dict[str, str]:
    words = {"year": str(begun_on.year)}
    words |= {f"ago_{n}": day_words(today - timedelta(days=n)) for n in range(MAX_DAYS_AGO + 1)}
    words |= {f"in_{n}": day_words(today + timedelta(days=n)) for n in range(1, MAX_DAYS_AHEAD + 1)}
    if period is not None:
        words["period_label"] = period.label
        first = period.first.month
        months = range(first, period.last.month + 1)
        words |= {f"m{place}": str(month) for place, month in enumerate(months, 1)}
    return words


def _fill(value: Any, words: dict[str, str]) -> Any:
    """Fill the placeholders of every text in a piece of the file."""
    if isinstance(value, str):
        return value.format_map(words)
    if isinstance(value, list):
        return [_fill(part, words) for part in value]
    if isinstance(value, dict):
        return {key: _fill(part, words) for key, part in value.items()}
    return value
