"""Villages are renamed and merged: what is owed goes on, what was published stays as it was."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from support.builders import a_notice
from support.clock import NOON
from support.escalations import an_order
from support.inspections import an_inspection, begin_inspections

from bulletin.domain.errors import Refused
from bulletin.domain.notices.workflow import Act
from bulletin.domain.oversight.escalation.steps import EscalationEnd
from bulletin.domain.people import Role
from bulletin.services.boards import post
from bulletin.services.boards.ledger import board_ledger
from bulletin.services.boards.packs.pack_plans import plan_boards
from bulletin.services.desk.board_trips import board_trips
from bulletin.services.desk.publication_card import publication_card
from bulletin.services.duties.follow_catalog import follow_adoptions
from bulletin.services.duties.open import open_duties
from bulletin.services.duties.overview import duty_lines
from bulletin.services.notices.overview import edition_rows
from bulletin.services.notices.register import register_lines
from bulletin.services.notices.reviews import review
from bulletin.services.operations.verify import verify
from bulletin.services.oversight.coverage import coverage_table
from bulletin.services.oversight.coverage_sums import coverage_by_village
from bulletin.services.oversight.escalation.answer import answer as answer_step
from bulletin.services.oversight.escalation.end import end as end_step
from bulletin.services.oversight.escalation.overview import escalation_lines
from bulletin.services.oversight.inspections.confirm_mended import report_mended
from bulletin.services.oversight.inspections.overview import finding_lines
from bulletin.services.people import sign_in
from bulletin.services.places.merge import merge_village
from bulletin.services.places.rename import rename_village
from bulletin.services.public import place_pages
from bulletin.store.duties import Duty
from bulletin.store.places import Board, FormerBoardVillage, Village

YEAR = {
    "first_on": NOON.date().replace(month=1, day=1),
    "last_on": NOON.date().replace(month=12, day=31),
}
EVE = NOON.date() - timedelta(days=1)


def actor(zhangjia, login, now=NOON):
    token = sign_in.sign_in(zhangjia.site, login, zhangjia.password, now)
    return sign_in.who(zhangjia.site, token, now).actor


def rows(zhangjia, day, who=None):
    table = coverage_table(zhangjia.site, who or zhangjia.wu, NOON, as_of=day, **YEAR)
    return {row.village: sum(row.counts.values()) for row in table.rows}


def merge(zhangjia, now=NOON):
    return merge_village(zhangjia.site, zhangjia.zheng, zhangjia.id, zhangjia.ids["白马村"], now)


def refused(act, *args, **named):
    with pytest.raises(Refused) as answer:
        act(*args, **named)
    return answer.value.codes[0]


def test_a_merged_village_keeps_its_past_and_leaves_what_is_open(zhangjia, approved):
    site, before = zhangjia.site, rows(zhangjia, EVE)
    approved.printed()
    moved = merge(zhangjia)
    assert moved > 0
    assert rows(zhangjia, EVE) == before, "as of the day before nothing has changed"
    today = rows(zhangjia, NOON.date())
    assert "张家村" not in today
    assert sum(today.values()) == sum(rows(zhangjia, EVE).values()), "nothing is lost"
    li = actor(zhangjia, "li")
    assert li.village_ids == {zhangjia.ids["白马村"]}, (
        "people keep their roles in the other village"
    )
    assert li.holds(Role.LIAISON, zhangjia.id), "and look after what was published"
    open_lines = duty_lines(site, li, NOON)
    assert any("（原张家村）" in line.label for line in open_lines)
    post.hang(site, li, approved.code, zhangjia.boards[0], NOON.date(), NOON)
    assert verify(site).sound
    (number,) = [line.number for line in register_lines(site, zhangjia.wu, 2026, NOON)]
    assert number == "张家村公开〔2026〕1号"


def test_sums_and_cells_agree_before_and_after(zhangjia):
    merge(zhangjia)
    wu = zhangjia.wu
    cells = coverage_table(zhangjia.site, wu, NOON, **YEAR).cells
    sums = coverage_by_village(zhangjia.site, wu, NOON, **YEAR)
    assert sum(each.counts.total() for each in sums) == len(cells)


def test_what_is_taken_over_is_answered_in_the_name_of_the_other_village(zhangjia):
    started = a_notice(zhangjia, NOON).submitted()
    merge(zhangjia)
    sun = actor(zhangjia, "sun")
    (row,) = edition_rows(zhangjia.site, sun, started.code, NOON)
    assert (row.village, row.publisher) == ("白马村", "白马村村民委员会")
    review.take_step(zhangjia.site, sun, started.code, Act.EXAMINE, NOON, seen="")
    assert verify(zhangjia.site).sound


def test_nothing_opens_for_a_village_that_is_no_more_and_the_other_loses_nothing(zhangjia):
    merge(zhangjia)
    later = NOON + timedelta(days=100)
    for sweep in (open_duties, follow_adoptions, open_duties):
        sweep(zhangjia.site, later)
    with zhangjia.site.sessions.reading() as session:
        own = Duty.from_village_id.is_(None), Duty.opened_at >= later
        count = select(Duty.village_id, func.count()).where(*own).group_by(Duty.village_id)
        opened = dict(session.execute(count).all())
    assert zhangjia.id not in opened
    assert opened[zhangjia.ids["白马村"]] > 0


def test_the_old_page_leads_on_for_ever(zhangjia, approved):
    merge(zhangjia)
    old = place_pages.village_page(zhangjia.site, "630223202214", NOON)
    assert old.successor.name == "白马村"
    assert [line.title for line in old.current.lines], "what it published is still there"
    new = place_pages.village_page(zhangjia.site, "630223202215", NOON)
    assert [place.name for place in new.merged] == ["张家村"]


@pytest.mark.parametrize("wrong", ["same", "again", "stranger"])
def test_what_cannot_be_merged_is_refused(zhangjia, wrong):
    site, ids = zhangjia.site, zhangjia.ids
    if wrong == "stranger":
        assert refused(merge_village, site, zhangjia.li, zhangjia.id, ids["白马村"], NOON) == (
            "not_your_role"
        )
        return
    if wrong == "again":
        merge(zhangjia)
    into = zhangjia.id if wrong == "same" else ids["白马村"]
    code = "same_village" if wrong == "same" else "village_ended"
    assert refused(merge_village, site, zhangjia.zheng, zhangjia.id, into, NOON) == code


def test_a_renamed_village_keeps_old_numbers_and_goes_on_counting(zhangjia, approved):
    site, before = zhangjia.site, rows(zhangjia, EVE)
    rename_village(site, zhangjia.zheng, zhangjia.id, "新张村", NOON)
    assert rows(zhangjia, EVE) == before, "as of the day before it has its old name"
    assert "新张村" in rows(zhangjia, NOON.date())
    (old,) = edition_rows(site, zhangjia.li, approved.code, NOON)
    assert old.number == "张家村公开〔2026〕1号"
    assert old.publisher == "张家村村民委员会"
    fresh = a_notice(zhangjia, NOON).approved()
    (new,) = edition_rows(site, zhangjia.li, fresh.code, NOON)
    assert new.number == "新张村公开〔2026〕2号"
    assert place_pages.village_page(site, "630223202214", NOON).place.name == "新张村"
    assert open_duties(site, NOON) == 0, "nothing is owed twice"
    assert verify(site).sound


def test_a_new_code_is_a_village_that_takes_over_everything(zhangjia, approved):
    site, before = zhangjia.site, rows(zhangjia, EVE)
    new = rename_village(site, zhangjia.zheng, zhangjia.id, "新张社区", NOON, code="630223202299")
    assert new != zhangjia.id
    assert rows(zhangjia, EVE) == before
    follow_adoptions(site, NOON)
    assert open_duties(site, NOON) == 0, "nothing is owed twice"
    today = rows(zhangjia, NOON.date())
    assert today["新张社区"] == before["张家村"]
    old = place_pages.village_page(site, "630223202214", NOON)
    assert (old.successor.name, old.successor.code) == ("新张社区", "630223202299")
    assert actor(zhangjia, "li").village_ids == {new}
    with site.sessions.reading() as session:
        assert session.get_one(Village, zhangjia.id).today.id == new
    assert verify(site).sound


def test_a_village_is_renamed_twice_and_merged_on_one_day(zhangjia, approved):
    site, admin = zhangjia.site, zhangjia.zheng
    before = rows(zhangjia, EVE)
    for name in ("新张村", "老张村", "张家村"):
        rename_village(site, admin, zhangjia.id, name, NOON)
    assert rows(zhangjia, EVE) == before
    fresh = a_notice(zhangjia, NOON).approved()
    (new,) = edition_rows(site, zhangjia.li, fresh.code, NOON)
    assert new.number == "张家村公开〔2026〕2号"
    merge(zhangjia)
    assert rows(zhangjia, EVE) == before
    assert verify(site).sound


LATER = NOON + timedelta(days=5)


@pytest.mark.parametrize("how", ["merged", "another code"])
def test_what_is_to_hang_goes_on_at_the_boards_that_came_along(zhangjia, approved, how):
    site, (first, _second) = zhangjia.site, zhangjia.boards
    if how == "merged":
        merge(zhangjia, LATER)
    else:
        rename_village(site, zhangjia.zheng, zhangjia.id, "新张村", LATER, code="630223202299")
    li = actor(zhangjia, "li", LATER)
    (plan, *_more) = plan_boards(site, li, [first], LATER)
    assert (approved.code, 1) in [line.key for line in plan.up], "it has to hang there as before"
    card = publication_card(site, li, approved.code, LATER)
    assert [board.board_id for board in card.boards] == zhangjia.boards
    trips = board_trips(site, li, LATER)
    assert trips, "the liaison is told so"
    ledger = board_ledger(site, li, first, LATER, first_on=NOON.date(), last_on=LATER.date())
    assert [line.code for line in ledger.lines] == [approved.code]


def test_the_boards_that_came_along_owe_nothing_of_before(zhangjia):
    """What the other village had published by then hangs on its own boards."""
    with zhangjia.site.sessions.writing() as session:
        board = session.get_one(Board, zhangjia.boards[0])
        session.add(
            FormerBoardVillage(
                township_id=1, board_id=board.id, village_id=2, until_on=NOON.date() - timedelta(1)
            )
        )
        session.flush()
        session.refresh(board)
        opened = {
            days: board.carries(zhangjia.id, NOON.date() + timedelta(days)) for days in (-2, 0)
        }
        assert opened == {-2: False, 0: True}
        assert board.carries(2, NOON.date())


def test_nothing_is_dated_back(zhangjia, approved):
    """The county decided days ago: what was published until today keeps the old name all the same."""
    site = zhangjia.site
    rename_village(site, zhangjia.zheng, zhangjia.id, "新张村", LATER)
    between = NOON.date() + timedelta(days=2)
    assert "张家村" in rows(zhangjia, between), "as of a day between decision and record"
    with site.sessions.reading() as session:
        village = session.get_one(Village, zhangjia.id)
        assert village.name_on(LATER.date() - timedelta(days=1)) == "张家村"
        assert village.name_on(LATER.date()) == "新张村"
    (row,) = edition_rows(site, zhangjia.li, approved.code, LATER)
    assert (row.number, row.publisher) == ("张家村公开〔2026〕1号", "张家村村民委员会")


def test_what_is_still_to_be_mended_and_answered_goes_with_the_village(zhangjia):
    begin_inspections(zhangjia, NOON)
    an_inspection(zhangjia, NOON, phone="没有写电话")
    later = NOON + timedelta(days=60)
    order, closed_one = an_order(zhangjia, later), an_order(zhangjia, later, nth=1)
    end_step(zhangjia.site, zhangjia.wu, closed_one, EscalationEnd.MENDED, "看过。", later)
    merge(zhangjia, later)
    liaison = actor(zhangjia, "zhou", later)  # of 白马村
    (finding,) = finding_lines(zhangjia.site, liaison, later)
    assert finding.village == "白马村（原张家村）"
    report_mended(zhangjia.site, liaison, finding.id, "写上了", later)
    answer_step(zhangjia.site, liaison, order, "正在办。", later)
    shown = {
        line.id: line.village for line in escalation_lines(zhangjia.site, zhangjia.wu, later).lines
    }
    assert shown == {order: "白马村", closed_one: "张家村"}
    assert verify(zhangjia.site).sound
