"""Frozen values of what a place owed and delivered, its matters and its meetings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.duties.coverage import LACKING_SOMEWHERE, CoverageState, is_late_online
from bulletin.domain.oversight.annual_report.written import WrittenReport
from bulletin.domain.oversight.inspections.form import CriterionMark, CriterionWeight, Question
from bulletin.domain.pages import Page
from bulletin.services.catalog.objection_lines import LineWords
from bulletin.services.public.page_values import PhaseLink, PlaceLink, Timeliness


@dataclass(frozen=True)
class PlaceTimeliness:
    """One row of places side by side."""

    place: PlaceLink
    timeliness: Timeliness
    part_of: str = ""  # the township of a village, in a county

    @property
    def counts(self) -> Mapping[CoverageState, int]:
        return self.timeliness.counts


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """One thing that was owed, and what became of it."""

    item_code: str
    item: str  # 村级财务收支情况
    label: str  # 2026年第三季度
    matter: str  # what its matter is called; '' where that is not public
    due_on: date | None
    state: CoverageState
    web_on: date | None  # since when it can be read online
    wall_on: date | None  # since when it hangs, or hung, on a board
    remark: str  # the day or the number behind the state
    url: str  # of its notice, or of the annual report; '' while there is none

    @property
    def states(self) -> tuple[CoverageState, ...]:
        """All that is to be said of it: what lacks on the wall may have been late online, too."""
        is_late = self.state in LACKING_SOMEWHERE and is_late_online(self.due_on, self.web_on)
        return (self.state, CoverageState.LATE) if is_late else (self.state,)


@dataclass(frozen=True, kw_only=True)
class PlacePage:
    """A page of a village, or of the township's own."""

    place: PlaceLink
    township: PlaceLink
    is_township: bool
    demo: bool


@dataclass(frozen=True, kw_only=True)
class RecordPage(PlacePage):
    """What fell due in a year, what is lacking first."""

    timeliness: Timeliness
    lines: Page[RecordLine]
    years: tuple[int, ...]  # of which there are such pages, the newest first
    has_catalog: bool  # a village that adopted nothing yet has none


@dataclass(frozen=True, kw_only=True)
class ItemPage(PlacePage):
    """One item of the catalog: what it asks for, and each time that it was owed."""

    item: DisclosureItem
    objection: LineWords
    lines: tuple[RecordLine, ...]  # the newest first
    more: bool  # there are older ones
    following: tuple[str, date] | None  # the next period, and its last day


@dataclass(frozen=True, kw_only=True)
class ComparisonPage:
    """Places side by side in a year, the least timely first."""

    name: str  # 红崖子沟乡
    code: str  # of the township; '' for a county
    year: int
    years: tuple[int, ...]
    whole: Timeliness
    lines: Page[PlaceTimeliness]
    demo: bool


@dataclass(frozen=True, kw_only=True)
class MatterTimeline:
    title: str  # 张家村村道硬化工程
    kind: str  # 工程项目; '' for one of a single item
    phases: tuple[PhaseLink, ...]


@dataclass(frozen=True, kw_only=True)
class MattersPage(PlacePage):
    matters: tuple[MatterTimeline, ...]  # the newest first
    number: int  # of the page, from 1
    more: bool


@dataclass(frozen=True, kw_only=True)
class DisclosedDecision:
    title: str  # as its notice is called
    votes: str  # 同意12票，反对0票，弃权1票，超过到会的半数，通过。
    url: str


@dataclass(frozen=True, kw_only=True)
class DisclosedMeeting:
    kind: str  # 村民代表会议
    held_on: date
    quorum: str  # '' for meetings of the Party
    decisions: tuple[DisclosedDecision, ...]
    overdue: int  # decisions that were to be public by now


@dataclass(frozen=True)
class AttestedCriterion:
    words: str
    weight: CriterionWeight
    mark: CriterionMark
    mend_by: date | None  # of what was not met
    mended_on: date | None


@dataclass(frozen=True, kw_only=True)
class Attestation:
    """How a village stood on a day, with every criterion; without what inspectors wrote freely."""

    period: str  # 2026年第四季度
    level: str
    points: int
    points_of: int
    as_of: date
    signer: str
    questions: tuple[tuple[Question, tuple[AttestedCriterion, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class AttestationsPage(PlacePage):
    attestations: tuple[Attestation, ...]  # the newest first
    number: int
    more: bool


@dataclass(frozen=True, kw_only=True)
class IssuedEdition:
    number: int
    issued_on: date
    digest: str  # SHA-256 of what it says
    files: tuple[str, ...]  # the endings of what can be taken away of it


@dataclass(frozen=True, kw_only=True)
class ReportPage(PlacePage):
    """The annual report of a township as it was issued last; of the county, which has no code, its own."""

    year: int
    report: WrittenReport
    editions: tuple[IssuedEdition, ...]  # the newest first
    years: tuple[int, ...]  # with a report, the newest first


@dataclass(frozen=True, kw_only=True)
class MeetingsPage(PlacePage):
    meetings: tuple[DisclosedMeeting, ...]  # the newest first
    number: int
    more: bool
