"""检查制度 from the rule to the attestation: the village looks, the township looks, and what failed is looked at again."""

from datetime import date, timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.inspections import QUARTER, an_inspection, answers, begin_inspections

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.inspections.form import CriterionMark, InspectionKind, KnownFact
from bulletin.domain.oversight.inspections.rounds import Answer, InspectionState
from bulletin.services.desk.today import today as today_at
from bulletin.services.oversight.inspections.answer import fill
from bulletin.services.oversight.inspections.confirm_mended import confirm_mended, report_mended
from bulletin.services.oversight.inspections.detail import inspection_view
from bulletin.services.oversight.inspections.end_round import begin_second_round, end_round
from bulletin.services.oversight.inspections.known_facts import known_facts
from bulletin.services.oversight.inspections.overview import (
    due_lines,
    finding_lines,
    inspection_lines,
)
from bulletin.services.oversight.inspections.sign import sign
from bulletin.services.oversight.inspections.start import begin, begin_regime
from bulletin.services.public.records.attestations import attestations_page
from bulletin.services.static_copy.changed import changed_keys
from bulletin.store import history

TODAY = village_day(NOON)  # 9 October 2026
OCTOBER = Period.parse("2026-10")
CHECK, INSPECT = InspectionKind.SELF_CHECK, InspectionKind.INSPECTION
CODE = "630223202214"


@pytest.fixture
def ruled(zhangjia):
    """The township inspects each quarter, from this month on."""
    begin_inspections(zhangjia, NOON)
    return zhangjia


def codes(refused):
    return list(refused.value.codes)


def view(village, number, who=None, now=NOON):
    return inspection_view(village.site, who or village.wu, number, now)


def test_before_the_township_says_so_nothing_is_due(zhangjia):
    assert due_lines(zhangjia.site, zhangjia.wu, NOON) == []
    with pytest.raises(Refused) as refused:
        begin(zhangjia.site, zhangjia.li, zhangjia.id, CHECK, OCTOBER, NOON)
    assert codes(refused) == ["no_regime"]


def test_it_begins_for_every_village_and_no_month_before(ruled):
    lines = due_lines(ruled.site, ruled.wu, NOON)
    assert {(line.village, line.kind, line.period) for line in lines} == {
        (name, kind, period)
        for name in ("张家村", "白马村")
        for kind, period in ((CHECK, "2026-10"), (INSPECT, "2026-Q4"))
    }
    assert {line.due_on for line in lines if line.kind is CHECK} == {date(2026, 11, 5)}
    assert all("每月一次" in line.why for line in lines if line.kind is CHECK)
    assert {line.village for line in due_lines(ruled.site, ruled.li, NOON)} == {"张家村"}
    with pytest.raises(Refused) as refused:
        begin(ruled.site, ruled.li, ruled.id, CHECK, Period.parse("2026-09"), NOON)
    assert codes(refused) == ["period_not_open"]


@pytest.mark.parametrize(
    ("who", "since", "every", "code"),
    [
        ("li", date(2026, 10, 1), Every.QUARTER, "not_your_role"),
        ("wu", date(2026, 9, 30), Every.QUARTER, "regime_backdated"),
        ("wu", date(2026, 10, 1), Every.YEAR, "inspection_every"),
    ],
)
def test_the_rule_is_the_townships_and_goes_forward(zhangjia, who, since, every, code):
    with pytest.raises(Refused) as refused:
        begin_regime(zhangjia.site, getattr(zhangjia, who), since, every, NOON)
    assert codes(refused) == [code]


def test_villages_check_themselves_and_the_township_inspects(ruled):
    for who, kind in (("wu", CHECK), ("zhou", CHECK), ("li", INSPECT), ("chen", INSPECT)):
        with pytest.raises((Refused, NotFoundError)):
            begin(ruled.site, getattr(ruled, who), ruled.id, kind, OCTOBER, NOON)
    for who in ("li", "sun", "zhao"):
        assert begin(ruled.site, getattr(ruled, who), ruled.id, CHECK, OCTOBER, NOON) == 1


