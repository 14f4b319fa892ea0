"""What a village owed and delivered, as everybody may read it: the desk's figures, and nothing that isn't public."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select
from support.builders import LEDGER, ANotice, a_duty, a_notice
from support.clock import NOON

from bulletin.domain.catalog.items import Group
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.errors import NotFoundError
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes
from bulletin.services.boards import post
from bulletin.services.duties.mark_not_applicable import mark_not_applicable
from bulletin.services.duties.open_matter import begin_matter
from bulletin.services.duties.record_event import record_step_event
from bulletin.services.meetings.draft_decision import draft_decision
from bulletin.services.meetings.overview import meeting_view
from bulletin.services.meetings.record import NewDecision, NewMeeting, record_meeting
from bulletin.services.notices import end, redact
from bulletin.services.notices.drafts import draft, start
from bulletin.services.oversight.coverage_sums import coverage_by_village
from bulletin.services.places.create import NewVillage, add_village
from bulletin.services.public.place_pages import list_page, village_page
from bulletin.services.public.records.comparison import comparison_page
from bulletin.services.public.records.matters import matters_page
from bulletin.services.public.records.meetings import meetings_page
from bulletin.services.public.records.record import item_page, latest, record_page
from bulletin.services.public.records.timeliness import shown_year
from bulletin.store.duties import Duty
from bulletin.store.notice_queries import notice_by_code
from bulletin.store.notices import Notice
from bulletin.store.postings import Posting

ZHANGJIA, BAIMA, TOWNSHIP = "630223202214", "630223202215", "630223202"
ACCOUNTS = "finance.quarterly_accounts"
LATE = NOON + timedelta(days=20)  # the accounts of the third quarter were due on 15 October
OCTOBER = (date(2026, 10, 15), date(2026, 10, 16))


def hung(village, at):
    notice = a_notice(village, at).approved()
    notice.printed()
    post.hang(village.site, village.li, notice.code, village.boards[0], at.date(), at)
    return notice


def accounts(village, now):
    return next(
        line
        for line in item_page(village.site, ZHANGJIA, ACCOUNTS, now).lines
        if line.label == "2026年第三季度"
    )


def test_late_is_shown_as_late_with_the_day_on_which_it_came(zhangjia):
    notice = hung(zhangjia, LATE)
    line = accounts(zhangjia, LATE)
    assert (line.state, line.due_on) == (CoverageState.LATE, OCTOBER[0])
    assert (line.web_on, line.wall_on) == (LATE.date(), LATE.date())
    assert line.url == f"/N/{notice.code}"
    assert line.states == (CoverageState.LATE,)
    assert latest(zhangjia.site, ZHANGJIA, LATE)[ACCOUNTS] == line


def test_what_came_late_and_hung_too_short_is_said_to_be_both(zhangjia):
    hung(zhangjia, LATE)
    with zhangjia.site.sessions.reading() as session:
        (paper,) = session.scalars(select(Posting.id))
    off = LATE + timedelta(days=2)
    post.take_off(zhangjia.site, zhangjia.li, paper, off.date(), off)
    line = accounts(zhangjia, off + timedelta(days=1))
    assert line.states == (CoverageState.HUNG_TOO_SHORT, CoverageState.LATE)
    assert line.remark.startswith("张贴不足15日：")
    assert line.remark.endswith("；迟公开")


@pytest.mark.parametrize(("days", "is_shown"), [(6, False), (7, True)])
def test_what_is_owed_is_shown_once_its_day_is_past(zhangjia, days, is_shown):
    now = NOON + timedelta(days=days)  # the evening of the 15th, the 16th
    lines = record_page(zhangjia.site, ZHANGJIA, now).lines.lines
    assert (ACCOUNTS in {line.item_code for line in lines}) is is_shown
    page = item_page(zhangjia.site, ZHANGJIA, ACCOUNTS, now)
    assert [line.state for line in page.lines] == [CoverageState.OVERDUE] * is_shown
    if not is_shown:
        assert page.following == ("2026年第三季度", OCTOBER[0])


def test_an_item_of_many_years_shows_the_newest_fifty_times_and_the_next(zhangjia):
    with zhangjia.site.sessions.writing() as session:
        of_village = Duty.item_code == ACCOUNTS, Duty.village_id == zhangjia.id
        (pattern,) = session.execute(select(Duty.__table__).where(*of_village)).mappings()
        for back in range(1, 70):
            day = pattern["due_on"] - timedelta(days=90 * back)
            new = {"id": 10_000 - back, "occasion": f"before:{back}", "label": f"前{back}期"}
            row = dict(pattern) | new | {"due_on": day, "rule_on": day}
            session.execute(insert(Duty.__table__).values(row))
    page = item_page(zhangjia.site, ZHANGJIA, ACCOUNTS, NOON)
    assert [line.label for line in page.lines] == [f"前{back}期" for back in range(1, 51)]
    assert page.more
    assert page.following == ("2026年第三季度", OCTOBER[0])


def test_what_is_lacking_comes_first_and_the_figures_are_the_desks(zhangjia):
    hung(zhangjia, NOON)
    now = NOON + timedelta(days=30)
    page = record_page(zhangjia.site, ZHANGJIA, now)
    states = [line.state for line in page.lines.lines]
    assert states[0] is CoverageState.OVERDUE
    assert states[-1] is CoverageState.ON_TIME
    whole_year = {"first_on": date(2026, 1, 1), "last_on": date(2026, 12, 31)}
    desk = {
        each.village_id: each.counts
        for each in coverage_by_village(zhangjia.site, zhangjia.wu, now, **whole_year)
    }
    assert page.timeliness.counts == desk[zhangjia.id]
    share = page.timeliness.share
    assert (share.on_time, share.owed) == (1, len(states))
    compared = comparison_page(zhangjia.site, TOWNSHIP, now).lines.lines
    assert {row.place.name: row.counts for row in compared if row.counts} == {
        {None: "红崖子沟乡", zhangjia.id: "张家村"}.get(place, "白马村"): counts
        for place, counts in desk.items()
    }
    assert [row.place.name for row in compared if row.timeliness.share.owed][-1] == "张家村"
    assert comparison_page(zhangjia.site, None, now).whole.share.on_time == 1


def test_the_figures_follow_every_act_and_every_midnight(zhangjia):
    """They are kept until then, and no longer."""
    evening, tomorrow = NOON + timedelta(days=6), NOON + timedelta(days=7)

    def owed(now):
        return record_page(zhangjia.site, ZHANGJIA, now).timeliness.share.owed

    before = owed(evening)
    assert owed(tomorrow) > before
    assert owed(evening) == before  # a clock set back
    notice = a_notice(zhangjia, evening).approved()
    assert owed(evening) == before + 1
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "写错了", evening)
    assert village_page(zhangjia.site, ZHANGJIA, evening).timeliness.counts[
        CoverageState.TAKEN_DOWN
    ]


@pytest.mark.parametrize(("day", "year"), [(date(2027, 1, 31), 2026), (date(2027, 2, 1), 2027)])
def test_in_january_the_year_before_is_spoken_of(day, year):
    assert shown_year(day) == year


def test_a_year_without_anything_and_an_item_of_nobody_are_no_pages(zhangjia):
    for asked in (
        lambda: record_page(zhangjia.site, ZHANGJIA, NOON, year=1999),
        lambda: record_page(zhangjia.site, ZHANGJIA, NOON, year=99999),
        lambda: record_page(zhangjia.site, ZHANGJIA, NOON, number=2),
        lambda: item_page(zhangjia.site, ZHANGJIA, "finance.nothing", NOON),
        lambda: comparison_page(zhangjia.site, "1", NOON),
        lambda: comparison_page(zhangjia.site, TOWNSHIP, NOON, year=1999),
        lambda: matters_page(zhangjia.site, ZHANGJIA, NOON, 2),
        lambda: meetings_page(zhangjia.site, TOWNSHIP, NOON),
    ):
        with pytest.raises(NotFoundError):
            asked()


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_a_list_has_no_page_before_its_first_and_after_its_last(approved, zhangjia, number):
    for which in ({}, {"year": 2026}, {"group": Group.FINANCE}, {"group": Group.PARTY}):
        with pytest.raises(NotFoundError):
            list_page(zhangjia.site, ZHANGJIA, NOON, number=number, **which)
    for pages in (record_page, matters_page, meetings_page):
        with pytest.raises(NotFoundError):
            pages(zhangjia.site, ZHANGJIA, NOON, number=number)


def test_every_year_that_a_record_leads_to_is_a_page(zhangjia):
    """Also of a village that owed nothing yet, when another of its township did."""
    with zhangjia.site.sessions.writing() as session:
        session.get_one(Duty, a_duty(zhangjia, ACCOUNTS, NOON)).due_on = date(2025, 10, 15)
    for code in (ZHANGJIA, BAIMA):
        (_this, before) = record_page(zhangjia.site, code, NOON).years
        assert record_page(zhangjia.site, code, NOON, year=before).timeliness.year == 2025


def test_the_record_of_a_village_that_adopted_nothing_yet_leads_to_no_catalog(zhangjia):
    new = NewVillage("630223202216", "小庄村", "0972-8320009")
    add_village(zhangjia.site, zhangjia.zheng, new, NOON.date(), NOON)
    led = [record_page(zhangjia.site, code, NOON).has_catalog for code in (ZHANGJIA, new.code)]
    assert led == [True, False]


def test_a_class_has_all_that_was_ever_published_of_it(zhangjia):
    a_notice(zhangjia, NOON).approved()
    a_notice(zhangjia, NOON, item="affairs.decisions_progress", title="落实情况").approved()
    home = village_page(zhangjia.site, ZHANGJIA, NOON)
    assert list(home.groups.items()) == [(Group.FINANCE, 1), (Group.AFFAIRS, 1)]
    later = NOON + timedelta(days=60)
    page = list_page(zhangjia.site, ZHANGJIA, later, group=Group.AFFAIRS)
    assert [line.title for line in page.notices.lines] == ["落实情况"]
    assert not list_page(zhangjia.site, ZHANGJIA, later, group=Group.PARTY).notices.lines


# --- matters -------------------------------------------------------------------------------------


def a_road(village, title="张家村村道硬化工程"):
    """Its plan was made on the day of NOON."""
    return begin_matter(
        village.site, village.li, village.id, "public_works", title, NOON.date(), NOON
    )


def write(village, duty, title, now=NOON, document=LEDGER):
    code = start.start(village.site, village.li, [duty], now)
    draft.save(village.site, village.li, code, now, version=1, title=title, document=document)
    return ANotice(village, code, now)


def test_a_matter_is_named_once_something_of_it_is_public(zhangjia):
    road = a_road(zhangjia)
    record_step_event(zhangjia.site, zhangjia.li, road.id, 1, NOON.date(), NOON)  # 开工
    late = NOON + timedelta(days=30)

    def names(now):
        record = record_page(zhangjia.site, ZHANGJIA, now).lines.lines
        named = {line.matter for line in record}
        named |= {matter.title for matter in matters_page(zhangjia.site, ZHANGJIA, now).matters}
        return named | set(village_page(zhangjia.site, ZHANGJIA, now).matters)

    assert names(late) == {""}
    notice = write(zhangjia, road.duty_id, "村道硬化工程方案")
    assert names(late) == {""}
    notice.approved()
    assert names(late) == {"", "张家村村道硬化工程"}
    (matter,) = matters_page(zhangjia.site, ZHANGJIA, late).matters
    assert matter.kind == "工程项目"
    plan, begun, *ahead = matter.phases
    assert (plan.title, plan.url) == ("村道硬化工程方案", f"/N/{notice.code}")
    assert (begun.url, begun.overdue_since) == ("", date(2026, 10, 19))
    assert [(step.title, step.overdue_since) for step in ahead] == [
        ("完成一个阶段", None),
        ("竣工验收", None),
    ]


def test_a_matter_of_people_is_named_nowhere(zhangjia):
    opened = begin_matter(
        zhangjia.site, zhangjia.li, zhangjia.id, "farmland_subsidy", "马家的补贴", NOON.date(), NOON
    )
    write(zhangjia, opened.duty_id, "补贴面积名册").approved()
    late = NOON + timedelta(days=30)
    assert not matters_page(zhangjia.site, ZHANGJIA, late).matters
    lines = record_page(zhangjia.site, ZHANGJIA, late).lines.lines
    assert "马家的补贴" not in str(lines)
    assert "马家的补贴" not in str(
        item_page(zhangjia.site, ZHANGJIA, "government.farmland_subsidy", late)
    )


def test_a_matter_is_named_nowhere_when_one_item_of_its_notice_is_a_list_of_people(zhangjia):
    road = a_road(zhangjia, "马家门前的路")
    people = a_duty(zhangjia, "government.farmland_subsidy", NOON, title="补贴")
    code = start.start(zhangjia.site, zhangjia.li, [road.duty_id, people], NOON)
    draft.save(zhangjia.site, zhangjia.li, code, NOON, version=1, title="方案", document=LEDGER)
    ANotice(zhangjia, code, NOON).approved()
    assert "马家门前的路" not in _pages_of_the_village(zhangjia, NOON + timedelta(days=30))


@pytest.mark.parametrize("is_corrected", [False, True])
def test_what_was_removed_from_a_notice_stands_on_no_page_of_the_village(zhangjia, is_corrected):
    """What its matter and the record of its meeting are called may say the same words."""
    name, votes = "马家门前的路", Votes(29, 1)
    decided = (NewDecision(title=name, votes=votes),)
    facts = {"held_on": NOON.date(), "due": 45, "came": 30, "decisions": decided}
    new = NewMeeting(kind=MeetingKind.REPRESENTATIVES, agenda="", **facts)
    met = record_meeting(zhangjia.site, zhangjia.li, zhangjia.id, new, NOON)
    (recorded,) = meeting_view(zhangjia.site, zhangjia.li, met, NOON).decisions
    code = draft_decision(zhangjia.site, zhangjia.li, met, recorded.id, NOON)
    notice = ANotice(zhangjia, code, NOON).approved()
    write(zhangjia, a_road(zhangjia, name).duty_id, "方案").approved()
    late = NOON + timedelta(days=30)
    assert _pages_of_the_village(zhangjia, late).count(name) >= 4
    with zhangjia.site.sessions.reading() as session:
        codes = session.scalars(select(Notice.code)).all()
    for each in codes:
        redact.redact(zhangjia.site, zhangjia.li, each, "写了姓名", NOON)
        if is_corrected:
            ANotice(zhangjia, each, NOON).corrected()
    assert notice.code in _pages_of_the_village(zhangjia, late)
    assert name not in _pages_of_the_village(zhangjia, late)


def _pages_of_the_village(village, now):
    pages = (village_page, matters_page, meetings_page, record_page)
    return "".join(repr(page(village.site, ZHANGJIA, now)) for page in pages)


# --- meetings ------------------------------------------------------------------------------------


def test_a_meeting_says_what_it_decided_once_that_is_public_and_how_much_should_be(zhangjia):
    decided = tuple(NewDecision(title=title, votes=Votes(29, 1)) for title in ("修渠方案", "路灯"))
    facts = {"held_on": NOON.date(), "due": 45, "came": 30, "decisions": decided}
    new = NewMeeting(kind=MeetingKind.REPRESENTATIVES, agenda="不公开的议程", **facts)
    met = record_meeting(zhangjia.site, zhangjia.li, zhangjia.id, new, NOON)
    assert not meetings_page(zhangjia.site, ZHANGJIA, NOON).meetings
    code, _other = (
        draft_decision(zhangjia.site, zhangjia.li, met, each.id, NOON)
        for each in meeting_view(zhangjia.site, zhangjia.li, met, NOON).decisions
    )
    late = NOON + timedelta(days=60)
    (seen,) = meetings_page(zhangjia.site, ZHANGJIA, late).meetings
    assert (seen.decisions, seen.overdue, seen.quorum) == ((), 2, "")
    ANotice(zhangjia, code, NOON).approved()
    (seen,) = meetings_page(zhangjia.site, ZHANGJIA, late).meetings
    assert [(each.title, each.url) for each in seen.decisions] == [
        ("村民代表会议关于修渠方案的决定", f"/N/{code}")
    ]
    assert "同意29票" in seen.decisions[0].votes
    assert seen.overdue == 1
    assert "30" in seen.quorum
    assert village_page(zhangjia.site, ZHANGJIA, late).met_on == NOON.date()
    assert "议程" not in str(seen)
    assert "路灯" not in str(seen)


def test_a_meeting_of_which_nothing_has_to_be_public_is_not_named(zhangjia):
    decided = (NewDecision(title="路灯", votes=Votes(29, 1)),)
    facts = {"held_on": NOON.date(), "due": 45, "came": 30, "decisions": decided}
    new = NewMeeting(kind=MeetingKind.REPRESENTATIVES, agenda="", **facts)
    met = record_meeting(zhangjia.site, zhangjia.li, zhangjia.id, new, NOON)
    (recorded,) = meeting_view(zhangjia.site, zhangjia.li, met, NOON).decisions
    code = draft_decision(zhangjia.site, zhangjia.li, met, recorded.id, NOON)
    late = NOON + timedelta(days=60)
    with zhangjia.site.sessions.reading() as session:
        (duty,) = notice_by_code(session, code).duties
    mark_not_applicable(zhangjia.site, zhangjia.li, duty.id, "已经并入另一项", late)
    assert not meetings_page(zhangjia.site, ZHANGJIA, late).meetings
    assert village_page(zhangjia.site, ZHANGJIA, late).met_on is None


def test_what_does_not_apply_is_owed_in_no_year(zhangjia):
    """Neither in the lines and figures of the record nor among the years that it has."""
    duty = a_duty(zhangjia, ACCOUNTS, NOON)
    with zhangjia.site.sessions.writing() as session:
        session.get_one(Duty, duty).due_on = date(2025, 10, 15)
    page = record_page(zhangjia.site, ZHANGJIA, NOON, year=2025)
    assert ([line.item_code for line in page.lines.lines], page.years) == ([ACCOUNTS], (2026, 2025))
    mark_not_applicable(zhangjia.site, zhangjia.li, duty, "没有发生", NOON)
    page = record_page(zhangjia.site, ZHANGJIA, NOON)
    assert (page.years, page.timeliness.share.owed) == ((2026,), 0)
    for pages, code in ((record_page, ZHANGJIA), (comparison_page, TOWNSHIP)):
        with pytest.raises(NotFoundError):
            pages(zhangjia.site, code, NOON, year=2025)
