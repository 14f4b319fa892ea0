"""Publication at the set moment, by law and by record; numbers; corrections; endings."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan, TypedCode
from bulletin.domain.errors import Refused
from bulletin.domain.notices.visibility import PageState
from bulletin.domain.notices.workflow import Act, State
from bulletin.services.notices import end, publish
from bulletin.services.notices.drafts import correct, submit
from bulletin.services.notices.drafts import draft as notices_draft
from bulletin.services.notices.overview import edition_rows
from bulletin.services.notices.reviews import review
from bulletin.services.one_by_one import SomeFailed
from bulletin.services.operations import verify
from bulletin.services.public import notice_page, public_files
from bulletin.services.public.place_pages import village_page
from bulletin.store import history
from bulletin.store.heartbeat import last_beat
from bulletin.store.notices import Edition

LATER = NOON + timedelta(days=2)
CHANGED = {"blocks": [*LEDGER["blocks"], {"type": "paragraph", "text": "更正后的说明。"}]}


def page(village, code, now, edition=1, *, scanned=True):
    return notice_page.notice_page(village.site, Scan(code, edition), scanned=scanned, now=now)


def corrected(village, notice, now, publish_at=None):
    correct.correct(village.site, village.li, notice.code, now)
    notices_draft.save(
        village.site, village.li, notice.code, now, version=1, title="更正后的标题",
        document=CHANGED, change_note="合计写错，已改正。", publish_at=publish_at,
    )  # fmt: skip
    notice.now = now
    return notice.approved()


def test_nobody_reads_it_before_its_moment_and_everybody_from_then_on_without_any_clock(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=LATER).approved()
    before = page(zhangjia, notice.code, LATER - timedelta(seconds=1))
    assert (before.page_state, before.document) == (PageState.NOT_YET, None)
    at = page(zhangjia, notice.code, LATER)
    assert at.page_state is PageState.CURRENT
    assert at.document is not None


def test_the_sweep_writes_it_down_once_however_often_it_runs(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=LATER).approved()
    assert publish.publish_due(zhangjia.site, LATER - timedelta(seconds=1)) == []
    assert publish.publish_due(zhangjia.site, LATER) == [f"{notice.code}.1"]
    assert publish.publish_due(zhangjia.site, LATER) == []
    with zhangjia.site.sessions.reading() as session:
        entries = history.entries_about(session, f"notice {notice.code}")
    assert [e.actor for e in entries if e.act == "publish"] == ["发布时钟"]


def test_after_an_outage_the_sweep_makes_good_what_was_missed(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=LATER).approved()
    week_later = LATER + timedelta(days=7)
    assert page(zhangjia, notice.code, LATER + timedelta(days=1)).page_state is PageState.CURRENT
    assert publish.publish_due(zhangjia.site, week_later) == [f"{notice.code}.1"]
    with zhangjia.site.sessions.reading() as session:
        edition = session.scalars(select(Edition)).one()
    assert (edition.publish_at, edition.published_at) == (LATER, week_later)  # lateness shows


def test_the_clock_knows_when_to_wake_up(zhangjia):
    assert publish.next_due_at(zhangjia.site) is None
    a_notice(zhangjia, NOON, publish_at=LATER).approved()
    assert publish.next_due_at(zhangjia.site) == LATER


def test_nothing_is_published_by_a_clock_that_stands_before_its_own_history(zhangjia):
    a_notice(zhangjia, NOON, publish_at=LATER).approved()
    with pytest.raises(Refused) as refused:
        a_notice(zhangjia, NOON - timedelta(hours=3), item="affairs.decisions_progress").approved()
    assert refused.value.codes == ("clock_behind_history",)


def test_register_numbers_run_without_gaps_per_publisher(zhangjia):
    items = [
        "finance.quarterly_accounts",
        "affairs.decisions_progress",
        "affairs.government_assistance",
    ]
    numbers = []
    for item in items:
        notice = a_notice(zhangjia, NOON, item=item).approved()
        numbers.append(edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)[0].number)
    assert numbers == [f"张家村公开〔2026〕{n}号" for n in (1, 2, 3)]
    own = a_notice(zhangjia, NOON, item="collective.accounts").approved()
    (row,) = edition_rows(zhangjia.site, zhangjia.li, own.code, NOON)
    assert row.number == "张家村集体公开〔2026〕1号"


def test_a_correction_is_a_new_edition_with_its_note_and_keeps_the_number(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    corrected(zhangjia, notice, NOON + timedelta(days=1))
    new, old = edition_rows(zhangjia.site, zhangjia.li, notice.code, notice.now)
    assert (new.edition, new.number, new.state) == (2, old.number, State.PUBLISHED)
    shown = page(zhangjia, notice.code, notice.now, edition=1)
    assert shown.page_state is PageState.OLDER
    assert shown.current_edition == 2
    assert shown.notes[0].note == "合计写错，已改正。"
    assert page(zhangjia, notice.code, notice.now, edition=2).page_state is PageState.CURRENT


def test_a_correction_without_a_note_is_not_submitted(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    with pytest.raises(Refused) as refused:
        submit.submit(zhangjia.site, zhangjia.li, notice.code, NOON, confirmed=True)
    assert refused.value.codes == ("change_note_missing",)


def test_while_a_correction_is_in_review_the_first_edition_stays_in_force(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert page(zhangjia, notice.code, NOON).page_state is PageState.CURRENT
    with pytest.raises(Refused) as refused:
        correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert refused.value.codes == ("correction_open",)


def test_taking_down_needs_a_reason_and_the_page_says_it(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    with pytest.raises(Refused) as refused:
        end.take_down(zhangjia.site, zhangjia.li, notice.code, "", NOON)
    assert refused.value.codes == ("reason_missing",)
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "附件放错了", NOON)
    shown = page(zhangjia, notice.code, NOON)
    assert (shown.page_state, shown.reason, shown.document) == (
        PageState.TAKEN_DOWN,
        "附件放错了",
        None,
    )


def test_what_was_taken_down_comes_back_as_a_correction(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "附件放错了", NOON)
    corrected(zhangjia, notice, NOON + timedelta(days=1))
    assert page(zhangjia, notice.code, notice.now, edition=2).page_state is PageState.CURRENT


def test_what_is_cancelled_before_it_went_out_keeps_its_number(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=LATER).approved()
    end.cancel(zhangjia.site, zhangjia.li, notice.code, "会议改期", NOON)
    (row,) = edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert (row.state, row.number) == (State.CANCELLED, "张家村公开〔2026〕1号")
    assert page(zhangjia, notice.code, LATER).page_state is PageState.CANCELLED
    following = a_notice(zhangjia, NOON, item="affairs.decisions_progress").approved()
    number = edition_rows(zhangjia.site, zhangjia.li, following.code, NOON)[0].number
    assert number == "张家村公开〔2026〕2号"


def test_what_is_public_by_its_moment_cannot_be_cancelled_any_more_even_if_no_clock_ran(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=LATER).approved()
    with pytest.raises(Refused) as refused:
        end.cancel(zhangjia.site, zhangjia.li, notice.code, "来不及了", LATER)
    assert refused.value.codes == ("not_in_this_state",)


def test_an_abandoned_draft_takes_no_number_and_its_code_leads_nowhere(zhangjia):
    notice = a_notice(zhangjia, NOON)
    end.cancel(zhangjia.site, zhangjia.li, notice.code, "重复了", NOON)
    assert page(zhangjia, notice.code, NOON) is None
    assert edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)[0].number is None


def test_a_personal_list_is_gone_at_midnight_after_its_last_day(zhangjia):
    notice = a_notice(zhangjia, NOON, item="government.low_income_review").approved()
    review.take_step(zhangjia.site, zhangjia.wang, notice.code, Act.SCREEN, NOON)
    midnight = datetime(2026, 10, 16, 16, tzinfo=UTC)  # 00:00 of 17 October in the village
    last = page(zhangjia, notice.code, midnight - timedelta(seconds=1))
    assert (last.page_state, str(last.closes_on)) == (PageState.CURRENT, "2026-10-16")
    gone = page(zhangjia, notice.code, midnight)
    assert (gone.page_state, gone.document, gone.files) == (PageState.PERIOD_OVER, None, ())
    assert public_files.public_sheet(zhangjia.site, notice.code, midnight) is None


def test_a_draft_and_a_code_that_was_never_given_look_the_same(zhangjia):
    draft = a_notice(zhangjia, NOON)
    assert page(zhangjia, draft.code, NOON) is None
    assert notice_page.find(zhangjia.site, TypedCode.read(draft.code), NOON) is None


def test_a_clock_set_back_opens_no_closed_list_again(zhangjia):
    notice = a_notice(zhangjia, NOON, item="government.low_income_review").approved()
    review.take_step(zhangjia.site, zhangjia.wang, notice.code, Act.SCREEN, NOON)
    assert page(zhangjia, notice.code, NOON + timedelta(hours=1)).page_state is PageState.CURRENT
    a_notice(zhangjia, datetime(2026, 10, 16, 16, 1, tzinfo=UTC))  # an act, after the list closed
    back = page(zhangjia, notice.code, NOON + timedelta(hours=1))
    assert (back.page_state, back.document, back.files) == (PageState.PERIOD_OVER, None, ())
    village = village_page(zhangjia.site, "630223202214", NOON + timedelta(hours=1))
    assert village.current.lines == ()
    assert [line.nameless for _, lines in village.archive for line in lines] == [True]


def test_a_clock_set_back_hides_again_what_is_ahead_of_it(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=LATER).approved()
    a_notice(zhangjia, LATER + timedelta(days=1))
    assert page(zhangjia, notice.code, NOON).page_state is PageState.NOT_YET


def test_what_a_clock_ahead_published_is_scheduled_until_its_moment_comes(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=LATER).approved()
    assert publish.publish_due(zhangjia.site, LATER + timedelta(days=30)) == [f"{notice.code}.1"]
    (row,) = edition_rows(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert row.state is State.SCHEDULED
    assert page(zhangjia, notice.code, NOON).page_state is PageState.NOT_YET
    assert page(zhangjia, notice.code, LATER).page_state is PageState.CURRENT


def test_what_a_clock_ahead_published_can_still_be_cancelled(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=LATER).approved()
    publish.publish_due(zhangjia.site, LATER)
    end.cancel(zhangjia.site, zhangjia.zhao, notice.code, "与上一份重复", NOON)
    assert page(zhangjia, notice.code, LATER).page_state is PageState.CANCELLED
    assert verify.verify(zhangjia.site).altered == ()


def test_a_heartbeat_of_the_future_is_no_heartbeat(zhangjia):
    publish.publish_due(zhangjia.site, LATER)
    with zhangjia.site.sessions.reading() as session:
        assert last_beat(session, "publish", NOON) is None
        assert last_beat(session, "publish", LATER) == LATER


def test_many_of_one_moment_go_out_some_at_a_time(zhangjia, monkeypatch):
    monkeypatch.setattr(publish, "AT_ONCE", 2)
    codes = [a_notice(zhangjia, NOON, publish_at=LATER).approved().code for _ in range(5)]
    assert publish.publish_due(zhangjia.site, LATER) == [f"{code}.1" for code in codes]
    assert verify.verify(zhangjia.site).altered == ()


def test_while_the_database_is_away_each_is_not_tried_by_itself(zhangjia, monkeypatch):
    for _ in range(3):
        a_notice(zhangjia, NOON, publish_at=LATER).approved()
    tried = []

    def away(_session, edition, _now):
        tried.append(edition.id)
        raise OperationalError("UPDATE edition", {}, OSError("连接断了"))

    monkeypatch.setattr(publish, "publish", away)
    with pytest.raises(OperationalError):
        publish.publish_due(zhangjia.site, LATER)
    assert len(tried) == 1, "three would wait for it thrice"


def test_one_that_cannot_go_out_keeps_no_other_back_and_is_told(zhangjia, monkeypatch):
    codes = [a_notice(zhangjia, NOON, publish_at=LATER).approved().code for _ in range(3)]
    write_down = publish.publish

    def failing(session, edition, now):
        if edition.notice.code == codes[1]:
            raise OSError("磁盘已满")
        return write_down(session, edition, now)

    monkeypatch.setattr(publish, "publish", failing)
    with pytest.raises(SomeFailed) as some:
        publish.publish_due(zhangjia.site, LATER)
    assert [str(fault) for fault in some.value.failures.values()] == ["磁盘已满"]
    with zhangjia.site.sessions.reading() as session:
        published = session.scalars(select(Edition).where(Edition.state == State.PUBLISHED)).all()
        assert {each.notice.code for each in published} == {codes[0], codes[2]}
        assert (
            last_beat(session, "publish", LATER) == LATER
        )  # it is not silent, and says whom it left out
    monkeypatch.undo()
    assert publish.publish_due(zhangjia.site, LATER) == [f"{codes[1]}.1"]
    assert verify.verify(zhangjia.site).altered == ()
