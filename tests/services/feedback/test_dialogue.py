"""A question goes to the township, the village, and on to the county; its asker follows it by receipt."""

from datetime import date, timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.feedback import SECRET, a_photo, a_question, pass_to_village

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.feedback.joint import Joint, JointKind
from bulletin.domain.feedback.kinds import EntryKind, FeedbackChannel, FeedbackKind, NotTaken
from bulletin.domain.feedback.permissions import FeedbackAct
from bulletin.domain.feedback.receipts import new_nonce, receipt_code
from bulletin.domain.feedback.states import FeedbackStatus
from bulletin.services.feedback.answer import answer, turn_away
from bulletin.services.feedback.arrival import NewFeedback
from bulletin.services.feedback.ask import ask
from bulletin.services.feedback.ask_further import add_words, escalate
from bulletin.services.feedback.correct import correct_for
from bulletin.services.feedback.detail import entry_photo, feedback_detail
from bulletin.services.feedback.dialogue_page import dialogue_page
from bulletin.services.feedback.forget import erase, forget_contact, forget_contact_for
from bulletin.services.feedback.inbox import Handling, inbox, waiting_for
from bulletin.services.feedback.public_status import notice_feedback, place_feedback
from bulletin.services.feedback.record_joint import record_joint
from bulletin.services.feedback.see_contact import see_contact
from bulletin.services.notices.drafts import draft
from bulletin.services.operations import verify
from bulletin.store import notice_queries

LATE = NOON + timedelta(days=12)
of_rules = pytest.mark.sqlite_only(reason="asks no question that the others don't ask of both")


def page(asked, now=NOON):
    return dialogue_page(asked.village.site, asked.number, asked.code, now)


def test_it_goes_to_the_township_first_and_to_the_village_in_its_words(zhangjia):
    site, li, wang = zhangjia.site, zhangjia.li, zhangjia.wang
    asked = a_question(zhangjia, NOON, "我家门口的路灯，张三修的，怎么花了3480元？")
    assert asked.receipt.answer_on == date(2026, 10, 19)
    assert "乡镇自己定的" in asked.receipt.limit
    assert page(asked).status is FeedbackStatus.PASSING
    assert not inbox(site, li, NOON, only_open=True).lines
    with pytest.raises(NotFoundError):
        feedback_detail(site, li, asked.id, NOON)
    assert [each.handling for each in waiting_for(site, wang, NOON)] == [Handling.FORWARD]
    pass_to_village(asked, "路灯维修的3480元花在哪里？")
    (line,) = waiting_for(site, li, NOON)
    assert (line.handling, line.due_on) == (Handling.ANSWER, date(2026, 10, 19))
    (entry,) = feedback_detail(site, li, asked.id, NOON).entries
    assert (entry.text, entry.who) == ("路灯维修的3480元花在哪里？", "村民")
    (whole,) = feedback_detail(site, wang, asked.id, NOON).entries
    assert "张三" in whole.text
    answer(site, li, asked.id, "换了三盏灯，发票可以看。", NOON)
    told = page(asked)
    assert told.status is FeedbackStatus.ANSWERED
    assert [each.body for each in told.said] == ["", "张家村村民委员会"]
    assert told.said[0].text.startswith("我家门口")
    assert not waiting_for(site, li, NOON)


def test_what_follows_an_answer_is_a_further_question_with_a_term_of_its_own(zhangjia):
    site, li = zhangjia.site, zhangjia.li
    asked = a_question(zhangjia, NOON)
    pass_to_village(asked)
    answer(site, li, asked.id, "换了三盏灯。", NOON)
    later = NOON + timedelta(days=3)
    for _loaded_again in range(2):
        add_words(site, asked.number, asked.code, "哪三盏？我的电话13800138000", later)
    told = page(asked, later)
    assert (told.status, len(told.terms), len(told.said)) == (FeedbackStatus.PASSING, 2, 3)
    assert told.said[-1].text == "哪三盏？我的电话1**********"
    assert told.due_on == date(2026, 10, 22)
    assert feedback_detail(site, li, asked.id, later).entries[-1].text == ""
    pass_to_village(asked, now=later)
    answer(site, li, asked.id, "村委会门口的。", later)
    answer(site, li, asked.id, "补充：都在村委会门口。", later)
    assert [each.kind for each in page(asked, later).said[2:]] == [
        EntryKind.ADDED, EntryKind.ANSWERED, EntryKind.ANSWERED
    ]  # fmt: skip


