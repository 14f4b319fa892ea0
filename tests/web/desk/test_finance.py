"""Money in a draft, in the browser and without a script: forms, explanations, 明白账, a program's ledger."""

import re
from html import unescape

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.notices.content import Summary, Table
from bulletin.services.notices.detail import notice_detail

COLUMNS = [
    {"title": "摘要", "kind": "text"},
    {"title": "收入（元）", "kind": "money"},
    {"title": "支出（元）", "kind": "money"},
    {"title": "结余（元）", "kind": "money"},
]
ROWS = [["上期结余", "", "", "100"], ["拨款", "50", "", "150"], ["电费", "", "30", "120"]]


@pytest.fixture
def notice(zhangjia):
    table = {"type": "table", "caption": "", "columns": COLUMNS, "rows": ROWS}
    footer = ["合计", "50", "31", "120"]
    return a_notice(zhangjia, NOON, document={"blocks": [table | {"footer": footer}]})


@pytest.fixture
def li(signed_in):
    return signed_in("li")


def _post(browser, notice, act, **form):
    return browser.post(f"/desk/notices/{notice.code}/{act}", data=form, follow_redirects=True)


def _blocks(zhangjia, notice):
    return notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON).document.blocks


def test_the_editor_offers_forms_and_names_what_differs(li, notice):
    page = li.get(f"/desk/notices/{notice.code}/edit").text
    assert (
        '<button class="button plain" type="submit" name="form" value="income_and_spending" data-blocks="'
        in page
    )
    assert "按各行加起来是30.00元，这里写的是31.00元，差1.00元" in page
    assert "现在还写不出：" in page


def test_a_form_is_added_by_a_button(li, zhangjia, notice):
    page = _post(li, notice, "form", form="income_and_spending")
    assert "表加在正文最后" in page.text
    added = _blocks(zhangjia, notice)[-1]
    assert isinstance(added, Table)
    assert added.caption == "收支明细"
    assert _post(li, notice, "form", form="nothing").status_code == 422


def test_a_difference_is_explained_by_a_sentence(li, zhangjia, notice):
    page = li.get(f"/desk/notices/{notice.code}/edit").text
    words = unescape(re.findall(r'name="difference" value="([^"]+)"', page)[0])
    refused = _post(li, notice, "explain", difference=words, reason="无")
    assert (refused.status_code, "请写明差在哪里" in refused.text) == (422, True)
    page = _post(li, notice, "explain", difference=words, reason="手续费没有单独列出").text
    assert "村民看得到" in page
    assert "已经写明的说明（1处）" in page
    assert 'name="difference"' not in page
    assert _post(li, notice, "explain", difference=words, reason="再说一遍原因").status_code == 422


def test_the_plain_account_is_drafted_worded_and_taken_away(li, zhangjia):
    table = {"type": "table", "caption": "", "columns": COLUMNS, "rows": ROWS}
    right = a_notice(
        zhangjia, NOON, document={"blocks": [table | {"footer": ["合计", "50", "30", "120"]}]}
    )
    page = _post(li, right, "summary", residents="40", households="").text
    assert "收进来：50.00元" in page
    assert "平均每人：收进来1.25元" in page
    assert 'value="40"' in page  # remembered
    assert "照表重新写明白账" in page
    page = _post(li, right, "summary-words", lines="花出去：31元").text
    assert "明白账和表不一样" in page
    _post(li, right, "summary-words", lines="花出去：只有电费，30元")
    box = _blocks(zhangjia, right)[0]
    assert isinstance(box, Summary)
    assert box.lines[0].words == "只有电费，30元"
    shown = li.get(f"/desk/notices/{right.code}").text
    assert '<section class="summary">' in shown
    assert "拿掉了" in _post(li, right, "summary-words", lines="").text
    assert not any(isinstance(b, Summary) for b in _blocks(zhangjia, right))
    assert _post(li, right, "summary", residents="很多").status_code == 422
    assert _post(li, right, "summary", residents="0").status_code == 422


def test_a_programs_ledger_is_read_by_what_its_columns_hold(li, zhangjia):
    heads = [{"title": head, "kind": "text"} for head in ("日期", "摘要", "借方", "贷方", "余额")]
    rows = [["7.1", "拨款", "50", "", "50"], ["", "本月合计", "50", "", "50"]]
    table = {"type": "table", "caption": "日记账", "columns": heads, "rows": rows, "footer": None}
    notice = a_notice(zhangjia, NOON, document={"blocks": [table]})
    page = li.get(f"/desk/notices/{notice.code}/edit").text
    assert "“日记账”像是记账软件的账本" in page
    chosen = re.findall(r'<option value="(\w+)" selected>', page)
    assert chosen == ["date", "summary", "income", "spending", "balance"]
    page = _post(li, notice, "ledger", block="0", column=chosen).text
    assert "这几行是账本自己的合计，没有放进来：本月合计。" in page
    assert "像是记账软件的账本" not in page


def test_only_the_liaison_writes(signed_in, notice):
    for act in ("form", "explain", "summary", "summary-words", "ledger"):
        assert _post(signed_in("sun"), notice, act).status_code in (403, 404)
