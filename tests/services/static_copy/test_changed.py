"""Which parts of the copy an act may have changed, by what the history says it was done to."""

from support.builders import a_notice
from support.clock import NOON
from support.feedback import a_question

from bulletin.domain.days import village_day
from bulletin.services.places.create import add_board
from bulletin.services.places.rename import rename_village
from bulletin.services.static_copy.changed import changed_keys
from bulletin.services.static_copy.parts import all_keys, item_keys
from bulletin.store import history

ITEM = "V/630223202214/catalog/finance.quarterly_accounts"
PLACES = {"T/630223202", "V/630223202", "V/630223202214"}
TODAY = village_day(NOON)


def changed_by(village, act):
    with village.site.sessions.reading() as session:
        before = history.head(session).number
    act()
    with village.site.sessions.reading() as session:
        return changed_keys(session, before, TODAY)


def test_without_an_act_nothing_is_read_again(zhangjia):
    assert changed_by(zhangjia, lambda: None) == set()


def test_what_is_done_to_a_notice_changes_it_its_item_and_the_lists_of_its_place(
    zhangjia, approved
):
    changed = changed_by(zhangjia, approved.printed)
    assert changed == PLACES | {f"N/{approved.code}", ITEM}


def test_a_question_changes_the_page_of_the_notice_and_of_the_place_that_answers(
    zhangjia, approved
):
    asked = changed_by(zhangjia, lambda: a_question(zhangjia, NOON, notice=approved.code))
    assert asked == PLACES | {f"N/{approved.code}", ITEM}
    assert changed_by(zhangjia, lambda: a_question(zhangjia, NOON)) == PLACES


def test_a_phase_of_a_matter_changes_the_pages_of_all_its_notices(zhangjia):
    notice = a_notice(zhangjia, NOON, item="affairs.public_works")
    opened = changed_by(
        zhangjia, lambda: a_notice(zhangjia, NOON, item="affairs.public_works", title="第二件")
    )
    assert f"N/{notice.code}" not in opened, "another matter"
    assert opened >= PLACES


def test_a_phase_of_a_matter_changes_the_items_of_all_its_phases(zhangjia):
    item = "V/630223202214/catalog/affairs.public_works"
    notice = a_notice(zhangjia, NOON, item="affairs.public_works")
    changed = changed_by(zhangjia, notice.approved)
    assert {key for key in changed if "/catalog/" in key} == {item}


def test_a_paper_board_changes_every_item_of_its_villages(zhangjia, approved):
    changed = changed_by(
        zhangjia,
        lambda: add_board(zhangjia.site, zhangjia.operator, zhangjia.id, "东社", "磨坊旁", NOON),
    )
    with zhangjia.site.sessions.reading() as session:
        assert changed >= set(item_keys(session, "V/630223202214", TODAY)) >= {ITEM}


def test_what_is_done_to_a_village_itself_changes_every_page(zhangjia, approved):
    changed = changed_by(
        zhangjia,
        lambda: rename_village(zhangjia.site, zhangjia.zheng, zhangjia.id, "张家新村", NOON),
    )
    with zhangjia.site.sessions.reading() as session:
        assert changed == set(all_keys(session, TODAY)) >= {f"N/{approved.code}", ""}
