"""反馈台账 over a real question: both clocks, as of any day, and what it mended."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from support.builders import LEDGER, a_notice
from support.clock import NOON
from support.feedback import a_question, pass_to_village

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.errors import Refused
from bulletin.domain.feedback.kinds import Level
from bulletin.services.access import edition_for
from bulletin.services.feedback import answer, ask_further
from bulletin.services.feedback.correct import correct_for
from bulletin.services.notices import publish
from bulletin.services.notices.drafts import draft
from bulletin.services.oversight.feedback.half_year import half_year, half_year_paper
from bulletin.services.oversight.feedback.ledger import LedgerTab, feedback_ledger
from bulletin.store.feedback import ReplyTerm

SECOND_HALF = Period.parse("2026-H2")
LATER = NOON + timedelta(days=60)


def ledger(village, who=None, **facts):
    return feedback_ledger(village.site, who or village.wu, LATER, **facts).lines


@pytest.fixture
def escalated(zhangjia):
    """A question that the village did not answer in time, and the township did."""
    asked = a_question(zhangjia, NOON)
    pass_to_village(asked)
    with zhangjia.site.sessions.reading() as session:
        asked.due_on = session.scalar(select(ReplyTerm.due_on))
    asked.up_at = NOON + (asked.due_on - NOON.date()) + timedelta(days=2)
    ask_further.escalate(zhangjia.site, asked.number, asked.code, "", asked.up_at)
    answer.answer(zhangjia.site, zhangjia.wang, asked.id, "换了三盏灯。", asked.up_at)
    return asked


def test_both_clocks_stand_side_by_side(zhangjia, escalated):
    (line,) = ledger(zhangjia)
    village, township = line.clocks
    assert (village.level, village.due_on, village.has_failed) == (
        Level.VILLAGE,
        escalated.due_on,
        True,
    )
    assert (township.level, township.answered_on, township.is_late) == (
        Level.TOWNSHIP,
        escalated.up_at.date(),
        False,
    )


def test_each_tab_is_of_the_day_that_is_asked_for(zhangjia, escalated):
    late_on = escalated.due_on + timedelta(days=1)

    def shown(day):
        return {tab for tab in LedgerTab if ledger(zhangjia, tab=tab, as_of=day)}

    assert shown(NOON.date() - timedelta(days=1)) == set()
    assert shown(escalated.due_on) == {LedgerTab.ALL, LedgerTab.WAITING}
    assert shown(late_on) == {LedgerTab.ALL, LedgerTab.WAITING, LedgerTab.LATE}
    assert shown(escalated.up_at.date()) == {LedgerTab.ALL, LedgerTab.ABOVE}
    (line,) = ledger(zhangjia, as_of=late_on)
    assert len(line.clocks) == 1, "the second level did not know of it yet"


def test_another_villages_ledger_has_none_of_it(zhangjia, escalated):
    assert ledger(zhangjia, village_id=zhangjia.ids["白马村"]) == []
    assert len(ledger(zhangjia, village_id=zhangjia.id)) == 1


@pytest.mark.parametrize("login", ["li", "zhao", "sun", "tian"])
def test_a_village_does_not_see_what_came_to_the_township(zhangjia, login):
    with pytest.raises(Refused):
        ledger(zhangjia, who=zhangjia.people[login])
    with pytest.raises(Refused):
        half_year(zhangjia.site, zhangjia.people[login], SECOND_HALF, LATER)


def test_the_half_year_says_who_answered_in_time(zhangjia, escalated):
    a_question(zhangjia, LATER)
    found = half_year(zhangjia.site, zhangjia.wu, SECOND_HALF, LATER)
    ((_, name, of),) = found.places
    assert (name, of.asked, of.above, of.first.failed, of.first.running) == ("张家村", 2, 1, 1, 1)
    assert found.counts.of_level(Level.TOWNSHIP).on_time == 1
    before = half_year(zhangjia.site, zhangjia.wu, Period.parse("2026-H1"), LATER)
    assert before.counts.asked == 0


def test_what_was_mended_is_told_once_with_its_own_words(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    publish.publish_due(zhangjia.site, NOON)
    for minutes in (1, 2):
        asked = a_question(zhangjia, NOON + timedelta(minutes=minutes), notice=notice.code)
        pass_to_village(asked)
        correct_for(zhangjia.site, zhangjia.li, asked.id, NOON + timedelta(hours=1))
    assert half_year(zhangjia.site, zhangjia.wu, SECOND_HALF, LATER).mended == ()
    at = NOON + timedelta(days=1)
    with zhangjia.site.sessions.reading() as session:
        version = edition_for(session, zhangjia.li, notice.code).version
    draft.save(
        zhangjia.site, zhangjia.li, notice.code, at, version=version,
        title="2026年第三季度村级财务收支情况（更正）", document=LEDGER, change_note="更正一笔",
    )  # fmt: skip
    notice.now = at
    notice.approved()
    publish.publish_due(zhangjia.site, at)
    found = half_year(zhangjia.site, zhangjia.wu, SECOND_HALF, LATER)
    (mended,) = found.mended
    assert (mended.edition, mended.change, mended.on) == (2, "更正一笔", at.date())
    assert len(ledger(zhangjia, tab=LedgerTab.CORRECTED)) == 2
    name, sheet = half_year_paper(zhangjia.site, zhangjia.wu, found)
    assert (name, sheet.pages) == ("群众反馈小结-2026年下半年.pdf", 1)
