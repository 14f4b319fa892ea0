"""From a row of a catalog file to an item of the catalog, with everything that was guessed named.

A row whose title the catalog already has changes that item: its wording, rule, basis and elements;
its code and the phases of its matter stay. Every other row becomes an item of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bulletin.domain.catalog.items import (
    Audience,
    Catalog,
    Channel,
    DisclosureItem,
    Event,
    Group,
    Online,
    Phase,
    PublisherKind,
)
from bulletin.domain.catalog.publishers import publisher_of
from bulletin.domain.catalog.row_limits import limits_of
from bulletin.domain.catalog.rows import AS_READ, CatalogRow, RowChoice
from bulletin.domain.deadlines.posting_period import (
    MIN_POSTING_BASIS,
    MIN_POSTING_DAYS,
    RAISED_TO_MIN_WORDS,
    min_posting_days,
)
from bulletin.domain.deadlines.rules import ON_EVENT, TimeLimit
from bulletin.domain.deadlines.text import limit_words
from bulletin.domain.digests import sha256_hex
from bulletin.domain.labels import labels_of
from bulletin.domain.legal_basis import LegalBasis, legal_bases
from bulletin.domain.notices.procedures import ASSISTED, COLLECTIVE, TOWNSHIP, VILLAGE

ORGANIC_LAW = LegalBasis(*MIN_POSTING_BASIS)
OPENNESS_RULES = LegalBasis("中华人民共和国政府信息公开条例", "2019年修订", "第二十一条")

_GROUPS = (
    (Group.COLLECTIVE, re.compile(r"集体(?:资产|资源|土地|经济)|发包|承包|租赁|股权|成员身份")),
    (Group.FINANCE, re.compile(r"财务|收支|收入|支出|债权|债务|预算|决算|经费")),
    (
        Group.GOVERNMENT,
        re.compile(r"低保|最低生活|救助|补贴|补助|宅基地|征收|征地|危房|特困|残疾|惠农"),
    ),
    (Group.PARTY, re.compile(r"党")),
)
_PERSONAL = re.compile(r"名单|花名册|对象(?!申请|条件|范围)|享受.{0,8}人员")
_CHANNELS = (
    (Channel.BOARD, re.compile(r"栏|公示|张榜|上墙|电子屏")),
    (Channel.WEB, re.compile(r"网|微|公众号|平台")),
    (Channel.BROADCAST, re.compile(r"广播|喇叭")),
)
_PUNCTUATION = re.compile(r"[\s，。、；：,.;:（）()《》“”\"'·—-]+")
_EVENT_PHASES = {"before_event": Phase.BEFORE, "stage": Phase.DURING}


@dataclass(frozen=True)
class DraftedItem:
    """An item as a row gives it, and in Chinese what was guessed on the way."""

    item: DisclosureItem
    guesses: tuple[str, ...]


def title_key(title: str) -> str:
    """Titles that differ only in spaces and punctuation name the same item."""
    return _PUNCTUATION.sub("", title)


def known_item(catalog: Catalog, title: str) -> DisclosureItem | None:
    key = title_key(title)
    return next((item for item in catalog.items if title_key(item.title) == key), None)


def draft_item(row: CatalogRow, catalog: Catalog, choice: RowChoice = AS_READ) -> DraftedItem:
    """The item that a row means, in view of the catalog it comes to and of a person's choice."""
    if choice.deadline_text:
        row = replace(row, deadline_text=choice.deadline_text)
    known = known_item(catalog, row.title) or _grouped(row, catalog)
    drafted = _new_item(row, choice) if known is None else _changed_item(row, known, choice)
    if choice.obligatory is None:
        return drafted
    return replace(drafted, item=replace(drafted.item, obligatory=choice.obligatory))


def _grouped(row: CatalogRow, catalog: Catalog) -> DisclosureItem | None:
    """Our own export names the group as the first level: 党务 / 党费收缴情况."""
    own = len(row.levels) > 1 and row.levels[0] in labels_of(Group).values()
    return known_item(catalog, "：".join(row.levels[1:])) if own else None


def _longer_posting(row: CatalogRow, known: DisclosureItem) -> tuple[int, str, tuple[str, ...]]:
    """The posting period that a file asks of a known item; one that may be shorter is not taken."""
    days, unit, notes = known.posting_days, known.posting_unit, list[str]()
    for rule in row.deadline.rules:
        own_unit = rule.unit or "natural"
        if rule.kind != "display" or rule.days is None or (rule.days, own_unit) == (days, unit):
            continue
        if rule.days >= days and own_unit in {unit, "working"}:
            days, unit = rule.days, own_unit
        else:
            notes.append(f"文件写的是{limit_words(rule)}，可能比目录里的公示期短，公示期没有改。")
    return days, unit, tuple(notes)


