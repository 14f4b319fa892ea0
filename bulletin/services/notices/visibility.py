"""What residents see of a notice at one moment: its edition, page state and title."""

from datetime import datetime
from functools import cached_property

from sqlalchemy.orm import Session, object_session

from bulletin.domain.days import village_day
from bulletin.domain.notices.visibility import (
    EditionDates,
    PageState,
    in_force,
    is_over,
    page_state,
    shows_content,
)
from bulletin.domain.notices.workflow import State
from bulletin.services.history import latest_moment
from bulletin.services.site import Site
from bulletin.store.notices import Edition, Notice
from bulletin.store.public_lists import ListMoment


def _closing_moment(notice: Notice, now: datetime) -> datetime:
    """The moment by which a period is over: a clock set back opens no closed list of people again.

    Every other text may be read after its period, so that an entry from the future hides none.
    """
    session = object_session(notice) if notice.personal else None
    return now if session is None else latest_moment(session, now)


def list_moment(session: Session, site: Site, now: datetime) -> ListMoment:
    """The moment of a list; a clock set back shows no closed list of people again."""
    return ListMoment(
        now=now,
        today=village_day(now),
        closing_on=village_day(latest_moment(session, now)),
        copied=site.copied,
    )


class NoticeView:
    """A notice as residents find it now; public pages, boards and the desk ask the same one."""

    def __init__(self, site: Site, notice: Notice, now: datetime) -> None:
        self.notice, self.now, self._copied = notice, now, site.copied
        self._closing_at = _closing_moment(notice, now)
        self.dates = [
            EditionDates(
                number=edition.number,
                state=edition.state,
                publish_at=edition.publish_at,
                closes_on=edition.closes_on,
                redacted=edition.redacted_at is not None,
            )
            for edition in notice.editions
        ]

    @cached_property
    def in_force(self) -> EditionDates | None:
        """The highest edition that ever became public, also when it was taken down."""
        return in_force(self.dates, self.now)

    @cached_property
    def edition(self) -> Edition:
        """The edition that the page speaks of. Only for a notice that has a page state."""
        if self.in_force is None:
            return next(e for e in self.notice.editions if e.closes_on is not None)
        return next(e for e in self.notice.editions if e.number == self.in_force.number)

    @property
    def listed_edition(self) -> Edition | None:
        """The edition that lists and links name; None before the first and once it is taken down."""
        if self.in_force is None or self.in_force.state is State.TAKEN_DOWN:
            return None
        return self.edition

    @property
    def public_editions(self) -> list[Edition]:
        """Every edition that went out, in order."""
        return [
            edition
            for edition, dates in zip(self.notice.editions, self.dates, strict=True)
            if dates.was_public(self.now)
        ]

    def page_state(self, scanned: int | None = None) -> PageState | None:
        """What the page of its code says first; None while nothing of it was ever approved.

        Args:
            scanned: the edition that the paper names; None when the code was typed.
        """
        personal = self.notice.personal
        return page_state(
            self.dates,
            scanned,
            self.now,
            personal=personal,
            copied=self._copied,
            closing_at=self._closing_at,
        )

    @property
    def readable_edition(self) -> Edition | None:
        """The edition that the page speaks of, while its content may be read."""
        state = self.page_state()
        if state is None or not shows_content(state, personal=self.notice.personal):
            return None
        return self.edition

    @property
    def is_nameless(self) -> bool:
        """A personal list goes with its period, its title too; a copy of the public site has neither."""
        return self.notice.personal and (
            self._copied or is_over(self.edition.closes_on, self._closing_at)
        )

    @property
    def title(self) -> str:
        """The title as lists and links show it."""
        return self.notice.public_title if self.is_nameless else self.edition.title
