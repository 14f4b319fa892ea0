"""Every ending of a code has its page, and says on it what a resident needs to know."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from support.resident_pages import (
    CURRENT,
    FRONT,
    HIDDEN,
    OLDER,
    PAST,
    PRINT,
    VILLAGE_PAGE,
    Reader,
    plain,
    words_of,
)

from bulletin.domain.notices.visibility import PageState
from bulletin.services.public.page_values import PhaseLink

FACES = [
    pytest.param(CURRENT, "good", "这张纸是现行版本", id="current"),
    pytest.param(OLDER, "warn", "这张纸是第2版，现在是第3版", id="older"),
    pytest.param(
        replace(CURRENT, page_state=PageState.REDACTED, document=None, ended_on=date(2026, 10, 12)),
        "stop",
        "内容已移除里面有不该公开的个人信息，2026年10月12日移除",
        id="redacted",
    ),
    pytest.param(
        replace(
            CURRENT,
            page_state=PageState.AHEAD,
            scanned_edition=2,
            scanned_opens_at=datetime(2026, 10, 12, 1, tzinfo=UTC),
        ),
        "wait",
        "这张纸是第2版，还没到公开的时间第2版在2026年10月12日 09:00公布。现在公开的是第1版",
        id="ahead",
    ),
    pytest.param(
        replace(CURRENT, page_state=PageState.NO_SUCH_EDITION, scanned_edition=9),
        "warn",
        "没有第9版，现行的是第1版",
        id="no such edition",
    ),
    pytest.param(
        replace(HIDDEN, page_state=PageState.NOT_YET),
        "wait",
        "这份公开在2026年10月10日 09:00公布",
        id="not yet",
    ),
    pytest.param(
        replace(CURRENT, page_state=PageState.PERIOD_OVER, **PAST),
        "past",
        "公示期已过公示到2026年9月25日为止。内容仍然可以看",
        id="over",
    ),
    pytest.param(
        replace(HIDDEN, page_state=PageState.PERIOD_OVER, personal=True),
        "past",
        "公示期已过，名单已按规定撤下",
        id="list over",
    ),
    pytest.param(
        replace(HIDDEN, page_state=PageState.ELSEWHERE, personal=True),
        "past",
        "名单不在这里，贴在公开栏上名单里有个人信息，公示到2026年10月25日。请到村里的公开栏前看。",
        id="no list in a copy",
    ),
    pytest.param(
        replace(
            HIDDEN,
            page_state=PageState.TAKEN_DOWN,
            reason="内容未经会议讨论。",
            ended_on=date(2026, 10, 12),
        ),
        "stop",
        "2026年10月12日起不再公开。原因：内容未经会议讨论。",
        id="taken down",
    ),
    pytest.param(
        replace(
            HIDDEN,
            page_state=PageState.CANCELLED,
            reason="与第11号重复。",
            ended_on=date(2026, 10, 9),
        ),
        "stop",
        "这份公开已作废2026年10月9日作废，没有公开过。原因：与第11号重复。",
        id="cancelled",
    ),
]


@pytest.mark.parametrize(("page", "tone", "words"), FACES)
def test_every_face_has_its_words_its_sign_and_its_colour(show, page, tone, words):
    html = show(page)
    assert f'class="banner {tone}"' in html
    assert re.search(r'class="sign" aria-hidden="true">[✓!?…■×]<', html)
    assert plain(words) in words_of(html)


def test_no_face_is_forgotten():
    assert {param.values[0].page_state for param in FACES} == set(PageState)


@pytest.mark.parametrize(
    "page", [param.values[0] for param in FACES if param.values[0].document is None]
)
def test_what_must_not_be_shown_is_not_shown(show, page):
    html = show(page)
    assert 'id="content"' not in html
    assert "/paper" not in html
    assert page.title in html
    assert "tel:09728320000" in html


def test_a_typed_code_is_not_called_a_piece_of_paper(show):
    words = words_of(show(replace(CURRENT, scanned_edition=None)))
    assert "这份公开是现行版本" in words
    assert "这张纸" not in words


def test_an_old_paper_is_told_only_what_changed_since_it_was_printed(show):
    banner = show(OLDER).partition("<h1>")[0]
    assert "补上路灯合同。" in banner
    assert "租赁费" not in banner
    assert "租赁费" in show(replace(OLDER, scanned_edition=1)).partition("<h1>")[0]


@pytest.mark.parametrize(
    "page_state", [PageState.OLDER, PageState.AHEAD, PageState.NO_SUCH_EDITION]
)
def test_another_edition_also_says_when_the_period_is_over(show, page_state):
    page = replace(OLDER, page_state=page_state, scanned_opens_at=OLDER.publish_at)
    assert "公示期已过" in words_of(show(replace(page, **PAST)))
    assert "公示期已过" not in words_of(show(page))


def test_a_page_of_a_long_sheet_says_which_page_was_scanned(show):
    assert "您扫的是第2页" in words_of(show(replace(CURRENT, scanned_page=2)))
    assert "您扫的是第" not in words_of(show(CURRENT))


def test_the_sheet_is_offered_only_while_the_notice_is_on_display(show):
    assert 'href="/N/7KQ2M4XW9C/paper.pdf"' in show(CURRENT)
    assert "/paper" not in show(replace(CURRENT, page_state=PageState.PERIOD_OVER, **PAST))


def test_listening_the_sheet_and_the_telephone_stand_above_the_text(show):
    above = show(CURRENT).partition("<article")[0]
    assert "/listen" in above
    assert "/paper.pdf" in above
    assert "打监督电话" not in above, "the box of objections has the number"
    assert "打监督电话" in show(replace(CURRENT, objection="")).partition("<article")[0]


def test_a_personal_page_asks_search_engines_to_stay_away(show):
    assert '<meta name="robots" content="noindex">' in show(replace(CURRENT, personal=True))
    assert "description" not in show(replace(CURRENT, personal=True))
    assert "noindex" not in show(CURRENT)


def test_a_resident_reads_who_handled_it_by_which_law_and_how_to_object(show):
    words = words_of(show(CURRENT))
    for said in (*CURRENT.handled, *CURRENT.legal_bases, *CURRENT.items, CURRENT.objection, PRINT):
        assert said in words
    assert "40271685339" in words  # the digits twin
    assert "2026年10月10日至10月25日，满15日" in words


def test_the_phases_of_a_matter_stand_in_order_and_the_coming_one_is_no_link(show):
    matter = (
        PhaseLink("事前", "立项和预算", "/N/AAA", date(2026, 5, 8), is_this=False),
        PhaseLink("事中", "施工进展", "/N/BBB", date(2026, 9, 30), is_this=True),
        PhaseLink("事后", "竣工决算", "", None, is_this=False),
    )
    html = show(replace(CURRENT, matter=matter))
    places = [html.index(step.title, html.index("这件事的全过程")) for step in matter]
    assert all(earlier < later for earlier, later in pairwise(places))
    assert "还没有公开" in html
    links = Reader(html).links()
    assert "/N/AAA" in links
    assert "/N/BBB" not in links
    assert "" not in links


@pytest.mark.parametrize(
    ("page", "template"), [(CURRENT, "notice"), (VILLAGE_PAGE, "village"), (FRONT, "township")]
)
def test_invented_figures_are_marked_on_every_page(show, page, template):
    assert "示例，非真实信息" in show(replace(page, demo=True), template)
    assert "示例，非真实信息" not in show(replace(page, demo=False), template)
