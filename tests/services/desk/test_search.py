"""查找: who finds what, in which order, and what nobody finds any more."""

from datetime import timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain import pages
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes
from bulletin.domain.search.kinds import Kind
from bulletin.services.desk.search import search
from bulletin.services.meetings.record import NewDecision, NewMeeting, record_meeting
from bulletin.services.notices import redact
from bulletin.services.places.merge import merge_village
from bulletin.services.places.rename import rename_village
from bulletin.services.search import found
from bulletin.store.duties import Duty
from bulletin.store.notice_queries import notice_by_code

pytestmark = pytest.mark.every_row

WORDS = {"blocks": [{"type": "paragraph", "text": "张某某因病申请救助，发放480元。"}]}


def _codes(village, login, typed, **asked):
    hits = search(village.site, village.people[login], typed, NOON, **asked).kinds[Kind.NOTICE]
    return [hit.code for hit in hits.page.lines]


def _counts(village, login, typed):
    kinds = search(village.site, village.people[login], typed, NOON).kinds
    return {kind: here.count for kind, here in kinds.items()}


@pytest.mark.parametrize(
    "typed",
    [
        "收支", "财务 24000", "24,000.00", "路灯", "维修 路灯", "2026年第三季度", "张家村 路灯",
        "张家村路灯", "张家村公开〔2026〕1号", "张家村公开(2026)1", "张家 财务", "费",
    ],
)  # fmt: skip
def test_a_notice_is_found_by_its_title_its_text_its_tables_and_its_number(
    approved, zhangjia, typed
):
    assert _codes(zhangjia, "wu", typed) == [approved.code]
    assert _codes(zhangjia, "li", typed) == [approved.code]
    assert _codes(zhangjia, "zhou", typed) == []  # of the next village


def test_its_code_comes_first_however_it_is_typed(approved, zhangjia):
    with zhangjia.site.sessions.reading() as session:
        digits = notice_by_code(session, approved.code).digits
    naming = a_notice(zhangjia, NOON, title=f"更正{approved.code}").code
    for typed in (approved.code, approved.code.lower(), digits, f"/N/{approved.code}.1"):
        assert _codes(zhangjia, "li", typed)[0] == approved.code
    assert naming in _codes(zhangjia, "li", approved.code)
    assert _codes(zhangjia, "zhou", approved.code) == []


def test_titles_come_before_texts_and_the_newer_before_the_older(zhangjia):
    in_text = a_notice(zhangjia, NOON, title="甲", document=WORDS).code
    old, new = (a_notice(zhangjia, NOON, title=f"救助公示{n}").code for n in (1, 2))
    later = a_notice(zhangjia, NOON, title="乙", document=WORDS).code
    assert _codes(zhangjia, "li", "救助") == [new, old, later, in_text]


def test_of_several_editions_a_notice_is_found_once(approved, zhangjia):
    approved.later(days=1).corrected("路灯改修水渠")
    assert _codes(zhangjia, "li", "水渠") == [approved.code]
    assert _codes(zhangjia, "li", "路灯") == [approved.code]


def test_a_draft_is_found_by_those_who_may_see_it_as_soon_as_it_is_saved(zhangjia):
    draft = a_notice(zhangjia, NOON, document=WORDS).code
    assert _codes(zhangjia, "li", "申请救助") == [draft]
    assert _codes(zhangjia, "zhou", "申请救助") == []


def test_what_was_removed_is_found_no_more(zhangjia):
    notice = a_notice(zhangjia, NOON, document=WORDS, title="张某某救助公示").approved()
    redact.redact(zhangjia.site, zhangjia.li, notice.code, "写进了病情", NOON)
    for typed in ("张某某", "救助", "480"):
        assert _codes(zhangjia, "wu", typed) == [], typed
    assert _codes(zhangjia, "wu", notice.code) == [notice.code]


def test_duties_are_found_by_item_village_period_and_day(zhangjia):
    site, wu = zhangjia.site, zhangjia.wu
    for typed in ("白马 财务收支", "财务收支 第三季度", "白马村财务收支"):
        duties = search(site, wu, typed, NOON, kind=Kind.DUTY).kinds[Kind.DUTY].page.lines
        assert duties, typed
        assert all("财务收支" in "".join(piece.text for piece in hit.title) for hit in duties)
    assert _counts(zhangjia, "li", "白马")[Kind.DUTY] == 0
    due_on = duties[0].duty.due_on
    assert _counts(zhangjia, "wu", f"财务 {due_on}")[Kind.DUTY]


