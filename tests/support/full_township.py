"""Villages, people and outlets of the full village, and what keeps where everything is."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from sqlalchemy import select

from bulletin.domain.catalog.items import Group
from bulletin.domain.contacts.methods import ContactMethod
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.outlets.airing import Slot, Weekdays
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.oversight.closings import LedgerKind
from bulletin.domain.oversight.emergency import SheetMatter
from bulletin.domain.oversight.inspections.form import InspectionKind
from bulletin.domain.oversight.requests.course import ApplicantClass, StepKind
from bulletin.domain.oversight.requests.forms import RequestForm
from bulletin.domain.people import Role
from bulletin.services.outlets.change_slots import plan_airings
from bulletin.services.outlets.register_outlet import NewOutlet, register_outlet
from bulletin.services.oversight.annual_report.issue import issue
from bulletin.services.oversight.annual_report.reporting_body import for_county
from bulletin.services.oversight.inspections.answer import fill
from bulletin.services.oversight.inspections.end_round import begin_second_round, end_round
from bulletin.services.oversight.inspections.sign import sign
from bulletin.services.oversight.inspections.start import begin
from bulletin.services.oversight.registers.close_year import close_year
from bulletin.services.oversight.registers.print_emergency_sheets import print_emergency_sheets
from bulletin.services.oversight.registers.record_emergency_sheet import SheetUse, settle_used
from bulletin.services.oversight.requests import record_step
from bulletin.services.oversight.requests.answer import answer
from bulletin.services.oversight.requests.confirm import sent_lines
from bulletin.services.oversight.requests.receive import receive
from bulletin.services.oversight.requests.submit import send
from bulletin.services.people import change_contact, manage_accounts
from bulletin.services.people.manage_accounts import NewPerson
from bulletin.services.places.create import NewVillage, add_village
from bulletin.services.places.merge import merge_village
from bulletin.services.places.rename import rename_village
from bulletin.services.subscriptions import manage_subscriptions
from bulletin.services.subscriptions.manage_subscriptions import NewSubscription
from bulletin.store.emergency_sheets import EmergencySheet
from support.builders import ANotice, Village, a_notice
from support.clock import NOON
from support.information_requests import a_request
from support.inspections import an_inspection, answers, begin_inspections
from support.neighbours import actor_named
from support.own_report import a_report_with_everything, write_up
from support.responsibilities import fill_responsibilities

MERGED, RENAMED = "630223202216", "630223202217"  # villages of before
ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa"


@dataclass
class FullVillage:
    """Where everything is found: codes of notices, and the other rows' ids, by what they are."""

    village: Village
    codes: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, **facts: Any) -> ANotice:
        notice = a_notice(self.village, NOON, **facts)
        self.codes[name] = notice.code
        return notice


def fill_township(village: Village) -> FullVillage:
    """A village of before, a village with a new name, people who came and went, three outlets."""
    full = FullVillage(village)
    _places(full)
    _people(full)
    _outlets(full)
    _requests(full)
    _inspections(full)
    fill_responsibilities(village)
    a_report_with_everything(village, 2025, NOON)
    _county_report(village, 2025)
    return full


def _county_report(village: Village, year: int) -> None:
    county = for_county(actor_named(village.site, "county", village.password))
    write_up(village.site, county, year, NOON)
    issue(village.site, county, year, "县示例", NOON)


def _places(full: FullVillage) -> None:
    site, zheng = full.village.site, full.village.zheng
    for code, name in ((MERGED, "小庄村"), (RENAMED, "上庄村")):
        new = NewVillage(code, name, "0972-8320009")
        full.ids[name] = add_village(site, zheng, new, date(2026, 1, 1), NOON)
    merge_village(site, zheng, full.ids["小庄村"], full.village.ids["白马村"] or 0, NOON)
    full.ids["renamed"] = rename_village(site, zheng, full.ids["上庄村"], "上新庄村", NOON)


