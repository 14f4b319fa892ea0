"""One content, as approved, in a page that a weak phone can carry."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.paths import PAGE_TEMPLATES
from support.resident_pages import (
    CURRENT,
    EVERY_BLOCK,
    FILES,
    FRONT,
    LIST,
    MAX_BYTES,
    OLDER,
    PICTURE,
    THIRD,
    VILLAGE,
    VILLAGE_PAGE,
    Reader,
    ledger,
    plain,
)

from bulletin.domain.notices.content import (
    Attachment,
    Column,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Table,
    texts,
)
from bulletin.services.public.page_values import PhaseLink


def test_the_page_shows_exactly_the_content_in_its_order(show_marked):
    shown = plain("".join(Reader(show_marked(CURRENT)).content))
    assert shown == plain("".join(texts(EVERY_BLOCK)))


def test_a_second_language_says_which_it_is_and_from_where_it_runs(show):
    page = show(CURRENT)
    assert '<section class="translation" lang="ug" dir="rtl">' in page
    second = page.partition('lang="ug"')[2].partition("</section>")[0]
    assert "<h2>كىرىم</h2>" in second
    assert second.count("<p>") == 1, "an empty paragraph is none"


_text = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)
_kind = st.sampled_from(["text", "number", "money", "date"])


@st.composite
def _tables(draw):
    columns = tuple(Column(draw(_text), draw(_kind)) for _ in range(draw(st.integers(1, 5))))
    row = st.tuples(*(_text | st.just("1234.5") for _ in columns))
    return Table(
        columns, tuple(draw(st.lists(row, max_size=3))), draw(st.none() | row), draw(_text)
    )


_blocks = st.lists(
    st.builds(Heading, st.sampled_from([1, 2, 3]), _text)
    | st.builds(Paragraph, _text)
    | st.builds(ListBlock, st.lists(_text, max_size=3).map(tuple), st.booleans())
    | _tables()
    | st.builds(Image, st.just(PICTURE), _text, _text)
    | st.builds(Attachment, st.sampled_from([LIST, "c" * 64]), _text),
    max_size=4,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(blocks=_blocks)
def test_no_content_is_lost_added_or_moved_whatever_was_written(show_marked, blocks):
    document = Document(tuple(blocks))
    shown = plain("".join(Reader(show_marked(replace(CURRENT, document=document))).content))
    assert shown == plain("".join(texts(document)))


def test_a_file_says_its_kind_and_size_and_a_picture_has_its_alternative_text(show):
    tags = Reader(show(CURRENT)).tags
    assert any(attrs.get("data-facts") == "Excel表格，356 KB" for _tag, attrs in tags)
    pictures = [attrs for tag, attrs in tags if tag == "img"]
    assert [(p["src"], p["alt"]) for p in pictures] == [(FILES[1].url, "村民坐在会场里")]


def test_a_ledger_of_139_rows_weighs_less_than_40_kb_with_all_that_it_loads(bare_app, show_marked):
    html = show_marked(replace(CURRENT, document=Document((ledger(139),)), notes=THIRD, demo=True))
    browser = bare_app.test_client()
    loaded = [
        browser.get(href, buffered=True).data
        for tag, attrs in Reader(html).tags
        if tag == "link" and not (href := attrs["href"]).startswith("data:")
    ]
    assert len(loaded) == 1, "with the page two requests"
    assert all(loaded)
    assert len(html.encode()) + sum(map(len, loaded)) < MAX_BYTES


@pytest.mark.parametrize(
    ("page", "template"),
    [
        (CURRENT, "notice"),
        (OLDER, "notice"),
        (VILLAGE_PAGE, "village"),
        (FRONT, "township"),
        (FRONT, "not_found"),
    ],
)
def test_no_page_runs_a_script_styles_inline_or_asks_another_host(show, page, template):
    tags = Reader(show(page, template, typed="x")).tags
    assert not {"script", "style", "iframe"} & {tag for tag, _attrs in tags}
    names = {name for _tag, attrs in tags for name in attrs}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    addresses = [attrs.get(name) for _tag, attrs in tags for name in ("href", "src", "action")]
    assert not [
        a for a in addresses if a and not a.startswith(("/", "#", "tel:", "data:image/svg+xml,"))
    ]
    assert [tag for tag, _attrs in tags].count("h1") == 1


def test_the_style_sheets_load_nothing_more():
    for path in (PAGE_TEMPLATES / "static").glob("*.css"):
        assert not re.search(r"@import|url\(", path.read_text(encoding="utf-8")), path.name


def _luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(char * 2 for char in colour[1:])
    parts = [int(full[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "ground"),
    [(ink, ground) for ink in ("ink", "soft", "red") for ground in ("paper", "wash", "grey-wash")]
    + [(tone, f"{tone}-wash") for tone in ("red", "green", "amber", "blue", "grey")]
    + [("soft", f"{tone}-wash") for tone in ("red", "green", "amber", "blue")],
)
def test_words_stand_out_from_their_ground(ink, ground):
    """WCAG 2.2, 1.4.3: at least 4.5 to 1; weak eyes get 5."""
    tokens = dict(
        re.findall(
            r"--([\w-]+): (#[0-9a-f]+);",
            (PAGE_TEMPLATES / "static/tokens.css").read_text(encoding="utf-8"),
        )
    )
    light, dark = sorted((_luminance(tokens[ink]), _luminance(tokens[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 5


def test_the_larger_type_needs_no_cookie_and_stays_while_one_reads_on(show):
    matter = (
        PhaseLink("事前", "立项", "/N/AAA", date(2026, 5, 8), is_this=False),
        PhaseLink("事中", "施工", "/N/BBB", None, is_this=True),
    )
    page = replace(CURRENT, matter=matter)
    assert "/N/7KQ2M4XW9C.1?big=1" in Reader(show(page)).links()
    big = Reader(show(page, at="/N/7KQ2M4XW9C.1?big=1"))
    assert ("html", {"lang": "zh-CN", "class": "big"}) in big.tags
    assert {"/?big=1", f"/V/{VILLAGE.code}?big=1", "/N/AAA?big=1", "/N/7KQ2M4XW9C.1"} <= set(
        big.links()
    )
    front = Reader(show(FRONT, "township", at="/?big=1"))
    assert any(
        attrs.get("name") == "big" and attrs.get("value") == "1" for _tag, attrs in front.tags
    )
