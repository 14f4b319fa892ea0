"""A matter from before to after: each event gives its duty a day and brings up the next one."""

from datetime import date

import pytest
from sqlalchemy import select
from support.builders import a_duty, a_notice
from support.clock import NOON

from bulletin.domain.deadlines.limit_serialization import limit_json
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.services.duties import mark_not_applicable, open_matter, record_event
from bulletin.services.duties.explanation import explanations
from bulletin.services.duties.matter_progress import MattersAsked, MatterTab, matter_list
from bulletin.services.duties.open import WAITING
from bulletin.services.duties.overview import duty_lines
from bulletin.services.notices import publish
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import start
from bulletin.store.duties import Duty, Matter

ROAD = "张家村村道硬化工程"


def begin(village, kind="public_works", title=ROAD, event_on=None, who=None):
    return open_matter.begin_matter(
        village.site, who or village.li, village.id, kind, title, event_on, NOON
    )


def tell(village, opened, step, day=date(2026, 10, 9)):
    return record_event.record_step_event(village.site, village.li, opened.id, step, day, NOON)


def story(village, title=ROAD):
    """(label, standing, due day) of the duties of a matter, in the order of its phases."""
    with village.site.sessions.reading() as session:
        matter = session.scalars(select(Matter).where(Matter.title == title)).one()
        order = [duty.id for duty in matter.duties]
    found = {line.id: line for line in duty_lines(village.site, village.li, NOON)}
    return [(found[i].label, found[i].status, found[i].due_on) for i in order]


def test_a_road_is_told_from_plan_to_settlement_one_step_at_a_time(zhangjia):
    opened = begin(zhangjia)
    assert story(zhangjia) == [("项目方案形成", DutyStatus.WAITING, None)]
    tell(zhangjia, opened, 0)
    assert story(zhangjia) == [
        ("项目方案形成", DutyStatus.NOT_YET, date(2026, 10, 19)), ("开工", DutyStatus.WAITING, None),
    ]  # fmt: skip
    tell(zhangjia, opened, 1)
    assert [label for label, _, _ in story(zhangjia)] == ["项目方案形成", "开工", "完成一个阶段"]


def test_what_repeats_is_told_again_and_again_until_the_next_step(zhangjia):
    opened = begin(zhangjia)
    for step in (0, 1, 2, 2):
        tell(zhangjia, opened, step)
    stages = [each for each in story(zhangjia) if each[0] == "完成一个阶段"]
    assert [due for _, _, due in stages] == [date(2026, 10, 19), date(2026, 10, 19), None]
    tell(zhangjia, opened, 3)
    stages = [each for each in story(zhangjia) if each[0] == "完成一个阶段"]
    assert stages[-1][1] is DutyStatus.NOT_APPLICABLE
    assert story(zhangjia)[-1] == ("竣工验收", DutyStatus.NOT_YET, date(2026, 10, 19))


def test_a_matter_begins_with_its_first_event_in_one_step(zhangjia):
    opened = begin(zhangjia, "temporary_work", "村道抢修", date(2026, 10, 8))
    assert story(zhangjia, "村道抢修")[0] == ("开始", DutyStatus.NOT_YET, date(2026, 10, 19))
    code = start.start(zhangjia.site, zhangjia.li, [opened.duty_id], NOON)
    assert notice_detail(zhangjia.site, zhangjia.li, code, NOON).row.title == "村道抢修（开始）"


def test_a_village_that_comes_late_tells_only_what_is_to_come(zhangjia):
    opened = begin(zhangjia)
    told = tell(zhangjia, opened, 3, date(2026, 10, 1))
    assert told.due_on == date(2026, 10, 12)  # the 11th is a Sunday
    assert [label for label, _, _ in story(zhangjia)] == ["项目方案形成", "竣工验收"]


def test_what_is_over_stands_apart_from_what_goes_on(zhangjia):
    over, going = begin(zhangjia), begin(zhangjia, title="另一条路")
    tell(zhangjia, over, 3, date(2026, 10, 1))
    for tab, matter in ((MatterTab.OVER, over), (MatterTab.UNDER_WAY, going)):
        listed = matter_list(zhangjia.site, zhangjia.li, NOON, MattersAsked(tab=tab))
        assert [view.id for view in listed.page.lines] == [matter.id]
        assert set(listed.counts.values()) == {1}
    elsewhere = MattersAsked(village_id=zhangjia.ids["白马村"])
    assert not matter_list(zhangjia.site, zhangjia.wu, NOON, elsewhere).page.lines


