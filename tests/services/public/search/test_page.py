"""Residents' search: what is public is found by its words, and nothing else by any."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from support.builders import ANotice, a_duty, a_notice
from support.clock import NOON
from support.copies import insert_notices

from bulletin.domain.catalog.items import Group
from bulletin.domain.notices.workflow import Act, State
from bulletin.services.notices import end, redact
from bulletin.services.notices.drafts import draft, start
from bulletin.services.notices.reviews import review
from bulletin.services.places.create import NewVillage, add_village, found_township
from bulletin.services.places.merge import merge_village
from bulletin.services.places.rename import rename_village
from bulletin.services.public.search import page as search
from bulletin.services.public.search.page import Within, search_page
from bulletin.services.public.search.straight import straight_to
from bulletin.store.notice_queries import notice_by_code
from bulletin.store.places import Publisher

TOWNSHIP, VILLAGE, NEXT = "630223202", "630223202214", "630223202215"
PLAIN = {"blocks": [{"type": "paragraph", "text": "收支情况公开如下。"}]}
PEOPLE = {
    "blocks": [
        {"type": "paragraph", "text": "经评议，马玉兰一家拟享受补助。"},
        {
            "type": "table",
            "columns": [
                {"title": "姓名", "kind": "text"},
                {"title": "金额（元）", "kind": "money"},
            ],
            "rows": [["马玉兰", "3480.00"]],
        },
    ]
}
DAY = timedelta(days=1)


def _found(village, typed, now=NOON, number=None, **narrowed):
    page = search_page(village.site, typed, Within(**narrowed), now, number=number)
    return [hit.line.url.removeprefix("/N/") for hit in page.hits.lines]


def _words(fragments):
    return "".join(f"[{part.text}]" if part.is_found else part.text for part in fragments)


def _list_of_people(village, **facts):
    notice = a_notice(
        village,
        NOON,
        item="government.low_income_review",
        title="马玉兰等低保公示",
        document=PEOPLE,
        **facts,
    ).approved()
    review.take_step(village.site, village.wang, notice.code, Act.SCREEN, NOON)
    return notice.code


@pytest.mark.every_row
@pytest.mark.parametrize(
    "typed",
    [
        "收支", "财务 24000", "24,000.00", "路灯", "⽀出 ３４８０", "维修 路灯", "2026年第三季度", "张家村 路灯",
        "张家村路灯", "红崖子沟乡 路灯", "张家村公开〔2026〕1号", "10月9日 路灯", "灯",
    ],
)  # fmt: skip
def test_what_is_public_is_found_by_its_title_its_text_its_tables_and_its_place(
    approved, zhangjia, typed
):
    assert _found(zhangjia, typed) == [approved.code]
    assert _found(zhangjia, typed, NOON + 90 * DAY) == [approved.code]  # in the archive


def test_nothing_is_found_before_its_moment_after_its_end_or_from_a_draft(zhangjia):
    draft = a_notice(zhangjia, NOON, title="水渠方案")
    draft.submitted()
    later = a_notice(zhangjia, NOON, title="水渠公告", publish_at=NOON + DAY).approved().code
    assert _found(zhangjia, "水渠") == []
    assert _found(zhangjia, "水渠", NOON + DAY) == [later]
    end.take_down(zhangjia.site, zhangjia.li, later, "数字有误", NOON + DAY)
    assert _found(zhangjia, "水渠", NOON + DAY) == []


def test_of_a_corrected_notice_the_text_in_force_is_found_and_no_other(approved, zhangjia):
    approved.corrected("路灯改修水渠")
    assert _found(zhangjia, "水渠") == [approved.code]
    assert _found(zhangjia, "上级拨付") == []


def test_until_a_correction_is_public_the_text_of_before_is_found(approved, zhangjia):
    approved.later(hours=1)
    with_moment = NOON + 2 * DAY
    approved.corrected("路灯改修水渠")
    with zhangjia.site.sessions.writing() as session:
        notice_by_code(session, approved.code).editions[1].publish_at = with_moment
    assert _found(zhangjia, "上级拨付", NOON + DAY) == [approved.code]
    assert _found(zhangjia, "水渠", NOON + DAY) == []
    assert _found(zhangjia, "水渠", with_moment) == [approved.code]


def test_what_was_removed_is_found_by_no_word(zhangjia):
    notice = a_notice(zhangjia, NOON, document=PEOPLE, title="马玉兰的补助").approved()
    assert _found(zhangjia, "马玉兰") == [notice.code]
    redact.redact(zhangjia.site, zhangjia.li, notice.code, "写进了姓名", NOON)
    for typed in ("马玉兰", "补助", "3480"):
        assert _found(zhangjia, typed) == [], typed


@pytest.mark.parametrize("days", [0, 60], ids=["hanging", "closed"])
def test_a_list_of_people_is_found_by_what_it_is_and_never_by_a_name_or_an_amount(zhangjia, days):
    code, now = _list_of_people(zhangjia), NOON + days * DAY
    for typed in (
        "低保",
        "最低生活保障",
        "张家村 低保",
        "张家村低保",
        "低保 张家村公开〔2026〕1号",
    ):
        assert (typed, _found(zhangjia, typed, now)) == (typed, [code])
    for typed in (
        "马玉兰",
        "玉兰 低保",
        "张家村马玉兰",
        "张家村 马玉兰",
        "3480",
        "评议 低保",
        "马玉兰等低保公示",
    ):
        assert (typed, _found(zhangjia, typed, now)) == (typed, [])
    (hit,) = search_page(zhangjia.site, "低保", Within(), now).hits.lines
    assert hit.under == ()
    assert hit.line.nameless == (days > 0)
    assert ("马玉兰" in _words(hit.title)) == (
        days == 0
    )  # its title is in the lists while it hangs


def test_a_hit_shows_the_line_with_its_words_marked(approved, zhangjia):
    (hit,) = search_page(zhangjia.site, "路灯 收支", Within(), NOON).hits.lines
    assert _words(hit.title) == "2026年第三季度村级财务[收支]情况"
    assert _words(hit.under) == "2 | 村道[路灯]维修材料费 | 3,480.00"
    assert hit.place.name == "张家村"


def test_titles_come_before_texts_and_the_newer_before_the_older(zhangjia):
    in_text = a_notice(zhangjia, NOON, title="甲").approved().code
    old, new = (a_notice(zhangjia, NOON, title=f"路灯公示{n}").approved().code for n in (1, 2))
    assert _found(zhangjia, "路灯") == [new, old, in_text]


def test_a_search_is_narrowed_to_a_place_a_class_and_a_year(approved, zhangjia):
    other = a_notice(zhangjia, NOON, item="affairs.decisions_progress").approved().code
    page = search_page(zhangjia.site, "收支", Within(), NOON)
    assert [(each.value, each.count) for each in page.groups] == [("affairs", 1), ("finance", 1)]
    assert page.villages == page.years == ()  # nothing to choose from
    assert _found(zhangjia, "收支", group=Group.FINANCE) == [approved.code]
    assert _found(zhangjia, "", group=Group.AFFAIRS, place=VILLAGE) == [other]
    for narrowed, count in (
        ({"place": VILLAGE, "year": 2026}, 2), ({"place": TOWNSHIP}, 2), ({"place": NEXT}, 0), ({"year": 2025}, 0),
    ):  # fmt: skip
        assert len(_found(zhangjia, "收支", **narrowed)) == count, narrowed


def test_what_says_nothing_finds_nothing(approved, zhangjia):
    for typed in ("，。", "%", "'", '"', "财务 水渠", "*", "AND", "\\", "¥·whole", "whole"):
        assert _found(zhangjia, typed) == [], typed


def test_a_notice_of_two_classes_is_counted_in_both_and_found_in_both(zhangjia):
    duties = [
        a_duty(zhangjia, item, NOON)
        for item in ("finance.quarterly_accounts", "affairs.decisions_progress")
    ]
    code = start.start(zhangjia.site, zhangjia.li, duties, NOON)
    draft.save(zhangjia.site, zhangjia.li, code, NOON, version=1, title="收支", document=PLAIN)
    ANotice(zhangjia, code, NOON).approved()
    page = search_page(zhangjia.site, "收支", Within(), NOON)
    assert [(each.value, each.count) for each in page.groups] == [("affairs", 1), ("finance", 1)]
    for group in (Group.FINANCE, Group.AFFAIRS):
        assert _found(zhangjia, "收支", group=group) == [code], group


def test_one_character_names_no_village(approved, zhangjia):
    assert search_page(zhangjia.site, "村", Within(), NOON).places == ()
    assert len(search_page(zhangjia.site, "张家", Within(), NOON).places) == 1


def test_a_long_list_is_paged_and_says_when_it_is_cut(zhangjia, monkeypatch):
    insert_notices(zhangjia, [[(State.PUBLISHED, -1, 9)]] * 24)
    assert len(_found(zhangjia, "收支")) == search.PER_PAGE
    assert len(_found(zhangjia, "收支", number=2)) == 5
    monkeypatch.setattr(search, "MAX_FOUND", 2)
    page = search_page(zhangjia.site, "收支", Within(), NOON)
    assert (page.count, page.is_more) == (2, True)


def test_numbers_and_names_of_villages_lead_straight_there(approved, zhangjia):
    site = zhangjia.site
    for typed in ("张家村公开〔2026〕1号", "张家村公开(2026)1", "张家村公开[２０２６]第１号"):
        assert straight_to(site, typed, NOON) == f"/N/{approved.code}"
    assert straight_to(site, "张家村公开〔2026〕7号", NOON) is None
    assert straight_to(site, " 张家村 ", NOON) == f"/V/{VILLAGE}"
    assert straight_to(site, "红崖子沟乡", NOON) == f"/T/{TOWNSHIP}"
    assert straight_to(site, "张家", NOON) is None
    assert [place.url for place in search_page(site, "张家", Within(), NOON).places] == [
        f"/V/{VILLAGE}"
    ]


def test_what_two_notices_or_places_are_called_leads_straight_to_none(approved, zhangjia):
    """Villages of one name in two townships, which number their notices alike."""
    other, number = a_notice(zhangjia, NOON).approved().code, "张家村公开〔2026〕1号"
    yi = found_township(zhangjia.site, "630223203", "乙乡", "互助土族自治县", "", NOON)
    village = add_village(
        zhangjia.site, yi, NewVillage("630223203201", "张家村"), NOON.date(), NOON
    )
    with zhangjia.site.sessions.writing() as session:
        notice = notice_by_code(session, other)
        own = session.scalars(
            select(Publisher).where(
                Publisher.township_id == yi.township_id,
                Publisher.village_id == village,
                Publisher.kind == notice.register_publisher.kind,
            )
        ).one()
        notice.township_id, notice.village_id = yi.township_id, village
        notice.register_publisher, notice.register_number = own, 1
    assert straight_to(zhangjia.site, number, NOON) is None
    assert straight_to(zhangjia.site, "张家村", NOON) is None


def test_a_number_that_was_never_public_leads_nowhere(zhangjia):
    waiting = a_notice(zhangjia, NOON, publish_at=NOON + DAY).approved()
    assert straight_to(zhangjia.site, "张家村公开〔2026〕1号", NOON) is None
    assert straight_to(zhangjia.site, "张家村公开〔2026〕1号", NOON + DAY) == f"/N/{waiting.code}"


@pytest.mark.parametrize("code", ["", "630223202299"], ids=["same code", "another code"])
def test_a_renamed_village_is_found_by_both_names(approved, zhangjia, code):
    rename_village(zhangjia.site, zhangjia.zheng, zhangjia.id, "新庄村", NOON, code=code)
    for name in ("张家", "新庄"):
        assert _found(zhangjia, f"{name}村 路灯") == [approved.code], name
        assert straight_to(zhangjia.site, f"{name}村", NOON) == f"/V/{code or VILLAGE}"
    (place,) = search_page(zhangjia.site, "张家", Within(), NOON).places
    assert (place.name, place.former) == ("新庄村", "张家村")


def test_a_merged_village_leads_to_what_it_left(approved, zhangjia):
    merge_village(zhangjia.site, zhangjia.zheng, zhangjia.id, zhangjia.ids["白马村"], NOON)
    assert straight_to(zhangjia.site, "张家村", NOON) == f"/V/{VILLAGE}"
    assert _found(zhangjia, "张家村 路灯") == [approved.code]
