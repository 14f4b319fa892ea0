"""What an official board gives away: which notices it names, and whose board it is.

Never what a notice says: whoever read a feed keeps it, and what is taken down or removed later must
not live on in copies.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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
class BoardRecord:
    """A notice on a board. Of a list of people the title is the catalog's, from its first day on."""

    code: str
    edition: int
    url: str  # its page, https://…/N/7KQ2M4XW9C
    paper: str  # its sheet as PDF; '' where there is none to be read
    title: str
    number: str  # 张家村公开〔2026〕12号
    register_key: str  # 张家村公开/2026/12
    publishers: tuple[str, ...]
    place: str  # 张家村
    place_code: str
    subject: str  # 财务
    subject_code: str  # finance
    published_at: datetime
    changed_at: datetime  # when this edition became public
    opens_on: date
    closes_on: date
    removed_on: date | None  # the day the last paper came off a board; None: unknown, or one hangs
    fingerprint: str  # SHA-256 of this edition
    personal: bool


@dataclass(frozen=True, kw_only=True)
class BoardFeed:
    """A board, or all boards of a township or county, with the newest of its notices first."""

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
    parts: tuple[str, ...] = ()  # the addresses, without ending, of the feeds that it sums up
    name: str = ""  # in place of the board's title
    demo: bool = False  # people and figures are invented
    language: Language = CHINESE  # of its reader; what villages wrote stays as it is

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


def period_words(record: BoardRecord) -> Sentence:
    """What is said of a notice beside its title: who, what about, until when, under which number."""
    first, last = record.opens_on.isoformat(), record.closes_on.isoformat()
    edition = say("第%(edition)s版（有更正）", edition=record.edition)
    said = (
        say_each("、", record.publishers),
        record.subject,
        say("公示%(first)s至%(last)s", first=first, last=last),
        edition if record.edition > 1 else "",
        record.number,
    )
    return say_each("，", filter(None, said))