def test_a_step_that_is_not_applicable_gives_way_to_the_next(zhangjia):
    opened = begin(zhangjia)
    mark_not_applicable.mark_not_applicable(
        zhangjia.site, zhangjia.li, opened.duty_id, "方案去年已经公开", NOON
    )
    assert [(label, standing) for label, standing, _ in story(zhangjia)] == [
        ("项目方案形成", DutyStatus.NOT_APPLICABLE), ("开工", DutyStatus.WAITING),
    ]  # fmt: skip


def test_phases_of_one_matter_may_be_owed_by_different_publishers(zhangjia):
    opened = begin(zhangjia, "land_expropriation", "连接线征地")
    for step in (0, 1, 2, 3):
        tell(zhangjia, opened, step)
    with zhangjia.site.sessions.reading() as session:
        duties = session.get_one(Matter, opened.id).duties
        kinds = [(duty.item_code, duty.publisher.kind.value) for duty in duties]
    assert kinds == [
        ("government.land_preannouncement", "villagers_committee"),
        ("government.land_compensation", "villagers_committee"),
        ("government.land_announcement", "villagers_committee"),
        ("collective.land_compensation_income", "collective"),
        ("collective.land_compensation_income", "collective"),
    ]


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("public_works", "affairs.public_works"),
        ("", "government.rural_projects"),
        ("", "affairs.major_matters"),
    ],
)
def test_a_waiting_item_opens_the_kind_that_begins_with_it_or_its_own_events(zhangjia, kind, item):
    with zhangjia.site.sessions.reading() as session:
        waiting = session.scalar(
            select(Duty.id).where(
                Duty.village_id == zhangjia.id, Duty.item_code == item, Duty.occasion == WAITING
            )
        )
    opened = open_matter.open_matter(zhangjia.site, zhangjia.li, waiting, "一件事", NOON)
    with zhangjia.site.sessions.reading() as session:
        assert session.get_one(Matter, opened.id).kind == kind


@pytest.mark.slow
def test_every_kind_can_be_walked_from_its_first_event_to_its_last(zhangjia):
    kinds = open_matter.matter_kinds(zhangjia.site, zhangjia.li, zhangjia.id, NOON)
    named = "public_works asset_lease levy land_expropriation temporary_work low_income_review"
    assert set(named.split()) <= {kind.key for kind in kinds}
    for kind in kinds:
        opened = begin(zhangjia, kind.key, f"某{kind.title}")
        for step, phase in enumerate(kind.phases):
            told = tell(zhangjia, opened, step, date(2026, 12, 20))
            (line,) = (
                line
                for line in duty_lines(zhangjia.site, zhangjia.li, NOON)
                if line.id == told.duty_id
            )
            assert (line.label, line.due_on) == (phase.event, told.due_on)


def test_a_resident_sees_every_step_also_those_to_come(zhangjia, resident):
    notice = a_notice(zhangjia, NOON, item="affairs.public_works").approved()
    page = resident.get(f"/N/{notice.code}").text
    places = [page.index(words) for words in ("事前", "开工", "完成一个阶段", "竣工验收")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"title": "  "}, "title_missing"),
        ({"kind": "wedding"}, "matter_kind"),
        ({"title": "李四11010519491231002X修路"}, "personal_data"),
    ],
)
def test_what_cannot_begin_is_refused_and_leaves_nothing(zhangjia, facts, code):
    with pytest.raises(Refused) as refused:
        begin(zhangjia, **facts)
    assert refused.value.codes == (code,)
    with zhangjia.site.sessions.reading() as session:
        assert session.scalars(select(Matter)).all() == []


def test_only_the_liaison_of_the_village_tells(zhangjia):
    with pytest.raises(Refused):
        begin(zhangjia, who=zhangjia.sun)
    opened = begin(zhangjia)
    with pytest.raises(Refused):
        record_event.record_step_event(
            zhangjia.site, zhangjia.zhou, opened.id, 0, NOON.date(), NOON
        )
    with pytest.raises(NotFoundError):
        tell(zhangjia, opened, 9)