def test_the_records_answer_beforehand_and_a_person_decides(ruled):
    a_notice(ruled, NOON).approved()
    known = known_facts(ruled.site, ruled.wu, ruled.id, QUARTER, NOON)
    assert set(known) == set(KnownFact)
    assert known[KnownFact.ON_BOARDS].mark is CriterionMark.UNMET  # approved, and on neither board
    assert "缺1张" in known[KnownFact.ON_BOARDS].words
    assert "没有拍照" in known[KnownFact.PHOTOGRAPHED].words
    assert known[KnownFact.CONTENT].mark is CriterionMark.UNMET
    assert "没有写" in known[KnownFact.CONTENT].words
    number = begin(ruled.site, ruled.wu, ruled.id, INSPECT, QUARTER, NOON)
    before = {each.criterion.key: each for _, of in view(ruled, number).questions for each in of}
    assert before["on_board"].by_records
    assert before["on_board"].mark is CriterionMark.UNMET
    assert before["figures"].mark is None  # what no record says is left to eyes
    fill(ruled.site, ruled.wu, number, {"on_board": Answer(CriterionMark.MET, "")}, NOON)
    after = {each.criterion.key: each for _, of in view(ruled, number).questions for each in of}
    assert not after["on_board"].by_records
    assert after["on_board"].mark is CriterionMark.MET
    assert "缺1张" in after["on_board"].known  # what the records said stays beside it


def test_a_round_ends_only_with_every_answer_and_every_why(ruled):
    number = begin(ruled.site, ruled.wu, ruled.id, INSPECT, QUARTER, NOON)
    with pytest.raises(Refused) as refused:
        end_round(ruled.site, ruled.wu, number, None, NOON)
    assert codes(refused) == ["not_answered"]
    fill(ruled.site, ruled.wu, number, answers(ruled, phone=" "), NOON)
    with pytest.raises(Refused) as refused:
        end_round(ruled.site, ruled.wu, number, TODAY, NOON)
    assert codes(refused) == ["not_said_why", "mending_day"]
    with pytest.raises(Refused) as refused:
        sign(ruled.site, ruled.wu, number, "吴示例", NOON)
    assert codes(refused) == ["round_not_ended"]


def test_a_second_round_looks_only_at_what_failed(ruled):
    number = an_inspection(ruled, NOON, phone="没有写电话", large_enough="字褪色了")
    shown = view(ruled, number)
    assert shown.line.state is InspectionState.MENDING
    found = finding_lines(ruled.site, ruled.li, NOON)
    assert [(each.words, each.mend_by) for each in found] == [
        ("没有写电话", date(2026, 10, 24)),
        ("字褪色了", date(2026, 10, 24)),
    ]
    with pytest.raises(Refused):
        fill(ruled.site, ruled.wu, number, answers(ruled), NOON)  # what was found stays found
    report_mended(ruled.site, ruled.li, found[0].id, "电话写上了", NOON)
    later = NOON + timedelta(days=5)
    begin_second_round(ruled.site, ruled.wu, number, later)
    asked = [
        each.criterion.key for _, of in view(ruled, number).questions for each in of if each.asked
    ]
    assert asked == ["phone", "large_enough"]
    fill(ruled.site, ruled.wu, number, answers(ruled, large_enough="还是看不清"), later)
    end_round(ruled.site, ruled.wu, number, date(2026, 11, 1), later)
    (still,) = finding_lines(ruled.site, ruled.wu, later)
    assert (still.mend_by, still.first_mend_by) == (date(2026, 11, 1), date(2026, 10, 24))
    with pytest.raises(Refused) as refused:
        begin_second_round(ruled.site, ruled.wu, number, later)
    assert codes(refused) == ["no_second_round"]
    sign(ruled.site, ruled.wu, number, "吴示例", later)
    assert view(ruled, number).line.level == "优秀"  # everything essential was met
    confirm_mended(ruled.site, ruled.wu, still.id, later)
    assert finding_lines(ruled.site, ruled.wu, later) == []


def test_what_is_essential_keeps_a_village_from_the_highest_level(ruled):
    number = an_inspection(ruled, NOON, published="三季度财务没有公开")
    assert view(ruled, number).percent >= 90
    assert view(ruled, number).level == "合格"  # six of seven: not the ninety per cent of 良好


