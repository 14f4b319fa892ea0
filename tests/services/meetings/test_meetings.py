"""会议: recorded in one step, its decision drafted, its day taken by whoever confirms."""

from datetime import date, timedelta

import pytest
from support.clock import NOON

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes
from bulletin.services.duties.overview import duty_lines
from bulletin.services.duties.record_event import record_step_event
from bulletin.services.meetings.correct import withdraw_meeting
from bulletin.services.meetings.draft_decision import draft_decision
from bulletin.services.meetings.overview import decided_titles, meeting_view, meeting_views
from bulletin.services.meetings.record import NewDecision, NewMeeting, record_meeting
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts.start import AlreadyStarted
from bulletin.services.notices.reviews.meeting_days import offered_meetings

DAY = date(2026, 10, 8)
CANAL = NewDecision(title="西社渠道维修方案", text="投资三万元。", votes=Votes(29, 1))


def a_meeting(village, kind=MeetingKind.REPRESENTATIVES, *decisions, **facts):
    new = NewMeeting(
        **{"kind": kind, "held_on": DAY, "due": 45, "came": 30, "decisions": decisions} | facts
    )
    return record_meeting(village.site, village.li, village.id, new, NOON)


def test_a_meeting_says_whether_it_counts_and_what_was_decided(zhangjia):
    a_meeting(zhangjia, MeetingKind.REPRESENTATIVES, CANAL)
    (view,) = meeting_views(zhangjia.site, zhangjia.sun, NOON).lines
    assert (view.step, view.quorum.counts) == ("决议", True)
    assert "超过到会的半数，通过" in view.decisions[0].verdict.words


def test_the_four_deliberations_of_one_thing_are_told_together(zhangjia):
    days = {
        MeetingKind.BRANCH: date(2026, 10, 1),
        MeetingKind.COMMITTEES: date(2026, 10, 3),
        MeetingKind.REPRESENTATIVES: DAY,
    }
    met = {kind: a_meeting(zhangjia, kind, CANAL, held_on=day) for kind, day in days.items()}
    withdraw_meeting(zhangjia.site, zhangjia.li, met[MeetingKind.COMMITTEES], "没有开过", NOON)
    light = NewDecision(title="路灯", votes=Votes(30))
    a_meeting(zhangjia, MeetingKind.PARTY_MEMBERS, light)
    view = meeting_view(zhangjia.site, zhangjia.zhao, met[MeetingKind.REPRESENTATIVES], NOON)
    (canal,) = view.decisions
    assert [(held.step, held.held_on) for held in canal.steps] == [
        ("提议", date(2026, 10, 1)),
        ("商议", None),
        ("审议", None),
        ("决议", DAY),
    ]
    assert decided_titles(zhangjia.site, zhangjia.li) == (CANAL.title, "路灯")


def test_a_decision_drafts_its_notice_and_its_matter(zhangjia):
    meeting = a_meeting(zhangjia, MeetingKind.REPRESENTATIVES, CANAL, place="村委会会议室")
    (decision,) = meeting_view(zhangjia.site, zhangjia.li, meeting, NOON).decisions
    code = draft_decision(zhangjia.site, zhangjia.li, meeting, decision.id, NOON)
    detail = notice_detail(zhangjia.site, zhangjia.li, code, NOON)
    assert detail.row.title == "村民代表会议关于西社渠道维修方案的决定"
    said = "\n".join(getattr(block, "text", "") for block in detail.document.blocks)
    assert "2026年10月8日，本村在村委会会议室召开村民代表会议" in said
    assert "同意29票，反对1票，弃权0票，超过到会的半数，通过。" in said
    (line,) = meeting_view(zhangjia.site, zhangjia.li, meeting, NOON).decisions
    assert line.duty.matter == "西社渠道维修方案"
    record_step_event(zhangjia.site, zhangjia.li, line.matter_id, 1, DAY, NOON)  # 办完了
    owed = [each for each in duty_lines(zhangjia.site, zhangjia.li, NOON) if each.matter]
    assert {(each.item_code, each.is_open) for each in owed} == {
        ("affairs.meeting_decisions", True),
        ("affairs.decisions_progress", True),
    }
    assert [notice.code for notice in line.duty.notices] == [code]
    with pytest.raises(AlreadyStarted):
        draft_decision(zhangjia.site, zhangjia.li, meeting, decision.id, NOON)


@pytest.mark.parametrize(
    ("kind", "came", "votes", "why"),
    [
        (MeetingKind.REPRESENTATIVES, 29, Votes(29), "没有通过"),
        (MeetingKind.REPRESENTATIVES, 30, Votes(15, 15), "没有通过"),
        (MeetingKind.COMMITTEES, 30, Votes(30), "不用单独公开"),
    ],
)
def test_what_was_not_decided_is_not_drafted(zhangjia, kind, came, votes, why):
    meeting = a_meeting(zhangjia, kind, NewDecision(title="修渠", votes=votes), came=came)
    (decision,) = meeting_view(zhangjia.site, zhangjia.li, meeting, NOON).decisions
    with pytest.raises(Refused, match=why):
        draft_decision(zhangjia.site, zhangjia.li, meeting, decision.id, NOON)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"held_on": DAY + timedelta(days=2)}, "不能在今天之后"),
        ({"came": 46}, "比应到45还多"),
        ({"agenda": "找13800138000报名"}, "手机号"),
        ({"decisions": (NewDecision(title="", votes=Votes(1)),)}, "是什么事"),
    ],
)
def test_what_cannot_be_is_refused_in_words(zhangjia, facts, why):
    with pytest.raises(Refused, match=why):
        a_meeting(zhangjia, **facts)
    assert not meeting_views(zhangjia.site, zhangjia.li, NOON).lines


def test_the_confirmation_takes_its_day_from_a_recorded_joint_meeting(zhangjia):
    a_meeting(zhangjia, MeetingKind.JOINT, held_on=date(2026, 10, 6))
    a_meeting(zhangjia, MeetingKind.COMMITTEES, held_on=date(2026, 10, 7))
    offered = offered_meetings(zhangjia.site, zhangjia.zhao, zhangjia.id, NOON)
    assert [each.words for each in offered] == ["登记的会，10月6日", "今天，10月9日"]


def test_meetings_stay_in_their_village(zhangjia):
    meeting = a_meeting(zhangjia)
    assert not meeting_views(zhangjia.site, zhangjia.zhou, NOON).lines
    with pytest.raises(NotFoundError):
        meeting_view(zhangjia.site, zhangjia.zhou, meeting, NOON)
    new = NewMeeting(kind=MeetingKind.JOINT, held_on=DAY, due=5, came=5)
    with pytest.raises(Refused):
        record_meeting(zhangjia.site, zhangjia.zhou, zhangjia.id, new, NOON)