def test_a_step_is_told_once(zhangjia):
    opened = begin(zhangjia)
    tell(zhangjia, opened, 0)
    with pytest.raises(Refused) as refused:
        tell(zhangjia, opened, 0)
    assert refused.value.codes == ("event_known",)


def test_a_day_told_wrongly_is_mended_and_what_it_was_is_kept(zhangjia):
    opened = begin(zhangjia, event_on=date(2026, 9, 9))
    mended = record_event.correct_event(
        zhangjia.site, zhangjia.li, opened.duty_id, date(2026, 10, 9), NOON
    )
    assert story(zhangjia)[0] == ("项目方案形成", DutyStatus.NOT_YET, mended)
    told = explanations(zhangjia.site, zhangjia.li, [opened.duty_id])[opened.duty_id]
    assert (
        "2026年10月9日登记的日期改了，重新计算：原来是2026年9月20日，改为2026年10月19日。" in told
    )


def test_a_step_with_a_limit_of_its_own_is_dated_and_explained_by_it(zhangjia):
    opened = begin(zhangjia)
    with zhangjia.site.sessions.writing() as session:
        matter = session.get_one(Matter, opened.id)
        first, *others = matter.phases
        own = limit_json(TimeLimit("event_offset", days=3, unit="natural", event="方案形成"))
        matter.phases = [{**first, "time_limit": own}, *others]
    tell(zhangjia, opened, 0)
    assert story(zhangjia)[0][2] == date(2026, 10, 12)
    told = explanations(zhangjia.site, zhangjia.li, [opened.duty_id])[opened.duty_id]
    assert told[0].startswith("这一步的规定：")
    assert "3日内" in told[0]


def test_a_step_without_one_is_dated_and_explained_by_its_item(zhangjia):
    opened = begin(zhangjia, "low_income_review", "第四季度低保评议", date(2026, 10, 9))
    assert story(zhangjia, "第四季度低保评议")[0][2] == date(2026, 10, 19)
    told = explanations(zhangjia.site, zhangjia.li, [opened.duty_id])[opened.duty_id]
    assert told[0].startswith("目录规定：初审意见形成后、批准后分别及时公布")


def test_once_it_is_public_the_day_that_it_was_judged_by_stays(zhangjia):
    notice = a_notice(zhangjia, NOON, item="affairs.public_works").approved()
    publish.publish_due(zhangjia.site, NOON)
    (duty,) = notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON).subject.duties
    with pytest.raises(Refused) as refused:
        record_event.correct_event(zhangjia.site, zhangjia.li, duty.id, date(2026, 9, 9), NOON)
    assert refused.value.codes == ("answered",)
    with pytest.raises(Refused) as refused:
        mark_not_applicable.mark_not_applicable(zhangjia.site, zhangjia.li, duty.id, "没有了", NOON)
    assert refused.value.codes == ("not_open",)


def test_what_was_said_not_to_apply_is_owed_again_when_it_is_taken_back(zhangjia):
    duty = a_duty(zhangjia, "finance.quarterly_accounts", NOON)
    with pytest.raises(Refused):
        mark_not_applicable.revoke_not_applicable(zhangjia.site, zhangjia.li, duty, NOON)
    mark_not_applicable.mark_not_applicable(zhangjia.site, zhangjia.li, duty, "看错了", NOON)
    mark_not_applicable.revoke_not_applicable(zhangjia.site, zhangjia.li, duty, NOON)
    (line,) = (ln for ln in duty_lines(zhangjia.site, zhangjia.li, NOON) if ln.id == duty)
    assert (line.status, line.reason) == (DutyStatus.DUE_SOON, "")


def test_a_matter_keeps_the_phases_it_was_opened_with(zhangjia):
    opened = begin(zhangjia)
    with zhangjia.site.sessions.writing() as session:
        kept = session.get_one(Matter, opened.id).phases
    assert [phase["phase"] for phase in kept] == [
        "before",
        "during",
        "during",
        "after",
    ]
