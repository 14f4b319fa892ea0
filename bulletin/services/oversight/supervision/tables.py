"""督查 as a workbook: villages, months, quarters, items, people, papers that should be off the walls.

A column is one line of its tuple: its heading and how a row fills it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bulletin.domain.days import day_words
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.duties.coverage_shares import Share
from bulletin.domain.oversight.supervision import DutyOutcome, Outcomes, share_on_time
from bulletin.domain.people import Actor
from bulletin.services.oversight.supervision.county import SupervisedTownship
from bulletin.services.oversight.supervision.items import SupervisedItem, supervised_items
from bulletin.services.oversight.supervision.overview import SupervisedPlace, Supervision
from bulletin.services.oversight.supervision.responsible import (
    ResponsiblePerson,
    responsible_people,
)
from bulletin.services.oversight.supervision.sheets_on_walls import StaleSheet, stale_sheet_list
from bulletin.services.site import Site
from bulletin.writers.tables import (
    ExportColumn,
    TableCell,
    TableSheet,
    cells,
    headings,
    write_xlsx,
)


class _WithOutcomes(Protocol):
    @property
    def outcomes(self) -> Outcomes: ...


def _count_of(outcome: DutyOutcome) -> Callable[[_WithOutcomes], int]:
    return lambda row: row.outcomes[outcome]


def _percent(row: _WithOutcomes) -> int | None:
    return share_on_time(row.outcomes).percent


COUNTS = (
    ExportColumn[_WithOutcomes]("应公开", lambda row: row.outcomes.total()),
    *(ExportColumn[_WithOutcomes](outcome.label, _count_of(outcome)) for outcome in DutyOutcome),
    ExportColumn[_WithOutcomes]("按时率（%）", _percent),
)
PLACE_FACTS = (
    ExportColumn[SupervisedPlace](
        "最长间隔（天）", lambda row: row.interval.days if row.interval else None
    ),
    ExportColumn[SupervisedPlace](
        "间隔起", lambda row: row.interval.from_on if row.interval else None
    ),
    ExportColumn[SupervisedPlace](
        "间隔止", lambda row: row.interval.until_on if row.interval else None
    ),
    ExportColumn[SupervisedPlace]("公开栏几天没更新", lambda row: row.board_days),
    ExportColumn[SupervisedPlace]("没答复的提问", lambda row: row.figures.questions),
    ExportColumn[SupervisedPlace]("其中超期", lambda row: row.figures.late_questions),
    ExportColumn[SupervisedPlace]("该取下没取的纸", lambda row: row.figures.stale_sheets),
    ExportColumn[SupervisedPlace](
        "比一周前", lambda row: "，".join(each.words for each in row.changes)
    ),
)
COUNTY_FACTS = (
    ExportColumn[SupervisedTownship]("村", lambda row: row.villages),
    ExportColumn[SupervisedTownship](
        "最长没公开（天）",
        lambda row: (
            row.found.longest.interval.days
            if row.found.longest and row.found.longest.interval
            else None
        ),
    ),
    ExportColumn[SupervisedTownship](
        "公开栏最多几天没更新",
        lambda row: row.found.oldest_board.board_days if row.found.oldest_board else None,
    ),
    ExportColumn[SupervisedTownship]("没答复的提问", lambda row: row.found.questions),
    ExportColumn[SupervisedTownship]("其中超期", lambda row: row.found.late_questions),
    ExportColumn[SupervisedTownship]("该取下没取的纸", lambda row: row.found.stale_sheets),
)
SHEETS = (
    ExportColumn[StaleSheet]("村", lambda row: row.village or "乡镇"),
    ExportColumn[StaleSheet]("公开栏", lambda row: row.board),
    ExportColumn[StaleSheet]("公开件", lambda row: row.title),
    ExportColumn[StaleSheet]("编号", lambda row: f"{row.code}.{row.edition}"),
    ExportColumn[StaleSheet]("贴上", lambda row: row.hung_on),
    ExportColumn[StaleSheet]("原因", lambda row: "贴满了" if row.is_over else "不再有效"),
)


def county_supervision_file(townships: Sequence[SupervisedTownship], period: Period) -> bytes:
    """One row a township."""
    rows = [
        (each.name, *_counts(each.found), *cells(COUNTY_FACTS, [each])[0]) for each in townships
    ]
    head = ("乡镇", *headings(COUNTS), *headings(COUNTY_FACTS))
    return write_xlsx([TableSheet("各乡镇", f"各乡镇督查　{period.label}", head, rows)])


def supervision_file(site: Site, actor: Actor, found: Supervision, now: datetime) -> bytes:
    """The workbook of what a person sees."""
    day = found.as_of
    items = supervised_items(site, actor, now, period=found.period, as_of=day)
    people = responsible_people(site, actor, found)
    sheets = stale_sheet_list(site, actor, now, as_of=day)
    heading = f"督查　{found.period.label}，看到{day_words(day)}为止"
    tables: Sequence[tuple[str, Sequence[str], list[tuple[TableCell, ...]]]] = (
        ("各村", ("村", *headings(COUNTS), *headings(PLACE_FACTS)), _places(found)),
        ("各月", ("村", *(_month_words(each) for each in found.months)), _months(found)),
        ("各季度", ("季度", *headings(COUNTS)), _quarters(found)),
        ("按事项", ("公开事项", "类别", *headings(COUNTS)), _items(items)),
        ("按责任人", ("责任人", "职务", "村", *headings(COUNTS)), _people(people)),
        ("该取下没取", headings(SHEETS), cells(SHEETS, sheets)),
    )
    return write_xlsx(TableSheet(name, heading, head, rows) for name, head, rows in tables)


class _Line:
    """Counts without a place of their own."""

    def __init__(self, outcomes: Outcomes) -> None:
        self.outcomes = outcomes


def _places(found: Supervision) -> list[tuple[TableCell, ...]]:
    rows = [(each.village, *_counts(each.figures), *_facts(each)) for each in found.worst_first]
    return [*rows, ("合计", *_counts(found), *(None for _ in PLACE_FACTS))]


def _counts(row: _WithOutcomes) -> tuple[TableCell, ...]:
    return cells(COUNTS, [row])[0]


def _facts(place: SupervisedPlace) -> tuple[TableCell, ...]:
    return cells(PLACE_FACTS, [place])[0]


def _month_words(month: Period) -> str:
    return f"{month.first.month}月"


def share_words(share: Share) -> str:
    """11/12; '' where nothing fell due."""
    return f"{share.on_time}/{share.owed}" if share.owed else ""


def _months(found: Supervision) -> list[tuple[TableCell, ...]]:
    """On time of what fell due, village by month."""
    return [
        (
            each.village,
            *(share_words(each.figures.share_of_month(m.first.month)) for m in found.months),
        )
        for each in found.places
    ]


def _quarters(found: Supervision) -> list[tuple[TableCell, ...]]:
    return [(quarter.label, *_counts(_Line(sums))) for quarter, sums in found.quarters]


def _items(items: Sequence[SupervisedItem]) -> list[tuple[TableCell, ...]]:
    return [(each.title, each.group.label, *_counts(each)) for each in items]


def _people(people: Sequence[ResponsiblePerson]) -> list[tuple[TableCell, ...]]:
    return [
        (
            each.name or "（空缺）",
            each.role,
            "、".join(place.village for place in each.places),
            *_counts(each),
        )
        for each in people
    ]
