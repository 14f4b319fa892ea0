"""Frozen values that residents' pages show; templates never see a database record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bulletin.domain.catalog.items import Group
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.duties.coverage_shares import NOT_DUE, Share, share_of
from bulletin.domain.notices.content import Document
from bulletin.domain.notices.visibility import PageState
from bulletin.services.feedback.public_status import FeedbackSummary
from bulletin.services.notices.detail import FileLink


@dataclass(frozen=True)
class PlaceLink:
    """A village or the township, as pages name and link it."""

    name: str  # 张家村 / 红崖子沟乡
    code: str  # its statistical code, the last part of /V/<code>


@dataclass(frozen=True)
class EditionNote:
    edition: int
    published_at: datetime
    note: str  # what changed; '' for the first edition
    fingerprint: str
    asked: bool = False  # a resident's question caused it


@dataclass(frozen=True)
class PhaseLink:
    """A notice of the same matter: 事前, 事中, 事后 in order."""

    phase: str  # 事前
    title: str
    url: str  # '' while it is not public
    published_on: date | None
    is_this: bool
    overdue_since: date | None = None  # the last day on which it could have come in time
    late_since: date | None = None  # the same, of what came after it


@dataclass(frozen=True, kw_only=True)
class PolicyPage:
    """Another notice that explains this one, or that it explains."""

    title: str
    url: str  # /N/7KQ2M4XW9C


@dataclass(frozen=True, kw_only=True)
class NoticePage:
    """Everything the page of one scanned or typed code shows."""

    page_state: PageState
    code: str
    digits: str
    title: str
    number: str | None
    township: PlaceLink
    village: PlaceLink | None  # None: the township's own notice
    publishers: tuple[str, ...]
    items: tuple[str, ...]  # titles of the catalog's items it answers
    legal_bases: tuple[str, ...]
    personal: bool
    scanned_edition: int | None  # None: typed, not scanned
    scanned_page: int | None
    scanned_opens_at: datetime | None  # of a correction that was scanned before its moment
    current_edition: int
    publish_at: datetime
    opens_on: date
    closes_on: date
    period_words: str  # 15日 / 7个工作日，and why it ends on its day
    extended: tuple[str, ...] = ()  # each time that it ended later than it was said
    document: Document | None  # None: must not be shown (not yet, personal and over, taken down)
    files: tuple[FileLink, ...]
    notes: tuple[EditionNote, ...]  # every public edition, the newest first
    reason: str  # why taken down or cancelled
    ended_on: date | None
    handled: tuple[str, ...]  # 村务监督委员会10月8日审查
    objection: str
    asked: FeedbackSummary | None = None  # how the questions to it stand; None: nobody asked
    phones: tuple[tuple[str, str], ...]  # (村, 0972-8320000)
    fingerprint: str  # 26 characters in groups
    matter: tuple[PhaseLink, ...]
    explains: tuple[PolicyPage, ...] = ()  # 政策解读: of what
    explained_by: tuple[PolicyPage, ...] = ()  # and where it is explained itself
    demo: bool


@dataclass(frozen=True, kw_only=True)
class LostPage:
    """A code that was registered and printed, of a notice that a restore did not bring back."""

    number: str  # 张家村公开〔2026〕12号
    publisher: str
    township: PlaceLink
    village: PlaceLink | None
    restored_on: date
    phones: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """One line of a list of notices."""

    title: str
    url: str
    number: str
    published_on: date
    closes_on: date
    group: str  # 财务
    corrected: bool
    nameless: bool  # the personal list is not on this web (any more), the fact stays


@dataclass(frozen=True)
class Timeliness:
    """How what fell due in a year stands: the figures of the desk's 公开情况."""

    year: int
    counts: Mapping[CoverageState, int] = field(default_factory=dict)

    @property
    def share(self) -> Share:
        return share_of(self.counts)

    @property
    def lacking(self) -> tuple[tuple[CoverageState, int], ...]:
        """What was not on time, in the order of the sums: (逾期, 2)."""
        on_time = CoverageState.ON_TIME
        return tuple(
            (state, self.counts[state])
            for state in CoverageState
            if state not in NOT_DUE and state is not on_time and self.counts.get(state)
        )


@dataclass(frozen=True)
class NoticeLines:
    """One page of a list of notices."""

    lines: tuple[NoticeLine, ...]
    number: int = 1  # from 1
    more: bool = False  # a further page follows


@dataclass(frozen=True, kw_only=True)
class VillagePage:
    """A village (or the township itself): what is on display, and its archive.

    A short archive stands here by year, a long one is reached by its years.
    """

    place: PlaceLink
    township: PlaceLink
    is_township: bool
    current: NoticeLines  # the first page
    count: int  # on display
    archive: tuple[tuple[int, tuple[NoticeLine, ...]], ...]  # (year, lines), the newest first
    years: tuple[int, ...] = ()  # in which something became public, the newest first
    boards: tuple[tuple[str, str], ...]  # (name, where it stands)
    phones: tuple[tuple[str, str], ...]
    demo: bool
    successor: PlaceLink | None = None  # the village that took over; its page leads on
    successor_since: date | None = None
    merged: tuple[PlaceLink, ...] = ()  # the villages that it took over
    former_names: tuple[str, ...] = ()  # the last one first
    asked: FeedbackSummary | None = None  # how this year's questions stand; None: nobody asked
    groups: Mapping[Group, int] = field(
        default_factory=dict
    )  # on display of each class, money first
    timeliness: Timeliness | None = None  # None: another village answers for what it owed
    matters: tuple[str, ...] = ()  # what the newest are called
    met_on: date | None = None  # when it last met of what is public, or should be
    disclosure_day: tuple[str, date] | None = None  # 每季度第一个月10日, and the next one
    inspected: tuple[str, date] | None = None  # at which level the township found it, and when
    reports: tuple[int, ...] = ()  # years whose annual report the township issued, the newest first


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """A further page of a village's (or the township's own) notices.

    Of a year, of a class, or of what is on display.
    """

    place: PlaceLink
    township: PlaceLink
    is_township: bool
    year: int | None  # in which they became public
    notices: NoticeLines
    demo: bool
    group: Group | None = None


@dataclass(frozen=True)
class VillageLine:
    place: PlaceLink
    current: int  # notices on display
    latest_on: date | None
    timeliness: Timeliness | None = None


@dataclass(frozen=True, kw_only=True)
class TownshipPage:
    """The front page: one box for a code, the villages, and whether the publisher is alive."""

    township: PlaceLink
    county: str
    villages: tuple[VillageLine, ...]
    own: int  # the township's own notices on display
    phones: tuple[tuple[str, str], ...]
    heartbeat_at: datetime | None
    heartbeat_late: bool
    demo: bool
    own_timeliness: Timeliness | None = None
    reports: tuple[int, ...] = ()  # years whose annual report it issued, the newest first

    @property
    def name(self) -> str:
        return self.township.name


@dataclass(frozen=True)
class TownshipLine:
    place: PlaceLink
    villages: int  # how many it has today
    timeliness: Timeliness | None = None  # of all of them together


@dataclass(frozen=True)
class CountyPage:
    """The front page of a site that holds several townships."""

    name: str  # 互助土族自治县
    townships: tuple[TownshipLine, ...]
    heartbeat_at: datetime | None
    heartbeat_late: bool
    phones: tuple[tuple[str, str], ...] = ()  # each township has its own
    demo: bool = False
    reports: tuple[int, ...] = ()  # years whose annual report the county issued, the newest first
