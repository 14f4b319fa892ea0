"""Deputies: who names them, what they may do meanwhile, and that it ends by itself."""

from datetime import date, timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.people import Role
from bulletin.services.desk.navigation import frame
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import draft
from bulletin.services.notices.reviews import review
from bulletin.services.notices.reviews.queue import queue
from bulletin.services.operations.verify import verify
from bulletin.services.oversight.people_to_remind import holders_of
from bulletin.services.people import manage_accounts
from bulletin.services.people.deputies import deputies
from bulletin.services.people.name_deputy import end_deputation, name_deputy
from bulletin.store.people import Person, actor_of

TODAY, LAST = date(2026, 10, 9), date(2026, 10, 12)


def named(village, absent, deputy, by=None, from_on=TODAY, until_on=LAST):
    actor = by or village.people[absent]
    ids = village.people[absent].id, village.people[deputy].id
    return name_deputy(village.site, actor, *ids, from_on, until_on, NOON)


def on(village, login, day=TODAY):
    with village.site.sessions.reading() as session:
        return actor_of(session, session.get_one(Person, village.people[login].id), day)


def codes(error):
    return error.value.codes


def test_a_deputy_takes_the_step_in_the_name_of_who_is_away_and_the_record_says_so(zhangjia):
    named(zhangjia, "sun", "wang")
    notice = a_notice(zhangjia, NOON).submitted()
    wang = on(zhangjia, "wang")
    assert frame(zhangjia.site, wang, NOON).deputies == ("您替孙示例审到10月12日",)
    assert frame(zhangjia.site, zhangjia.sun, NOON).deputies == ("王示例替您审到10月12日",)
    assert frame(zhangjia.site, zhangjia.zhao, NOON).deputies == ()
    step = notice_detail(zhangjia.site, wang, notice.code, NOON).step
    assert step.words == "审查通过，交联席会议确认（替孙示例）"
    (line,) = queue(zhangjia.site, wang, NOON).page.lines
    assert (line.in_place_of, line.may_take) == ("替孙示例审到10月12日", True)
    review.take_step(zhangjia.site, wang, notice.code, Act.EXAMINE, NOON)
    detail = notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert detail.timeline[0].who == "王示例（替孙示例）"
    assert any(stage.note.startswith("王示例（替孙示例）") for stage in detail.stages)
    assert verify(zhangjia.site).sound


def test_it_holds_on_its_days_and_ends_by_itself(zhangjia):
    named(zhangjia, "sun", "wang", from_on=TODAY + timedelta(days=1))
    held = [
        on(zhangjia, "wang", TODAY + timedelta(days=n)).holds(Role.SUPERVISOR, zhangjia.id)
        for n in range(5)
    ]
    assert held == [False, True, True, True, False]


def test_it_is_ended_before_its_time_by_who_is_away_or_the_administrator(zhangjia):
    agreed = named(zhangjia, "sun", "wang")
    with pytest.raises(Refused) as refused:
        end_deputation(zhangjia.site, zhangjia.wang, agreed, NOON)
    assert codes(refused) == ("not_your_role",)
    end_deputation(zhangjia.site, zhangjia.zheng, agreed, NOON)
    assert not on(zhangjia, "wang").stands_in
    with pytest.raises(Refused) as refused:
        end_deputation(zhangjia.site, zhangjia.sun, agreed, NOON)
    assert codes(refused) == ("over_already",)
    named(zhangjia, "sun", "wang")  # and begun anew


@pytest.mark.parametrize(
    ("absent", "deputy", "by", "code"),
    [
        ("sun", "wang", "zhao", "not_your_role"),
        ("sun", "wang", "wang", "not_your_role"),
        ("sun", "zhao", "sun", "roles_apart"),
        ("sun", "sun", "sun", "own_deputy"),
        ("li", "wang", "li", "nothing_to_lend"),
    ],
)
def test_who_may_not_be_named_or_name_is_refused(zhangjia, absent, deputy, by, code):
    with pytest.raises(Refused) as refused:
        named(zhangjia, absent, deputy, by=zhangjia.people[by])
    assert code in codes(refused)


def test_a_person_who_is_not_here_cannot_be_named(zhangjia):
    with pytest.raises(NotFoundError):
        name_deputy(zhangjia.site, zhangjia.zheng, zhangjia.sun.id, 9999, TODAY, LAST, NOON)


