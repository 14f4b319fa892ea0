"""What an administrator asks of a village's catalog, made into an adaptation."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bulletin.domain.catalog.adaptation import Adaptation, Change
from bulletin.domain.catalog.items import Catalog, DisclosureItem, PublisherKind
from bulletin.domain.catalog.row_limits import usual_limits
from bulletin.domain.catalog.row_to_item import draft_item
from bulletin.domain.catalog.rows import CatalogRow, RowChoice
from bulletin.domain.deadlines.parser import read_deadline
from bulletin.domain.deadlines.rules import ON_EVENT, TimeLimit
from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.objections.lines import ObjectionLine, line_faults
from bulletin.domain.objections.sentences import read_line_words


@dataclass(frozen=True)
class NewItem:
    """An item that a village adds by hand."""

    title: str
    time: str  # 每季度第一个月15日前
    elements: tuple[str, ...]
    publisher: PublisherKind


@dataclass(frozen=True)
class AdaptationRequest:
    """What was asked, by the code of the item."""

    dropped: Mapping[str, str] = field(default_factory=dict)  # code → reason
    times: Mapping[str, str] = field(default_factory=dict)  # in the village's own words
    days: Mapping[str, int] = field(default_factory=dict)  # of posting
    objections: Mapping[str, str] = field(default_factory=dict)  # only where it is their own words
    removed: frozenset[str] = frozenset()  # of the items that the village had added
    busy_finances: bool = False
    obligatory: frozenset[str] = frozenset()
    new: NewItem | None = None


def apply_request(before: Adaptation, catalog: Catalog, request: AdaptationRequest) -> Adaptation:
    """The adaptation that follows from the one before and what is asked now.

    Args:
        catalog: what the village adopts from.

    Raises:
        Refused: times that cannot be read, every one of them named.
    """
    changed: dict[str, Change] = {}
    refusals: list[Refusal] = []
    for item in catalog.items:
        try:
            change = _change(item, before.changed.get(item.code, Change()), request)
        except Refused as refused:
            refusals += refused.refusals
            continue
        if change != Change():
            changed[item.code] = change
    if refusals:
        raise Refused(*refusals)
    added = [item for item in before.added if item.code not in request.removed]
    if request.new is not None:
        added.append(_added(request.new, catalog))
    return Adaptation(
        dropped=request.dropped,
        changed=changed,
        added=tuple(added),
        busy_finances=request.busy_finances,
        obligatory=request.obligatory,
    )


def _change(item: DisclosureItem, before: Change, request: AdaptationRequest) -> Change:
    days = request.days.get(item.code)
    text = request.times.get(item.code, "")
    own = text if text and text != item.deadline_text else ""
    limit = before.time_limit if own == before.deadline_text else _own_time(item, own)
    return Change(
        time_limit=limit if own else None,
        deadline_text=own,
        posting_days=days if days is not None and days != item.posting_days else None,
        elements=before.elements,
        posting_unit=before.posting_unit,
        bases=before.bases,
        objection=_own_line(item, request.objections.get(item.code, "")),
    )


def _own_time(item: DisclosureItem, text: str) -> TimeLimit | None:
    if not text:
        return None
    limit = _one_limit(item.title, text)
    if (limit.kind in ON_EVENT) != item.waits_for_event:
        raise refuse(
            "time_of_another_kind",
            f"“{item.title}”的时间“{text}”和目录里的“{item.deadline_text}”不是一类，不能这样改。",
        )
    return limit


def _own_line(item: DisclosureItem, text: str) -> ObjectionLine | None:
    """What a village typed of objections.

    Raises:
        Refused: it names nobody, or days that are none.
    """
    if not text:
        return None
    line = read_line_words(text)
    if line is None or line_faults(line):
        raise refuse(
            "objection_unread",
            f"“{item.title}”的有异议“{text}”没有读懂，请写成“自公布起5日内向村民选举委员会提出，3日内答复”这样。",
        )
    return line


def _one_limit(title: str, text: str) -> TimeLimit:
    reading = read_deadline(text)
    limits = usual_limits(reading.rules)
    if reading.needs_review or len(limits) != 1:
        why = "".join(reading.notes) or "请只写一个时间。"
        raise refuse("time_unread", f"“{title}”的时间“{text}”请写得明白些。{why}")
    return limits[0]


def _added(new: NewItem, catalog: Catalog) -> DisclosureItem:
    if not new.title:
        raise refuse("title_missing", "请写增加的事项叫什么。")
    _one_limit(new.title, new.time)
    row = CatalogRow("", (new.title,), deadline_text=new.time, elements=new.elements)
    return draft_item(row, catalog, RowChoice(publisher=new.publisher)).item
