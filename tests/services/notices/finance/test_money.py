"""A notice about money: its forms, what does not add up and why, 明白账, from draft to paper."""

import pytest
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.domain.notices.content import Paragraph, Summary, Table, texts
from bulletin.services.edition_document import edition_document
from bulletin.services.notices import redact
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import draft, submit
from bulletin.services.notices.finance import add_form, explain, read_ledger, write_summary
from bulletin.services.notices.finance.overview import money_overview
from bulletin.store.notices import Edition

COLUMNS = [
    {"title": "摘要", "kind": "text"},
    {"title": "收入（元）", "kind": "money"},
    {"title": "支出（元）", "kind": "money"},
    {"title": "结余（元）", "kind": "money"},
]


def ledger(*, went="30", total="30"):
    rows = [["上期结余", "", "", "100"], ["拨款", "50", "", "150"], ["电费", "", went, "120"]]
    footer = ["合计", "50", total, "120"]
    return {
        "blocks": [
            {"type": "paragraph", "text": "各位村民："},
            {"type": "table", "caption": "", "columns": COLUMNS, "rows": rows, "footer": footer},
        ]
    }


@pytest.fixture
def notice(zhangjia):
    return a_notice(zhangjia, NOON, document=ledger(total="31"))


def _document(village, notice):
    return notice_detail(village.site, village.li, notice.code, NOON).document


def _open(village, notice):
    return [
        c.words for c in money_overview(village.site, village.li, notice.code, NOON).differences
    ]


DIFFERS = "“支出（元）”一列，“合计”按各行加起来是30.00元，这里写的是31.00元，差1.00元。"


def test_a_total_that_is_another_sum_does_not_go_on_confirmed_or_not(zhangjia, notice):
    assert _open(zhangjia, notice) == [DIFFERS]
    with pytest.raises(Refused, match=r"差1\.00元") as refused:
        submit.submit(zhangjia.site, zhangjia.li, notice.code, NOON, confirmed=True, why="没事")
    [check] = refused.value.checks
    assert (check.code, check.block, check.row, check.column) == ("sum_differs", 1, 3, 2)


def test_an_explanation_lets_it_go_on_and_everybody_reads_it(zhangjia, notice):
    explain.explain(zhangjia.site, zhangjia.li, notice.code, DIFFERS, "手续费1元没有单独列出", NOON)
    assert _open(zhangjia, notice) == []
    document = _document(zhangjia, notice)
    assert document.blocks[2] == Paragraph("说明：手续费1元没有单独列出")
    notice.submitted()
    seen = notice_detail(zhangjia.site, zhangjia.sun, notice.code, NOON)
    assert seen.timeline[0].reason.endswith(f"{DIFFERS.rstrip('。')}，说明：手续费1元没有单独列出")


def test_other_figures_are_another_difference(zhangjia, notice):
    explain.explain(zhangjia.site, zhangjia.li, notice.code, DIFFERS, "手续费没有列出", NOON)
    draft.save(
        zhangjia.site, zhangjia.li, notice.code, NOON, version=3, title="收支",
        document=ledger(total="32"),
    )  # fmt: skip
    assert len(_open(zhangjia, notice)) == 1


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("见附件", "为什么"),
        ("  ", "为什么"),
        ("找张三，13800138000", "手机号"),
        ("长" * 201, "200字"),
    ],
)
def test_what_explains_nothing_is_refused(zhangjia, notice, reason, sentence):
    with pytest.raises(Refused, match=sentence):
        explain.explain(zhangjia.site, zhangjia.li, notice.code, DIFFERS, reason, NOON)
    assert _open(zhangjia, notice) == [DIFFERS]


def test_the_form_of_an_item_is_offered_and_put_at_the_end(zhangjia, notice):
    offered = money_overview(zhangjia.site, zhangjia.li, notice.code, NOON).forms
    assert offered[0].key == "income_and_spending"
    add_form.add_form(zhangjia.site, zhangjia.li, notice.code, "income_and_spending", NOON)
    table = _document(zhangjia, notice).blocks[-1]
    assert isinstance(table, Table)
    assert (table.caption, table.rows[0][2]) == ("收支明细", "上期结余")
    assert notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON).version == 3


def _box(village, notice):
    box = _document(village, notice).blocks[0]
    assert isinstance(box, Summary)
    return {line.label: line.words for line in box.lines}


