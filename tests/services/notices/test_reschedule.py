"""改期: another moment for what is approved; the content stays, everything that follows from its day moves."""

from datetime import date, timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.domain.notices.workflow import Act, State
from bulletin.services.boards import post
from bulletin.services.boards.packs.pack_plans import plan_boards
from bulletin.services.notices import publish
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import correct
from bulletin.services.notices.overview import edition_rows
from bulletin.services.notices.reschedule import reschedule
from bulletin.services.operations import verify
from bulletin.services.public.public_files import public_sheet
from bulletin.sheets.extract import plain
from bulletin.sheets.pdfium import opened

LATER = NOON + timedelta(days=3)
OTHER = NOON + timedelta(days=5)
DUE = date(2026, 10, 15)
RAIN = "那天下雨，村民到不了公开栏前"


@pytest.fixture
def scheduled(zhangjia):
    return a_notice(zhangjia, NOON, publish_at=LATER).approved()


def _reschedule(zhangjia, notice, at=OTHER, *, who="li", now=NOON, reason=RAIN, **meant):
    actor = zhangjia.people[who]
    reschedule(zhangjia.site, actor, notice.code, at, now, reason=reason, **meant)


def _row(zhangjia, notice, now=NOON):
    return edition_rows(zhangjia.site, zhangjia.li, notice.code, now)[0]


def test_it_goes_out_at_the_new_moment_and_its_period_counts_from_there(zhangjia, scheduled):
    before = _row(zhangjia, scheduled)
    _reschedule(zhangjia, scheduled)
    row = _row(zhangjia, scheduled)
    assert (row.publish_at, row.opens_on, row.number) == (OTHER, OTHER.date(), before.number)
    assert row.closes_on > before.closes_on
    assert publish.publish_due(zhangjia.site, LATER) == []
    assert publish.publish_due(zhangjia.site, OTHER) == [f"{scheduled.code}.1"]
    assert verify.verify(zhangjia.site).sound


def test_the_timeline_says_from_when_to_when_who_and_why(zhangjia, scheduled):
    before = notice_detail(zhangjia.site, zhangjia.sun, scheduled.code, NOON)
    _reschedule(zhangjia, scheduled, who="zhao")
    detail = notice_detail(zhangjia.site, zhangjia.sun, scheduled.code, NOON)
    newest = detail.timeline[0]
    assert (newest.words, newest.who) == ("改期", "赵示例")
    assert newest.reason == f"由2026年10月12日 12:00改到10月14日 12:00：{RAIN}"
    assert detail.fingerprint == before.fingerprint
    assert detail.stages[:-1] == before.stages[:-1]


def test_it_may_also_come_earlier(zhangjia, scheduled):
    _reschedule(zhangjia, scheduled, NOON + timedelta(hours=1))
    assert publish.next_due_at(zhangjia.site) == NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("who", "at", "now", "facts", "codes"),
    [
        ("li", NOON, NOON, {}, ("moment_passed",)),
        ("li", LATER, NOON, {}, ("nothing_changed",)),
        ("li", NOON + timedelta(days=400), NOON, {"late_is_meant": True}, ("moment_far",)),
        ("li", OTHER, NOON, {"reason": " "}, ("reason_missing",)),
        ("li", OTHER, NOON, {"reason": "打13800138000问我"}, ("personal_data",)),
        ("li", NOON + timedelta(days=30), NOON, {}, ("planned_late",)),
        ("li", NOON, NOON, {"reason": ""}, ("moment_passed", "reason_missing")),
        ("sun", OTHER, NOON, {}, ("not_your_role",)),
        ("wu", OTHER, NOON, {}, ("not_your_role",)),
        ("li", OTHER, LATER, {}, ("not_in_this_state",)),  # it is out
    ],
)
def test_what_cannot_be_changes_nothing(zhangjia, scheduled, who, at, now, facts, codes):
    with pytest.raises(Refused) as refused:
        _reschedule(zhangjia, scheduled, at, who=who, now=now, **facts)
    assert refused.value.codes == codes
    assert _row(zhangjia, scheduled).publish_at == LATER
    assert verify.verify(zhangjia.site).sound


def test_later_than_due_is_said_and_meant(zhangjia, scheduled):
    late = NOON + timedelta(days=30)
    _reschedule(zhangjia, scheduled, late, late_is_meant=True)
    assert _row(zhangjia, scheduled).late.limit_on == DUE


def test_a_draft_and_what_is_reviewed_have_no_moment_to_change_here(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=LATER)
    for state in (State.DRAFT, State.EXAMINING):
        assert _row(zhangjia, notice).state is state
        with pytest.raises(Refused) as refused:  # the drafter writes its moment, or takes it back
            _reschedule(zhangjia, notice)
        assert refused.value.codes == ("not_in_this_state",)
        if state is State.DRAFT:
            notice.submitted()


def test_paper_that_was_printed_for_the_old_day_is_printed_anew(zhangjia, scheduled):
    scheduled.printed()
    _reschedule(zhangjia, scheduled, now=NOON + timedelta(minutes=5))
    at = OTHER + timedelta(minutes=1)
    with opened(public_sheet(zhangjia.site, scheduled.code, at).data) as pdf:
        words = plain("".join(page.get_textpage().get_text_bounded() for page in pdf))
    assert "10月14日" in words
    assert "10月12日" not in words
    post.hang(zhangjia.site, zhangjia.li, scheduled.code, zhangjia.boards[0], at.date(), at)
    (plan,) = plan_boards(zhangjia.site, zhangjia.li, zhangjia.boards[:1], at)
    assert [line.title for line in plan.changed] == ["2026年第三季度村级财务收支情况"]


def test_an_edition_to_come_is_moved_while_a_correction_of_it_is_written(zhangjia, scheduled):
    detail = notice_detail(zhangjia.site, zhangjia.li, scheduled.code, NOON)
    assert detail.offers[Act.RESCHEDULE].is_open
    assert (
        Act.RESCHEDULE
        not in notice_detail(zhangjia.site, zhangjia.sun, scheduled.code, NOON).offers
    )
    correct.correct(zhangjia.site, zhangjia.li, scheduled.code, NOON)
    _reschedule(zhangjia, scheduled)
    rows = edition_rows(zhangjia.site, zhangjia.li, scheduled.code, NOON)
    assert [row.publish_at for row in rows] == [None, OTHER]