def _changed_item(row: CatalogRow, known: DisclosureItem, choice: RowChoice) -> DraftedItem:
    limit, busy, guesses = limits_of(row.deadline.rules, choice.rule)
    days, unit, posting_notes = _longer_posting(row, known)
    guesses += posting_notes
    item = replace(
        known,
        bases=legal_bases(row.basis) or known.bases,
        elements=row.elements or known.elements,
        posting_days=days,
        posting_unit=unit,
    )
    if limit.kind == "unknown":
        unchanged = f"没有能用的时限，目录里的“{known.deadline_text}”没有改。"
        return DraftedItem(item, (*guesses, unchanged))
    if known.waits_for_event != (limit.kind in ON_EVENT):
        # Another kind of rule would leave the phases of open matters without their events.
        unchanged = f"时限与目录里的“{known.deadline_text}”不是一类，没有改。"
        return DraftedItem(item, (*guesses, unchanged))
    timed = replace(
        item,
        time_limit=limit,
        deadline_text=row.deadline_text,
        busy_time_limit=busy or known.busy_time_limit,
    )
    return DraftedItem(timed, guesses)


def _new_item(row: CatalogRow, choice: RowChoice) -> DraftedItem:
    limit, busy, guesses = limits_of(row.deadline.rules, choice.rule)
    publisher, unsure = _publisher(row, choice)
    guesses += unsure
    personal = _PERSONAL.search(f"{row.title}{row.content}") is not None
    if personal:
        guesses += ("按含有个人信息的名单理解，期满后网上不再显示。",)
    group = _group(row, publisher)
    days, unit, special, short = _posting(row)
    bases = legal_bases(row.basis)
    if not bases:
        bases = (OPENNESS_RULES if publisher is PublisherKind.TOWNSHIP else ORGANIC_LAW,)
        guesses += (f"没有写依据，按{bases[0].words()}。",)
    events = _events(limit)
    item = DisclosureItem(
        code=f"{group.value}.x{sha256_hex(title_key(row.title).encode())[:10]}",
        title=row.title,
        group=group,
        publisher=publisher,
        elements=row.elements or (row.title,),
        phases=tuple(event.phase for event in events) or (Phase.AFTER,),
        time_limit=limit,
        deadline_text=row.deadline_text,
        busy_time_limit=busy,
        busy_deadline_text=row.deadline_text if busy else "",
        events=events,
        posting_days=days,
        posting_unit=unit,
        channels=_channels(row.channels),
        audience=Audience.VILLAGE,
        personal=personal,
        online=Online.PERIOD if personal else Online.FOR_GOOD,
        procedure=_procedure(publisher, personal=personal),
        bases=bases,
        special_rule=special,
        further=row.further,
    )
    return DraftedItem(item, (*guesses, *short))


def _publisher(row: CatalogRow, choice: RowChoice) -> tuple[PublisherKind, tuple[str, ...]]:
    if choice.publisher is not None:
        return choice.publisher, ()
    kind, doubt = publisher_of(row.publisher, row.title)
    return kind, (doubt,) if doubt else ()


def _group(row: CatalogRow, publisher: PublisherKind) -> Group:
    if publisher is PublisherKind.PARTY_BRANCH:
        return Group.PARTY
    texts = (row.category, row.title)
    matches = (group for text in texts for group, pattern in _GROUPS if pattern.search(text))
    return next(matches, Group.AFFAIRS)


def _posting(row: CatalogRow) -> tuple[int, str, LegalBasis | None, tuple[str, ...]]:
    """Days, unit, the rule that allows fewer days than the law's minimum, and what was guessed."""
    shown = next((rule for rule in row.deadline.rules if rule.kind == "display"), None)
    if shown is None or shown.days is None:
        return MIN_POSTING_DAYS, "natural", None, ()
    if shown.days >= min_posting_days(shown.unit):
        return shown.days, shown.unit or "natural", None, ()
    bases = legal_bases(row.basis)
    if bases:
        return shown.days, shown.unit or "natural", bases[0], ()
    return MIN_POSTING_DAYS, "natural", None, (RAISED_TO_MIN_WORDS,)


def _events(limit: TimeLimit) -> tuple[Event, ...]:
    if limit.kind not in ON_EVENT:
        return ()
    return (Event(_EVENT_PHASES.get(limit.kind, Phase.AFTER), limit.event or "事情发生"),)


def _channels(named: Sequence[str]) -> tuple[Channel, ...]:
    matches = (channel for channel, pattern in _CHANNELS if any(map(pattern.search, named)))
    return tuple(matches) or (Channel.BOARD, Channel.WEB)


def _procedure(publisher: PublisherKind, *, personal: bool) -> str:
    if publisher is PublisherKind.TOWNSHIP:
        return TOWNSHIP
    if publisher is PublisherKind.COLLECTIVE:
        return COLLECTIVE
    return ASSISTED if personal else VILLAGE
