"""What a draft lacks is said all at once, before somebody else is asked to look."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.clock import NOON

from bulletin.domain.notices.completeness import DraftFacts, doubts, missing
from bulletin.domain.notices.content import (
    Attachment,
    Column,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Table,
)
from bulletin.domain.notices.draft_checks import Weight

TEXT = Paragraph("各位村民：")
PHOTO = "a" * 64
WHOLE = DraftFacts(title="财务收支", document=Document((Heading(1, "收入"), TEXT)))


def of(*blocks):
    return Document(blocks)


@pytest.mark.parametrize(
    "draft",
    [
        WHOLE,
        replace(WHOLE, publish_at=NOON),
        replace(WHOLE, edition=2, change_note="合计算错了。"),
        replace(WHOLE, document=of(Heading(1, "收入"), Heading(2, "租金"), TEXT)),
        replace(WHOLE, document=of(Image(PHOTO, "水渠"), TEXT), uploaded=frozenset({PHOTO})),
        replace(WHOLE, document=of(TEXT, Table((Column("户"), Column("元", "money")), ()))),
    ],
)
def test_a_whole_draft_lacks_nothing(draft):
    assert missing(draft, NOON) == ()


@pytest.mark.parametrize(
    ("draft", "codes"),
    [
        (replace(WHOLE, title="  "), ["title_missing"]),
        (replace(WHOLE, document=of()), ["content_missing"]),
        (replace(WHOLE, document=of(Paragraph(" "))), ["content_missing"]),
        (replace(WHOLE, document=of(TEXT, Heading(1, "收入"))), ["heading_empty"]),
        (
            replace(WHOLE, document=of(Heading(2, "收入"), Heading(2, "支出"), TEXT)),
            ["heading_empty"],
        ),
        (
            replace(WHOLE, document=of(Heading(2, "收入"), Heading(1, "支出"), TEXT)),
            ["heading_empty"],
        ),
        (
            replace(WHOLE, document=of(Image(PHOTO, ""), TEXT), uploaded=frozenset({PHOTO})),
            ["alt_missing"],
        ),
        (
            replace(WHOLE, document=of(TEXT, Table((Column("户"), Column("")), ()))),
            ["column_untitled"],
        ),
        (replace(WHOLE, document=of(TEXT, Attachment(PHOTO, "明细.xlsx"))), ["file_missing"]),
        (replace(WHOLE, edition=2), ["change_note_missing"]),
        (replace(WHOLE, publish_at=NOON - timedelta(minutes=1)), ["moment_passed"]),
        (
            DraftFacts(title="", document=of(), edition=2, publish_at=NOON - timedelta(days=1)),
            ["title_missing", "content_missing", "change_note_missing", "moment_passed"],
        ),
    ],
)
def test_everything_that_a_draft_lacks_is_named_in_order(draft, codes):
    assert [check.code for check in missing(draft, NOON)] == codes
    assert all(check.weight is Weight.STOP for check in missing(draft, NOON))


def test_the_empty_heading_is_named():
    (check,) = missing(replace(WHOLE, document=of(TEXT, Heading(1, "支出"))), NOON)
    assert "支出" in check.words
    assert check.block == 1


@pytest.mark.parametrize("blank", [Paragraph(" "), ListBlock((" ", ""), ordered=False)])
def test_a_heading_with_nothing_but_blank_lines_under_it_is_asked_about(blank):
    draft = replace(WHOLE, document=of(TEXT, Heading(1, "收入"), blank, Heading(1, "支出"), TEXT))
    (doubt,) = doubts(draft)
    assert (missing(draft, NOON), doubt.code) == ((), "heading_blank")
    assert "收入" in doubt.words
    assert "支出" not in doubt.words
    assert doubt.block == 1


FINANCE = replace(WHOLE, is_finance=True)
MONEY = Table((Column("摘要"), Column("元", "money")), (("利息", "311.50"),))


@pytest.mark.parametrize(
    ("draft", "codes"),
    [
        (WHOLE, []),
        (FINANCE, ["no_figures"]),
        (replace(FINANCE, document=of(Paragraph("2026年第三季度收支见公开栏。"))), ["no_figures"]),
        (replace(FINANCE, document=of(TEXT, MONEY)), []),
        (replace(FINANCE, document=of(Paragraph("本季度收入12,000元。"))), []),
        (replace(FINANCE, document=of(Paragraph("本季度收入三万元。"))), []),
        (replace(FINANCE, document=of(TEXT, replace(MONEY, rows=(("利息", ""),)))), ["no_figures"]),
        (replace(FINANCE, document=of(TEXT, Attachment(PHOTO, "收支明细.xlsx"))), []),
        (replace(WHOLE, reports_until=date(2026, 12, 31)), ["period_runs"]),
        (replace(FINANCE, reports_until=date(2026, 12, 31)), ["no_figures", "period_runs"]),
    ],
)
def test_what_a_person_is_asked_about(draft, codes):
    assert [check.code for check in doubts(draft)] == codes
    assert all(check.weight is not Weight.STOP for check in doubts(draft))