def test_the_plain_account_is_drafted_from_the_table_and_kept_true_to_it(zhangjia):
    notice = a_notice(zhangjia, NOON, document=ledger())
    site, li, code = zhangjia.site, zhangjia.li, notice.code
    write_summary.draft_anew(site, li, code, NOON, residents=40)
    assert _box(zhangjia, notice) == {
        "上期剩下": "100.00元",
        "收进来": "50.00元",
        "花出去": "30.00元；最多的是电费30.00元",
        "现在剩下": "120.00元",
        "平均每人": "收进来1.25元，花出去0.75元（按本村40人算）",
    }
    assert next(iter(texts(_document(zhangjia, notice)))) == "明白账"
    assert _open(zhangjia, notice) == []
    write_summary.write_summary(site, li, code, "收进来：县里拨来50元\n花出去：电费31元", NOON)
    [words] = _open(zhangjia, notice)
    assert words.startswith("明白账和表不一样：“花出去”写的是31.00元，按表是30.00元，差1.00元。")
    write_summary.draft_anew(site, li, code, NOON)
    assert _open(zhangjia, notice) == []
    assert "平均每人" in _box(zhangjia, notice)  # how many people there are is remembered
    write_summary.write_summary(site, li, code, "", NOON)
    assert not any(isinstance(b, Summary) for b in _document(zhangjia, notice).blocks)


@pytest.mark.parametrize(
    "lines", ["收进来", "：50元", "\n".join(f"第{n}行：1元" for n in range(9))]
)
def test_a_line_without_a_name_is_refused(zhangjia, notice, lines):
    with pytest.raises(Refused, match="明白账"):
        write_summary.write_summary(zhangjia.site, zhangjia.li, notice.code, lines, NOON)


def test_the_next_quarter_begins_with_what_the_last_one_ended_with(zhangjia):
    a_notice(zhangjia, NOON, document=ledger()).approved()
    later = ledger()
    later["blocks"][1]["rows"][0][3] = "119"
    later["blocks"][1]["rows"][1][3] = "169"
    later["blocks"][1]["rows"][2][3] = later["blocks"][1]["footer"][3] = "139"
    second = a_notice(zhangjia, NOON, document=later)
    [words] = _open(zhangjia, second)
    assert words.endswith("的结余是120.00元，这里写的是119.00元，差1.00元。")


def test_a_notice_about_something_else_is_not_added_up(zhangjia):
    notice = a_notice(zhangjia, NOON, item="affairs.village_rules", document=ledger(total="31"))
    overview = money_overview(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert (overview.forms, overview.differences) == ((), ())


def test_what_is_removed_takes_its_explanations_along(zhangjia, notice):
    explain.explain(zhangjia.site, zhangjia.li, notice.code, DIFFERS, "王某的手续费没列", NOON)
    notice.approved()
    redact.redact(zhangjia.site, zhangjia.li, notice.code, "写了名字", NOON)
    with zhangjia.site.sessions.reading() as session:
        edition = session.scalars(select(Edition)).one()
        assert edition.explained == []
        assert edition_document(edition).blocks == ()


def test_a_ledger_of_a_program_becomes_the_form_and_its_columns_are_remembered(zhangjia):
    heads = ("日期", "摘要", "借方", "贷方", "余额")
    table = {
        "type": "table",
        "caption": "现金日记账",
        "columns": [{"title": head, "kind": "text"} for head in heads],
        "rows": [["7.1", "拨款", "50", "", "50"], ["", "本月合计", "50", "", "50"]],
        "footer": None,
    }
    document = {"blocks": [table]}
    site, li = zhangjia.site, zhangjia.li
    notice = a_notice(zhangjia, NOON, document=document)
    [offer] = money_overview(site, li, notice.code, NOON).ledgers
    assert (offer.block, offer.is_remembered) == (0, False)
    chosen = ["date", "summary", "spending", "income", "balance"]  # a bank's side of the same book
    assert read_ledger.read_ledger(site, li, notice.code, 0, chosen, NOON) == ("本月合计",)
    made = _document(zhangjia, notice).blocks[0]
    assert isinstance(made, Table)
    assert (made.caption, made.rows) == ("现金日记账", (("7.1", "拨款", "", "50", "50"),))
    again = a_notice(zhangjia, NOON, document=document)
    [offer] = money_overview(site, li, again.code, NOON).ledgers
    assert offer.is_remembered
    assert [head.column.value for head in offer.heads] == chosen
    with pytest.raises(Refused, match="不能重复"):
        read_ledger.read_ledger(site, li, again.code, 0, ["date"] * 5, NOON)
    with pytest.raises(Refused, match="不在了"):
        read_ledger.read_ledger(site, li, again.code, 7, chosen, NOON)
