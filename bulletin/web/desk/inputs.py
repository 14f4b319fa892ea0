"""What people type into the desk's forms, read strictly and refused in words."""

from collections.abc import Collection
from datetime import UTC, date, datetime

from flask import request

from bulletin.domain.characters import ordinary
from bulletin.domain.days import VILLAGE_ZONE
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.errors import Refused, refuse
from bulletin.domain.formats import Paper, paper_of

FIRST_YEAR, LAST_YEAR = 1990, 2100  # beyond them a year is a typing slip, and refused
YEAR_DIGITS = 4
MAX_ROW_ID = 2**31 - 1  # PostgreSQL's integer


def row_id(text: str) -> int:
    """The id of a row as an address or a form carries it; for `get(type=row_id)`.

    Raises:
        ValueError: no id that a database could have.
    """
    if not text.isdecimal() or len(text) > len(str(MAX_ROW_ID)) or int(text) > MAX_ROW_ID:
        raise ValueError(text)
    return int(text)


def typed(name: str) -> str:
    """One line of a form, radicals out of a PDF copy as ordinary characters."""
    return ordinary(request.form.get(name, "")).strip()


def uploaded(name: str) -> bytes | None:
    """The file of a form; None when none was chosen."""
    upload = request.files.get(name)
    return upload.read() if upload is not None and upload.filename else None


def paper_asked() -> Paper | None:
    """The paper that was chosen; None leaves it to what is printed."""
    word = request.values.get("paper")
    return paper_of(word) if word else None


def village_asked(own: Collection[int]) -> int | None:
    """The village asked for in the address or the form; else the first of one's own, if any."""
    asked = request.values.get("village", type=row_id)
    return asked if asked is not None or not own else min(own)


def day_asked(name: str) -> date | None:
    """A day of the address; None also for what cannot be read, as nobody typed it there."""
    return readable_day(request.args.get(name, ""))


def month_asked(today: date) -> Period:
    """The month of the address as 2026-12; that of today for anything else."""
    first = readable_day(f"{request.args.get('month', '')}-01")
    return Period.containing(Every.MONTH, first or today)


def year_asked(today: date) -> int:
    """The year of a file, in the address or a form; that of today where none is asked for.

    Raises:
        Refused: what was asked for is no year: no other may stand for it under its name.
    """
    asked = request.values.get("year", "").strip()
    if not asked:
        return today.year
    year = int(asked) if asked.isdecimal() and len(asked) == YEAR_DIGITS else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise refuse("year_unreadable", "年份没有看懂，要写成 2026 这样的四位数。")
    return year


def readable_day(text: str) -> date | None:
    """A day as an address has it; None for anything else."""
    try:
        return day_of(text, "日期")
    except Refused:
        return None


def day_of(text: str, what: str) -> date | None:
    """A day as a date field sends it; None for an empty one.

    Raises:
        Refused: what was typed is no day.
    """
    if not text.strip():
        return None
    try:
        return _within_reach(date.fromisoformat(text.strip()))
    except ValueError:
        raise refuse("day_unreadable", f"{what}要写成 2026-10-09 这样。") from None


def day_typed(name: str) -> date:
    """The day of a form's field.

    Raises:
        Refused: the field is empty, or what was typed is no day.
    """
    day = day_of(typed(name), "日期")
    if day is None:
        raise refuse("day_missing", "请填日期。")
    return day


def row_id_typed(name: str) -> int | None:
    """The id that was chosen in a form's field; None where nothing was, which often means the township.

    Raises:
        Refused: something was sent that is no id: it must not stand for nothing.
    """
    try:
        return row_id(chosen) if (chosen := typed(name)) else None
    except ValueError:
        raise _no_such_choice() from None


def row_ids_typed(name: str) -> list[int]:
    """The ids that were chosen together, in a form or in the address that leads to it.

    Raises:
        Refused: one of them is no id: what was sent must not become fewer.
    """
    try:
        return [row_id(chosen) for chosen in request.values.getlist(name)]
    except ValueError:
        raise _no_such_choice() from None


def _no_such_choice() -> Refused:
    return refuse("no_such_choice", "选的那一个没有认出来，请重新选。")


def _within_reach(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    return day


def moment_of(text: str, what: str) -> datetime | None:
    """A village moment such as 2026-10-10T09:00 as an instant; None for an empty field.

    Raises:
        Refused: what was typed is no moment.
    """
    if not text.strip():
        return None
    try:
        local = datetime.fromisoformat(text.strip()).replace(tzinfo=VILLAGE_ZONE)
        _within_reach(local.date())
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        raise refuse("moment_unreadable", f"{what}要写成 2026-10-10 09:00 这样。") from None


def count_of(text: str, what: str) -> int | None:
    """A whole number; None for an empty field.

    Raises:
        Refused: what was typed is no whole number.
    """
    if not text.strip():
        return None
    try:
        return row_id(text.strip())
    except ValueError:
        raise refuse("count_unreadable", f"{what}要写一个整数。") from None
