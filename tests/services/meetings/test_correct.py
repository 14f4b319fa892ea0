"""登记错了: the record of a meeting is put right or withdrawn, and what drew from it follows or says so."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select, update
from support.builders import ANotice, a_notice
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes
from bulletin.domain.notices.workflow import Act
from bulletin.services.duties.overview import duty_lines
from bulletin.services.meetings.correct import correct_meeting, withdraw_meeting
from bulletin.services.meetings.draft_decision import draft_decision
from bulletin.services.meetings.overview import meeting_view
from bulletin.services.meetings.record import NewDecision, NewMeeting, record_meeting
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts.draft_checks import draft_todo
from bulletin.services.notices.reviews import review
from bulletin.services.notices.reviews.meeting_days import offered_meetings
from bulletin.services.operations.verify import verify
from bulletin.store.duties import Matter
from bulletin.store.meetings import Meeting, MeetingCorrection

DAY, RIGHT = date(2026, 10, 8), date(2026, 10, 6)
CANAL = NewDecision(title="西社渠道维修方案", text="投资三万元。", votes=Votes(29, 1))
MET = NewMeeting(kind=MeetingKind.REPRESENTATIVES, held_on=DAY, due=45, came=30, decisions=(CANAL,))
WHY = "登记时看错了日历"


@pytest.fixture
def met(zhangjia):
    return record_meeting(zhangjia.site, zhangjia.li, zhangjia.id, MET, NOON)


def _view(village, meeting):
    return meeting_view(village.site, village.li, meeting, NOON)


def _corrected(village, meeting, reason=WHY, **facts):
    """The record as it stands, with some facts put right."""
    (old,) = _view(village, meeting).decisions
    new = replace(MET, **{"decisions": (replace(CANAL, id=old.id),)} | facts)
    return correct_meeting(village.site, village.li, meeting, new, reason, NOON)


def _drafted(village, meeting):
    (decision,) = _view(village, meeting).decisions
    return draft_decision(village.site, village.li, meeting, decision.id, NOON)


def test_a_correction_says_what_was_wrong_and_why(zhangjia, met):
    (old,) = _view(zhangjia, met).decisions
    votes = replace(CANAL, id=old.id, votes=Votes(28, 2))
    another = NewDecision(title="路灯", votes=Votes(30))
    _corrected(zhangjia, met, held_on=RIGHT, came=31, decisions=(votes, another))
    view = _view(zhangjia, met)
    assert (view.held_on, len(view.decisions)) == (RIGHT, 2)
    (line,) = view.corrections
    assert line.what == (
        "日期由2026年10月8日更正为10月6日；实到由30更正为31；"
        "“西社渠道维修方案”由同意29票，反对1票，弃权0票更正为同意28票，反对2票，弃权0票；补上决定“路灯”"
    )
    assert (line.reason, line.by) == (WHY, "李示例")
    assert verify(zhangjia.site).sound


@pytest.mark.parametrize(
    ("reason", "facts", "why"),
    [
        ("", {"came": 31}, "为什么更正"),
        (WHY, {}, "和原来登记的一样"),
        (WHY, {"came": 46}, "比应到45还多"),
        (WHY, {"held_on": DAY + timedelta(days=9)}, "不能在今天之后"),
        ("找13800138000", {"came": 31}, "手机号"),
        (WHY, {"decisions": (replace(CANAL, id=999),)}, "请刷新"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(zhangjia, met, reason, facts, why):
    before = _view(zhangjia, met)
    with pytest.raises(Refused, match=why):
        _corrected(zhangjia, met, reason, **facts)
    assert _view(zhangjia, met) == before


def test_who_is_not_the_liaison_corrects_nothing(zhangjia, met):
    with pytest.raises(Refused, match="信息员"):
        correct_meeting(zhangjia.site, zhangjia.sun, met, MET, WHY, NOON)
    with pytest.raises(Refused, match="信息员"):
        withdraw_meeting(zhangjia.site, zhangjia.sun, met, WHY, NOON)


def test_the_matter_of_a_decision_takes_the_right_day_and_name(zhangjia, met):
    _drafted(zhangjia, met)
    (before,) = _view(zhangjia, met).decisions
    named = (replace(CANAL, id=before.id, title="西社渠道维修"),)
    assert _corrected(zhangjia, met, held_on=RIGHT, decisions=named) == ()
    (after,) = _view(zhangjia, met).decisions
    assert after.duty.due_on < before.duty.due_on
    assert after.duty.matter == "西社渠道维修"


def test_a_draft_is_told_at_the_place_until_it_says_what_is_right(zhangjia, met):
    code = _drafted(zhangjia, met)
    _corrected(zhangjia, met, held_on=RIGHT, came=31)

    def told():
        todo = draft_todo(zhangjia.site, zhangjia.li, code, NOON).checks
        return [(check.block, check.words) for check in todo if check.code == "meeting_corrected"]

    assert [block for block, _ in told()] == [1, 3]
    assert "写的还是“2026年10月8日”，会议登记已经更正为“2026年10月6日”" in told()[0][1]
    (notice,) = _view(zhangjia, met).to_mend
    assert (notice.code, len(notice.notes)) == (code, 2)
    assert (
        notice_detail(zhangjia.site, zhangjia.li, code, NOON).checks.meeting_notes == notice.notes
    )
    _corrected(zhangjia, met, "第一次没有错")
    assert told() == []


def test_a_public_notice_keeps_its_day_and_the_correction_says_so(zhangjia, met):
    code = _drafted(zhangjia, met)
    public = ANotice(zhangjia, code, NOON).approved()
    (stayed,) = _corrected(zhangjia, met, held_on=RIGHT)
    assert "“西社渠道维修方案”公开的期限没有跟着改" in stayed
    assert [each.code for each in _view(zhangjia, met).to_mend] == [public.code]


def test_a_decision_under_way_is_not_taken_away_by_a_correction(zhangjia, met):
    _drafted(zhangjia, met)
    with pytest.raises(Refused, match="不能去掉"):
        _corrected(zhangjia, met, decisions=())
    with pytest.raises(Refused, match="另外登记一次"):
        _corrected(zhangjia, met, kind=MeetingKind.COMMITTEES)


def test_a_withdrawn_meeting_owes_nothing_and_offers_no_day(zhangjia, met):
    (decision,) = _view(zhangjia, met).decisions
    joint = NewMeeting(kind=MeetingKind.JOINT, held_on=RIGHT, due=5, came=5)
    second = record_meeting(zhangjia.site, zhangjia.li, zhangjia.id, joint, NOON)
    for each in (met, second):
        withdraw_meeting(zhangjia.site, zhangjia.li, each, "记到别的村去了", NOON)
    view = _view(zhangjia, met)
    assert view.withdrawn
    assert view.corrections[0].what == "没有开过，登记作废"
    assert not view.decisions[0].must_be_public
    with pytest.raises(Refused, match="已经作废"):
        draft_decision(zhangjia.site, zhangjia.li, met, decision.id, NOON)
    with pytest.raises(Refused, match="已经作废"):
        withdraw_meeting(zhangjia.site, zhangjia.li, met, WHY, NOON)
    offered = offered_meetings(zhangjia.site, zhangjia.zhao, zhangjia.id, NOON)
    assert [each.words for each in offered] == ["今天，10月9日"]
    assert verify(zhangjia.site).sound


def test_a_withdrawal_ends_what_nobody_wrote_for_and_names_what_was_written(zhangjia, met):
    code = _drafted(zhangjia, met)
    with zhangjia.site.sessions.reading() as session:
        owed = session.scalar(select(Matter.title))
    withdraw_meeting(zhangjia.site, zhangjia.li, met, "没有开过", NOON)
    (told,) = draft_todo(zhangjia.site, zhangjia.li, code, NOON).checks[-1:]
    assert told.words == "写的是一次会议的决定，会议的登记已经作废（没有开过）。"
    still = [line for line in duty_lines(zhangjia.site, zhangjia.li, NOON) if line.matter == owed]
    assert [(line.label, line.is_open, line.reason) for line in still] == [
        ("村民会议、村民代表会议作出决定", True, ""),
        ("决定的事项办完", False, "会议登记作废：没有开过"),
    ]


def test_a_confirmation_that_named_the_wrong_day_says_so(zhangjia):
    joint = NewMeeting(kind=MeetingKind.JOINT, held_on=DAY, due=5, came=5)
    meeting = record_meeting(zhangjia.site, zhangjia.li, zhangjia.id, joint, NOON)
    notice = a_notice(zhangjia, NOON).submitted().examined()
    review.take_step(
        zhangjia.site, zhangjia.zhao, notice.code, Act.CONFIRM, NOON, meeting_on=DAY
    )  # fmt: skip
    right = replace(joint, held_on=RIGHT)
    correct_meeting(zhangjia.site, zhangjia.li, meeting, right, WHY, NOON)
    (note,) = notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON).checks.meeting_notes
    assert note == (
        "赵示例2026年10月9日确认时填的联席会议日期是10月8日，这次会的登记后来更正为10月6日（登记时看错了日历）。"
    )
    assert [each.code for each in _view(zhangjia, meeting).to_mend] == [notice.code]


@pytest.mark.parametrize(
    "altered",
    [
        update(Meeting).values(came=45),
        update(Meeting).values(withdrawn=True),
        update(MeetingCorrection).values(after=None),
    ],
)
def test_verify_finds_a_record_that_was_altered_behind_its_back(zhangjia, met, altered):
    _corrected(zhangjia, met, came=31)
    with zhangjia.site.sessions.writing() as session:
        session.execute(altered)
    assert [each.what for each in verify(zhangjia.site).altered] == [f"meeting {met}"]


def test_a_decision_has_one_matter_however_many_press_at_once(zhangjia, met):
    (decision,) = _view(zhangjia, met).decisions
    together, codes, refused = Barrier(4), [], []

    def press():
        together.wait()
        try:
            codes.append(draft_decision(zhangjia.site, zhangjia.li, met, decision.id, NOON))
        except Refused as why:
            refused.append(why)

    hands = [Thread(target=press) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert (len(codes), len(refused)) == (1, 3)
    with zhangjia.site.sessions.reading() as session:
        assert len(session.scalars(select(Matter)).all()) == 1
