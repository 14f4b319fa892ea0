"""The village with its people, and builders that use the real acts and never set columns."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from bulletin.domain.catalog.adaptation import Adaptation
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor, Role
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.duties import open_matter, record_event
from bulletin.services.duties.open import WAITING, open_duties
from bulletin.services.notices.drafts import correct, draft, start, submit
from bulletin.services.notices.reviews import review
from bulletin.services.people import manage_accounts
from bulletin.services.people.manage_accounts import NewPerson
from bulletin.services.places.create import NewVillage, add_board, add_village, found_township
from bulletin.services.printing.print import Printed, print_sheet
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.people import Person, actor_of

PASSWORD = "correct-horse-battery"
PEOPLE = {  # login: (name, role, village)
    "li": ("李示例", Role.LIAISON, "张家村"),
    "sun": ("孙示例", Role.SUPERVISOR, "张家村"),
    "zhao": ("赵示例", Role.VILLAGE_HEAD, "张家村"),
    "zhou": ("周示例", Role.LIAISON, "白马村"),  # from the next village
    "tian": ("田示例", Role.LIAISON, None),  # drafts for the township
    "wang": ("王示例", Role.SCREENER, None),
    "chen": ("陈示例", Role.APPROVER, None),
    "wu": ("吴示例", Role.OVERSEER, None),
    "zheng": ("郑示例", Role.ADMINISTRATOR, None),
}
VILLAGES = {
    "张家村": NewVillage("630223202214", "张家村", "0972-8320000"),
    "白马村": NewVillage("630223202215", "白马村", "0972-8320001"),
}


@dataclass
class Village:
    """张家村, its neighbour and its township, with everyone in it."""

    site: Site
    operator: Actor
    ids: dict[str | None, int | None]
    people: dict[str, Actor]
    boards: list[int] = field(default_factory=list)
    password: str = PASSWORD

    def __getattr__(self, login: str) -> Actor:
        try:
            return self.people[login]
        except KeyError:
            raise AttributeError(login) from None

    @property
    def id(self) -> int:
        return self.ids["张家村"] or 0


def found_village(site: Site, now: datetime, *, busy: bool = False) -> Village:
    operator = found_township(
        site, "630223202", "红崖子沟乡", "互助土族自治县", "0972-8321111", now
    )
    day = now.date()
    ids: dict[str | None, int | None] = {None: None}
    adopt_catalog(site, operator, None, day, Adaptation(), now)
    for name, village in VILLAGES.items():
        ids[name] = add_village(site, operator, village, date(2026, 1, 1), now)
        adaptation = Adaptation(busy_finances=busy and name == "张家村")
        adopt_catalog(site, operator, ids[name], day, adaptation, now)
    boards = [
        add_board(site, operator, ids["张家村"], name, "村委会大门东侧", now)
        for name in ("村委会门口公开栏", "西社公开栏")
    ]
    people = {login: _add_person(site, operator, login, ids, now) for login in PEOPLE}
    open_duties(site, now)
    return Village(site, operator, ids, people, boards)


# One of each kind: a village's and the township's, finances, a matter with phases, a list of people, an optional one.
FEW_ITEMS = frozenset(
    {
        "finance.quarterly_accounts",
        "affairs.meeting_decisions",
        "affairs.public_works",
        "government.low_income_review",
    }
)


def with_few_items(site: Site) -> Site:
    """A site whose catalog has a handful of items: a copy of all its pages is drawn in a third of the time."""
    optional = next(item.code for item in site.catalog.items if not item.obligatory)
    kept = tuple(item for item in site.catalog.items if item.code in FEW_ITEMS | {optional})
    return replace(site, catalog=replace(site.catalog, items=kept))


def _add_person(
    site: Site, operator: Actor, login: str, ids: dict[str | None, int | None], now: datetime
) -> Actor:
    name, role, village = PEOPLE[login]
    new = NewPerson(login, name, role, ids[village], date(2026, 1, 1))
    person_id = manage_accounts.add_person(site, operator, new, PASSWORD, now, must_change=False)
    with site.sessions.reading() as session:
        return actor_of(session, session.get_one(Person, person_id), now.date())


LEDGER: dict[str, Any] = {
    "blocks": [
        {"type": "paragraph", "text": "现将本村2026年第三季度财务收支情况公开如下。"},
        {
            "type": "table",
            "caption": "收支明细",
            "columns": [
                {"title": "序号", "kind": "number"},
                {"title": "摘要", "kind": "text"},
                {"title": "收入（元）", "kind": "money"},
                {"title": "支出（元）", "kind": "money"},
            ],
            "rows": [
                ["1", "上级拨付村级组织运转经费", "24000.00", ""],
                ["2", "村道路灯维修材料费", "", "3480.00"],
            ],
            "footer": ["", "合计", "24000.00", "3480.00"],
        },
    ]
}


@dataclass
class ANotice:
    """a_notice(village).submitted().confirmed(): each step is taken by the one whose step it is."""

    village: Village
    code: str
    now: datetime

    def later(self, **span: float) -> "ANotice":
        self.now += timedelta(**span)
        return self

    def submitted(self) -> "ANotice":
        submit.submit(self.village.site, self.village.li, self.code, self.now, confirmed=True)
        return self

    def examined(self) -> "ANotice":
        self._step(self.village.sun, Act.EXAMINE)
        return self

    def confirmed(self) -> "ANotice":
        self._step(self.village.zhao, Act.CONFIRM, meeting_on=self.now.date())
        return self

    def approved(self) -> "ANotice":
        """Through the whole procedure `village`: examined and confirmed."""
        return self.submitted().examined().confirmed()

    def corrected(self, text: str = "更正后的内容") -> "ANotice":
        """A second edition, through all steps."""
        correct.correct(self.village.site, self.village.li, self.code, self.now)
        draft.save(
            self.village.site,
            self.village.li,
            self.code,
            self.now,
            version=1,
            title="更正",
            document={"blocks": [{"type": "paragraph", "text": text}]},
            change_note="改了",
        )
        return self.approved()

    def printed(self) -> Printed:
        return print_sheet(self.village.site, self.village.li, self.code, self.now)

    def _step(self, actor: Actor, step: Act, **facts: Any) -> None:
        review.take_step(self.village.site, actor, self.code, step, self.now, **facts)


def a_notice(
    village: Village,
    now: datetime,
    *,
    item: str = "finance.quarterly_accounts",
    document: dict[str, Any] | None = None,
    title: str = "2026年第三季度村级财务收支情况",
    publish_at: datetime | None = None,
    by: Actor | None = None,
) -> ANotice:
    """A draft that answers a duty of 张家村, written by its liaison."""
    actor = by or village.li
    duty = a_duty(village, item, now)
    code = start.start(village.site, actor, [duty], now, second_reason="补充一份")
    draft.save(
        village.site,
        actor,
        code,
        now,
        version=1,
        title=title,
        document=document or LEDGER,
        publish_at=publish_at,
    )
    return ANotice(village, code, now)


def a_duty(village: Village, item: str, now: datetime, *, title: str = "村道硬化工程") -> int:
    """The first open duty of an item; one that waits for an event gets a matter and its event."""
    with village.site.sessions.reading() as session:
        duties = session.scalars(
            select(Duty).where(Duty.village_id == village.id, Duty.item_code == item)
        ).all()
    dated = [duty.id for duty in duties if duty.due_on is not None]
    if dated:
        return dated[0]
    waiting = next(duty.id for duty in duties if duty.occasion == WAITING)
    opened = open_matter.open_matter(village.site, village.li, waiting, title, now)
    record_event.record_event(village.site, village.li, opened.duty_id, now.date(), now)
    return opened.duty_id


class WithFile(NamedTuple):
    """A notice that is approved and printed, and the digest of its attachment."""

    code: str
    file: str


def a_notice_with_file(village: Village, now: datetime, data: bytes = b"1,2") -> WithFile:
    notice = a_notice(village, now)
    upload = draft.attach(village.site, village.li, notice.code, "明细.csv", data, now)
    document = {"blocks": [{"type": "attachment", "file": upload.file, "name": "明细.csv"}]}
    title = "救助公示"
    draft.save(
        village.site, village.li, notice.code, now, version=2, title=title, document=document
    )
    notice.approved().printed()
    return WithFile(notice.code, upload.file)