def test_nobody_signs_with_anothers_name_or_twice(ruled):
    number = an_inspection(ruled, NOON)
    with pytest.raises(Refused) as refused:
        sign(ruled.site, ruled.wu, number, "张三", NOON)
    assert codes(refused) == ["signature"]
    sign(ruled.site, ruled.wu, number, "吴示例", NOON)
    for act in (
        lambda: sign(ruled.site, ruled.wu, number, "吴示例", NOON),
        lambda: fill(ruled.site, ruled.wu, number, answers(ruled), NOON),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["inspection_signed"]


def test_residents_read_every_criterion_and_no_free_words(ruled):
    with pytest.raises(NotFoundError):
        attestations_page(ruled.site, CODE, NOON)
    number = an_inspection(ruled, NOON, phone="李某的电话13900000000写错了")
    begin_second_round(ruled.site, ruled.wu, number, NOON)
    fill(ruled.site, ruled.wu, number, answers(ruled, phone="李某的电话还是错的"), NOON)
    end_round(ruled.site, ruled.wu, number, None, NOON)
    sign(ruled.site, ruled.wu, number, "吴示例", NOON)
    (shown,) = attestations_page(ruled.site, CODE, NOON).attestations
    lines = [line for _, of in shown.questions for line in of]
    assert len(lines) == len(ruled.site.inspections.criteria)
    assert shown.signer == "吴示例"
    assert (shown.as_of, shown.level) == (TODAY, "优秀")
    assert "李某" not in str(shown)
    with pytest.raises(NotFoundError):
        attestations_page(ruled.site, CODE, NOON - timedelta(seconds=1))


def test_a_self_check_is_mended_by_the_village_and_never_published(ruled):
    number = begin(ruled.site, ruled.sun, ruled.id, CHECK, OCTOBER, NOON)
    fill(ruled.site, ruled.sun, number, answers(ruled, phone="没写"), NOON)
    end_round(ruled.site, ruled.li, number, date(2026, 10, 12), NOON)
    sign(ruled.site, ruled.zhao, number, "赵示例", NOON)
    (found,) = finding_lines(ruled.site, ruled.li, NOON)
    report_mended(ruled.site, ruled.li, found.id, "写上了", NOON)
    assert finding_lines(ruled.site, ruled.li, NOON) == []
    with pytest.raises(NotFoundError):
        attestations_page(ruled.site, CODE, NOON)
    (line,) = inspection_lines(ruled.site, ruled.wu, NOON).lines
    assert line.state is InspectionState.SIGNED


def test_today_shows_what_is_to_be_looked_at_and_mended(ruled):
    def titles(who, now):
        return [card.title for card in today_at(ruled.site, who, now).entries if "检查" in card.title
                or "自查" in card.title or "整改" in card.title or "复查" in card.title]  # fmt: skip

    assert titles(ruled.li, NOON) == []  # the month is not over yet
    end_of_month = NOON + timedelta(days=21)
    assert titles(ruled.li, end_of_month) == ["张家村2026年10月自查"]
    number = an_inspection(ruled, NOON, phone="没有写电话")
    assert [each for each in titles(ruled.li, NOON) if "整改" in each] == [
        "张家村整改：公开栏上写着监督电话和意见箱在哪里"
    ]
    assert number == 1


def test_each_act_is_history_and_changes_few_pages(ruled):
    an_inspection(ruled, NOON)
    sign(ruled.site, ruled.wu, 1, "吴示例", NOON)
    with ruled.site.sessions.reading() as session:
        acts = [each.act for each in history.entries_about(session, "inspection 1")]
        assert acts == [
            "begin_inspection",
            "fill_inspection",
            "end_inspection_round",
            "sign_inspection",
        ]
        last = history.head(session).number
        assert changed_keys(session, last - 4, TODAY) == {
            "T/630223202",
            "V/630223202",
            f"V/{CODE}",
        }


def test_another_village_and_another_township_see_nothing(ruled):
    number = an_inspection(ruled, NOON)
    with pytest.raises(NotFoundError):
        view(ruled, number, ruled.zhou)
    assert not inspection_lines(ruled.site, ruled.zhou, NOON).lines
