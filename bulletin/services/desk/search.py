"""The page of the search: of every kind what was found, and the lines that are shown of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from bulletin.domain.days import day_words, village_day
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.pages import Page, page_of
from bulletin.domain.people import Actor
from bulletin.domain.search.excerpt import Fragment, excerpt, marked
from bulletin.domain.search.kinds import Kind
from bulletin.domain.search.lines import lines_of_text
from bulletin.services.duties.lists.duty_list import lines_in_order
from bulletin.services.duties.overview import DutyLine
from bulletin.services.notices.overview import NoticeRow, row_of
from bulletin.services.search.asked import Asked, read_asked
from bulletin.services.search.found import (
    MAX_FOUND,
    FoundNotice,
    found_ids,
    found_notices,
    kinds_for,
)
from bulletin.services.site import Site
from bulletin.store.duties import Matter
from bulletin.store.meetings import Meeting
from bulletin.store.notice_queries import with_row_facts
from bulletin.store.notices import Edition, EditionContent, Notice
from bulletin.store.people import Person
from bulletin.store.places import Village

Marked = tuple[Fragment, ...]
OVERVIEW = 5  # lines of each kind, where all are shown


@dataclass(frozen=True, kw_only=True)
class SearchHit:
    """A line of what was found; which fields it has depends on its kind."""

    title: Marked
    under: Marked = ()  # the line of the text that has the words
    village: str = ""
    row: NoticeRow | None = None
    duty: DutyLine | None = None
    id: int = 0
    code: str = ""


@dataclass(frozen=True)
class KindFound:
    count: int
    is_more: bool  # there are more than are counted
    page: Page[SearchHit]


@dataclass(frozen=True)
class Found:
    kinds: dict[Kind, KindFound]

    @property
    def count(self) -> int:
        return sum(found.count for found in self.kinds.values())


def search(
    site: Site,
    actor: Actor,
    typed: str,
    now: datetime,
    *,
    kind: Kind | None = None,
    number: int | None = None,
) -> Found:
    """Everything that has all the words and that the person may see.

    Args:
        kind: of which a whole page is shown; None: the first lines of each.
        number: which page of it.
    """
    with site.sessions.reading() as session:
        asked = read_asked(session, actor, typed)
        reader = _HitReader(session, site, asked, now)
        kinds = {}
        for each in kinds_for(actor):
            if each is Kind.NOTICE:
                ids: Sequence[Any] = found_notices(session, actor, asked, typed)
            else:
                ids = found_ids(session, asked, each)
            page = _page(ids, each, kind, number)
            hits = reader.hits(each, page.lines)
            shown = Page(hits, page.number, page.pages)
            kinds[each] = KindFound(len(ids), len(ids) >= MAX_FOUND, shown)
        return Found(kinds)


def _page(ids: Sequence[Any], each: Kind, kind: Kind | None, number: int | None) -> Page[Any]:
    if kind is None:
        return Page(ids[:OVERVIEW], 1, 1)
    return page_of(ids, number) if each is kind else Page((), 1, 1)


class _HitReader:
    """Reads the lines of what was found."""

    def __init__(self, session: Session, site: Site, asked: Asked, now: datetime) -> None:
        self._session, self._site, self._asked, self._now = session, site, asked, now

    def hits(self, kind: Kind, found: Sequence[Any]) -> list[SearchHit]:
        """Those of one kind, in the order given."""
        if not found:
            return []
        match kind:
            case Kind.NOTICE:
                return self._notices(found)
            case Kind.DUTY:
                lines = lines_in_order(self._session, self._site, list(found), self._now)
                return [self._duty(line) for line in lines]
            case Kind.MATTER:
                return [self._matter(matter) for matter in self._records(Matter, found)]
            case Kind.MEETING:
                return [self._meeting(meeting) for meeting in self._records(Meeting, found)]
            case Kind.VILLAGE:
                return [self._village(village) for village in self._records(Village, found)]
            case Kind.PERSON:
                return [self._person(person) for person in self._records(Person, found)]

    def _records(self, cls: Any, ids: Sequence[int]) -> list[Any]:
        by_id = {row.id: row for row in self._session.scalars(select(cls).where(cls.id.in_(ids)))}
        return [by_id[each] for each in ids if each in by_id]

    def _marked(self, text: str) -> Marked:
        return marked(text, self._asked.words)

    def _notices(self, found: Sequence[FoundNotice]) -> list[SearchHit]:
        notices = with_row_facts(
            select(Notice)
            .where(Notice.id.in_([each.notice_id for each in found]))
            .options(joinedload(Notice.register_publisher))
        )
        by_id = {notice.id: notice for notice in self._session.scalars(notices)}
        contents = select(EditionContent).where(
            EditionContent.edition_id.in_([each.edition_id for each in found])
        )
        documents = {row.edition_id: row.document for row in self._session.scalars(contents)}
        return [
            self._notice(
                _edition(by_id[each.notice_id], each.edition_id), documents.get(each.edition_id)
            )
            for each in found
        ]

    def _notice(self, edition: Edition, document: dict[str, Any] | None) -> SearchHit:
        row = row_of(self._site, edition, self._now)
        lines = lines_of_text(read_document(document)) if document else ()
        return SearchHit(
            title=self._marked(row.title),
            under=excerpt(lines, self._asked.words),
            village=row.village,
            row=row,
            code=row.code,
        )

    def _duty(self, line: DutyLine) -> SearchHit:
        title = f"{line.title}（{line.label}）"
        return SearchHit(title=self._marked(title), village=line.village, duty=line, id=line.id)

    def _matter(self, matter: Matter) -> SearchHit:
        village = matter.village.name if matter.village else ""
        return SearchHit(title=self._marked(matter.title), village=village, id=matter.id)

    def _meeting(self, meeting: Meeting) -> SearchHit:
        title = f"{meeting.kind.label} · {day_words(meeting.held_on)}"
        decided = (f"{each.title}：{each.text}" for each in meeting.decisions)
        return SearchHit(
            title=self._marked(title),
            under=excerpt((meeting.agenda, meeting.place, *decided), self._asked.words),
            village=meeting.village.name,
            id=meeting.id,
        )

    def _village(self, village: Village) -> SearchHit:
        has_ended = village.valid_until is not None and village.valid_until < village_day(self._now)
        names = "、".join(former.name for former in village.former_names)
        under = " · ".join(filter(None, (village.code, names and f"原名{names}")))
        return SearchHit(
            title=self._marked(village.name),
            under=self._marked(under),
            village=village.today.name if has_ended else "",
            id=village.today.id,
        )

    def _person(self, person: Person) -> SearchHit:
        under = " · ".join(filter(None, (person.login, person.phone)))
        return SearchHit(title=self._marked(person.name), under=self._marked(under), id=person.id)


def _edition(notice: Notice, edition_id: int) -> Edition:
    return next(edition for edition in notice.editions if edition.id == edition_id)
