"""What the township's year asks for today, with whom to remind of it: 自查, 检查, 整改, 督办, the annual report.

It says which task waits and never what an answer said or whom a case is about.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.oversight.annual_report.item import REPORT_ITEM
from bulletin.domain.oversight.escalation.course import ANSWERERS
from bulletin.domain.oversight.inspections.form import InspectionKind
from bulletin.domain.oversight.inspections.rounds import BY_VILLAGE, InspectionState
from bulletin.domain.people import Role, SystemActor
from bulletin.services.duties.overview import DutyLine
from bulletin.services.oversight.annual_report.due import unissued_report
from bulletin.services.oversight.annual_report.reporting_body import ISSUERS
from bulletin.services.oversight.inspections.overview import InspectionLine, due_lines
from bulletin.services.oversight.people_to_remind import Holders
from bulletin.services.oversight.task_due import TaskDue
from bulletin.services.site import Site
from bulletin.store.escalations import Escalation, open_escalations
from bulletin.store.inspections import InspectionFinding, open_findings

TOWNSHIP = "乡镇"


def open_tasks(
    site: Site, township_id: int, by_grant: Holders, lines: Sequence[DutyLine], now: datetime
) -> Iterator[TaskDue]:
    """Every open task of a township, with those whose turn it is.

    Args:
        lines: the open duties, of which people are reminded anyway.
    """
    today = village_day(now)
    yield from _inspections(site, township_id, by_grant, now)
    with site.sessions.reading() as session:
        for finding in session.scalars(open_findings(township_id)):
            yield _mending(finding, by_grant, today)
        for escalation in session.scalars(open_escalations(township_id)):
            yield _escalation(escalation, by_grant, today)
    yield from _report(site, township_id, by_grant, lines, now)


def _inspections(
    site: Site, township_id: int, by_grant: Holders, now: datetime
) -> Iterator[TaskDue]:
    """Each village's own check; of what the township looks at one line a period, however many villages."""
    today = village_day(now)
    by_township: dict[tuple[date, str, str], list[InspectionLine]] = defaultdict(list)
    for line in due_lines(site, SystemActor("", township_id), now):
        if line.state is InspectionState.MENDING:
            continue
        if line.kind is InspectionKind.SELF_CHECK:
            words, left = f"{line.label}自查要做完、签字", (line.due_on - today).days
            people = _first_held(BY_VILLAGE, line.village_id, by_grant)
            yield TaskDue(line.village, words, left, people)
        else:
            by_township[line.occasion].append(line)
    for (due_on, _kind, _period), some in by_township.items():
        words = f"{some[0].label}检查还有{len(some)}个村要看、签字"
        yield TaskDue(TOWNSHIP, words, (due_on - today).days, _overseers(by_grant))


def _mending(finding: InspectionFinding, by_grant: Holders, today: date) -> TaskDue:
    """The village mends; once it says so, whoever found it looks."""
    inspection = finding.inspection
    what, people = "整改", _first_held(BY_VILLAGE, finding.village_id, by_grant)
    if finding.reported_on is not None:
        what = "复查"
        if inspection.kind is InspectionKind.INSPECTION:
            people = _overseers(by_grant)
    words = f"{inspection.of_period.label}{inspection.kind.label}发现的问题要{what}"
    return TaskDue(finding.place, words, (finding.mend_by - today).days, people)


def _escalation(escalation: Escalation, by_grant: Holders, today: date) -> TaskDue:
    """The village answers; after that the overseer sees whether it is done."""
    village, is_answered = escalation.village, escalation.is_answered
    people = _overseers(by_grant) if is_answered else _first_held(ANSWERERS, village.id, by_grant)
    words = f"{escalation.register_name}要{'看过、办结' if is_answered else '答复乡镇'}"
    return TaskDue(village.name, words, (escalation.answer_by - today).days, people)


def _report(
    site: Site, township_id: int, by_grant: Holders, lines: Iterable[DutyLine], now: datetime
) -> Iterator[TaskDue]:
    """To those who issue it, unless the duty of the catalog reminds of it already."""
    owed = unissued_report(site, township_id, now)
    if owed is None or any(
        line.item_code == REPORT_ITEM and line.report_year == owed.year for line in lines
    ):
        return
    people = tuple(each for role in ISSUERS for each in by_grant.get((role, None), ()))
    left = (owed.due_on - village_day(now)).days
    words = f"{owed.year}年政府信息公开工作年度报告要发布"
    yield TaskDue(TOWNSHIP, words, left, tuple(dict.fromkeys(people)))


def _first_held(roles: Iterable[Role], village_id: int, by_grant: Holders) -> tuple[int, ...]:
    """The holders of the first role that anybody holds in a village."""
    return next((held for role in roles if (held := by_grant.get((role, village_id)))), ())


def _overseers(by_grant: Holders) -> tuple[int, ...]:
    return by_grant.get((Role.OVERSEER, None), ())