def test_whoever_waits_in_vain_asks_the_township_and_then_the_county(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    asked = a_question(zhangjia, NOON)
    with pytest.raises(Refused, match="还没有到"):
        escalate(site, asked.number, asked.code, "", NOON)
    assert page(asked, LATE).status is FeedbackStatus.OVERDUE
    escalate(site, asked.number, asked.code, "没有人答复", LATE)
    told = page(asked, LATE)
    assert (told.status, told.level.label, told.terms[0].late) == (
        FeedbackStatus.WAITING, "乡镇", True,
    )  # fmt: skip
    answer(site, wang, asked.id, "已经要求村里公开发票。", LATE)
    escalate(site, asked.number, asked.code, "", LATE)
    answer(site, wang, asked.id, "县里答复：属实。", LATE)
    told = page(asked, LATE)
    assert told.said[-1].body == "互助土族自治县人民政府"
    with pytest.raises(Refused, match="已经到县级"):
        escalate(site, asked.number, asked.code, "还是不对", LATE)


def test_a_form_sent_twice_asks_once_and_its_code_is_given_once_more(zhangjia):
    nonce = new_nonce()
    new = NewFeedback(kind=FeedbackKind.QUESTION, words="账在哪里？", place="630223202214")
    receipts = [
        ask(zhangjia.site, new, NOON, nonce=nonce, code=receipt_code(SECRET, nonce))
        for _time in range(3)
    ]
    assert [each.shows_code for each in receipts] == [True, True, False]
    assert len({each.number for each in receipts}) == 1
    assert len(inbox(zhangjia.site, zhangjia.wang, NOON, only_open=False).lines) == 1


@of_rules
def test_without_number_and_code_nobody_follows_it(zhangjia):
    asked, other = a_question(zhangjia, NOON), a_question(zhangjia, NOON)
    for number, code in [
        (asked.number, other.code), ("234567890", asked.code), ("x", ""), (other.number, ""),
    ]:  # fmt: skip
        with pytest.raises(NotFoundError, match="编号或者查询码不对"):
            dialogue_page(zhangjia.site, number, code, NOON)
    assert dialogue_page(
        zhangjia.site, f"{asked.number[:3]} {asked.number[3:]}", asked.code.lower(), NOON
    )


@of_rules
def test_an_objection_counts_by_what_the_paper_printed(zhangjia, approved):
    facts = {"kind": FeedbackKind.OBJECTION, "notice": approved.code}
    within = a_question(zhangjia, NOON, "3480元不对", **facts)
    after = a_question(zhangjia, NOON + timedelta(days=60), "3480元不对", **facts)
    site, wang = zhangjia.site, zhangjia.wang
    assert feedback_detail(site, wang, within.id, NOON).within_period
    assert not feedback_detail(site, wang, after.id, NOON).within_period
    assert "公开件上写的" in within.receipt.limit
    assert page(within).notice == "2026年第三季度村级财务收支情况"


@of_rules
def test_a_draft_is_nothing_that_residents_know_of(zhangjia):
    draft = a_notice(zhangjia, NOON)
    for facts in ({"notice": draft.code}, {"place": "630223202999"}):
        with pytest.raises(NotFoundError):
            a_question(zhangjia, NOON, **facts)


def test_the_correction_that_a_question_caused_is_told_at_the_receipt(zhangjia, approved):
    site, li = zhangjia.site, zhangjia.li
    asked = a_question(zhangjia, NOON, notice=approved.code)
    pass_to_village(asked)
    answer(site, li, asked.id, "写错了，马上更正。", NOON)
    assert correct_for(site, li, asked.id, NOON) == approved.code
    assert correct_for(site, li, asked.id, NOON) == approved.code  # asked twice, it is the open one
    assert not page(asked).corrections
    draft.save(
        site, li, approved.code, NOON,
        version=1, title="更正", document={"blocks": [{"type": "paragraph", "text": "改"}]},
        change_note="3480元改为3180元",
    )  # fmt: skip
    approved.approved()
    told = page(asked)
    assert (told.status, told.corrections[0].edition) == (FeedbackStatus.CORRECTED, 2)
    with pytest.raises(Refused, match="起草的信息员"):
        correct_for(site, zhangjia.sun, asked.id, NOON)


@of_rules
def test_contact_data_is_the_townships_and_each_look_is_in_the_history(zhangjia):
    site = zhangjia.site
    asked = a_question(zhangjia, NOON, name="钱示例", contact="13800138000")
    pass_to_village(asked)
    assert not feedback_detail(site, zhangjia.li, asked.id, NOON).has_contact
    assert not feedback_detail(site, zhangjia.wu, asked.id, NOON).has_contact
    for person in (zhangjia.li, zhangjia.zhao, zhangjia.wu, zhangjia.zheng):
        with pytest.raises(Refused):
            see_contact(site, person, asked.id, NOON)
    for _look in range(2):
        assert see_contact(site, zhangjia.wang, asked.id, NOON).address == "13800138000"
    with site.sessions.engine.connect() as database:
        looks = "SELECT count(*) FROM history_entry WHERE act = 'see_contact'"
        assert database.exec_driver_sql(looks).scalar_one() == 2
        facts = database.exec_driver_sql("SELECT facts FROM history_entry").scalars().all()
    assert not any("13800138000" in str(each) or asked.number in str(each) for each in facts)


@of_rules
@pytest.mark.parametrize("by_phone", [False, True])
def test_a_question_is_made_anonymous_later(zhangjia, by_phone):
    site, wang = zhangjia.site, zhangjia.wang
    asked = a_question(zhangjia, NOON, contact="13800138000")
    if by_phone:
        forget_contact_for(site, wang, asked.id, NOON)
    else:
        forget_contact(site, asked.number, asked.code, NOON)
        forget_contact(site, asked.number, asked.code, NOON)
    assert not page(asked).has_contact
    with pytest.raises(Refused, match="没有留联系方式"):
        see_contact(site, wang, asked.id, NOON)


def test_words_and_photo_go_once_they_are_answered(zhangjia):
    site, li = zhangjia.site, zhangjia.li
    asked = a_question(zhangjia, NOON, photo=("灯.jpg", a_photo()))
    with pytest.raises(Refused, match="答复以后"):
        erase(site, asked.number, asked.code, NOON)
    pass_to_village(asked, with_photo=True)
    entry = feedback_detail(site, li, asked.id, NOON).entries[0].id
    kept, media_type = entry_photo(site, li, asked.id, entry, NOON)
    assert (media_type, b"Exif" in kept, b"GPS" in kept) == ("image/jpeg", False, False)
    answer(site, li, asked.id, "换了三盏灯。", NOON)
    erase(site, asked.number, asked.code, NOON)
    told = page(asked)
    assert (told.erased, [each.text for each in told.said]) == (True, ["", "换了三盏灯。"])
    assert not list(site.files.stored())
    with pytest.raises(NotFoundError):
        entry_photo(site, li, asked.id, entry, NOON)
    with pytest.raises(Refused, match="已经按您的要求删除"):
        add_words(site, asked.number, asked.code, "还有", NOON)


@of_rules
def test_the_village_sees_a_photo_when_the_township_lets_it(zhangjia):
    site = zhangjia.site
    asked = a_question(zhangjia, NOON, photo=("灯.jpg", a_photo()))
    pass_to_village(asked)
    entry = feedback_detail(site, zhangjia.wang, asked.id, NOON).entries[0]
    assert entry.has_photo
    assert entry_photo(site, zhangjia.wang, asked.id, entry.id, NOON)
    assert not feedback_detail(site, zhangjia.li, asked.id, NOON).entries[0].has_photo
    with pytest.raises(NotFoundError):
        entry_photo(site, zhangjia.li, asked.id, entry.id, NOON)


@of_rules
def test_what_belongs_elsewhere_is_told_where_to_go(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    asked = a_question(zhangjia, NOON, "村干部收钱")
    with pytest.raises(NotFoundError):
        turn_away(site, zhangjia.li, asked.id, NotTaken.MISCONDUCT, NOON)
    turn_away(site, wang, asked.id, NotTaken.MISCONDUCT, NOON)
    told = page(asked)
    assert told.status is FeedbackStatus.NOT_TAKEN
    assert "12388" in told.said[-1].text
    assert not waiting_for(site, wang, NOON)


@of_rules
def test_phone_and_paper_box_are_typed_in_and_the_clock_counts_from_the_day(zhangjia):
    site, li = zhangjia.site, zhangjia.li
    facts = {"channel": FeedbackChannel.BOX, "received_on": date(2026, 10, 8)}
    asked = a_question(zhangjia, NOON, by=li, **facts)
    assert asked.receipt.answer_on == date(2026, 10, 19)  # the 18th is a Sunday
    assert [each.handling for each in waiting_for(site, li, NOON)] == [Handling.ANSWER]
    with pytest.raises(Refused, match="信息员或者乡镇"):
        a_question(zhangjia, NOON, by=zhangjia.zhou, **facts)
    for day in (date(2026, 10, 10), date(2026, 7, 1)):
        with pytest.raises(Refused, match="收到的日期"):
            a_question(zhangjia, NOON, by=li, **facts | {"received_on": day})


@of_rules
def test_signatures_are_counted_by_the_township(zhangjia):
    asked = a_question(
        zhangjia, NOON, "公开决算", kind=FeedbackKind.REQUEST, requested="道路硬化决算"
    )
    joint = Joint(JointKind.VILLAGERS, 84, 840)
    record_joint(zhangjia.site, zhangjia.wang, asked.id, joint, NOON)
    assert "够十分之一以上的村民" in page(asked).joint
    with pytest.raises(Refused, match="还多"):
        record_joint(zhangjia.site, zhangjia.wang, asked.id, Joint(joint.kind, 9, 8), NOON)


def test_everyone_reads_how_many_and_whether_late_but_not_one_or_two(zhangjia, approved):
    site = zhangjia.site

    def summaries(now=NOON):
        with site.sessions.reading() as session:
            notice = notice_queries.notice_by_code(session, approved.code)
            of_place = place_feedback(session, zhangjia.wang.township_id, zhangjia.id, now)
            return notice_feedback(session, notice, now), of_place

    assert summaries() == (None, None)
    first = a_question(zhangjia, NOON, notice=approved.code)
    of_notice, of_place = summaries()
    assert (of_notice.asked, of_notice.closed, of_notice.all_closed) == ("不到3件", "没有", False)
    assert (of_notice.due_on, of_notice.late) == (date(2026, 10, 19), False)
    assert summaries(LATE)[0].late
    for _further in range(2):
        a_question(zhangjia, NOON)
    assert summaries()[1].asked == "3件"
    turn_away(site, zhangjia.wang, first.id, NotTaken.REPEATED, NOON)
    of_notice, of_place = summaries()
    assert (of_notice.all_closed, of_notice.due_on, of_place.all_closed) == (True, None, False)


@of_rules
def test_one_place_takes_so_many_a_day_by_the_web(zhangjia, monkeypatch):
    monkeypatch.setattr("bulletin.services.feedback.arrival.MAX_TO_PLACE", 1)
    a_question(zhangjia, NOON)
    with pytest.raises(Refused, match="监督电话"):
        a_question(zhangjia, NOON)
    a_question(zhangjia, NOON, by=zhangjia.li, channel=FeedbackChannel.PHONE)
    a_question(zhangjia, NOON + timedelta(days=1))


@of_rules
def test_who_may_read_is_told_what_may_be_done(zhangjia):
    asked = a_question(zhangjia, NOON, contact="13800138000")
    detail = feedback_detail(zhangjia.site, zhangjia.wang, asked.id, NOON)
    assert {act for act in FeedbackAct if detail.may(act)} == {
        FeedbackAct.READ, FeedbackAct.PASS_ON, FeedbackAct.TURN_AWAY, FeedbackAct.SEE_CONTACT,
        FeedbackAct.FORGET_CONTACT, FeedbackAct.RECORD_JOINT,
    }  # fmt: skip
    assert verify.verify(zhangjia.site).sound