def test_matters_and_villages_are_found_and_people_by_the_administrator_alone(zhangjia):
    a_notice(zhangjia, NOON, item="affairs.public_works")
    assert _counts(zhangjia, "li", "村道硬化")[Kind.MATTER] == 1
    assert _counts(zhangjia, "zhou", "村道硬化")[Kind.MATTER] == 0
    assert _counts(zhangjia, "wu", "630223202215")[Kind.VILLAGE] == 1
    assert _counts(zhangjia, "li", "白马村")[Kind.VILLAGE] == 0
    assert _counts(zhangjia, "zheng", "李示例")[Kind.PERSON] == 1
    assert Kind.PERSON not in _counts(zhangjia, "wu", "李示例")


@pytest.mark.parametrize("code", ["", "630223202299"], ids=["same code", "another code"])
def test_a_renamed_village_and_its_things_are_found_by_both_names(approved, zhangjia, code):
    a_notice(zhangjia, NOON, item="affairs.public_works")
    draft = a_notice(zhangjia, NOON, title="上水").code
    rename_village(zhangjia.site, zhangjia.zheng, zhangjia.id, "新庄村", NOON, code=code)
    for name in ("张家", "新庄"):
        counts = _counts(zhangjia, "wu", name)
        assert counts[Kind.VILLAGE], name
        assert counts[Kind.MATTER], name
        assert _codes(zhangjia, "wu", f"{name}村 上水") == [draft], name
        assert _counts(zhangjia, "wu", f"{name}村财务收支")[Kind.DUTY], name
    assert approved.code in _codes(zhangjia, "wu", "张家村")


def test_a_merged_village_is_found_with_what_it_left_and_nothing_else(approved, zhangjia):
    a_notice(zhangjia, NOON, item="affairs.public_works")
    merge_village(zhangjia.site, zhangjia.zheng, zhangjia.id, zhangjia.ids["白马村"], NOON)
    found = search(zhangjia.site, zhangjia.wu, "张家村", NOON).kinds
    assert [hit.village for hit in found[Kind.VILLAGE].page.lines] == ["白马村"]
    assert found[Kind.MATTER].count == 1
    assert _codes(zhangjia, "wu", "张家村 财务") == [approved.code]
    duties = search(zhangjia.site, zhangjia.wu, "张家村", NOON, kind=Kind.DUTY).kinds[Kind.DUTY]
    with zhangjia.site.sessions.reading() as session:
        moved = [
            session.get_one(Duty, hit.id) for hit in duties.page.lines if hit.village == "白马村"
        ]
    assert moved
    assert {duty.from_village_id for duty in moved} == {zhangjia.id}


def test_a_meeting_is_found_by_its_day_its_agenda_and_what_it_decided(zhangjia):
    decided = tuple(
        NewDecision(title=title, votes=Votes(3, 0, 0)) for title in ("修建水渠", "集体林地发包")
    )
    new = NewMeeting(
        kind=MeetingKind.REPRESENTATIVES,
        held_on=NOON.date(),
        due=3,
        came=3,
        agenda="讨论用水",
        decisions=decided,
    )
    record_meeting(zhangjia.site, zhangjia.li, zhangjia.id, new, NOON)
    for typed in ("水渠", "林地", "讨论用水", "代表会议 10月9日"):
        assert _counts(zhangjia, "li", typed)[Kind.MEETING] == 1, typed
        assert _counts(zhangjia, "zhou", typed)[Kind.MEETING] == 0, typed


def test_who_has_no_place_finds_nothing(approved, zhangjia):
    nobody = zhangjia.li.__class__(1, "无职", zhangjia.li.township_id)
    assert search(zhangjia.site, nobody, "财务", NOON).count == 0


def test_what_says_nothing_finds_nothing(approved, zhangjia):
    for typed in ("", "  ", "，。", "%", "'", '"', "财务 水渠", "*", "AND", "\\"):
        assert search(zhangjia.site, zhangjia.wu, typed, NOON).count == 0, typed


def test_a_long_list_is_paged_and_says_when_it_is_cut(zhangjia, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    codes = [a_notice(zhangjia, NOON + timedelta(hours=n)).code for n in range(3)]
    assert _codes(zhangjia, "li", "财务", kind=Kind.NOTICE) == [codes[2], codes[1]]
    assert _codes(zhangjia, "li", "财务", kind=Kind.NOTICE, number=2) == [codes[0]]
    monkeypatch.setattr(found, "MAX_FOUND", 2)
    monkeypatch.setattr("bulletin.services.desk.search.MAX_FOUND", 2)
    here = search(zhangjia.site, zhangjia.li, "财务", NOON).kinds[Kind.NOTICE]
    assert (here.count, here.is_more) == (2, True)
