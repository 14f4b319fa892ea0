"""督办 from what is late to a closed case: issued by a person, answered by the village, edited by nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from support.clock import NOON
from support.escalations import an_order, late_lines
from support.inspections import an_inspection, answers, begin_inspections
from support.printed import chars, links, printed

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.escalation.steps import EscalationEnd, EscalationStep
from bulletin.services.desk.today import today as today_at
from bulletin.services.duties.mark_not_applicable import mark_not_applicable
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.overview import edition_rows
from bulletin.services.operations import verify
from bulletin.services.oversight.escalation import offers, overview
from bulletin.services.oversight.escalation import paper as paper_of
from bulletin.services.oversight.escalation.answer import answer
from bulletin.services.oversight.escalation.draft_notice import draft_notice
from bulletin.services.oversight.escalation.end import end, extend
from bulletin.services.oversight.escalation.issue import issue, step_to_issue
from bulletin.services.oversight.inspections.answer import fill
from bulletin.services.oversight.inspections.end_round import begin_second_round, end_round
from bulletin.services.oversight.inspections.sign import sign
from bulletin.store import history
from bulletin.store.escalations import EscalationItem
from bulletin.store.file_references import kept_digests

LATER = NOON + timedelta(days=60)  # much that was due since is late


def codes(refused):
    return list(refused.value.codes)


def view(village, number, who=None, now=LATER):
    return overview.escalation_view(village.site, who or village.wu, number, now)


def test_what_is_late_for_long_enough_is_offered_with_its_reason(zhangjia):
    assert offers.late_duties(zhangjia.site, zhangjia.wu, NOON).count == 0
    lines = late_lines(zhangjia, LATER)
    assert lines
    assert all((village_day(LATER) - each.about.was_due_on).days >= 10 for each in lines)
    assert all(each.offer.step is EscalationStep.ORDER for each in lines)
    assert "可以发督办单" in lines[0].offer.why
    count = offers.offered_count(zhangjia.site, zhangjia.wu, LATER)
    assert count == offers.late_duties(zhangjia.site, zhangjia.wu, LATER).count
    an_order(zhangjia, LATER)
    assert offers.offered_count(zhangjia.site, zhangjia.wu, LATER) == count - 1
    assert offers.offered_count(zhangjia.site, zhangjia.chen, LATER) == 0


def test_an_order_has_a_number_a_day_and_a_paper_with_a_code(zhangjia):
    shown = view(zhangjia, an_order(zhangjia, LATER))
    assert shown.line.register_name == "督办单〔2026〕1号"
    assert shown.line.issued_on == village_day(LATER)
    assert "第三十六条" in shown.basis
    name, pdf = paper_of.kept_paper(zhangjia.site, zhangjia.wu, shown.line.id)
    assert name == "督办单〔2026〕1号.pdf"
    assert links(printed(pdf)) == [f"HTTPS://GK.HUZHU.EXAMPLE.CN/E/{shown.code}"]
    assert paper_of.id_by_code(zhangjia.site, zhangjia.li, shown.code) == shown.line.id
    with zhangjia.site.sessions.reading() as session:
        (entry,) = history.entries_about(session, f"escalation {shown.line.id}")
        assert entry.facts["pdf"] in kept_digests(session)


def test_only_the_overseer_issues_and_only_what_may_follow(zhangjia):
    duty_id = late_lines(zhangjia, LATER)[0].about.duty_id
    for who in ("li", "chen", "zheng"):
        with pytest.raises(Refused) as refused:
            issue(zhangjia.site, getattr(zhangjia, who), LATER, demand="x", duties=[duty_id])
        assert codes(refused) == ["not_your_role"]
    with pytest.raises(Refused) as refused:
        issue(zhangjia.site, zhangjia.wu, NOON, demand="x", duties=[duty_id])
    assert codes(refused) == ["no_step"]
    an_order(zhangjia, LATER)
    with pytest.raises(Refused) as refused:
        step_to_issue(zhangjia.site, zhangjia.wu, LATER, duties=[duty_id])
    assert codes(refused) == ["no_step"]
    with pytest.raises(Refused) as refused:
        issue(zhangjia.site, zhangjia.wu, LATER, demand=" ", duties=[duty_id])
    assert codes(refused) == ["words_missing"]


def test_the_village_answers_and_changes_nothing(zhangjia):
    number = an_order(zhangjia, LATER)
    before = view(zhangjia, number)
    answer(zhangjia.site, zhangjia.li, number, "正在整理票据。", LATER)
    answer(zhangjia.site, zhangjia.zhao, number, "十五日公开。", LATER)
    shown = view(zhangjia, number)
    assert [each.words for each in shown.items[0].said] == ["正在整理票据。", "十五日公开。"]
    assert (shown.demand, shown.items[0].why, shown.line.answer_by) == (
        before.demand,
        before.items[0].why,
        before.line.answer_by,
    )
    for act in (
        lambda: end(zhangjia.site, zhangjia.li, number, EscalationEnd.MENDED, "办了", LATER),
        lambda: extend(zhangjia.site, zhangjia.li, number, village_day(LATER), "忙", LATER),
        lambda: answer(zhangjia.site, zhangjia.sun, number, "x", LATER),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["not_your_role"]
    with pytest.raises(NotFoundError):
        answer(zhangjia.site, zhangjia.zhou, number, "别村", LATER)


def test_an_extension_has_its_reason_and_the_first_day_stays(zhangjia):
    number = an_order(zhangjia, LATER)
    first = view(zhangjia, number).line.answer_by
    until = first + timedelta(days=7)
    extend(zhangjia.site, zhangjia.wu, number, until, "会计住院", LATER)
    shown = view(zhangjia, number)
    assert (shown.line.answer_by, shown.first_answer_by) == (until, first)
    with pytest.raises(Refused) as refused:
        extend(zhangjia.site, zhangjia.wu, number, until + timedelta(days=1), "再等等", LATER)
    assert codes(refused) == ["extended_before"]


def test_each_step_waits_for_the_one_before_and_a_case_is_never_public(zhangjia):
    site, wu = zhangjia.site, zhangjia.wu
    order = an_order(zhangjia, LATER)
    duty_id, by = view(zhangjia, order).items[0].duty_id, view(zhangjia, order).line.answer_by
    fourth, fifth = (LATER + (by - village_day(LATER)) + timedelta(days=days) for days in (4, 5))
    assert view(zhangjia, order, now=fourth).items[0].offer is None
    circular = issue(site, wu, fifth, demand="限期公开。", duties=[duty_id])
    assert view(zhangjia, circular, now=fifth).line.register_name == "通报〔2026〕1号"
    by = view(zhangjia, circular, now=fifth).line.answer_by
    then = fifth + (by - village_day(fifth)) + timedelta(days=10)
    case = issue(site, wu, then, demand="到乡镇说明情况。", duties=[duty_id])
    assert [each.step for each in view(zhangjia, case, now=then).others] == [
        EscalationStep.ORDER,
        EscalationStep.CIRCULAR,
    ]
    with pytest.raises(Refused) as refused:
        draft_notice(site, zhangjia.tian, case, then)
    assert codes(refused) == ["never_public"]
    with pytest.raises(NotFoundError):  # the supervision committee sees no case
        view(zhangjia, case, zhangjia.sun, then)
    assert view(zhangjia, case, zhangjia.zhao, then).items[0].answers
    assert {line.step for line in overview.escalation_lines(site, zhangjia.sun, then).lines} == {
        EscalationStep.ORDER,
        EscalationStep.CIRCULAR,
    }
    assert verify.verify(site).sound


def test_a_circular_becomes_public_only_by_the_townships_review(zhangjia):
    site = zhangjia.site
    order = an_order(zhangjia, LATER)
    by = view(zhangjia, order).line.answer_by
    now = LATER + (by - village_day(LATER)) + timedelta(days=5)
    duty_id = view(zhangjia, order).items[0].duty_id
    circular = issue(site, zhangjia.wu, now, demand="限期公开。", duties=[duty_id])
    with pytest.raises(Refused) as refused:
        draft_notice(site, zhangjia.tian, order, now)
    assert codes(refused) == ["never_public"]
    with pytest.raises((Refused, NotFoundError)):
        draft_notice(site, zhangjia.li, circular, now)
    code = draft_notice(site, zhangjia.tian, circular, now)
    (row,) = edition_rows(site, zhangjia.tian, code, now)
    assert row.title == "关于张家村村务公开情况的通报"
    assert row.state == "draft"
    with pytest.raises(Refused) as refused:
        draft_notice(site, zhangjia.tian, circular, now)
    assert codes(refused) == ["drafted_once"]


def test_what_is_closed_says_how_and_takes_no_word_more(zhangjia):
    number = an_order(zhangjia, LATER)
    with pytest.raises(Refused) as refused:
        end(zhangjia.site, zhangjia.wu, number, EscalationEnd.MENDED, " ", LATER)
    assert codes(refused) == ["words_missing"]
    end(zhangjia.site, zhangjia.wu, number, EscalationEnd.MENDED, "看过，已经上墙。", LATER)
    shown = view(zhangjia, number)
    assert (shown.line.closed_on, shown.line.outcome) == (village_day(LATER), "已经整改")
    for act in (
        lambda: answer(zhangjia.site, zhangjia.li, number, "再说一句", LATER),
        lambda: end(zhangjia.site, zhangjia.wu, number, EscalationEnd.MENDED, "再结", LATER),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["escalation_closed"]


def test_a_finding_that_was_not_mended_is_ordered_too(zhangjia):
    begin_inspections(zhangjia, NOON)
    number = an_inspection(zhangjia, NOON, phone="没有写电话")
    begin_second_round(zhangjia.site, zhangjia.wu, number, NOON)
    fill(zhangjia.site, zhangjia.wu, number, answers(zhangjia, phone="还是没有"), NOON)
    end_round(zhangjia.site, zhangjia.wu, number, None, NOON)
    sign(zhangjia.site, zhangjia.wu, number, "吴示例", NOON)
    (line,) = offers.late_findings(zhangjia.site, zhangjia.wu, LATER)
    assert line.offer.step is EscalationStep.ORDER
    found = line.about.finding_id
    order = issue(zhangjia.site, zhangjia.wu, LATER, demand="写上电话。", findings=[found])
    assert view(zhangjia, order).items[0].inspection_id == number
    assert "监督电话" in view(zhangjia, order).line.about


def some_items(village, count, now=LATER):
    duties = [each.about.duty_id for each in late_lines(village, now)[:count]]
    return issue(village.site, village.wu, now, demand="请马上公开。", duties=duties)


def test_one_paper_holds_several_things_of_a_village_with_one_code(zhangjia):
    number = some_items(zhangjia, 3)
    shown = view(zhangjia, number)
    assert [item.place for item in shown.items] == [1, 2, 3]
    assert shown.line.about.endswith("等3项")
    _, pdf = paper_of.kept_paper(zhangjia.site, zhangjia.wu, number)
    assert links(printed(pdf)) == [f"HTTPS://GK.HUZHU.EXAMPLE.CN/E/{shown.code}"]
    words = "".join(each.char for each in chars(pdf))
    assert all(item.about.split("（")[0] in words for item in shown.items)
    assert offers.late_duties(zhangjia.site, zhangjia.wu, LATER).page.lines[0].newest_id == number
    for item in shown.items:  # each was ordered, and none can be ordered again
        with pytest.raises(Refused) as refused:
            step_to_issue(zhangjia.site, zhangjia.wu, LATER, duties=[item.duty_id])
        assert codes(refused) == ["no_step"]
    assert verify.verify(zhangjia.site).sound


def test_each_thing_is_answered_and_closed_by_itself_and_the_last_one_closes_the_paper(zhangjia):
    site, wu, li = zhangjia.site, zhangjia.wu, zhangjia.li
    number = some_items(zhangjia, 2)
    answer(site, li, number, "票据在会计手里。", LATER, item=2)
    assert not view(zhangjia, number).line.is_answered
    answer(site, li, number, "明天上墙。", LATER, item=1)
    assert view(zhangjia, number).line.is_answered
    end(site, wu, number, EscalationEnd.NOT_OWED, "这一季没有发生。", LATER, item=2)
    shown = view(zhangjia, number)
    assert (shown.line.closed_on, shown.items[1].outcome) == (None, "不用公开，撤销")
    with pytest.raises(Refused) as refused:
        answer(site, li, number, "再说一句", LATER, item=2)
    assert codes(refused) == ["escalation_closed"]
    with pytest.raises(NotFoundError):
        answer(site, li, number, "没有这一项", LATER, item=3)
    end(site, wu, number, EscalationEnd.MENDED, "上墙了。", LATER, item=1)
    shown = view(zhangjia, number)
    assert shown.line.closed_on == village_day(LATER)
    assert [[each.words for each in item.said] for item in shown.items] == [
        ["明天上墙。", "上墙了。"],
        ["票据在会计手里。", "这一季没有发生。"],
    ]
    assert verify.verify(site).sound


def test_what_was_closed_is_not_taken_up_again_while_the_rest_goes_on(zhangjia):
    site, wu = zhangjia.site, zhangjia.wu
    number = some_items(zhangjia, 2)
    done, left = view(zhangjia, number).items
    end(site, wu, number, EscalationEnd.MENDED, "看过。", LATER, item=1)
    by = view(zhangjia, number).line.answer_by
    now = LATER + (by - village_day(LATER)) + timedelta(days=5)
    circular = step_to_issue(site, wu, now, duties=[left.duty_id])
    assert circular.step is EscalationStep.CIRCULAR
    with pytest.raises(Refused) as refused:
        step_to_issue(site, wu, now, duties=[done.duty_id, left.duty_id])
    assert codes(refused) == ["no_step"]
    other = next(
        each
        for each in late_lines(zhangjia, now)
        if each.about.duty_id not in (done.duty_id, left.duty_id)
    )
    with pytest.raises(Refused) as refused:
        step_to_issue(site, wu, now, duties=[left.duty_id, other.about.duty_id])
    assert codes(refused) == ["one_step"]


def test_a_paper_goes_to_one_village_and_names_something(zhangjia):
    lines = offers.late_duties(zhangjia.site, zhangjia.wu, LATER).page.lines
    first = {line.about.village: line.about.duty_id for line in reversed(lines)}
    assert len(first) > 1
    for duties, code in ((first.values(), "one_village"), ((), "items_count")):
        with pytest.raises(Refused) as refused:
            step_to_issue(zhangjia.site, zhangjia.wu, LATER, duties=list(duties))
        assert codes(refused) == [code]


def test_an_item_changed_behind_the_back_is_found(zhangjia):
    number = some_items(zhangjia, 2)
    with zhangjia.site.sessions.writing() as session:
        session.execute(
            update(EscalationItem)
            .where(EscalationItem.escalation_id == number, EscalationItem.place == 2)
            .values(about="别的事")
        )
    assert not verify.verify(zhangjia.site).sound


def test_today_tells_who_has_to_do_something(zhangjia):
    def titles(who, now=LATER):
        cards = today_at(zhangjia.site, who, now).entries
        return [
            (card.title, card.action) for card in cards if card.target.startswith("escalations")
        ]

    assert titles(zhangjia.wu) == [("提醒过还没有办的", "看一看")]
    number = an_order(zhangjia, LATER)
    assert titles(zhangjia.li) == [("督办单〔2026〕1号：张家村", "答复")]
    assert titles(zhangjia.zhou) == []
    answer(zhangjia.site, zhangjia.li, number, "办好了。", LATER)
    assert titles(zhangjia.li) == []
    assert ("督办单〔2026〕1号：张家村", "看一看") in titles(zhangjia.wu)


def test_the_overseers_card_tells_some_answers_from_none(zhangjia):
    site, late = zhangjia.site, LATER + timedelta(days=60)
    number = some_items(zhangjia, 3)

    def detail():
        cards = today_at(site, zhangjia.wu, late).entries
        return next(card.detail for card in cards if card.target == f"escalations/{number}")

    assert detail().endswith("还没有答复")
    for item, words in ((1, "还有几项没有答复"), (2, "还有几项没有答复"), (3, "看过可以办结")):
        answer(site, zhangjia.li, number, "办好了。", LATER, item=item)
        assert detail().endswith(words), item


def test_villages_of_the_same_name_are_never_on_one_paper(zhangjia):
    lines = offers.late_duties(zhangjia.site, zhangjia.wu, LATER).page.lines
    namesakes = [replace(line, about=replace(line.about, village="张家村")) for line in lines]
    groups = offers.by_village(namesakes)
    assert [len({line.about.village_id for line in group}) for group in groups] == [1] * len(groups)
    assert len(groups) == len({line.about.village_id for line in lines}) > 1


def a_circular(village, count):
    """A 通报 about some things of 张家村, and when it was issued."""
    order = some_items(village, count)
    shown = view(village, order)
    now = LATER + (shown.line.answer_by - village_day(LATER)) + timedelta(days=5)
    duties = [item.duty_id for item in shown.items]
    return issue(village.site, village.wu, now, demand="限期公开。", duties=duties), now


def test_residents_are_told_only_of_what_is_still_owed(zhangjia):
    site, tian = zhangjia.site, zhangjia.tian
    circular, now = a_circular(zhangjia, 3)
    closed, done, left = view(zhangjia, circular, now=now).items
    end(site, zhangjia.wu, circular, EscalationEnd.NOT_OWED, "没有发生。", now, item=closed.place)
    mark_not_applicable(site, zhangjia.li, done.duty_id, "没有发生", now)
    code = draft_notice(site, tian, circular, now)
    document = notice_detail(site, tian, code, now).document
    told = "".join(block.text for block in document.blocks)
    assert left.about in told
    assert closed.about not in told
    assert done.about not in told


def test_of_what_is_all_done_no_notice_is_drafted_nor_offered(zhangjia):
    site, tian = zhangjia.site, zhangjia.tian
    circular, now = a_circular(zhangjia, 2)
    assert view(zhangjia, circular, tian, now).drafts_notice
    end(site, zhangjia.wu, circular, EscalationEnd.MENDED, "看过。", now, item=1)
    assert view(zhangjia, circular, tian, now).drafts_notice
    end(site, zhangjia.wu, circular, EscalationEnd.MENDED, "看过。", now, item=2)
    assert not view(zhangjia, circular, tian, now).drafts_notice
    with pytest.raises(Refused) as refused:
        draft_notice(site, tian, circular, now)
    assert codes(refused) == ["nothing_left"]
