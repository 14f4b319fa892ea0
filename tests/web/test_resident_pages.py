"""What a resident's phone receives, drawn from real values through the real templates."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Blueprint, Flask, render_template
from flask_babel import Babel
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin.domain.content import (
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
from bulletin.domain.visibility import Face
from bulletin.services.pages import (
    EditionNote,
    FileLink,
    NoticeLine,
    NoticePage,
    PhaseLink,
    PlaceLink,
    TownshipPage,
    VillageLine,
    VillagePage,
)
from bulletin.web import rendering

PAGES = Path(__file__).parents[2] / "templates" / "web"
MOST_BYTES = 40_000
NOW = datetime(2026, 10, 12, 2, 5, tzinfo=UTC)  # 10:05 in the village
TOWNSHIP = PlaceLink("红崖子沟乡", "630223202")
VILLAGE = PlaceLink("张家村", "630223202214")
PHONES = (("村", "0972-8320000"), ("乡", "0972-8321111"))
PRINT = "K7QM-3XW2-9A4T-8ZBC-51RD-6HVN-EP"
LIST, PICTURE = "a" * 64, "b" * 64
FILES = (
    FileLink(LIST, "凭证目录.xlsx", 364_544, "/F/7KQ2M4XW9C/a/list.xlsx"),
    FileLink(PICTURE, "会场.jpg", 90_000, "/F/7KQ2M4XW9C/b/hall.jpg"),
)
LEDGER_COLUMNS = (
    Column("序号", "number"),
    Column("日期", "date"),
    Column("摘要"),
    Column("收入（元）", "money"),
    Column("支出（元）", "money"),
    Column("结余（元）", "money"),
)


def _ledger(rows: int) -> Table:
    lines = []
    for place in range(1, rows + 1):
        income, cost = ("18620.5", "") if place % 2 else ("", "3480")
        what = "村道路灯维修材料费（含运输、安装）"
        lines.append(
            (str(place), f"{place % 3 + 7}月18日", what, income, cost, f"{139140 + place}.5")
        )
    footer = ("", "", "合计", "55256.97", "30058.3", "25198.67")
    return Table(LEDGER_COLUMNS, tuple(lines), footer, "2026年7月至9月收支明细")


EVERY_BLOCK = Document(
    (
        Paragraph("各位村民："),
        Heading(1, "一、收支总表"),
        Table(
            (Column("上期结余（元）", "money"), Column("本期支出（元）", "money")),
            (("0", "30058.3"),),
        ),
        Heading(2, "（一）明细"),
        _ledger(3),
        Heading(3, "1.说明"),
        ListBlock(("原始凭证可以查阅。", "<b>不是</b>标记 & 不是符号"), ordered=True),
        ListBlock(("第一项", "第二项")),
        Image(PICTURE, "村民坐在会场里", "民主理财会"),
        Attachment(LIST, "凭证目录.xlsx"),
    )
)
FIRST = EditionNote(1, datetime(2026, 10, 10, 1, 0, tzinfo=UTC), "", PRINT)
CURRENT = NoticePage(
    face=Face.CURRENT,
    code="7KQ2M4XW9C",
    digits="40271685339",
    title="2026年第三季度村级财务收支情况",
    number="张家村公开〔2026〕12号",
    township=TOWNSHIP,
    village=VILLAGE,
    publishers=("张家村村民委员会",),
    items=("村级财务收支情况",),
    legal_bases=("《中华人民共和国村民委员会组织法》（2025年修订）第三十五条",),
    personal=False,
    scanned_edition=1,
    scanned_page=None,
    scanned_opens_at=None,
    current_edition=1,
    publish_at=datetime(2026, 10, 10, 1, 0, tzinfo=UTC),
    opens_on=date(2026, 10, 10),
    closes_on=date(2026, 10, 25),
    period_words="15日",
    document=EVERY_BLOCK,
    files=FILES,
    notes=(FIRST,),
    reason="",
    ended_on=None,
    handled=("村务监督委员会10月8日审查", "联席会议10月9日确认"),
    objection="公示期内向村务监督委员会提出，10日内答复",
    phones=PHONES,
    fingerprint=PRINT,
    matter=(),
    demo=False,
    fresh_until=datetime(2026, 10, 10, 16, 0, tzinfo=UTC),
)
PAST = {"opens_on": date(2026, 9, 10), "closes_on": date(2026, 9, 25)}
HIDDEN = replace(CURRENT, document=None, files=())
THIRD = (
    EditionNote(3, datetime(2026, 10, 14, 1, 0, tzinfo=UTC), "补上路灯合同。", PRINT),
    EditionNote(2, datetime(2026, 10, 12, 1, 0, tzinfo=UTC), "租赁费改为4,800.00元。", PRINT),
    FIRST,
)
OLDER = replace(CURRENT, face=Face.OLDER, current_edition=3, scanned_edition=2, notes=THIRD)
LINE = NoticeLine(
    title="第三季度财务收支",
    url="/N/7KQ2M4XW9C",
    number="张家村公开〔2026〕12号",
    published_on=date(2026, 10, 10),
    closes_on=date(2026, 10, 25),
    group="财务",
    corrected=False,
    nameless=False,
)
VILLAGE_PAGE = VillagePage(
    place=VILLAGE,
    township=TOWNSHIP,
    is_township=False,
    current=(LINE,),
    archive=((2025, (replace(LINE, title="补贴发放名册", nameless=True),)),),
    boards=(("村委会门口公开栏", "大门东侧"),),
    phones=PHONES,
    demo=False,
)
FRONT = TownshipPage(
    township=TOWNSHIP,
    county="互助土族自治县",
    villages=(VillageLine(VILLAGE, 3, date(2026, 10, 10)), VillageLine(PlaceLink("上寨村", "630223202200"), 0, None)),
    own=2,
    phones=PHONES,
    heartbeat_at=NOW,
    heartbeat_late=False,
    demo=True,
)  # fmt: skip


@pytest.fixture(scope="module")
def bare_app():
    bare_app = Flask("pages", template_folder=str(PAGES), static_folder=str(PAGES / "static"))
    Babel(bare_app, default_locale="zh_Hans_CN")
    rendering.install(bare_app)
    resident = Blueprint("resident", __name__)
    for rule, name in {
        "/": "front",
        "/find": "find",
        "/V/<code>": "village",
        "/V/<code>/catalog": "catalog",
        "/N/<tail>": "notice",
        "/N/<code>/paper.pdf": "paper",
    }.items():
        resident.add_url_rule(rule, name, lambda **_: "")
    bare_app.register_blueprint(resident)
    check = Blueprint("check", __name__)
    check.add_url_rule("/check", "check", lambda: "")
    bare_app.register_blueprint(check)
    return bare_app


@pytest.fixture(scope="module")
def show(bare_app):
    def show(page, template="notice", at="/N/7KQ2M4XW9C.1", **values):
        with bare_app.test_request_context(at):
            return render_template(f"resident/{template}.html", page=page, now=NOW, **values)

    return show


class _Reader(HTMLParser):
    """Reads a page as a phone does: words, the words of the content alone, and every tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.content: list[str] = []
        self.inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = self.inside or dict(attrs).get("id") == "content"

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "article"

    def handle_data(self, data):
        self.words.append(data)
        if self.inside:
            self.content.append(data)

    def links(self):
        return [attrs["href"] for tag, attrs in self.tags if tag == "a"]