def test_a_deputy_does_not_review_what_they_wrote_nor_take_two_steps(zhangjia):
    named(zhangjia, "sun", "li")
    named(zhangjia, "zhao", "wang")
    notice = a_notice(zhangjia, NOON).submitted()
    li, wang = on(zhangjia, "li"), on(zhangjia, "wang")
    assert frame(zhangjia.site, li, NOON).reviews == 0
    with pytest.raises(Refused) as refused:
        review.take_step(zhangjia.site, li, notice.code, Act.EXAMINE, NOON)
    assert codes(refused) == ("own_edit",)
    notice.examined()
    review.take_step(zhangjia.site, wang, notice.code, Act.CONFIRM, NOON, meeting_on=TODAY)
    low = a_notice(zhangjia, NOON, item="government.low_income_review").submitted().examined()
    review.take_step(zhangjia.site, wang, low.code, Act.CONFIRM, NOON, meeting_on=TODAY)
    assert frame(zhangjia.site, on(zhangjia, "wang"), NOON).reviews == 0
    with pytest.raises(Refused) as refused:
        review.take_step(zhangjia.site, wang, low.code, Act.SCREEN, NOON)
    assert codes(refused) == ("one_step_each",)


def test_who_was_stood_in_for_takes_no_other_step_of_it_either(zhangjia):
    """The head is away, an assistant of the township confirms; back, the head does not screen."""
    manage_accounts.appoint(
        zhangjia.site, zhangjia.zheng, zhangjia.zhao.id, Role.SCREENER, None, TODAY, NOON
    )
    named(zhangjia, "zhao", "wu")
    low = a_notice(zhangjia, NOON, item="government.low_income_review").submitted().examined()
    review.take_step(
        zhangjia.site, on(zhangjia, "wu"), low.code, Act.CONFIRM, NOON, meeting_on=TODAY
    )
    zhao = on(zhangjia, "zhao")
    assert zhao.holds(Role.SCREENER, None)
    (line,) = queue(zhangjia.site, zhao, NOON).page.lines
    assert not line.may_take
    with pytest.raises(Refused) as refused:
        review.take_step(zhangjia.site, zhao, low.code, Act.SCREEN, NOON)
    assert codes(refused) == ("one_step_each",)
    detail = notice_detail(zhangjia.site, zhangjia.li, low.code, NOON)
    assert detail.row.state is State.SCREENING


def test_what_is_edited_by_who_is_away_is_not_reviewed_in_their_name(zhangjia):
    manage_accounts.appoint(
        zhangjia.site, zhangjia.zheng, zhangjia.sun.id, Role.LIAISON, zhangjia.id, TODAY, NOON
    )
    named(zhangjia, "sun", "wu")
    notice = a_notice(zhangjia, NOON)
    draft.save(
        zhangjia.site,
        on(zhangjia, "sun"),
        notice.code,
        NOON,
        version=2,
        title="收支",
        document={"blocks": [{"type": "paragraph", "text": "收入3000元"}]},
    )
    notice.submitted()
    with pytest.raises(Refused) as refused:
        review.take_step(zhangjia.site, on(zhangjia, "wu"), notice.code, Act.EXAMINE, NOON)
    assert codes(refused) == ("absent_edited",)


def test_who_stands_in_is_reminded_too(zhangjia):
    named(zhangjia, "sun", "wang")
    with zhangjia.site.sessions.reading() as session:
        today = holders_of(session, zhangjia.sun.township_id, TODAY)
        later = holders_of(session, zhangjia.sun.township_id, LAST + timedelta(days=1))
    grant = Role.SUPERVISOR, zhangjia.id
    assert today[grant] == (zhangjia.sun.id, zhangjia.wang.id)
    assert later[grant] == (zhangjia.sun.id,)


def test_each_sees_the_own_agreements_and_the_administrator_all(zhangjia):
    named(zhangjia, "sun", "wang")
    seen = {
        login: [(d.absent, d.deputy, d.is_now, d.may_end) for d in found.standing]
        for login in ("sun", "wang", "zheng", "chen")
        for found in [deputies(zhangjia.site, zhangjia.people[login], NOON)]
    }
    line = ("孙示例", "王示例", True)
    assert seen == {
        "sun": [(*line, True)],
        "wang": [(*line, False)],
        "zheng": [(*line, True)],
        "chen": [],
    }
    found = deputies(zhangjia.site, zhangjia.zheng, NOON)
    assert [person.name for person in found.absentees] == ["陈示例", "孙示例", "王示例", "赵示例"]
    assert found.people[0].roles == "乡镇分管领导"
