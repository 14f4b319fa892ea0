"""督查 over real stories of a village: every figure, as of any day, equals the list that it leads to."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON
from support.feedback import a_question

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.oversight.supervision import DutyOutcome, outcome_of
from bulletin.domain.people import Actor, Role
from bulletin.services.boards import post
from bulletin.services.duties import mark_not_applicable
from bulletin.services.duties.overview import duty_lines
from bulletin.services.feedback import answer, ask_further
from bulletin.services.history import record
from bulletin.services.notices import end, publish
from bulletin.services.oversight.coverage import coverage_table
from bulletin.services.oversight.supervision.items import supervised_items
from bulletin.services.oversight.supervision.overview import supervision
from bulletin.services.oversight.supervision.responsible import responsible_people
from bulletin.services.oversight.supervision.sheets_on_walls import stale_sheet_list
from bulletin.store.feedback import ReplyTerm
from bulletin.store.notices import Notice

YEAR = Period.parse("2026")
LATER = NOON + timedelta(days=60)


def seen(village, as_of=None, now=LATER, period=YEAR, who=None):
    return supervision(village.site, who or village.wu, now, period=period, as_of=as_of)


def place(village, name="张家村", **facts):
    return next(each for each in seen(village, **facts).places if each.village == name)


def hung(village, at=NOON):
    """The accounts of the third quarter, due on 15 October, on the first board since a day."""
    notice = a_notice(village, at).approved()
    publish.publish_due(village.site, at)
    notice.printed()
    post.hang(village.site, village.li, notice.code, village.boards[0], at.date(), at)
    return notice


def counted(village, **facts):
    """The outcomes of the cells of the matrix, by village and month of the due day."""
    table = coverage_table(
        village.site, village.wu, LATER, first_on=YEAR.first, last_on=YEAR.last, **facts
    )
    outcomes = Counter()
    for row in table.rows:
        for cells in row.cells.values():
            for cell in cells:
                if outcome := outcome_of(cell.state):
                    outcomes[row.village, cell.due_on.month, outcome] += 1
    return outcomes


def test_each_figure_is_the_number_of_its_cells(zhangjia):
    hung(zhangjia)
    for as_of in (None, date(2026, 10, 8), date(2026, 10, 15), date(2026, 10, 16)):
        found = seen(zhangjia, as_of)
        by_cell = Counter(
            {
                (each.village, month, outcome): count
                for each in found.places
                for (month, outcome), count in each.figures.by_month.items()
            }
        )
        assert by_cell == counted(zhangjia, as_of=as_of)
        quarters = sum((sums for _, sums in found.quarters), Counter())
        assert quarters == found.outcomes
        items = supervised_items(zhangjia.site, zhangjia.wu, LATER, period=YEAR, as_of=as_of)
        assert sum((each.outcomes for each in items), Counter()) == found.outcomes
    assert found.outcomes[DutyOutcome.OWED] > 0


def test_the_interval_runs_on_until_something_is_disclosed(zhangjia):
    assert place(zhangjia).interval is None
    hung(zhangjia)
    found = place(zhangjia, as_of=date(2026, 11, 8)).interval
    assert (found.from_on, found.days, found.is_open) == (date(2026, 10, 9), 30, True)
    assert place(zhangjia, as_of=date(2026, 10, 8)).interval is None
    assert place(zhangjia, name="白马村").interval is None
    assert seen(zhangjia, date(2026, 11, 8)).silent == 1, "白马村"


def test_a_board_waits_since_its_last_paper_and_one_without_any_is_the_oldest(zhangjia):
    hung(zhangjia)
    found = place(zhangjia, as_of=date(2026, 10, 20))
    assert {each.last_on for each in found.figures.boards} == {date(2026, 10, 9), None}
    assert found.board_days is None, "the other board never had one"
    notice = a_notice(zhangjia, NOON, title="另一份").approved()
    publish.publish_due(zhangjia.site, NOON)
    notice.printed()
    post.hang(
        zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[1], date(2026, 10, 9), NOON
    )  # fmt: skip
    assert place(zhangjia, as_of=date(2026, 10, 20)).board_days == 11
    assert place(zhangjia, name="白马村").figures.oldest_board is None


def test_a_question_is_late_after_its_day_as_of_any_day(zhangjia):
    asked = a_question(zhangjia, NOON)
    with zhangjia.site.sessions.reading() as session:
        due = session.scalar(select(ReplyTerm.due_on))

    def figures(as_of):
        found = place(zhangjia, as_of=as_of).figures
        return found.questions, found.late_questions

    assert figures(date(2026, 10, 8)) == (0, 0)
    assert figures(due) == (1, 0)
    assert figures(due + timedelta(days=1)) == (1, 1)
    up_at = NOON + timedelta(days=(due - NOON.date()).days + 3)
    ask_further.escalate(zhangjia.site, asked.number, asked.code, "", up_at)
    assert figures(up_at.date()) == (1, 0), "the township's term runs now, the village's is over"
    answer.answer(zhangjia.site, zhangjia.wang, asked.id, "维修了三盏灯。", up_at)
    assert figures(up_at.date()) == (0, 0)
    assert figures(due + timedelta(days=1)) == (1, 1), "it was late then"


def test_a_paper_that_is_no_longer_in_force_counts_from_the_day_it_was_taken_down(zhangjia):
    notice = hung(zhangjia)
    end.take_down(
        zhangjia.site, zhangjia.li, notice.code, "金额有误", NOON + timedelta(days=3)
    )  # fmt: skip

    def sheets(day):
        found = place(zhangjia, as_of=date(2026, 10, day)).figures.stale_sheets
        listed = stale_sheet_list(
            zhangjia.site, zhangjia.wu, LATER, village_id=zhangjia.id, as_of=date(2026, 10, day)
        )
        assert len(listed) == found
        return [(each.code, each.is_over) for each in listed]

    assert sheets(11) == []
    assert sheets(12) == [(notice.code, False)]


def test_a_paper_counts_from_the_day_after_its_time_until_it_is_taken_off(zhangjia):
    hung(zhangjia)  # fifteen days end on a Saturday: until Monday, 26 October
    off_at = NOON + timedelta(days=20)
    with zhangjia.site.sessions.engine.connect() as database:
        posting = database.exec_driver_sql("SELECT max(id) FROM posting").scalar()
    post.take_off(zhangjia.site, zhangjia.li, posting, off_at.date(), off_at)
    days = {
        day: place(zhangjia, as_of=date(2026, 10, day)).figures.stale_sheets
        for day in (26, 27, 28, 29)
    }
    assert days == {26: 0, 27: 1, 28: 1, 29: 0}


def test_what_changed_is_told_against_a_week_before(zhangjia):
    hung(zhangjia)
    found = place(zhangjia, as_of=date(2026, 10, 16))
    owed = found.figures.outcomes[DutyOutcome.OWED]
    assert [each.words for each in found.changes] == [f"逾期多{owed}"]
    assert place(zhangjia, as_of=date(2026, 10, 15)).changes == ()
    assert seen(zhangjia, date(2026, 10, 16)).changed[0].changes


def test_an_act_in_one_village_is_counted_at_once(zhangjia):
    before = place(zhangjia, as_of=date(2026, 10, 20)).figures.outcomes
    hung(zhangjia)
    after = place(zhangjia, as_of=date(2026, 10, 20)).figures.outcomes
    assert after[DutyOutcome.ON_TIME] == before[DutyOutcome.ON_TIME] + 1
    assert after[DutyOutcome.OWED] == before[DutyOutcome.OWED] - 1


def test_every_village_has_somebody_who_answers_or_an_empty_seat(zhangjia):
    people = responsible_people(zhangjia.site, zhangjia.wu, seen(zhangjia))
    named = {(each.name, each.role): [p.village for p in each.places] for each in people}
    assert named["赵示例", "村民委员会主任"] == ["张家村"]
    assert named["", "村民委员会主任"] == ["白马村"]
    assert named["周示例", "信息员"] == ["白马村"]


def test_a_village_person_would_see_the_own_village_alone(zhangjia):
    assert {each.village for each in seen(zhangjia, who=zhangjia.li).places} == {"张家村"}


def test_a_county_overseer_who_looks_into_no_township_sees_nothing(zhangjia):
    nobody = Actor(None, "县", grants=frozenset({(Role.COUNTY_OVERSEER, None)}))
    assert seen(zhangjia, who=nobody).places == ()


def test_the_map_has_a_month_to_come_only_where_something_is_known_of_it(zhangjia):
    def months(as_of=None, period=YEAR):
        return [each.first.month for each in seen(zhangjia, as_of, period=period).months]

    assert months(date(2026, 10, 8)) == list(range(1, 11))
    assert months(period=Period.parse("2027")) == []
    notice = hung(zhangjia)
    with zhangjia.site.sessions.writing() as session:
        answering = session.scalars(select(Notice).where(Notice.code == notice.code)).one()
        duty = answering.duties[0]
        duty.due_on = date(2026, 12, 3)
        record(session, zhangjia.wu, "set_due_day", f"duty {duty.id}", NOON)
    found = seen(zhangjia, date(2026, 10, 10))
    assert months(date(2026, 10, 10)) == [*range(1, 11), 12]
    assert found.outcomes.total() == 1


def test_what_was_spared_on_a_day_leaves_no_noughts_behind(zhangjia):
    """A nought is a month of which nothing is known, and would name a place that has nothing."""
    site, li = zhangjia.site, zhangjia.li
    mine = [each for each in duty_lines(site, li, NOON) if each.village_id == zhangjia.id]
    for each in (each for each in mine if each.due_on):
        mark_not_applicable.mark_not_applicable(site, li, each.id, "账目移交中", NOON)
        mark_not_applicable.revoke_not_applicable(site, li, each.id, NOON + timedelta(days=50))
    found = place(zhangjia, as_of=date(2026, 11, 8))
    assert not found.figures.by_month
    assert place(zhangjia).figures.outcomes[DutyOutcome.OWED] > 0
