"""Lists ask the database as often for a year of notices as for one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.builders import LEDGER, PASSWORD, ANotice, a_notice
from support.clock import NOON
from support.escalations import late_lines
from support.neighbours import SECOND, YI
from support.questions import questions

from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes
from bulletin.domain.people import Role
from bulletin.services.boards import post
from bulletin.services.boards.overview import board_rows
from bulletin.services.boards.packs import pack_plans
from bulletin.services.duties.explanation import explanations
from bulletin.services.duties.open_matter import begin_matter
from bulletin.services.duties.overview import duty_lines
from bulletin.services.meetings.draft_decision import draft_decision
from bulletin.services.meetings.overview import meeting_view
from bulletin.services.meetings.record import NewDecision, NewMeeting, record_meeting
from bulletin.services.notices.drafts import draft, start
from bulletin.services.notices.overview import notice_rows
from bulletin.services.notices.register import register_lines
from bulletin.services.operations.set_up import set_up
from bulletin.services.oversight.escalation.issue import issue, step_to_issue
from bulletin.services.oversight.escalation.overview import escalation_view
from bulletin.services.people.directory import contacts
from bulletin.services.people.manage_accounts import NewPerson, add_person
from bulletin.services.places.create import NewVillage
from bulletin.services.privacy.files import office_phones
from bulletin.services.public.front_pages import front_page
from bulletin.services.public.records.matters import matters_page
from bulletin.services.public.records.meetings import meetings_page
from bulletin.services.public.search.straight import straight_to
from bulletin.services.search.public import place_names

pytestmark = pytest.mark.sqlite_only(reason="the questions are the same on both")


def _asked(zhangjia, look):
    with questions(zhangjia.site) as asked:
        look()
    return len(asked)


def test_more_notices_are_no_more_questions(zhangjia):
    site, wu = zhangjia.site, zhangjia.wu
    looks = {
        "notices": lambda: notice_rows(site, wu, NOON),
        "boards": lambda: board_rows(site, wu, NOON),
        "register": lambda: register_lines(site, wu, NOON.year, NOON),
        "packs": lambda: pack_plans.plan_boards(site, wu, zhangjia.boards, NOON),
    }
    counts = []
    for _ in range(2):
        for _ in range(2):
            notice = a_notice(zhangjia, NOON).approved()
            notice.printed()
            post.hang(site, zhangjia.li, notice.code, zhangjia.boards[0], NOON.date(), NOON)
        counts.append({name: _asked(zhangjia, look) for name, look in looks.items()})
    assert counts[0] == counts[1]


def test_more_duties_are_no_more_questions(zhangjia):
    duties = [line.id for line in duty_lines(zhangjia.site, zhangjia.wu, NOON)]
    places = {line.village_id for line in duty_lines(zhangjia.site, zhangjia.wu, NOON)}
    assert len(places) > 2, "of several catalogs"

    def asked(some):
        return _asked(zhangjia, lambda: explanations(zhangjia.site, zhangjia.wu, some))

    asked(duties)  # reads each catalog once and for all
    assert asked(duties[:2]) == asked(duties)


def test_more_liaisons_are_no_more_questions(zhangjia):
    def asked():
        places = set(zhangjia.ids.values())
        return _asked(zhangjia, lambda: contacts(zhangjia.site, zhangjia.wu, places, NOON))

    before = asked()
    new = NewPerson("he", "何示例", Role.LIAISON, zhangjia.id, NOON.date())
    add_person(zhangjia.site, zhangjia.operator, new, PASSWORD, NOON)
    assert asked() == before


def test_more_townships_are_no_more_questions_of_a_county(zhangjia):
    site = zhangjia.site
    looks = {
        "search": lambda: straight_to(site, "张家村公开〔2026〕1号", NOON),
        "names": lambda: _read(site, place_names),
        "phones": lambda: office_phones(site),
        "front page": lambda: front_page(site, NOON),
    }
    counts = []
    for code, name, village in (
        (YI, "乙乡", "630223203201"),
        ("630223204", "丙乡", "630223204201"),
        ("630223205", "丁乡", "630223205201"),
    ):
        of_one = (NewVillage(village, "河湾村", ""), "")
        set_up(site, replace(SECOND, code=code, name=name, villages=(of_one,), admin=code), NOON)
        front_page(site, NOON)  # what a new township owes is counted once
        counts.append({what: _asked(zhangjia, look) for what, look in looks.items()})
    acted_at = 1  # of each township the number of its last act
    assert counts[1] == counts[0] | {"front page": counts[0]["front page"] + acted_at}
    assert counts[2] == counts[1] | {"front page": counts[1]["front page"] + acted_at}


def _read(site, ask):
    with site.sessions.reading() as session:
        return ask(session)


def test_more_matters_and_meetings_are_no_more_questions_of_residents(zhangjia):
    code = "630223202214"
    looks = (
        lambda: matters_page(zhangjia.site, code, NOON),
        lambda: meetings_page(zhangjia.site, code, NOON),
    )
    counts = []
    for more in (1, 2):
        for _ in range(more):
            _a_public_matter(zhangjia)
            _a_public_decision(zhangjia)
        assert len(looks[0]().matters) >= len(looks[1]().meetings) > len(counts)
        counts.append([_asked(zhangjia, look) for look in looks])
    assert counts[0] == counts[1]


def _a_public_matter(village):
    site, li = village.site, village.li
    opened = begin_matter(site, li, village.id, "public_works", "村道硬化工程", NOON.date(), NOON)
    code = start.start(site, li, [opened.duty_id], NOON)
    draft.save(site, li, code, NOON, version=1, title="方案", document=LEDGER)
    ANotice(village, code, NOON).approved()


def _a_public_decision(village):
    facts = {"held_on": NOON.date(), "due": 45, "came": 30, "agenda": "修渠"}
    decided = (NewDecision(title="修渠方案", votes=Votes(29, 1)),)
    new = NewMeeting(kind=MeetingKind.REPRESENTATIVES, decisions=decided, **facts)
    met = record_meeting(village.site, village.li, village.id, new, NOON)
    (decision,) = meeting_view(village.site, village.li, met, NOON).decisions
    code = draft_decision(village.site, village.li, met, decision.id, NOON)
    ANotice(village, code, NOON).approved()


def test_a_step_about_many_things_asks_no_more_than_about_few(zhangjia):
    site, wu = zhangjia.site, zhangjia.wu
    later = NOON + timedelta(days=60)
    duties = [each.about.duty_id for each in late_lines(zhangjia, later)[:8]]

    def asked(some):
        return _asked(zhangjia, lambda: step_to_issue(site, wu, later, duties=some))

    asked(duties)  # reads each catalog once and for all
    assert asked(duties[:2]) == asked(duties)
    orders = [
        issue(site, wu, later, demand="请公开。", duties=some) for some in (duties[:2], duties[2:])
    ]
    few, many = (
        _asked(zhangjia, lambda order=order: escalation_view(site, wu, order, later))
        for order in orders
    )
    assert few == many
