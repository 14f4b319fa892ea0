"""The notices of a place as residents' lists name them: the database finds a page, the rule judges each."""

from datetime import MAXYEAR, date, datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group
from bulletin.domain.days import start_of, village_day
from bulletin.services.notices.visibility import NoticeView, list_moment
from bulletin.services.public.page_values import NoticeLine, NoticeLines
from bulletin.services.site import Site
from bulletin.store import public_lists
from bulletin.store.list_pages import page_rows
from bulletin.store.notices import Notice
from bulletin.store.public_lists import Place

PER_PAGE = 50
MONEY_FIRST = (Group.FINANCE, *(group for group in Group if group is not Group.FINANCE))


class NoticeLists:
    """The lists of one place, a page at a time, however many years stand behind."""

    def __init__(self, session: Session, site: Site, place: Place, now: datetime) -> None:
        self._session, self._site, self._place, self._now = session, site, place, now
        self._at = list_moment(session, site, now)

    def current(self, number: int) -> NoticeLines:
        """What is on display, the newest first."""
        return self._page(public_lists.current(self._place, self._at), number)

    def current_groups(self) -> dict[Group, int]:
        """How many are on display of each class, as the catalog has them, what is about money first."""
        counts = dict(
            self._session.execute(public_lists.current_groups(self._place, self._at)).all()
        )
        return {group: counts[group] for group in MONEY_FIRST if group in counts}

    def of_group(self, group: Group, number: int) -> NoticeLines:
        """What ever became public of a class, the newest first."""
        return self._page(public_lists.of_group(self._place, self._at, group), number)

    def archive(self) -> tuple[NoticeLine, ...] | None:
        """What was on display before; None where it is more than a page, which is not read then."""
        before = public_lists.archive(self._place, self._at)
        one_more = before.with_only_columns(Notice.id).offset(PER_PAGE).limit(1)
        if self._session.scalar(one_more) is not None:
            return None
        return self._page(before, 1).lines

    def of_year(self, year: int, number: int) -> NoticeLines:
        """What first became public in a year, the newest first, on display or not."""
        if not 0 < year < MAXYEAR:
            return NoticeLines(())
        span = start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1))
        return self._page(public_lists.published_between(self._place, self._at, span), number)

    def years(self) -> tuple[int, ...]:
        """In which something became public, the newest first."""
        newest = public_lists.newest_before(self._place, self._at)
        years: list[int] = []
        before = start_of(date(self._at.today.year + 1, 1, 1))
        while at := self._session.scalar(newest, {public_lists.BEFORE: before}):
            years.append(village_day(at).year)
            before = start_of(date(years[-1], 1, 1))
        return tuple(years)

    def _page(self, notices: Select[Notice], number: int) -> NoticeLines:
        found = page_rows(self._session, notices, number, per_page=PER_PAGE)
        lines = (line_of(self._site, notice, self._now) for notice in found.rows)
        return NoticeLines(tuple(line for line in lines if line), number, more=found.more)


def line_of(site: Site, notice: Notice, now: datetime) -> NoticeLine | None:
    """A notice as lists name it; None for one that they don't."""
    view = NoticeView(site, notice, now)
    edition = view.listed_edition
    if edition is None or edition.closes_on is None:
        return None
    first = min(each.publish_at for each in view.public_editions if each.publish_at)
    return NoticeLine(
        title=view.title,
        url=f"/N/{notice.code}",
        number=notice.register_name or "",
        published_on=village_day(first),
        closes_on=edition.closes_on,
        group=Group(notice.items[0]["group"]).label,
        corrected=edition.number > 1,
        nameless=view.is_nameless,
    )
