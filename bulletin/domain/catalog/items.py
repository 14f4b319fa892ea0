"""The catalog (公开事项目录): what must be disclosed, by whom, by when, by which procedure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from bulletin.domain.deadlines.posting_period import TOO_SHORT_FAULT, UNITS, min_posting_days
from bulletin.domain.deadlines.rules import ON_EVENT, TimeLimit
from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import say
from bulletin.domain.legal_basis import LegalBasis
from bulletin.domain.notices.procedures import COLLECTIVE, ITEM_PROCEDURES, TOWNSHIP
from bulletin.domain.objections.lines import ObjectionLine, line_faults


class Group(Labelled):
    PARTY = "party", say("党务")
    GOVERNMENT = "government", say("政务")
    AFFAIRS = "affairs", say("事务")
    FINANCE = "finance", say("财务")
    COLLECTIVE = "collective", say("集体经济")


class PublisherKind(Labelled):
    VILLAGERS_COMMITTEE = "villagers_committee", say("村民委员会")
    COLLECTIVE = "collective", say("农村集体经济组织")
    PARTY_BRANCH = "party_branch", say("村党组织")
    ELECTION_COMMITTEE = "election_committee", say("村民选举委员会")
    TOWNSHIP = "township", say("乡镇人民政府")


class Phase(Labelled):
    BEFORE = "before", say("事前")
    DURING = "during", say("事中")
    AFTER = "after", say("事后")


class Openness(Labelled):
    """五公开: which part of its work a township discloses (关于全面推进政务公开工作的意见, 2016)."""

    DECISION = "decision", say("决策公开")
    EXECUTION = "execution", say("执行公开")
    MANAGEMENT = "management", say("管理公开")
    SERVICE = "service", say("服务公开")
    RESULT = "result", say("结果公开")


class Channel(Labelled):
    BOARD = "board", say("公开栏")
    WEB = "web", say("网上")
    BROADCAST = "broadcast", say("广播")


class Audience(Labelled):
    VILLAGE = "village", say("全体村民")
    MEMBERS = "members", say("集体经济组织成员")
    PUBLIC = "public", say("全社会")


class Online(StrEnum):
    """How long a notice stays online."""

    FOR_GOOD = "for_good"
    PERIOD = "period"  # gone with the posting period: lists of people


@dataclass(frozen=True)
class Event:
    """What sets an item in motion: one for each phase of a matter."""

    phase: Phase
    name: str  # 项目方案形成
    time_limit: TimeLimit | None = None  # where a phase has a limit of its own


@dataclass(frozen=True)
class DisclosureItem:
    code: str  # group.topic
    title: str
    group: Group
    publisher: PublisherKind
    elements: tuple[str, ...]  # 公开内容要素: what the notice must contain
    phases: tuple[Phase, ...]
    time_limit: TimeLimit
    deadline_text: str  # the wording that people read
    posting_days: int
    posting_unit: str
    channels: tuple[Channel, ...]
    audience: Audience
    personal: bool  # holds personal data
    online: Online
    procedure: str
    bases: tuple[LegalBasis, ...]
    events: tuple[Event, ...] = ()
    busy_time_limit: TimeLimit | None = None  # where 财务往来较多
    busy_deadline_text: str = ""
    posting_until: str = ""  # the event of its matter that a notice serves: 选举日
    special_rule: LegalBasis | None = None  # allows a posting period under the law's minimum
    objection: ObjectionLine | None = None  # None: the usual one of its publisher
    obligatory: bool = True
    openness: Openness | None = None  # of a township's own items
    further: Mapping[str, str] = field(default_factory=dict)  # columns of an imported catalog

    @property
    def waits_for_event(self) -> bool:
        return self.time_limit.kind in ON_EVENT

    def limit_of(self, phase: Phase | None) -> TimeLimit:
        """The limit of one phase; most phases share the item's."""
        for event in self.events:
            if event.phase is phase and event.time_limit is not None:
                return event.time_limit
        return self.time_limit


@dataclass(frozen=True)
class Catalog:
    version: str
    title: str
    in_force_from: date
    items: tuple[DisclosureItem, ...]

    @cached_property
    def _by_code(self) -> dict[str, DisclosureItem]:
        return {item.code: item for item in reversed(self.items)}

    def find(self, code: str) -> DisclosureItem | None:
        return self._by_code.get(code)

    def items_for(self, kinds: Iterable[PublisherKind]) -> tuple[DisclosureItem, ...]:
        publishers = frozenset(kinds)
        return tuple(item for item in self.items if item.publisher in publishers)

    def only(self, kinds: Iterable[PublisherKind]) -> "Catalog":
        """The same catalog with the items of some publishers alone."""
        return Catalog(self.version, self.title, self.in_force_from, self.items_for(kinds))


def faults(item: DisclosureItem) -> list[str]:
    """What makes an item impossible, in English for the command line; empty when it is sound."""
    errors = []
    if item.code.split(".")[0] != item.group.value or item.code.count(".") != 1:
        errors.append(f"code must be {item.group.value}.<topic>")
    if item.posting_unit not in UNITS:
        errors.append(f"posting unit {item.posting_unit!r} is neither natural nor working")
    if item.posting_days < min_posting_days(item.posting_unit) and item.special_rule is None:
        errors.append(TOO_SHORT_FAULT)
    if item.personal and item.online is not Online.PERIOD:
        errors.append(
            "an item with personal data must leave the web with its period (online: period)"
        )
    if item.procedure not in ITEM_PROCEDURES:
        errors.append(f"procedure {item.procedure!r} is none of {', '.join(ITEM_PROCEDURES)}")
    if not item.elements:
        errors.append("needs elements: what the notice must contain")
    if not item.bases:
        errors.append("needs a legal basis")
    errors += _publisher_faults(item) + _event_faults(item)
    return errors + (line_faults(item.objection) if item.objection else [])


def _publisher_faults(item: DisclosureItem) -> list[str]:
    errors = []
    if (item.publisher is PublisherKind.TOWNSHIP) != (item.procedure == TOWNSHIP):
        errors.append("the procedure `township` belongs to the publisher township, and only to it")
    if item.openness is not None and item.publisher is not PublisherKind.TOWNSHIP:
        errors.append("openness (五公开) is for the publisher township alone")
    if item.procedure == COLLECTIVE and item.publisher is not PublisherKind.COLLECTIVE:
        errors.append("the procedure `collective` belongs to the publisher collective alone")
    return errors


def _event_faults(item: DisclosureItem) -> list[str]:
    errors = []
    if item.waits_for_event and not item.events:
        errors.append(f"a limit of kind {item.time_limit.kind} needs events")
    if not item.waits_for_event and item.events:
        errors.append(f"a limit of kind {item.time_limit.kind} takes no events")
    if item.events and tuple(event.phase for event in item.events) != item.phases:
        errors.append("events must name the item's phases, each once and in order")
    if item.busy_time_limit is not None and item.busy_time_limit.every is None:
        errors.append("busy_time_limit must recur")
    return errors


def repeated_codes(items: Iterable[DisclosureItem]) -> list[str]:
    counted = Counter(item.code for item in items)
    return [code for code, times in counted.items() if times > 1]
