"""What an official board gives away: which notices it names, and whose board it is.

Never what a notice says: whoever read a feed keeps it, and what is taken down or removed later must
not live on in copies.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bulletin.domain.days import village_day
from bulletin.domain.languages.language import CHINESE, Language
from bulletin.domain.languages.sentences import Sentence, say, say_each


class FeedForm(StrEnum):
    """The shapes of a feed; the value is the ending of its address."""

    OFN = "jsonld"  # Otevřená formální norma Úřední desky 2021-07-20
    RSS = "rss"  # RSS 2.0 as AlboPOP has it
    ATOM = "atom"  # RFC 4287
    JSON = "json"  # JSON Feed 1.1
    CLOSING_DAYS = "ics"  # RFC 5545: on which day which period ends


class BoardKind(StrEnum):
    VILLAGE = "village"
    TOWNSHIP = "township"  # with its villages, or its own notices alone
    COUNTY = "county"


@dataclass(frozen=True, kw_only=True)
class FeedEntry:
    """What a feed names: a notice on a board, or an annual report."""

    url: str  # its page
    title: str
    edition: int
    publishers: tuple[str, ...]
    place: str  # 张家村
    place_code: str  # '' of a county
    subject: str  # 财务
    subject_code: str  # finance
    published_at: datetime
    changed_at: datetime  # when this edition became public

    @property
    def said(self) -> Sentence:
        """What is said of it beside its title."""
        edition = say("第%(edition)s版（有更正）", edition=self.edition)
        said = (say_each("、", self.publishers), *self._own, edition if self.edition > 1 else "")
        return say_each("，", filter(None, (*said, self._number)))

    @property
    def _own(self) -> tuple[Sentence | str, ...]:
        raise NotImplementedError

    @property
    def _number(self) -> str:
        return ""


@dataclass(frozen=True, kw_only=True)
class BoardRecord(FeedEntry):
    """A notice on a board. Of a list of people the title is the catalog's, from its first day on."""

    code: str
    paper: str  # its sheet as PDF; '' where there is none to be read
    number: str  # 张家村公开〔2026〕12号
    register_key: str  # 张家村公开/2026/12
    opens_on: date
    closes_on: date
    removed_on: date | None  # the day the last paper came off a board; None: unknown, or one hangs
    fingerprint: str  # SHA-256 of this edition
    personal: bool

    @property
    def _own(self) -> tuple[Sentence | str, ...]:
        first, last = self.opens_on.isoformat(), self.closes_on.isoformat()
        return self.subject, say("公示%(first)s至%(last)s", first=first, last=last)

    @property
    def _number(self) -> str:
        return self.number


@dataclass(frozen=True, kw_only=True)
class ReportRecord(FeedEntry):
    """An issued annual report of a township, or of the county. It hangs on no board, and has no last day."""

    year: int  # of which it reports
    digest: str  # SHA-256 of what it says
    files: tuple[tuple[str, str], ...]  # address and media type of what can be taken away

    @property
    def _own(self) -> tuple[Sentence | str, ...]:
        return (say("%(day)s发布", day=village_day(self.changed_at).isoformat()),)


@dataclass(frozen=True, kw_only=True)
class BoardFeed:
    """A board, or all boards of a township or county, with the newest of its notices first, and its annual reports."""

    kind: BoardKind
    address: str  # of the feed without its ending, https://…/V/630223202214/feed
    page: str  # that people read
    place: str  # 张家村
    code: str  # its statistical code; '' of a county
    county: str
    publisher: str  # who answers for it: 张家村村民委员会
    subject: str  # 财务 where it holds one class only, else ''
    changed_at: datetime  # when the newest change became public
    records: tuple[BoardRecord, ...]
    reports: tuple[ReportRecord, ...] = ()  # annual reports of last year's time
    parts: tuple[str, ...] = ()  # the addresses, without ending, of the feeds that it sums up
    name: str = ""  # in place of the board's title
    demo: bool = False  # people and figures are invented
    language: Language = CHINESE  # of its reader; what villages wrote stays as it is

    @property
    def entries(self) -> tuple[FeedEntry, ...]:
        """Notices and reports, the newest change first."""
        every: list[FeedEntry] = [*self.records, *self.reports]
        return tuple(sorted(every, key=lambda each: each.changed_at, reverse=True))

    @property
    def title(self) -> str:
        title = self.name or self._board
        return say("演示数据：%(title)s", title=title) if self.demo else title

    @property
    def _board(self) -> Sentence:
        board = say("%(place)s村务公开栏", place=self.place)
        if self.kind is BoardKind.TOWNSHIP:
            board = say("%(place)s公开栏", place=self.place)
        if self.subject:
            board = say("%(board)s：%(subject)s", board=board, subject=self.subject)
        return board

    def url(self, form: FeedForm) -> str:
        return self.language.address(f"{self.address}.{form.value}")
