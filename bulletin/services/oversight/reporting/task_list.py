"""任务分解表: every item of the catalog, who reports for it, to whom, and by when; also on paper."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import DisclosureItem, Group, PublisherKind
from bulletin.domain.days import day_words, village_day
from bulletin.domain.labels import labels_of
from bulletin.domain.people import Actor, Role
from bulletin.services.catalog.in_force import township_catalog
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.site import Site
from bulletin.sheets.facts import PrintedSheet
from bulletin.sheets.office_paper import OfficePaper, PaperColumn, PaperSection
from bulletin.store.people import holders_on
from bulletin.store.places import Township
from bulletin.store.reporting import ReportingTask, departments_of, tasks_on

OF_VILLAGES = "各村信息员"
OFFICE = "乡镇政务公开办公室"


@dataclass(frozen=True)
class DepartmentLine:
    id: int
    name: str
    contact: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    item_code: str
    title: str
    group: Group
    publisher: PublisherKind
    when: str  # as the catalog says it
    department_id: int | None  # None: nobody was assigned
    reporter: str  # 财政所 李示例; 各村信息员; 待定
    phone: str
    days_before: int | None

    @property
    def is_open(self) -> bool:
        """The township owes it, and nobody was told to report."""
        return self.department_id is None and self.publisher is PublisherKind.TOWNSHIP


@dataclass(frozen=True)
class TaskList:
    lines: tuple[TaskLine, ...]  # in the order of the catalog's groups
    departments: tuple[DepartmentLine, ...]
    receivers: tuple[str, ...]  # who takes it: the screeners
    as_of: date

    @property
    def undecided(self) -> int:
        return sum(each.is_open for each in self.lines)


def task_list(site: Site, actor: Actor, now: datetime) -> TaskList:
    """The list as it stands today, from the catalog that villages adopt."""
    today = village_day(now)
    with site.sessions.reading() as session:
        tasks = {t.item_code: t for t in session.scalars(tasks_on(actor.township_id, today))}
        catalog = township_catalog(session, site, actor.township_id)
        lines = [
            _line(item, tasks.get(item.code))
            for group in labels_of(Group)
            for item in catalog.items
            if item.group is group
        ]
        departments = tuple(
            DepartmentLine(each.id, each.name, each.contact, each.phone)
            for each in session.scalars(departments_of(actor.township_id, today))
        )
        receivers = _receivers(session, actor.township_id, today)
    return TaskList(tuple(lines), departments, receivers, today)


def _receivers(session: Session, township_id: int, today: date) -> tuple[str, ...]:
    held = session.scalars(holders_on(township_id, Role.SCREENER, today))
    return tuple(dict.fromkeys(each.person.name for each in held))


def _line(item: DisclosureItem, task: ReportingTask | None) -> TaskLine:
    reporter = "待定" if item.publisher is PublisherKind.TOWNSHIP else OF_VILLAGES
    if task is not None:
        reporter = " ".join(filter(None, (task.department.name, task.department.contact)))
    return TaskLine(
        item_code=item.code,
        title=item.title,
        group=item.group,
        publisher=item.publisher,
        when=item.deadline_text.rstrip("。；"),
        department_id=task.department_id if task else None,
        reporter=reporter,
        phone=task.department.phone if task else "",
        days_before=task.days_before if task else None,
    )


def task_paper(site: Site, actor: Actor, found: TaskList) -> tuple[str, PrintedSheet]:
    """The list on paper, a table a group.

    Returns:
        The name of the file, and the sheet.
    """
    columns = (
        PaperColumn("公开事项", 3),
        PaperColumn("谁公开", 1.5),
        PaperColumn("什么时候公开", 3),
        PaperColumn("谁报送", 1.8),
        PaperColumn("电话", 1.5),
        PaperColumn("材料什么时候报", 1.8),
    )
    sections = [
        PaperSection(
            words, (), columns, tuple(_cells(line) for line in found.lines if line.group is group)
        )
        for group, words in labels_of(Group).items()
        if any(line.group is group for line in found.lines)
    ]
    to = f"报给：{OFFICE}{'（' + '、'.join(found.receivers) + '）' if found.receivers else ''}。"
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        facts = OfficePaper(
            township=f"{township.county}{township.name}",
            title=f"{township.name}信息报送任务分解表",
            under=f"{day_words(found.as_of)}的分工",
            sections=(PaperSection(sentences=(to,)), *sections),
            signed=("制表人：", "分管领导：", "日期："),
            is_wide=True,
            mark=demo_mark(township),
        )
    return f"信息报送任务分解表-{found.as_of}.pdf", site.composer.compose_office_paper(facts)


def _cells(line: TaskLine) -> tuple[str, ...]:
    return (
        line.title,
        line.publisher.label,
        line.when,
        line.reporter,
        line.phone,
        when_words(line),
    )


def when_words(line: TaskLine) -> str:
    """By when the material is handed in: 公开前3天; villages publish it themselves."""
    if line.days_before is None:
        return "" if line.is_open else "发布就是报备"
    return f"公开前{line.days_before}天" if line.days_before else "公开当天"
