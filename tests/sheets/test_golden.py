"""How every form looks, compared with pictures that were looked at.

After a change of the templates: `BULLETIN_GOLDEN=write pytest tests/sheets/test_golden.py`, look at what
changed in tests/material/golden, and commit the pictures with the change.
"""

import io
import os
from datetime import date

import pytest
from PIL import Image, ImageChops, ImageDraw
from support.forms import FORM_PAPERS
from support.paths import MATERIAL

from bulletin.domain.accounts.figures import Figure, PlainAccount
from bulletin.domain.digests import sha256_hex
from bulletin.domain.notices.content import Column, Heading, Paragraph, Table
from bulletin.domain.notices.content import Image as Picture
from bulletin.sheets.cover import CoverFacts
from bulletin.sheets.phone import phone_picture

GOLDEN = MATERIAL / "golden"
DPI = 40
TILE = 10  # pixels a side: 6 mm of paper
MAX_DIFFERENCE = (
    16  # mean difference of the shades in a tile, of 255: anti-aliasing, not a word that moved
)
ACCOUNT = PlainAccount(
    figures=(
        Figure("上期结余", "1,086,432.57", "元"),
        Figure("收入", "203,780.97", "元"),
        Figure("支出", "226,186.17", "元"),
        Figure("结余", "1,064,027.37", "元"),
    ),
    largest=(
        Figure("巷道维修人工（22人·5日）", "16,500.00", "元"),
        Figure("村集体仓库屋顶维修", "12,600.00", "元"),
        Figure("人饮管网改造材料（PE管、闸阀）", "11,750.50", "元"),
    ),
    largest_of="最大的支出",
    rows="逐笔",
)


def _rare_and_long(sheet_facts):
    return sheet_facts(
        Heading(1, "一、拟征收土地的位置和面积"),
        Paragraph("公示名单：䶮、𬭚、㛃、堃。现将有关情况公示如下。" * 4),
        title="关于张家村村民委员会和股份经济合作社共同承担的人居环境整治项目资金使用情况的公开",
        publishers=("张家村村民委员会", "张家村股份经济合作社"),
        opens_on=date(2026, 12, 25),
        closes_on=date(2027, 1, 24),
        period_words="30日",
    )


def _twelve_columns(sheet_facts):
    months = tuple(Column(f"{month}月", "money") for month in range(1, 11))
    rows = tuple(
        ("道路", *(f"{month * 311.5:.2f}" for month in range(1, 11)), "") for _ in range(8)
    )
    return sheet_facts(Table((Column("项目"), *months, Column("备注")), rows, caption="各月支出"))


def _names(sheet_facts):
    names = ("䶮文博", "𬭚秀英", "㛃国强", "堃桂兰", "阿布都热合曼·买买提")
    columns = ("序号", "姓名", "组别", "保障人口", "月保障金额（元）", "备注")
    kinds = ("number", "text", "text", "number", "money", "text")
    rows = (
        (
            str(n),
            names[n % 5],
            f"{n % 4 + 1}社",
            str(n % 3 + 1),
            f"{300 + n * 13.5}",
            "由520元调整（9月）",
        )
        for n in range(1, 19)
    )
    return sheet_facts(
        Paragraph("各位村民："),
        Paragraph("本月共发放8091元（大写）。"),
        Table(tuple(map(Column, columns, kinds)), tuple(rows)),
        title="农村最低生活保障对象名单公示",
    )


def _of_a_higher_body(sheet_facts):
    scan = Image.new("L", (1240, 1754), 235)
    ImageDraw.Draw(scan).rectangle((150, 180, 1090, 1500), outline=0, width=9)
    buffer = io.BytesIO()
    scan.save(buffer, "PNG")
    file = sha256_hex(buffer.getvalue())
    return sheet_facts(
        Paragraph("互助土族自治县医疗保障局文件（互医保〔2026〕12号），照原件张贴，共1页。"),
        Picture(file, "原件第1页"),
        title="关于2026年城乡居民基本医疗保险缴费的通告",
        is_scan=True,
        images={file: buffer.getvalue()},
    )


FORMS = {
    "notice": lambda set_, facts, _: set_.compose(_rare_and_long(facts)),
    "notice-a3": lambda set_, facts, _: set_.compose(_rare_and_long(facts), "a3"),
    "twelve-columns": lambda set_, facts, _: set_.compose(_twelve_columns(facts)),
    "ledger": lambda set_, facts, ledger: set_.compose(facts(ledger(139))),
    "names": lambda set_, facts, _: set_.compose(_names(facts)),
    "higher-body": lambda set_, facts, _: set_.compose(_of_a_higher_body(facts)),
    "draft": lambda set_, facts, _: set_.compose(facts(mark="草稿")),
    "cover": lambda set_, facts, _: set_.compose_cover(CoverFacts(facts(topic="财务"), ACCOUNT, 7)),
    **{kind: lambda set_, *_, form=form: form(set_) for kind, form in FORM_PAPERS.items()},
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_looks_as_it_did(composer, sheet_facts, ledger, form):
    sheet = FORMS[form](composer, sheet_facts, ledger)
    page = 1 if form in FORM_PAPERS else min(2, sheet.pages)  # the second has 承前页
    _compare(form, composer.picture(sheet, page, DPI))


def test_seven_pages_side_by_side_look_as_they_did(composer, sheet_facts, ledger):
    sheet = composer.compose(sheet_facts(Paragraph("各位村民："), ledger(190), topic="财务"))
    assert sheet.pages == 7
    pages = [Image.open(io.BytesIO(composer.picture(sheet, page, DPI))) for page in range(1, 8)]
    wall = Image.new("L", (sum(page.width for page in pages), pages[0].height))
    for place, page in enumerate(pages):
        wall.paste(page, (place * page.width, 0))
    picture = io.BytesIO()
    wall.save(picture, "PNG")
    _compare("seven", picture.getvalue())


def test_the_picture_for_the_chat_looks_as_it_did(composer, sheet_facts):
    sheet = composer.compose_phone(_rare_and_long(sheet_facts))
    assert sheet.pages == 1
    picture = phone_picture(sheet, 1)
    with Image.open(io.BytesIO(picture)) as image:
        small = io.BytesIO()
        image.resize((image.width // 4, image.height // 4)).save(small, "PNG")
    _compare("phone", small.getvalue())


def _compare(form, picture):
    golden = GOLDEN / f"{form}.png"
    with Image.open(io.BytesIO(picture)) as image:
        drawn = image.convert("L")
    if os.environ.get("BULLETIN_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        drawn.save(golden, optimize=True)
    with Image.open(golden) as expected:
        assert expected.size == drawn.size
        _, difference = ImageChops.difference(expected, drawn).reduce(TILE).getextrema()
    assert difference < MAX_DIFFERENCE, (
        f"{form} looks different: look at it, then write the picture anew"
    )
