"""依申请公开 from receipt to answer, as the township's office does it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.clock import NOON
from support.information_requests import a_request

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.domain.oversight.requests.course import ApplicantClass, ReceivedBy, StepKind
from bulletin.services.desk.today import today
from bulletin.services.oversight.requests import record_step
from bulletin.services.oversight.requests.answer import answer
from bulletin.services.oversight.requests.detail import request_view
from bulletin.services.oversight.requests.ledger import (
    lines_of_cell,
    open_lines,
    request_lines,
    year_figures,
)
from bulletin.services.oversight.requests.receive import receive
from bulletin.services.oversight.requests.see_applicant import see_contact
from bulletin.store import history

TODAY = village_day(NOON)  # 9 October 2026, a Friday
SEPTEMBER = date(2026, 9, 14)


@pytest.fixture
def asked(zhangjia):
    """A request of 14 September, due on 16 October: 中秋节 and 国庆节 stand between, and two weekends are worked."""
    return receive(zhangjia.site, zhangjia.wang, a_request(SEPTEMBER), NOON)


def view(village, request_id, who=None):
    return request_view(village.site, who or village.wang, request_id, NOON)


def codes(refused):
    return list(refused.value.codes)


def test_a_request_has_a_number_and_a_day_that_explains_itself(zhangjia, asked):
    shown = view(zhangjia, asked)
    assert shown.line.register_name == "依申请〔2026〕1号"
    assert shown.line.due_on == date(2026, 10, 16)
    assert [step.on for step in shown.clock.steps] == [SEPTEMBER]
    second = receive(zhangjia.site, zhangjia.tian, a_request(TODAY), NOON)
    assert view(zhangjia, second).line.register_name == "依申请〔2026〕2号"
    before = receive(zhangjia.site, zhangjia.tian, a_request(date(2025, 12, 30)), NOON)
    assert view(zhangjia, before).line.register_name == "依申请〔2025〕1号"


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"applicant_name": " "}, ["request_incomplete"]),
        ({"contact": "", "asked_for": ""}, ["request_incomplete"]),
        ({"asked_for": "字" * 2001}, ["text_too_long"]),
        ({"received_by": ReceivedBy.ONLINE}, ["not_confirmed"]),
        ({"received_by": ReceivedBy.FAX, "confirmed_on": date(2026, 9, 1)}, ["before_arrival"]),
        ({"arrived_on": TODAY + timedelta(days=1)}, ["request_in_future"]),
    ],
)
def test_what_the_law_asks_for_is_asked_for(zhangjia, facts, refused):
    new = a_request(**{"arrived_on": SEPTEMBER} | facts)
    with pytest.raises(Refused) as why:
        receive(zhangjia.site, zhangjia.wang, new, NOON)
    assert codes(why) == refused


@pytest.mark.parametrize("login", ["li", "zhou", "sun", "zhao", "wu", "chen", "zheng"])
def test_only_the_office_keeps_the_ledger(zhangjia, login):
    with pytest.raises(Refused, match="专职信息员"):
        receive(zhangjia.site, zhangjia.people[login], a_request(SEPTEMBER), NOON)


def test_villages_see_nothing_of_it_and_who_only_reads_sees_no_contact(zhangjia, asked):
    with pytest.raises(NotFoundError):
        view(zhangjia, asked, zhangjia.li)
    assert not request_lines(zhangjia.site, zhangjia.li, NOON).lines
    assert not open_lines(zhangjia.site, zhangjia.li, NOON)
    assert see_contact(zhangjia.site, zhangjia.wang, asked, NOON).contact
    for login in ("wu", "chen", "zheng"):
        shown = view(zhangjia, asked, zhangjia.people[login])
        assert (shown.applicant_name, shown.has_contact, shown.mine) == ("", False, False)
        with pytest.raises(Refused):
            see_contact(zhangjia.site, zhangjia.people[login], asked, NOON)
    (line,) = request_lines(zhangjia.site, zhangjia.wu, NOON).lines
    assert "丁示例" not in str(line)


def test_while_a_third_party_is_asked_the_clock_stands_still(zhangjia, asked):
    site, wang = zhangjia.site, zhangjia.wang
    asked_on, answered_on = date(2026, 9, 16), date(2026, 9, 23)
    record_step.inquire(site, wang, asked, StepKind.THIRD_PARTY, asked_on, "示例公司", NOON)
    silent = view(zhangjia, asked).line.due_on
    (step,) = view(zhangjia, asked).steps
    assert step.awaits_reply
    record_step.take_reply(site, wang, asked, step.id, answered_on, NOON)
    answered = view(zhangjia, asked)
    assert date(2026, 10, 16) < answered.line.due_on < silent
    assert not answered.steps[0].awaits_reply
    with pytest.raises(Refused) as why:
        record_step.take_reply(site, wang, asked, step.id, answered_on, NOON)
    assert codes(why) == ["replied"]


def test_a_mended_request_begins_anew_and_a_silent_one_can_be_ended(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    first = receive(site, wang, a_request(SEPTEMBER), NOON)
    record_step.ask_to_mend(
        site, wang, first, date(2026, 9, 16), date(2026, 9, 30), "哪一年的", NOON
    )
    assert view(zhangjia, first).line.given_up_on == date(2026, 10, 1)
    (step,) = view(zhangjia, first).steps
    record_step.take_reply(site, wang, first, step.id, date(2026, 9, 28), NOON)
    mended = view(zhangjia, first)
    assert mended.line.given_up_on is None
    assert mended.line.due_on > date(2026, 10, 16)
    with pytest.raises(Refused) as why:
        answer(site, wang, first, TODAY, "not_mended", "", NOON)
    assert codes(why) == ["not_given_up"]
    silent = receive(site, wang, a_request(SEPTEMBER), NOON)
    record_step.ask_to_mend(
        site, wang, silent, date(2026, 9, 16), date(2026, 9, 30), "哪一年的", NOON
    )
    answer(site, wang, silent, TODAY, "not_mended", "", NOON)
    assert view(zhangjia, silent).line.outcome == "逾期不补正，视为放弃申请"


def test_a_second_mending_and_a_second_extension_are_refused(zhangjia, asked):
    site, wang, on = zhangjia.site, zhangjia.wang, date(2026, 9, 16)
    record_step.ask_to_mend(site, wang, asked, on, date(2026, 9, 30), "哪一年的", NOON)
    record_step.extend(site, wang, asked, on, 20, "王主任", NOON)
    with pytest.raises(Refused) as why:
        record_step.ask_to_mend(site, wang, asked, on, date(2026, 9, 30), "", NOON)
    assert codes(why) == ["mended_once", "no_words"]
    with pytest.raises(Refused) as why:
        record_step.extend(site, wang, asked, on, 30, "", NOON)
    assert codes(why) == ["extended_once", "extension_long", "no_consent"]


def test_the_eleventh_request_of_a_month_costs_and_the_tenth_does_not(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    ids = [receive(site, wang, a_request(SEPTEMBER), NOON) for _ in range(11)]
    assert [view(zhangjia, each).fee for each in ids[-2:]] == [0, 100]
    with pytest.raises(Refused) as why:
        record_step.charge(site, wang, ids[-2], TODAY, NOON)
    assert codes(why) == ["free_of_charge"]
    record_step.charge(site, wang, ids[-1], TODAY, NOON)
    (step,) = view(zhangjia, ids[-1]).steps
    assert (step.amount, step.awaits_reply) == (100, True)


def test_while_the_applicant_is_waited_for_nothing_is_late(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    waiting = receive(site, wang, a_request(date(2026, 6, 1)), NOON)
    told, until = date(2026, 6, 8), date(2026, 10, 31)
    record_step.ask_to_mend(site, wang, waiting, told, until, "哪一年的", NOON)
    line = view(zhangjia, waiting).line
    assert (line.is_late, line.act_on) == (False, date(2026, 11, 1))
    given_up = receive(site, wang, a_request(date(2026, 6, 1)), NOON)
    record_step.ask_to_mend(site, wang, given_up, told, date(2026, 6, 30), "哪一年的", NOON)
    answer(site, wang, given_up, date(2026, 8, 3), "not_mended", "", NOON)
    assert not view(zhangjia, given_up).line.is_late


def test_somebody_else_of_the_same_name_is_not_charged_and_no_order_of_entering_is_free(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    ids = [
        receive(site, wang, a_request(SEPTEMBER - timedelta(days=each)), NOON) for each in range(11)
    ]
    assert [view(zhangjia, each).fee for each in ids] == [100, *[0] * 10]
    other = receive(site, wang, a_request(SEPTEMBER, contact="海东市平安区示例路2号"), NOON)
    company = receive(site, wang, a_request(SEPTEMBER, applicant=ApplicantClass.COMPANY), NOON)
    assert [view(zhangjia, each).fee for each in (other, company)] == [0, 0]


def test_words_without_end_are_refused(zhangjia, asked):
    site, wang, on = zhangjia.site, zhangjia.wang, date(2026, 9, 16)
    with pytest.raises(Refused) as why:
        record_step.inquire(site, wang, asked, StepKind.BODY, on, "字" * 61, NOON)
    assert codes(why) == ["text_too_long"]
    with pytest.raises(Refused) as why:
        record_step.ask_to_mend(site, wang, asked, on, date(2026, 9, 30), "字" * 2001, NOON)
    assert codes(why) == ["text_too_long"]


def test_an_outcome_that_the_schedule_dropped_counts_as_other(zhangjia, asked):
    answer(zhangjia.site, zhangjia.wang, asked, TODAY, "withdrawn", "10月8日书面撤回", NOON)
    rules = zhangjia.site.requests
    fewer = {key: each for key, each in rules.outcomes.items() if key != "withdrawn"}
    site = replace(zhangjia.site, requests=replace(rules, outcomes=fewer))
    figures = year_figures(site, zhangjia.wu, 2026)
    assert figures[CellKey(TableName.REQUESTS, "other", "total")] == 1


@pytest.mark.parametrize(
    ("on", "outcome", "refused"),
    [
        (SEPTEMBER - timedelta(days=1), "disclosed", ["before_receipt", "before_step"]),
        (TODAY, "", ["no_outcome"]),
        (TODAY, "something", ["no_outcome"]),
        (TODAY + timedelta(days=1), "disclosed", ["answer_in_future"]),
        (TODAY, "fee_unpaid", ["not_given_up"]),
    ],
)
def test_an_answer_that_can_t_be_is_refused_with_its_article(zhangjia, asked, on, outcome, refused):
    with pytest.raises(Refused) as why:
        answer(zhangjia.site, zhangjia.wang, asked, on, outcome, "", NOON)
    assert codes(why) == refused
    assert view(zhangjia, asked).is_open


def test_what_is_ended_stays_as_it_is(zhangjia, asked):
    answer(zhangjia.site, zhangjia.wang, asked, TODAY, "disclosed", "寄出复印件", NOON)
    with pytest.raises(Refused) as why:
        record_step.extend(zhangjia.site, zhangjia.wang, asked, TODAY, 5, "王主任", NOON)
    assert codes(why) == ["request_ended"]
    shown = view(zhangjia, asked)
    assert (shown.line.is_late, shown.answer) == (False, "寄出复印件")


def test_every_act_is_in_the_history_and_no_name(zhangjia, asked):
    record_step.extend(zhangjia.site, zhangjia.wang, asked, TODAY, 5, "王主任", NOON)
    answer(zhangjia.site, zhangjia.wang, asked, TODAY, "disclosed", "寄出", NOON)
    with zhangjia.site.sessions.reading() as session:
        entries = history.entries_about(session, f"request {asked}")
    assert [each.act for each in entries] == [
        "receive_request",
        "take_request_step",
        "answer_request",
    ]
    assert not any("丁示例" in str(each) or "示例路" in str(each) for each in entries)


def test_a_cell_of_table_three_opens_the_requests_that_it_counts(zhangjia, asked):
    site, wang = zhangjia.site, zhangjia.wang
    company = a_request(date(2025, 12, 20), applicant=ApplicantClass.COMPANY)
    carried = receive(site, wang, company, NOON)
    answer(site, wang, carried, date(2026, 1, 9), "not_existing", "", NOON)
    figures = year_figures(site, zhangjia.wu, 2026)

    def cell(row, column):
        return CellKey(TableName.REQUESTS, row, column)

    assert {key[1:]: int(n) for key, n in figures.items() if n} == {
        ("received", "person"): 1,
        ("received", "total"): 1,
        ("carried_over", "company"): 1,
        ("carried_over", "total"): 1,
        ("not_held", "company"): 1,
        ("not_held", "total"): 1,
        ("handled", "company"): 1,
        ("handled", "total"): 1,
        ("carried_forward", "person"): 1,
        ("carried_forward", "total"): 1,
    }
    for key, count in figures.items():
        assert len(lines_of_cell(site, zhangjia.wu, 2026, key, NOON)) == count
    (line,) = lines_of_cell(site, zhangjia.wu, 2026, cell("not_held", "total"), NOON)
    assert line.id == carried
    assert not any(year_figures(site, zhangjia.li, 2026).values())


def test_who_keeps_the_ledger_is_told_what_is_due(zhangjia, asked):
    cards = [
        card for card in today(zhangjia.site, zhangjia.wang, NOON).entries if "申请" in card.title
    ]
    assert [(card.target, card.when) for card in cards] == [(f"requests/{asked}", "还剩7天")]
    answer(zhangjia.site, zhangjia.wang, asked, TODAY, "disclosed", "", NOON)
    assert not [
        card for card in today(zhangjia.site, zhangjia.wang, NOON).entries if "申请" in card.title
    ]
