"""A small phone, also in 大字: no page slides sideways, and nobody reads a date, a name or a sum in two halves."""

import pytest
from support.broken_lines import broken_lines
from support.browser import needs_chromium, served, signed_in
from support.builders import a_notice
from support.clock import NOON

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    needs_chromium,
    pytest.mark.sqlite_only(reason="what the browser does"),
]
WIDTHS = (320, 360)
SIZES = ("", "big=1")


def table(columns, *rows, caption="", footer=None):
    return {
        "type": "table",
        "caption": caption,
        "columns": [{"title": title, "kind": kind} for title, kind in columns.items()],
        "rows": [list(row) for row in rows],
        "footer": footer,
    }


TABLES = [
    table(
        {
            "序号": "number",
            "户主姓名": "text",
            "村民小组": "text",
            "保障人数": "number",
            "月保障金额（元）": "money",
            "初审意见": "text",
        },
        ["1", "祁示例一", "第一村民小组", "2", "860.00", "拟新增"],
        ["2", "李示例一", "第二村民小组", "13", "1275.00", "由475.00元拟调整"],
        caption="拟新增家庭",
    ),
    table(
        {"姓名": "text", "得票": "number", "职务": "text", "当选日期": "date"},
        ["祁示例一", "1312", "村民委员会主任", "2023年12月5日"],
        ["韩示例二", "98", "村民委员会委员", "2023年12月15日"],
        footer=["合计", "1410", "", ""],
    ),
    table({"上期结余（元）": "money", "本期支出（元）": "money"}, ["1234567890.05", "30058.3"]),
    table(
        {"合同名称": "text", "承租人": "text", "签订时间": "text", "说明": "text"},
        [
            "村集体沿街商铺租赁合同",
            "乔示例二",
            "2023年12月5日",
            "每年2023年12月15日以前交12,800.00元，祁示例一、马示例二经手",
        ],
        ["机动地承包合同", "示例农资服务部", "二〇二三年十月五日", "张家村公开〔2026〕112号"],
    ),
]
WORDS = {
    "type": "paragraph",
    "text": "附件在https://gk.huzhu.gov.cn/files/2026/annual_report-final?year=2026&lang=zh&copy=1，"
    "经手人马示例一，电话0972-8320000，2026年12月15日以前交64,027.37元（大写）到村委会。",
}
HEADING = {
    "type": "heading",
    "level": 1,
    "text": "二、2026年第三季度各村民小组公益事业建设资金收支明细表",
}


def torn(page, address, sizes=SIZES):
    """What each size of window and type breaks, pushes out or cuts."""
    found = {}
    for size in sizes:
        page.goto(f"{address}{'&' if '?' in address else '?'}{size}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if broken := broken_lines(page):
                found[width, size] = broken
    return found


@pytest.fixture
def address(app):
    with served(app) as address:
        yield address


@pytest.fixture
def published(zhangjia):
    document = {"blocks": [WORDS, HEADING, *TABLES]}
    title = "关于2026年第三季度村级财务收支和村民委员会换届选举选民登记情况的公开"
    return a_notice(zhangjia, NOON, document=document, title=title).approved()


def test_no_line_of_a_resident_s_page_breaks_a_date_a_sum_a_name_or_a_code(
    browser, shown, published
):
    page = browser.new_page()
    village, notice = "/V/630223202214", f"/N/{published.code}"
    with shown() as address:
        for path in ("/", "/nothing", village, f"{village}/catalog", notice, f"{notice}.1"):
            assert not torn(page, f"{address}{path}"), path


def test_no_line_of_a_page_that_only_the_site_itself_has_does(browser, address, zhangjia):
    page = browser.new_page()
    for path in ("/check", "/sign-in", "/find?q=40271685339"):
        assert not torn(page, f"{address}{path}"), path


def test_every_cell_of_a_table_has_its_own_line_in_large_type(browser, address, published):
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{address}/N/{published.code}.1?big=1")
    beside = page.locator(".sheet tbody tr").evaluate_all(
        """rows => rows.map(row => {
            const cells = [...row.cells].filter(each => each.offsetWidth);
            const serial = row.closest(".s1") ? 1 : 0;
            return cells.length - serial - new Set(cells.slice(serial).map(each => each.offsetTop)).size;
        })"""
    )
    assert beside
    assert not any(beside)


def test_in_large_type_nothing_stands_beside_a_title_and_all_begins_at_the_left(
    browser, address, published
):
    """What became of a duty stands above it, the ways of the head below the name, and figures without gaps."""
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{address}/V/630223202214/coverage/2026?big=1")
    beside = page.locator(".record .stand").evaluate_all(
        """all => all.map(stand => stand.getBoundingClientRect().bottom - stand.nextElementSibling.getBoundingClientRect().top)"""
    )
    assert beside
    assert max(beside) <= 1
    left = "each => each.getBoundingClientRect().left"
    page.goto(f"{address}/T/630223202/coverage/2026?big=1")
    brand, sizes = (page.eval_on_selector(each, left) for each in (".brand", ".sizes"))
    assert brand == sizes
    gaps = page.locator(".days bdi").evaluate_all(
        "all => all.map(each => getComputedStyle(each).marginRight)"
    )
    assert set(gaps) == {"0px"}


@pytest.mark.parametrize("login", ["li", "zheng"])
def test_no_line_of_the_desk_does_either(app, browser, address, zhangjia, published, login):
    waiting = a_notice(zhangjia, NOON).submitted().code
    fixed = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods
        and not rule.arguments
        and rule.rule.startswith(("/desk", "/account"))
    }
    of_a_notice = [
        f"/desk/notices/{published.code}",
        f"/desk/notices/{published.code}/hang",
        f"/desk/notices/{waiting}",
        f"/desk/notices/{waiting}/review",
    ]
    page = signed_in(browser, address, login, zhangjia.password)
    found = {}
    for path in [*sorted(fixed), *of_a_notice]:
        if "text/html" in (page.request.get(f"{address}{path}").headers["content-type"]):
            found[path] = torn(page, f"{address}{path}")
    assert len(found) > 15
    assert not {path: broken for path, broken in found.items() if broken}


def test_a_long_title_is_broken_between_its_words(browser, address, published):
    page = browser.new_page(viewport={"width": 320, "height": 800})
    lines = {}
    for size in SIZES:
        page.goto(f"{address}/N/{published.code}.1?{size}")
        lines[size] = page.locator("h1").evaluate(
            """title => {
                const range = document.createRange(), lines = [];
                let bottom = -1;
                const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at++) {
                    range.setStart(walker.currentNode, at);
                    range.setEnd(walker.currentNode, at + 1);
                    const box = range.getBoundingClientRect();
                    if (box.top >= bottom - 2) lines.push("");
                    lines[lines.length - 1] += range.toString();
                    bottom = box.bottom;
                }
                return lines;
            }"""
        )
    words = [
        "2026年",
        "第三季度",
        "村级",
        "财务收支",
        "委员会",
        "换届",
        "选举",
        "选民",
        "登记",
        "情况的",
        "公开",
    ]
    for title in lines.values():
        assert len(title) > 2
        assert [word for word in words if not any(word in line for line in title)] == []
        assert all(len(line) > 1 for line in title)
