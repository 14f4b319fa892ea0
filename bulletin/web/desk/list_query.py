"""What the address narrows a list to, and which page of it is asked for.

A view declares the fields of its list in the order of the form and is told what was asked; the template says their
words, and draws form, tabs and pager (`filters`, `tabs`, `pager` of macros/desk.html). What cannot be read narrows
nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from flask import request

from bulletin.domain.labels import Member
from bulletin.services.places.villages import VillageChoice
from bulletin.web.desk.inputs import day_asked, row_id
from bulletin.web.rendering import labels_of, link

PAGE = "page"
TOWNSHIP = "township"  # in the place of a village: the township's own alone
MAX_WORDS = 200  # characters


class FieldShape(StrEnum):
    CHOICE = "choice"
    WORDS = "words"
    DAY = "day"
    KEPT = "kept"  # said elsewhere on the page, and not lost when the form is sent


@dataclass(frozen=True)
class ListField:
    name: str
    shape: FieldShape
    value: str  # as the address has it; '' where it narrows nothing
    options: Mapping[str, str] = field(default_factory=dict)  # words by value
    is_optional: bool = True  # all of them may be asked for


class ListQuery:
    """One list as it is asked for: its fields, and the addresses of the same list with changes."""

    def __init__(self, endpoint: str, **path: Any) -> None:
        """Of the list at an endpoint; `path` is what else its address has in its path."""
        self._endpoint, self._path = endpoint, path
        self._fields: list[ListField] = []
        self.number = request.args.get(PAGE, type=row_id)

    @property
    def in_form(self) -> list[ListField]:
        return [each for each in self._fields if each.shape is not FieldShape.KEPT]

    @property
    def kept(self) -> list[ListField]:
        return [each for each in self._fields if each.shape is FieldShape.KEPT and each.value]

    @property
    def has_words(self) -> bool:
        return any(each.shape is FieldShape.WORDS for each in self._fields)

    @property
    def is_narrowed(self) -> bool:
        return any(each.value and each.is_optional for each in self.in_form)

    def named(self, name: str) -> ListField:
        return next(each for each in self._fields if each.name == name)

    def url(self, **changes: Any) -> str:
        """The address of this list with some fields changed (None: without them), on its first page."""
        asked: dict[str, Any] = {each.name: each.value or None for each in self._fields}
        return link(self._endpoint, **self._path, **(asked | changes))

    @property
    def everything(self) -> str:
        """The same list without what the form narrows."""
        return self.url(**{each.name: None for each in self.in_form if each.is_optional})

    def words(self, name: str = "q") -> str:
        typed = request.args.get(name, "").strip()[:MAX_WORDS]
        self._fields.append(ListField(name, FieldShape.WORDS, typed))
        return typed

    def day(self, name: str, default: date | None = None) -> date | None:
        day = day_asked(name) or default
        self._fields.append(ListField(name, FieldShape.DAY, day.isoformat() if day else ""))
        return day

    def choice(self, name: str, options: Mapping[str, str]) -> str:
        """One of some values by their words; '': all."""
        typed = request.args.get(name, "")
        value = typed if typed in options else ""
        self._fields.append(ListField(name, FieldShape.CHOICE, value, options))
        return value

    def one(self, name: str, value: str, options: Mapping[str, str]) -> None:
        """What the list is about, of which there is always one, by the words of those that may be asked for."""
        shape = FieldShape.CHOICE if len(options) > 1 else FieldShape.KEPT
        self._fields.append(ListField(name, shape, value, options, is_optional=False))

    def member(self, name: str, members: type[Member]) -> Member | None:
        """One of an enumeration; None: all."""
        value = self.choice(name, {each.value: word for each, word in labels_of(members).items()})
        return members(value) if value else None

    def year(self, years: Iterable[int], name: str = "year") -> int | None:
        value = self.choice(name, {str(year): str(year) for year in years})
        return int(value) if value else None

    def row(self, name: str) -> int | None:
        """The id of a row, whose choices are offered once they are known; see `offer`."""
        value = request.args.get(name, type=row_id)
        written = "" if value is None else str(value)
        self._fields.append(ListField(name, FieldShape.KEPT, written))
        return value

    def offer(self, name: str, options: Mapping[str, str]) -> None:
        """The choices of a field that was read before; offered where there are several."""
        at = self._fields.index(self.named(name))
        shape = FieldShape.CHOICE if len(options) > 1 else FieldShape.KEPT
        self._fields[at] = replace(self._fields[at], shape=shape, options=options)

    def village(
        self, villages: Iterable[VillageChoice], *, township: str = "", name: str = "village"
    ) -> int | None:
        """The id of a village; offered where there are several, and read though it is not offered.

        Args:
            township: its word, where its own can be asked for; see `of_township`.
        """
        of_township = bool(township) and request.args.get(name) == TOWNSHIP
        value = self.row(name)
        options = {str(each.id): each.name for each in villages}
        if of_township:
            at = self._fields.index(self.named(name))
            self._fields[at] = replace(self._fields[at], value=TOWNSHIP)
        self.offer(name, ({TOWNSHIP: township} if township else {}) | options)
        return value

    @property
    def of_township(self) -> bool:
        """Whether only the township's own is asked for."""
        return any(each.value == TOWNSHIP for each in self._fields)

    def tab(self, name: str, tabs: type[Member], default: Member) -> Member:
        """One of the tabs above the list."""
        typed = request.args.get(name, "")
        value = tabs(typed) if typed in set(tabs) else default
        words = {each.value: word for each, word in labels_of(tabs).items()}
        self._fields.append(ListField(name, FieldShape.KEPT, value.value, words))
        return value

    def keep(self, name: str, value: str | None) -> None:
        """What else the address has to say again on the next page."""
        self._fields.append(ListField(name, FieldShape.KEPT, value or ""))