def _people(full: FullVillage) -> None:
    village, site, zheng = full.village, full.village.site, full.village.zheng
    for login, name, role in (
        ("invited", "钱示例", Role.LIAISON),
        ("left", "冯示例", Role.SUPERVISOR),
        ("stand-in", "吕示例", Role.SUPERVISOR),
        ("county", "县示例", Role.COUNTY_OVERSEER),
    ):
        where = None if role is Role.COUNTY_OVERSEER else village.id
        by = village.operator if role is Role.COUNTY_OVERSEER else zheng
        new = NewPerson(login, name, role, where, date(2026, 1, 1))
        full.ids[login] = manage_accounts.add_person(
            site, by, new, village.password, NOON, must_change=False
        )
    manage_accounts.end_person(site, zheng, full.ids["left"], NOON)
    change_contact.add_contact(site, village.li, ContactMethod.WECOM, ROBOT, NOON)
    full.tokens["calendar"] = change_contact.renew_calendar(site, village.li, NOON)
    wanted = NewSubscription(place="630223202214", group=Group.FINANCE, word="路灯", language="en")
    full.tokens["reader"] = manage_subscriptions.subscribe(site, wanted, NOON)


def _inspections(full: FullVillage) -> None:
    """A self-check that was begun, and an inspection that was signed with something to be mended."""
    village, site = full.village, full.village.site
    begin_inspections(village, NOON)
    october, check = Period.parse("2026-10"), InspectionKind.SELF_CHECK
    full.ids["self_check"] = begin(site, village.li, village.id, check, october, NOON)
    number = full.ids["inspection"] = an_inspection(village, NOON, phone="没有写电话")
    begin_second_round(site, village.wu, number, NOON)
    fill(site, village.wu, number, answers(village, phone="还是没有写"), NOON)
    end_round(site, village.wu, number, None, NOON)
    sign(site, village.wu, number, "吴示例", NOON)


def _requests(full: FullVillage) -> None:
    """One that waits for a third party, with a longer time, and one that was answered late."""
    site, wang = full.village.site, full.village.wang
    full.ids["request"] = receive(site, wang, a_request(date(2026, 9, 14)), NOON)
    record_step.inquire(
        *(site, wang, full.ids["request"], StepKind.THIRD_PARTY),
        *(date(2026, 9, 16), "示例建筑公司", NOON),
    )
    record_step.extend(site, wang, full.ids["request"], date(2026, 9, 30), 10, "王主任", NOON)
    late = receive(site, wang, a_request(date(2026, 8, 3)), NOON)
    answer(site, wang, late, date(2026, 9, 30), "disclosed_in_part", "去掉个人信息后提供。", NOON)
    full.ids["request_ended"] = late
    asked = RequestForm(
        applicant=ApplicantClass.PERSON,
        name="戊示例",
        identity="居民身份证 630223000000000000",
        contact="0972-8320000",
        asked_for="2024年农村厕所改造的验收资料",
    )
    send(site, "630223202214", asked, NOON, nonce="0" * 32, code="K7QM3XW2")
    full.ids["request_sent"] = sent_lines(site, wang)[0].id
    _closings(full)


def _closings(full: FullVillage) -> None:
    """A year that was closed and corrected since; sheets of which one was used, and one is not explained."""
    site, wang = full.village.site, full.village.wang
    before = receive(site, wang, a_request(date(2025, 12, 1)), NOON)
    full.ids["closing"] = close_year(site, wang, LedgerKind.REQUESTS, 2025, "王主任、李示例", NOON)
    answer(site, wang, before, date(2025, 12, 30), "disclosed", "补登。", NOON)
    print_emergency_sheets(site, wang, 3, NOON)
    with site.sessions.reading() as session:
        code = session.scalars(select(EmergencySheet.code).where(EmergencySheet.number == 2)).one()
    use = SheetUse(
        number=2,
        code=code,
        matter=SheetMatter.REQUEST,
        happened_on=NOON.date(),
        words="停电时当面提交的申请",
    )
    settle_used(site, wang, use, NOON)


def _outlets(full: FullVillage) -> None:
    village = full.village
    for name, kind, place in (
        ("县政府网站", OutletKind.WEBSITE, None),
        ("张家村广播", OutletKind.BROADCAST, village.id),
        ("村民群", OutletKind.CHAT, village.id),
    ):
        new = NewOutlet(name=name, kind=kind, village_id=place)
        full.ids[name] = register_outlet(village.site, village.zheng, new, NOON)
    slots = (Slot(time(7)), Slot(time(18, 30), Weekdays.WORKDAYS))
    plan_airings(village.site, village.li, full.ids["张家村广播"], slots, 2, NOON)
