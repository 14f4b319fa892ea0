"""The words of a notice as they are pasted elsewhere."""

from bulletin.domain.notices.content import (
    Attachment,
    Column,
    ContentLanguage,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    SummaryLine,
    Table,
    Translation,
)
from bulletin.domain.outlets.paste import PasteFacts, chat_words, whole_words

TEXT = Document(
    (
        Summary((SummaryLine("收进来", "24000元"),)),
        Paragraph("现将收支公开如下。"),
        Heading(1, "支出"),
        ListBlock(("路灯", "渠道"), ordered=True),
        Table(
            (Column("摘要"), Column("金额（元）", "money")),
            (("路灯", "3480"),),
            ("合计", "3480"),
            "明细",
        ),
        Image("a" * 64, "路灯照片"),
        Attachment("b" * 64, "明细.xlsx"),
        Translation(ContentLanguage.ENGLISH, "Accounts", ("Lamps: 3480",)),
    )
)
FACTS = PasteFacts(
    place="张家村",
    title="收支情况",
    publishers=("张家村村民委员会",),
    number="张家村公开〔2026〕1号",
    period="2026年10月9日至10月26日",
    objection="10月26日前向村务监督委员会提出。",
    address="https://gk.example.cn/N/7KQ2M4XW9C.1",
    document=TEXT,
)


def test_a_website_gets_all_of_it_with_tables_parted_by_tabs():
    assert whole_words(FACTS).split("\n") == [
        "收支情况", "", "明白账", "收进来：24,000元", "现将收支公开如下。", "支出", "1. 路灯", "2. 渠道",
        "明细", "摘要\t金额（元）", "路灯\t3,480.00", "合计\t3,480.00", "（图：路灯照片）",
        "（附件：明细.xlsx，见原文）", "Accounts", "Lamps: 3480", "", "登记号：张家村公开〔2026〕1号", "公示期：2026年10月9日至10月26日",
        "有异议：10月26日前向村务监督委员会提出。", "原文：https://gk.example.cn/N/7KQ2M4XW9C.1",
        "张家村村民委员会",
    ]  # fmt: skip


def test_a_chat_gets_one_line_with_the_address():
    assert chat_words(FACTS.place, FACTS.title, FACTS.period, FACTS.address) == (
        "【张家村】收支情况，公示期2026年10月9日至10月26日。全文：https://gk.example.cn/N/7KQ2M4XW9C.1"
    )