def _words(html: str) -> str:
    return _plain("".join(_Reader(html).words))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


# --- one content, as approved ------------------------------------------------------------------


def test_the_page_shows_exactly_the_content_in_its_order(show):
    shown = _plain("".join(_Reader(show(CURRENT)).content))
    assert shown == _plain("".join(texts(EVERY_BLOCK)))


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
def test_no_content_is_lost_added_or_moved_whatever_was_written(show, blocks):
    document = Document(tuple(blocks))
    shown = _plain("".join(_Reader(show(replace(CURRENT, document=document))).content))
    assert shown == _plain("".join(texts(document)))


def test_a_file_says_its_kind_and_size_and_a_picture_has_its_alternative_text(show):
    tags = _Reader(show(CURRENT)).tags
    assert any(attrs.get("data-facts") == "Excel表格，356 KB" for _tag, attrs in tags)
    pictures = [attrs for tag, attrs in tags if tag == "img"]
    assert [(p["src"], p["alt"]) for p in pictures] == [(FILES[1].url, "村民坐在会场里")]


# --- what a weak phone can carry ---------------------------------------------------------------


def test_a_ledger_of_139_rows_weighs_less_than_40_kb_with_all_that_it_loads(show):
    html = show(replace(CURRENT, document=Document((_ledger(139),)), notes=THIRD, demo=True))
    loaded = [
        PAGES / href.lstrip("/")
        for tag, attrs in _Reader(html).tags
        if tag == "link" and (href := attrs["href"])
    ]
    assert len(loaded) == 4
    assert len(html.encode()) + sum(path.stat().st_size for path in loaded) < MOST_BYTES


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
    tags = _Reader(show(page, template, typed="x")).tags
    assert not {"script", "style", "iframe"} & {tag for tag, _attrs in tags}
    names = {name for _tag, attrs in tags for name in attrs}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    addresses = [attrs.get(name) for _tag, attrs in tags for name in ("href", "src", "action")]
    assert not [a for a in addresses if a and not a.startswith(("/", "#", "tel:"))]
    assert [tag for tag, _attrs in tags].count("h1") == 1


