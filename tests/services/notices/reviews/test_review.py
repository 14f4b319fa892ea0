"""Other eyes: what the verbs let people do, and what they refuse."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from support.builders import LEDGER, a_duty, a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import draft, start
from bulletin.services.notices.overview import edition_rows, notice_rows
from bulletin.services.notices.reviews import queue as review_queue
from bulletin.services.notices.reviews import review
from bulletin.services.public import notice_page
from bulletin.store.filings import Filing
from bulletin.store.notices import EditionContent


def state_of(village, notice):
    return edition_rows(village.site, village.operator, notice.code, notice.now)[0].state


def test_a_notice_goes_out_with_the_last_step_of_its_procedure(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    (row,) = edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert row.state is State.PUBLISHED
    assert row.number == "张家村公开〔2026〕1号"
    # fifteen days end with Saturday the 24th: 民法典第二百零三条
    assert (row.opens_on, row.closes_on) == (date(2026, 10, 9), date(2026, 10, 26))


def test_a_notice_with_a_chosen_moment_waits_for_it_and_bears_its_number(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=NOON + timedelta(days=2)).approved()
    (row,) = edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert (row.state, row.number) == (State.SCHEDULED, "张家村公开〔2026〕1号")
    assert row.opens_on == date(2026, 10, 11)


def test_an_assisted_list_is_screened_by_the_township_before_it_goes_out(zhangjia):
    notice = a_notice(zhangjia, NOON, item="government.low_income_review").approved()
    assert state_of(zhangjia, notice) is State.SCREENING
    review.take_step(zhangjia.site, zhangjia.wang, notice.code, Act.SCREEN, NOON)
    assert state_of(zhangjia, notice) is State.PUBLISHED


def test_what_the_collective_publishes_is_examined_in_the_name_of_its_supervisors(zhangjia):
    notice = a_notice(zhangjia, NOON, item="collective.accounts").approved()
    shown = notice_page.notice_page(zhangjia.site, Scan(notice.code, 1), scanned=False, now=NOON)
    assert [words[:3] for words in shown.handled] == ["监事会", "理事会"]


@pytest.mark.parametrize(
    ("items", "procedure"),
    [
        (["collective.accounts"], "集体经济组织审查程序"),
        (["collective.accounts", "finance.quarterly_accounts"], "村级审查程序"),
        (["collective.accounts", "government.temporary_relief"], "协助事项审查程序"),
    ],
)
def test_of_several_items_procedures_the_one_with_most_eyes_counts(zhangjia, items, procedure):
    duties = [a_duty(zhangjia, item, NOON) for item in items]
    code = start.start(zhangjia.site, zhangjia.li, duties, NOON)
    assert notice_detail(zhangjia.site, zhangjia.li, code, NOON).subject.procedure == procedure


@pytest.mark.parametrize(("login", "code"), [("li", "not_your_role"), ("zhao", "not_your_role")])
def test_a_step_is_refused_to_everyone_but_the_one_whose_step_it_is(zhangjia, login, code):
    notice = a_notice(zhangjia, NOON).submitted()
    with pytest.raises(Refused) as refused:
        review.take_step(zhangjia.site, zhangjia.people[login], notice.code, Act.EXAMINE, NOON)
    assert refused.value.codes[0] == code
    assert state_of(zhangjia, notice) is State.EXAMINING


def test_the_liaison_of_the_next_village_does_not_even_find_it(zhangjia):
    notice = a_notice(zhangjia, NOON)
    with pytest.raises(NotFoundError):
        draft.save(
            zhangjia.site, zhangjia.zhou, notice.code, NOON,
            version=2, title="别村的手", document=LEDGER,
        )  # fmt: skip
    assert notice_rows(zhangjia.site, zhangjia.zhou, NOON) == []


def test_a_confirmation_needs_the_day_of_the_joint_meeting(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted().examined()
    for meeting_on, code in [(None, "meeting_missing"), (date(2026, 10, 10), "meeting_in_future")]:
        with pytest.raises(Refused) as refused:
            review.take_step(
                zhangjia.site, zhangjia.zhao, notice.code, Act.CONFIRM, NOON, meeting_on=meeting_on
            )
        assert refused.value.codes == (code,)


def test_sending_back_needs_a_reason_and_gives_the_pen_back(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    with pytest.raises(Refused) as refused:
        review.send_back(zhangjia.site, zhangjia.sun, notice.code, "  ", NOON)
    assert refused.value.codes == ("reason_missing",)
    review.send_back(zhangjia.site, zhangjia.sun, notice.code, "第3行金额与凭证不符", NOON)
    (row,) = edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert (row.state, row.return_reason) == (State.DRAFT, "第3行金额与凭证不符")
    notice.approved()
    assert state_of(zhangjia, notice) is State.PUBLISHED


def test_a_reason_with_an_id_number_is_refused(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    with pytest.raises(Refused) as refused:
        review.send_back(zhangjia.site, zhangjia.sun, notice.code, "见11010519491231002X", NOON)
    assert refused.value.codes == ("personal_data",)
    assert "11010519491231002X" not in str(refused.value)


def test_a_draft_in_review_can_be_edited_by_nobody(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    with pytest.raises(Refused) as refused:
        draft.save(
            zhangjia.site, zhangjia.li, notice.code, NOON, version=2, title="改", document=LEDGER
        )
    assert refused.value.codes == ("not_in_this_state",)
    review.withdraw(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert state_of(zhangjia, notice) is State.DRAFT


def test_what_was_forced_is_flagged_until_somebody_else_endorses_it(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    review.force(zhangjia.site, zhangjia.sun, notice.code, "主任外出，电话会议已定", NOON)
    notice.confirmed()
    (row,) = edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert (row.state, row.forced) == (State.PUBLISHED, True)
    with pytest.raises(Refused) as refused:
        review.endorse(zhangjia.site, zhangjia.sun, notice.code, NOON)
    assert refused.value.codes == ("own_force",)
    review.endorse(zhangjia.site, zhangjia.chen, notice.code, NOON)
    assert not edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)[0].forced


def test_force_never_skips_the_privacy_check(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    with zhangjia.site.sessions.writing() as session:
        edition = edition_for(session, zhangjia.operator, notice.code)
        edition.content.document = {
            "blocks": [{"type": "paragraph", "text": "身份证11010519491231002X"}]
        }
    with pytest.raises(Refused) as refused:
        review.force(zhangjia.site, zhangjia.sun, notice.code, "人手不够", NOON)
    assert "personal_data" in refused.value.codes
    assert state_of(zhangjia, notice) is State.EXAMINING


def test_content_changed_behind_the_reviewers_back_stops_the_step(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    with zhangjia.site.sessions.writing() as session:
        session.execute(
            update(EditionContent).values(
                document={"blocks": [{"type": "paragraph", "text": "偷换的内容"}]}
            )
        )
    with pytest.raises(Refused) as refused:
        notice.examined()
    assert refused.value.codes == ("content_altered",)


def test_a_reviewer_who_saw_an_older_page_is_asked_to_look_again(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    with pytest.raises(Refused) as refused:
        review.take_step(zhangjia.site, zhangjia.sun, notice.code, Act.EXAMINE, NOON, seen="0" * 64)
    assert refused.value.codes == ("seen_other_content",)


def test_many_notices_pass_a_step_together_and_a_refusal_stops_only_its_own(zhangjia):
    good = a_notice(zhangjia, NOON).submitted()
    other = a_notice(zhangjia, NOON, item="affairs.decisions_progress").submitted()
    seen = {
        line.row.code: line.fingerprint
        for line in review_queue.queue(zhangjia.site, zhangjia.sun, NOON).page.lines
    }
    assert set(seen) == {good.code, other.code}
    review.withdraw(zhangjia.site, zhangjia.li, other.code, NOON)
    outcomes = {o.code: o for o in review.take_many(zhangjia.site, zhangjia.sun, seen, NOON)}
    assert outcomes[good.code].done
    assert outcomes[other.code].refused
    assert state_of(zhangjia, good) is State.CONFIRMING


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"blocks": [{"type": "paragraph", "text": " "}]}, "content_missing"),
        ({"blocks": [{"type": "image", "file": "a" * 64, "alt": ""}]}, "alt_missing"),
        (
            {"blocks": [{"type": "table", "columns": [{"title": ""}], "rows": [["甲"]]}]},
            "column_untitled",
        ),
        ({"blocks": [{"type": "paragraph", "text": "已审核☑"}]}, "missing_glyph"),
        ({"blocks": [{"type": "paragraph", "text": "马\ue123示"}]}, "missing_glyph"),
        ({"blocks": [{"type": "paragraph", "text": "马\U000323b5示"}]}, "missing_glyph"),
    ],
)
def test_an_unfinished_draft_is_not_submitted(zhangjia, document, code):
    notice = a_notice(zhangjia, NOON, document=document)
    with pytest.raises(Refused) as refused:
        notice.submitted()
    assert code in refused.value.codes


def test_the_township_is_told_of_what_a_village_publishes_and_forces(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    review.force(zhangjia.site, zhangjia.sun, notice.code, "人手不够", NOON)
    notice.confirmed()
    with zhangjia.site.sessions.reading() as session:
        acts = list(session.scalars(select(Filing.act).order_by(Filing.id)))
    assert acts == ["force", "publish"]


def test_two_roles_do_not_make_two_people(zhangjia):
    both = Actor(
        zhangjia.sun.id,
        "孙示例",
        zhangjia.sun.township_id,
        zhangjia.sun.grants | zhangjia.zhao.grants,
    )
    notice = a_notice(zhangjia, NOON).submitted().examined()
    with pytest.raises(Refused) as refused:
        review.take_step(
            zhangjia.site, both, notice.code, Act.CONFIRM, NOON, meeting_on=NOON.date()
        )
    assert refused.value.codes == ("one_step_each",)
