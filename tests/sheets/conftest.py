"""A composer with the packaged templates and fonts, and a sheet of 张家村 to vary."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support.paths import SHEET_TEMPLATES

from bulletin.domain.codes import check_character, check_digit
from bulletin.domain.digests import sha256_hex
from bulletin.domain.history import Checkpoint
from bulletin.domain.notices.content import Column, Document, Paragraph, Table
from bulletin.sheets.compose import Composer
from bulletin.sheets.facts import SheetFacts

TEMPLATES = SHEET_TEMPLATES


@pytest.fixture(scope="session")
def templates() -> Path:
    return TEMPLATES


@pytest.fixture(scope="session")
def composer(templates: Path) -> Composer:
    return Composer(templates, [templates / "fonts"])


@pytest.fixture(scope="session")
def sheet_facts() -> Callable[..., SheetFacts]:
    def build(*blocks: object, **changed: object) -> SheetFacts:
        facts: dict[str, object] = {
            "township": "互助土族自治县红崖子沟乡",
            "village": "张家村",
            "board_title": "村务公开栏",
            "number": "张家村公开〔2026〕12号",
            "title": "关于2026年第三季度村级财务收支情况的公开",
            "document": Document(blocks or (Paragraph("现将有关情况公开如下。"),)),
            "publishers": ("张家村村民委员会",),
            "signed_on": date(2026, 10, 10),
            "opens_on": date(2026, 10, 10),
            "closes_on": date(2026, 10, 25),
            "period_words": "15日",
            "objection": "公示期内向村务监督委员会提出，10日内答复",
            "phones": (("村监委会", "0972-8320000"), ("乡纪委", "0972-8321111")),
            "code": "ABCDEFGH7" + check_character("ABCDEFGH7"),
            "edition": 1,
            "digits": "4027168533" + check_digit("4027168533"),
            "host_words": "gk.huzhu.gov.cn",
            "public_url": "https://gk.huzhu.gov.cn",
            "fingerprint": sha256_hex(b"edition"),
            "checkpoint": Checkpoint(
                18427, datetime(2026, 10, 10, 1, tzinfo=UTC), sha256_hex(b"head")
            ),
        }
        return SheetFacts(**{**facts, **changed})  # type: ignore[arg-type]

    return build


@pytest.fixture(scope="session")
def ledger() -> Callable[[int], Table]:
    purposes = ("上级拨付村级组织运转经费", "村道路灯维修材料费（含运输）", "银行存款利息")

    def build(rows: int) -> Table:
        return Table(
            (
                Column("序号"),
                Column("日期", "date"),
                Column("摘要"),
                Column("收入（元）", "money"),
                Column("支出（元）", "money"),
                Column("结余（元）", "money"),
            ),
            tuple(
                (
                    str(n),
                    f"{7 + n % 3}月{1 + n % 28}日",
                    purposes[n % 3],
                    f"{n * 311.5:.2f}" if n % 2 else "",
                    "" if n % 2 else f"{n * 97.25:.2f}",
                    f"{20000 + n * 10}",
                )
                for n in range(1, rows + 1)
            ),
            footer=(
                "合计",
                "",
                "",
                f"{sum(range(1, rows + 1, 2)) * 311.5:.2f}",
                f"{sum(range(2, rows + 1, 2)) * 97.25:.2f}",
                f"{20000 + rows * 10}",
            ),
        )

    return build