def test_the_style_sheets_load_nothing_more():
    for path in (PAGES / "static").glob("*.css"):
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
            r"--([\w-]+): (#[0-9a-f]+);", (PAGES / "static/tokens.css").read_text(encoding="utf-8")
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
    assert "/N/7KQ2M4XW9C.1?big=1" in _Reader(show(page)).links()
    big = _Reader(show(page, at="/N/7KQ2M4XW9C.1?big=1"))
    assert ("html", {"lang": "zh-CN", "class": "big"}) in big.tags
    assert {"/?big=1", f"/V/{VILLAGE.code}?big=1", "/N/AAA?big=1", "/N/7KQ2M4XW9C.1"} <= set(
        big.links()
    )
    front = _Reader(show(FRONT, "township", at="/?big=1"))
    assert any(
        attrs.get("name") == "big" and attrs.get("value") == "1" for _tag, attrs in front.tags
    )


# --- every ending of a code has its page -------------------------------------------------------

FACES = [
    pytest.param(CURRENT, "good", "这张纸是现行版本", id="current"),
    pytest.param(OLDER, "warn", "这张纸是第2版，现在是第3版", id="older"),
    pytest.param(replace(CURRENT, face=Face.REDACTED, document=None, ended_on=date(2026, 10, 12)), "stop", "内容已移除里面有不该公开的个人信息，2026年10月12日移除", id="redacted"),
    pytest.param(replace(CURRENT, face=Face.AHEAD, scanned_edition=2, scanned_opens_at=datetime(2026, 10, 12, 1, tzinfo=UTC)), "wait", "这张纸是第2版，还没到公开的时间第2版在2026年10月12日 09:00公布。现在公开的是第1版", id="ahead"),
    pytest.param(replace(CURRENT, face=Face.NO_SUCH_EDITION, scanned_edition=9), "warn", "没有第9版，现行的是第1版", id="no such edition"),
    pytest.param(replace(HIDDEN, face=Face.NOT_YET), "wait", "这份公开在2026年10月10日 09:00公布", id="not yet"),
    pytest.param(replace(CURRENT, face=Face.PERIOD_OVER, **PAST), "past", "公示期已过公示到2026年9月25日为止。内容仍然可以看", id="over"),
    pytest.param(replace(HIDDEN, face=Face.PERIOD_OVER, personal=True), "past", "公示期已过，名单已按规定撤下", id="list over"),
    pytest.param(replace(HIDDEN, face=Face.ELSEWHERE, personal=True), "past", "名单不在这里，贴在公开栏上名单里有个人信息，公示到2026年10月25日。请到村里的公开栏前看。", id="no list in a copy"),
    pytest.param(replace(HIDDEN, face=Face.TAKEN_DOWN, reason="内容未经会议讨论。", ended_on=date(2026, 10, 12)), "stop", "2026年10月12日起不再公开。原因：内容未经会议讨论。", id="taken down"),
    pytest.param(replace(HIDDEN, face=Face.CANCELLED, reason="与第11号重复。", ended_on=date(2026, 10, 9)), "stop", "这份公开已作废2026年10月9日作废，没有公开过。原因：与第11号重复。", id="cancelled"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "tone", "words"), FACES)
def test_every_face_has_its_words_its_sign_and_its_colour(show, page, tone, words):
    html = show(page)
    assert f'class="banner {tone}"' in html
    assert re.search(r'class="sign" aria-hidden="true">[✓!?…■×]<', html)
    assert _plain(words) in _words(html)


def test_no_face_is_forgotten():
    assert {param.values[0].face for param in FACES} == set(Face)


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
    words = _words(show(replace(CURRENT, scanned_edition=None)))
    assert "这份公开是现行版本" in words
    assert "这张纸" not in words


def test_an_old_paper_is_told_only_what_changed_since_it_was_printed(show):
    banner = show(OLDER).partition("<h1>")[0]
    assert "补上路灯合同。" in banner
    assert "租赁费" not in banner
    assert "租赁费" in show(replace(OLDER, scanned_edition=1)).partition("<h1>")[0]


@pytest.mark.parametrize("face", [Face.OLDER, Face.AHEAD, Face.NO_SUCH_EDITION])
def test_another_edition_also_says_when_the_period_is_over(show, face):
    page = replace(OLDER, face=face, scanned_opens_at=OLDER.publish_at)
    assert "公示期已过" in _words(show(replace(page, **PAST)))
    assert "公示期已过" not in _words(show(page))


