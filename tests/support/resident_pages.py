"""Pages as residents receive them: what they show, and a reader that takes them as a phone does."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

from flask.testing import FlaskClient

from bulletin.domain.notices.content import (
    Attachment,
    Column,
    ContentLanguage,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Table,
    Translation,
)
from bulletin.domain.notices.visibility import PageState
from bulletin.services.notices.detail import FileLink
from bulletin.services.public.page_values import (
    EditionNote,
    NoticeLine,
    NoticeLines,
    NoticePage,
    PlaceLink,
    TownshipPage,
    VillageLine,
    VillagePage,
)

MAX_BYTES = 40_000
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


def ledger(rows: int) -> Table:
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
        ledger(3),
        Heading(3, "1.说明"),
        ListBlock(("原始凭证可以查阅。", "<b>不是</b>标记 & 不是符号"), ordered=True),
        ListBlock(("第一项", "第二项")),
        Image(PICTURE, "村民坐在会场里", "民主理财会"),
        Attachment(LIST, "凭证目录.xlsx"),
        Translation(ContentLanguage.UYGHUR, "كىرىم", ("كەنت 3480", "")),
    )
)
FIRST = EditionNote(1, datetime(2026, 10, 10, 1, 0, tzinfo=UTC), "", PRINT)
CURRENT = NoticePage(
    page_state=PageState.CURRENT,
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
)
PAST = {"opens_on": date(2026, 9, 10), "closes_on": date(2026, 9, 25)}
HIDDEN = replace(CURRENT, document=None, files=())
THIRD = (
    EditionNote(3, datetime(2026, 10, 14, 1, 0, tzinfo=UTC), "补上路灯合同。", PRINT),
    EditionNote(2, datetime(2026, 10, 12, 1, 0, tzinfo=UTC), "租赁费改为4,800.00元。", PRINT),
    FIRST,
)
OLDER = replace(
    CURRENT, page_state=PageState.OLDER, current_edition=3, scanned_edition=2, notes=THIRD
)
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
    current=NoticeLines((LINE,)),
    count=1,
    archive=((2025, (replace(LINE, title="补贴发放名册", nameless=True),)),),
    boards=(("村委会门口公开栏", "大门东侧"),),
    phones=PHONES,
    demo=False,
)
FRONT = TownshipPage(
    township=TOWNSHIP,
    county="互助土族自治县",
    villages=(
        VillageLine(VILLAGE, 3, date(2026, 10, 10)),
        VillageLine(PlaceLink("上寨村", "630223202200"), 0, None),
    ),
    own=2,
    phones=PHONES,
    heartbeat_at=NOW,
    heartbeat_late=False,
    demo=True,
)


class Reader(HTMLParser):
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


def words_of(html: str) -> str:
    return plain("".join(Reader(html).words))


def plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def unmarked(html: str) -> str:
    """A page without the marks of what no line breaks: its words as they are read."""
    return re.sub(r"</?(?:bdi|cite)>|<wbr>", "", html)


class ReadingClient(FlaskClient):
    """A browser whose pages are read word by word."""

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        packed = response.content_encoding or response.request.method == "HEAD"
        if response.mimetype == "text/html" and not packed:
            response.set_data(unmarked(response.get_data(as_text=True)))  # `text` would be kept
        return response
