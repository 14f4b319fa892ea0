"""One list: what the editor says while somebody writes is what the submission refuses, and nothing else."""

from datetime import timedelta

import pytest
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.domain.errors import Refused
from bulletin.domain.notices.draft_checks import Weight
from bulletin.services.notices.drafts import draft, submit
from bulletin.services.notices.drafts.draft_checks import draft_todo

ID_NUMBER = "11010519491231002X"
UNKNOWN = "\U000f0001"  # in no font
TITLE = "2026年第三季度村级财务收支情况"
PICTURE = "a" * 64
REST = "上期结余12000元，期末结余32520元。监督委员会审查意见：属实。凭证在村委会查阅。"
PARAGRAPHS = {  # words: the code of what is wrong with them
    "路灯修好了。": None,
    f"户主{ID_NUMBER}": "personal_data",
    "有异议的，向村委会提出。": "objection_differs",
    f"马{UNKNOWN}示户": "missing_glyph",
}


def _paragraph(text):
    return {"type": "paragraph", "text": text}


def _heading(text):
    return {"type": "heading", "level": 1, "text": text}


def _table(title="金额（元）", cell="12.00"):
    columns = [{"title": "摘要", "kind": "text"}, {"title": title, "kind": "money"}]
    return {"type": "table", "columns": columns, "rows": [["电费", "1.00"], ["水费", cell]]}


DRAFTS = [  # title, blocks, moment: the places and codes that both must say
    (TITLE, LEDGER["blocks"], None, set()),
    (
        "",
        [],
        None,
        {
            ("title_missing", "title", None),
            ("content_missing", "document", None),
            ("no_figures", "", None),
        },
    ),
    (TITLE, [_heading("收入"), _heading("支出"), _table()], None, {("heading_empty", "", 0)}),
    (TITLE, [_table(), _heading("收入"), _paragraph("")], None, {("heading_blank", "", 1)}),
    (TITLE, [_table(title="")], None, {("column_untitled", "", 0)}),
    (
        f"{TITLE}{UNKNOWN}",
        [_table(cell=ID_NUMBER)],
        None,
        {("missing_glyph", "title", None), ("personal_data", "", 0)},
    ),
    (
        TITLE,
        [_table(), {"type": "image", "file": PICTURE, "alt": ""}],
        NOON - timedelta(minutes=1),
        {("file_missing", "", 1), ("alt_missing", "", 1), ("moment_passed", "publish_at", None)},
    ),
    (TITLE, LEDGER["blocks"], NOON + timedelta(days=40), {("planned_late", "publish_at", None)}),
    *(
        (TITLE, [_table(), _paragraph(words)], None, {(code, "", 1)} if code else set())
        for words, code in PARAGRAPHS.items()
    ),
]


def test_what_is_refused_is_what_was_said_while_writing(zhangjia):
    notice = a_notice(zhangjia, NOON)
    for version, (title, blocks, moment, expected) in enumerate(DRAFTS, 2):
        draft.save(
            zhangjia.site, zhangjia.li, notice.code, NOON, version=version, title=title,
            document={"blocks": blocks}, publish_at=moment,
        )  # fmt: skip
        said = draft_todo(zhangjia.site, zhangjia.li, notice.code, NOON).checks
        found = {(c.code, c.field, c.block) for c in said if c.code != "element_open"}
        assert found == expected
        with pytest.raises(submit.NotSubmitted) as refused:
            submit.submit(zhangjia.site, zhangjia.li, notice.code, NOON)
        assert refused.value.checks == said
        stops = [check for check in said if check.weight is Weight.STOP]
        if stops:
            with pytest.raises(submit.NotSubmitted) as refused:
                submit.submit(
                    zhangjia.site, zhangjia.li, notice.code, NOON, confirmed=True, why="急"
                )
            assert list(refused.value.checks) == stops


def test_a_finding_in_a_table_names_its_cell(zhangjia):
    notice = a_notice(
        zhangjia, NOON, document={"blocks": [_paragraph("如下。"), _table(cell=ID_NUMBER)]}
    )
    said = draft_todo(zhangjia.site, zhangjia.li, notice.code, NOON).checks
    (found,) = [check for check in said if check.weight is Weight.STOP]
    assert (found.block, found.row, found.column) == (1, 1, 1)
    assert ID_NUMBER not in found.words


def test_what_the_catalog_wants_is_named_until_it_is_written(zhangjia):
    notice = a_notice(zhangjia, NOON)
    said = draft_todo(zhangjia.site, zhangjia.li, notice.code, NOON).checks
    assert {check.code for check in said} == {"element_open"}
    assert "“期末结余”" in "".join(check.words for check in said)
    assert "“收入逐笔明细”" not in "".join(check.words for check in said)


def test_a_draft_that_lacks_nothing_goes_off_at_once(zhangjia):
    notice = a_notice(zhangjia, NOON, document={"blocks": [*LEDGER["blocks"], _paragraph(REST)]})
    assert draft_todo(zhangjia.site, zhangjia.li, notice.code, NOON).checks == ()
    submit.submit(zhangjia.site, zhangjia.li, notice.code, NOON)
    with pytest.raises(Refused):  # and is no draft any more
        draft_todo(zhangjia.site, zhangjia.li, notice.code, NOON)