def test_a_page_of_a_long_sheet_says_which_page_was_scanned(show):
    assert "您扫的是第2页" in _words(show(replace(CURRENT, scanned_page=2)))
    assert "您扫的是第" not in _words(show(CURRENT))


def test_the_sheet_is_offered_only_while_the_notice_is_on_display(show):
    assert 'href="/N/7KQ2M4XW9C/paper.pdf"' in show(CURRENT)
    assert "/paper" not in show(replace(CURRENT, face=Face.PERIOD_OVER, **PAST))


def test_a_personal_page_asks_search_engines_to_stay_away(show):
    assert '<meta name="robots" content="noindex">' in show(replace(CURRENT, personal=True))
    assert "description" not in show(replace(CURRENT, personal=True))
    assert "noindex" not in show(CURRENT)


def test_a_resident_reads_who_handled_it_by_which_law_and_how_to_object(show):
    words = _words(show(CURRENT))
    for said in (*CURRENT.handled, *CURRENT.legal_bases, *CURRENT.items, CURRENT.objection, PRINT):
        assert said in words
    assert "40271685339" in words  # the digits twin
    assert "2026年10月10日至10月25日，15日" in words


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
    links = _Reader(html).links()
    assert "/N/AAA" in links
    assert "/N/BBB" not in links
    assert "" not in links


@pytest.mark.parametrize(
    ("page", "template"), [(CURRENT, "notice"), (VILLAGE_PAGE, "village"), (FRONT, "township")]
)
def test_invented_figures_are_marked_on_every_page(show, page, template):
    assert "示例，非真实信息" in show(replace(page, demo=True), template)
    assert "示例，非真实信息" not in show(replace(page, demo=False), template)


# --- finding one's way -------------------------------------------------------------------------


def test_a_village_shows_what_hangs_now_and_keeps_the_fact_of_a_list_that_went(show):
    words = _words(show(VILLAGE_PAGE, "village"))
    assert "财务10月10日发布，公示到10月25日" in words
    assert "补贴发放名册" in words
    assert "名单已按规定撤下" in words
    assert "村委会门口公开栏大门东侧" in words


def test_a_village_without_notices_says_so(show):
    words = _words(show(replace(VILLAGE_PAGE, current=(), archive=()), "village"))
    assert "现在没有正在公示的内容" in words
    assert "以前的公开" not in words


def test_the_front_page_has_one_box_and_every_village(show):
    page = _Reader(show(FRONT, "township"))
    boxes = [attrs for tag, attrs in page.tags if tag == "input"]
    assert [box["name"] for box in boxes] == ["q"]
    assert any(tag == "label" and attrs["for"] == "q" for tag, attrs in page.tags)
    assert {f"/V/{line.place.code}" for line in FRONT.villages} <= set(page.links())
    assert f"/V/{TOWNSHIP.code}" in page.links()
    words = _plain("".join(page.words))
    assert "张家村3件在公示最近10月10日上寨村现无公示" in words


@pytest.mark.parametrize(
    ("at", "late", "words"),
    [
        (NOW, False, "发布时钟正常，上次10:05"),
        (datetime(2026, 10, 9, 23, 0, tzinfo=UTC), True, "发布时钟停了，上次10月10日07:00"),
        (None, True, "发布时钟还没有走过"),
    ],
)
def test_the_front_page_tells_whether_the_publisher_is_alive(show, at, late, words):
    page = replace(FRONT, heartbeat_at=at, heartbeat_late=late)
    assert words in _words(show(page, "township"))


def test_an_unknown_code_keeps_what_was_typed_and_offers_box_and_villages(show):
    html = show(FRONT, "not_found", typed='"><script>8KQ2')
    assert "<script>" not in html
    box = next(attrs for tag, attrs in _Reader(html).tags if attrs.get("id") == "q")
    assert box["value"] == '"><script>8KQ2'
    assert box["aria-invalid"] == "true"
    assert f"/V/{VILLAGE.code}" in _Reader(html).links()


def test_an_error_page_says_what_to_do_and_gives_the_number_of_the_incident(bare_app):
    with bare_app.test_request_context("/N/X"):
        html = render_template(
            "resident/error.html", status=500, sentences=("请稍后再试。",), incident="7A3F"
        )
    words = _words(html)
    assert "网站出了故障请稍后再试。" in words
    assert "故障编号7A3F" in words
    assert "/" in _Reader(html).links()


@pytest.mark.parametrize(("path", "home"), [("/desk/notices", "/desk"), ("/V/1", "/")])
def test_an_error_page_leads_back_to_where_one_works(bare_app, path, home):
    with bare_app.test_request_context(path):
        html = render_template("resident/error.html", status=409, sentences=(), incident="")
    assert _Reader(html).links()[-1] == home
