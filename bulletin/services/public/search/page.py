"""A page of what the public may read that has the words, and the ways on from it."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from bulletin.domain.catalog.items import Group
from bulletin.domain.days import village_day
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.pages import Page, page_span
from bulletin.domain.search.everyday import with_papers
from bulletin.domain.search.excerpt import Fragment, excerpt, marked
from bulletin.domain.search.kinds import Kind
from bulletin.domain.search.lines import lines_of_text
from bulletin.domain.search.query import SearchWord
from bulletin.domain.search.tokens import GROUP, PLACE, TOWNSHIP, YEAR, mark
from bulletin.services.public.notice_lists import line_of
from bulletin.services.public.page_values import NoticeLine, PlaceLink
from bulletin.services.public.place_pages import link_to, place_named
from bulletin.services.public.search.reports import ReportHit, found_reports
from bulletin.services.public.search.straight import PlaceCalled, places_called
from bulletin.services.search.found import found_ids
from bulletin.services.search.public import asked_by_anybody, place_names
from bulletin.services.site import Site
from bulletin.store.notices import Edition, EditionContent, Notice
from bulletin.store.places import Township, Village, townships
from bulletin.store.public_lists import listed_among

PER_PAGE = 20
MAX_FOUND = 240  # a resident turns no more pages: who has more before them narrows the search
MAX_CHOICES = 24  # villages to which a search may be narrowed

_LINE = (  # what a line names
    selectinload(Notice.editions).selectinload(Edition.notice),
    joinedload(Notice.register_publisher),
    joinedload(Notice.township),
    joinedload(Notice.village),
)


@dataclass(frozen=True, kw_only=True)
class Within:
    """To what a search is narrowed."""

    place: str = ""  # a statistical code: of a village, or of a township with its villages
    group: Group | None = None
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class PublicHit:
    """A notice that was found."""

    line: NoticeLine
    title: tuple[Fragment, ...]
    under: tuple[
        Fragment, ...
    ]  # the line of its text that has the words; never of a list of people
    place: PlaceLink


@dataclass(frozen=True)
class Choice:
    """To what the search may be narrowed further."""

    value: str  # a village's code, a class, a year
    words: str
    count: int


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """What was found, a page of it, and the ways on."""

    narrowed: Within
    place: PlaceLink | None  # to which it is narrowed
    ask_at: (
        PlaceLink | None
    )  # whom to ask for what isn't found; None: of several townships nobody knows which
    hits: Page[PublicHit]
    count: int
    is_more: bool  # there are more than are counted
    places: tuple[PlaceCalled, ...] = ()  # of which a name has the word
    villages: tuple[Choice, ...] = ()
    groups: tuple[Choice, ...] = ()
    years: tuple[Choice, ...] = ()
    words: tuple[str, ...] = ()  # of several words each by itself
    reports: tuple[ReportHit, ...] = ()  # annual reports, beside the first page


@dataclass(frozen=True)
class _Found:
    edition_id: int
    notice_id: int
    village_id: int | None
    year: int
    groups: frozenset[Group]  # of all that it answers


def search_page(
    site: Site, typed: str, narrowed: Within, now: datetime, *, number: int | None = None
) -> SearchPage:
    """A page of what the public may read that has all the words, those in a title first.

    Raises:
        NotFoundError: it is narrowed to a place that there is not.
    """
    with site.sessions.reading() as session:
        township, village = place_named(session, narrowed.place) if narrowed.place else (None, None)
        names = place_names(session)
        asked = asked_by_anybody(typed, names)
        says_nothing = bool(typed.strip()) and not asked.words
        marks = _marks(township, village, narrowed)
        ids = [] if says_nothing else found_ids(session, asked, Kind.NOTICE, *marks, most=MAX_FOUND)
        found = _listed(session, ids, now)
        span = page_span(len(found), number, per_page=PER_PAGE)
        hits = _hits(session, site, found[span.first : span.end], asked.words, now)
        every = townships(session)
        asks = village or township or (every[0] if len(every) == 1 else None)
        return SearchPage(
            narrowed=narrowed,
            place=_link(village or township),
            ask_at=_link(asks.today if isinstance(asks, Village) else asks),
            hits=span.with_lines(hits),
            count=len(found),
            is_more=len(ids) == MAX_FOUND,
            places=places_called(session, names, asked.words),
            villages=_villages(session, found) if village is None else (),
            groups=_groups(found) if narrowed.group is None else (),
            years=_years(found) if narrowed.year is None else (),
            words=tuple(word.text for word in asked.words) if len(asked.words) > 1 else (),
            reports=()
            if says_nothing or village or narrowed.group or span.number > 1
            else found_reports(session, asked.words, township, narrowed.year, now),
        )


def _link(place: Township | Village | None) -> PlaceLink | None:
    return link_to(place) if place is not None else None


def _marks(township: Township | None, village: Village | None, narrowed: Within) -> list[str]:
    marks = [
        (PLACE, village.id if village else None),
        (TOWNSHIP, township.id if township and not village else None),
        (GROUP, narrowed.group),
        (YEAR, narrowed.year),
    ]
    return [mark(kind, value) for kind, value in marks if value is not None]


def _listed(session: Session, ids: list[int], now: datetime) -> list[_Found]:
    """What the lists of residents name as well, in the order in which it was found."""
    rows = session.execute(listed_among(ids, now)).all() if ids else []
    by_id = {
        edition_id: _Found(edition_id, notice, village, village_day(at).year, _groups_of(items))
        for edition_id, notice, village, at, items in rows
        if at is not None
    }
    return [by_id[each] for each in ids if each in by_id]


@lru_cache(maxsize=1_000)
def _groups_of(items: str) -> frozenset[Group]:
    return frozenset(Group(item["group"]) for item in json.loads(items) if "group" in item)


def _hits(
    session: Session,
    site: Site,
    found: Sequence[_Found],
    words: tuple[SearchWord, ...],
    now: datetime,
) -> list[PublicHit]:
    """The lines of a page; the rule of visibility has the last word on each."""
    asked = select(Notice).where(Notice.id.in_([each.notice_id for each in found])).options(*_LINE)
    notices = {notice.id: notice for notice in session.scalars(asked)}
    open_ids = [each.edition_id for each in found if not notices[each.notice_id].personal]
    contents = select(EditionContent).where(EditionContent.edition_id.in_(open_ids))
    documents = {row.edition_id: row.document for row in session.scalars(contents)}
    hits = []
    for each in found:
        notice = notices[each.notice_id]
        line = line_of(site, notice, now)
        if line is not None:
            document = documents.get(each.edition_id)
            lines = lines_of_text(read_document(document)) if document else ()
            hits.append(
                PublicHit(
                    line=line,
                    title=marked(line.title, with_papers(words)),
                    under=_under(line.title, lines, words),
                    place=link_to(notice.village or notice.township),
                )
            )
    return hits


def _under(title: str, lines: Iterable[str], words: tuple[SearchWord, ...]) -> tuple[Fragment, ...]:
    """The line that has most of what the title hasn't."""
    left = [word for word in words if not any(part.is_found for part in marked(title, [word]))]
    return excerpt(lines, with_papers(left or words))


def _villages(session: Session, found: Iterable[_Found]) -> tuple[Choice, ...]:
    counts = Counter(each.village_id for each in found if each.village_id is not None)
    if len(counts) < 2:  # noqa: PLR2004 - nothing to choose from
        return ()
    most = counts.most_common(MAX_CHOICES)
    by_id = {
        village.id: village
        for village in session.scalars(select(Village).where(Village.id.in_([i for i, _ in most])))
    }
    return tuple(Choice(by_id[each].code, by_id[each].name, count) for each, count in most)


def _groups(found: Iterable[_Found]) -> tuple[Choice, ...]:
    counts = Counter(group for each in found for group in each.groups)
    return _choices([(group.value, group.label, counts[group]) for group in Group])


def _years(found: Iterable[_Found]) -> tuple[Choice, ...]:
    counts = Counter(each.year for each in found)
    return _choices([(f"{year}", f"{year}", counts[year]) for year in sorted(counts, reverse=True)])


def _choices(counted: list[tuple[str, str, int]]) -> tuple[Choice, ...]:
    choices = tuple(Choice(*each) for each in counted if each[2])
    return choices if len(choices) > 1 else ()
