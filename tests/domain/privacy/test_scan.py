"""What the privacy check finds in the village's notices, and what it leaves in peace."""

import pytest

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
from bulletin.domain.privacy.kinds import FindingKind
from bulletin.domain.privacy.scan import scan_document, scan_text

ID = "630223198001011238"  # invented; the check character is right
ID_WITH_X = "63022319800101018X"
WRONG_ID = "630223198001011239"
OLD_ID = "630223800101123"
PHONE = "13912345678"
CARD = "6217001234567890122"
CARD_16 = "6217001234567893"
VISA = "4111111111111111"

RINGING = [
    ("an identity number glued between Chinese words", f"张三{ID}李四", "id_number"),
    ("the check character in lower case", ID_WITH_X.lower(), "id_number"),
    ("the check character in full width", f"{ID_WITH_X[:-1]}Ｘ", "id_number"),
    ("the check character a blank away", f"{ID_WITH_X[:-1]} X", "id_number"),
    ("full-width figures", ID.translate({48 + n: 0xFF10 + n for n in range(10)}), "id_number"),
    ("spaces where the parts meet", f"{ID[:6]} {ID[6:14]} {ID[14:]}", "id_number"),
    ("ideographic spaces", f"{ID[:6]}\u3000{ID[6:14]}\u3000{ID[14:]}", "id_number"),
    ("every figure by itself", " ".join(ID), "id_number"),
    ("an em dash and a hyphen of its own", f"{ID[:6]}—{ID[6:14]}‐{ID[14:]}", "id_number"),
    ("dots", f"{ID[:6]}.{ID[6:14]}.{ID[14:]}", "id_number"),
    ("zero-width blanks", "\u200b".join(ID), "id_number"),
    ("broken over a line end", f"王五（{ID[:10]}\n{ID[10:]}）", "id_number"),
    ("glued to its line number", f"1{ID}", "id_number"),
    ("rounded by a spreadsheet", "630223198001011000", "id_number"),
    ("the old number of 15 places", f"李四，{OLD_ID}。", "id_number"),
    ("the old number in three parts", "630223 800101 123", "id_number"),
    ("a wrong check digit beside a label", f"身份证号：{WRONG_ID}", "id_number"),
    ("a label with blanks inside", f"身 份 证 号 码：{WRONG_ID}", "id_number"),
    ("a label behind, in brackets", f"{WRONG_ID}（身份证号）", "id_number"),
    ("a mobile number", f"联系{PHONE}。", "phone"),
    ("a mobile number with a country prefix", "+86 139-1234-5678", "phone"),
    ("a mobile number with prefix and no gap", f"0086{PHONE}", "phone"),
    ("a mobile number in brackets", f"（+86）{PHONE}", "phone"),
    ("a mobile number as people space it", "张三 139 1234 5678", "phone"),
    ("a mobile number with en dashes", "139–1234–5678", "phone"),
    ("a mobile number with full-width hyphens", "139－1234－5678", "phone"),
    ("a mobile number tied to a name by a dash", "张三—139-1234-5678", "phone"),
    ("an odd spacing beside a label", "联系电话：139 12 345 678", "phone"),
    ("a mobile number behind Tel", f"Tel{PHONE}", "phone"),
    ("a mobile number broken over a line end", "请致电张三139123\n45678，谢谢", "phone"),
    ("a bank card of 19 places", f"卡{CARD}", "bank_card"),
    ("a bank card of 16 places", CARD_16, "bank_card"),
    ("a bank card as it is pressed", "6217 0012 3456 7890 122", "bank_card"),
    ("a bank card rounded by a spreadsheet", "6217001234567890000", "bank_card"),
    ("a bank card with its head apart", f"{CARD[:6]} {CARD[6:]}", "bank_card"),
    ("a credit card with dashes", "4111-1111-1111-1111", "bank_card"),
    ("a card with a wrong check digit beside a label", "银行卡 6217001234567890123", "bank_card"),
    ("a short account beside a label", "一卡通账号：820100012345", "bank_card"),
    ("a spaced account right behind its label", "账号：1234 5678 9012", "bank_card"),
    ("a dashed account beside a label", "账号：82010000-00012345678", "bank_card"),
    ("an old social-security card", "社保卡号：A12345678", "bank_card"),
]

SILENT = [
    ("amounts", "支出1,234.50元，收入12,345,678.90元"),
    ("a row of amounts", "1234.50 2345.60 15000.00 628.00"),
    ("a row of whole amounts", "120 150 2000 3000 4500"),
    ("three whole amounts", "150 2000 3000"),
    ("four whole amounts", "1500 2000 300 6200"),
    ("a column of amounts", "15000\n120000\n3800"),
    ("a row of counts", "1 3 0 0 0 0 0 0 1 0 2 0 0 0 0 0 0 0 0 1"),
    ("an amount of eleven figures", "总投资15000000000元"),
    ("dates", "2025年10月10日至2025-10-25，2025.10.10，20251010"),
    ("instants", "2025-08-15T16:30:00+08:00 1700000000000"),
    ("a document number", "农经发〔2011〕13号，国办发〔2019〕54号"),
    ("a register number", "红崖子沟乡上寨村公开〔2025〕第0123号"),
    ("the area code of a village", "区划代码630223202214"),
    ("area codes beside amounts", "630223202205 150000 630223202206 231512"),
    ("a company's credit code", "统一社会信用代码91630223MA7581234X"),
    ("a cooperative's credit code", "N2630223MF1234567X"),
    ("an office's credit code", "12632126015094518X"),
    ("a project code", "2508-630223-04-01-123456"),
    ("a contract number", f"合同编号HT{PHONE}"),
    ("an order number", "20250815163000123456"),
    ("the digits of a notice", "40271685339，402 716 853 39"),
    ("a fingerprint", "9F3K-1391-2345-678A-0000-1111-22"),
    ("the address of a notice", "HTTPS://GK.EXAMPLE.CN/N/1391234567.1"),
    ("the address of a page", "gov.cn/art/2022/12/28/art_146_6274_8033.html"),
    ("landlines", "监督电话：0972-8312345，09728312345，12345"),
    ("a number that is masked already", "630223********1238，139****5678，6217***********0122"),
    ("a number that fails its check, no label near", WRONG_ID),
    ("nineteen figures of no issuer", "1234567890123456789"),
    ("a labelled sum", "一卡通发放金额 1500 2000 3000 4000"),
    ("a fraction", "占比0.13912345678"),
    ("seventeen figures", ID[:17]),
    ("the code of a household's land", "承包方编码：630223202205010017"),
    ("the code of a plot", "地块编码 6302232022050100170"),
    ("line numbers in circles", f"①{PHONE[1:]}"),
]


@pytest.mark.parametrize(("case", "text", "kind"), RINGING, ids=[case for case, *_ in RINGING])
def test_it_rings_for(case, text, kind):
    assert [finding.kind for finding in scan_text(text, "正文")] == [FindingKind(kind)], case


@pytest.mark.parametrize(("case", "text"), SILENT, ids=[case for case, _ in SILENT])
def test_it_is_silent_for(case, text):
    assert scan_text(text, "正文") == [], case


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"{ID} {ID_WITH_X}", ["id_number", "id_number"]),
        (f"{ID}{ID_WITH_X}", ["id_number", "id_number"]),
        (f"{ID}{PHONE}", ["id_number", "phone"]),
        (f"{PHONE}{PHONE}", ["phone", "phone"]),
        (f"{PHONE}/{PHONE}、{PHONE}", ["phone", "phone", "phone"]),
        ("139 1234 5678 138 1234 5678", ["phone", "phone"]),
        (f"{ID} {CARD} {PHONE} 1500.00", ["id_number", "bank_card", "phone"]),
        (f"{ID} 139 1234 5678", ["id_number", "phone"]),
    ],
)
def test_numbers_side_by_side_each_ring_once(text, kinds):
    assert [finding.kind for finding in scan_text(text, "正文")] == kinds


@pytest.mark.parametrize(
    "published", [PHONE, "139-1234-5678", "+86 139 1234 5678", "１３９１２３４５６７８"]
)
@pytest.mark.parametrize(
    "written", [PHONE, "139 1234 5678", "+86-139-1234-5678", f"{PHONE}{PHONE}"]
)
def test_the_offices_own_phone_does_not_ring_however_it_is_written(published, written):
    assert scan_text(f"监督电话：{written}", "正文", frozenset({published})) == []
    assert scan_text(f"监督电话：{written}", "正文", frozenset({"13800000000"})) != []


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (ID, "63**************38"),
        (ID_WITH_X.lower(), "63**************8X"),
        (OLD_ID, "63***********23"),
        (PHONE, "1**********"),
        (CARD, "****22"),
    ],
)
def test_a_mask_shows_too_little_to_name_a_neighbour(text, masked):
    (finding,) = scan_text(text, "正文")
    assert finding.masked == masked


def test_a_finding_in_several_lines_says_which_line():
    found = scan_text(f"低保名单\n\n张三 {ID}\n李四\n电话{PHONE}", "正文第3段")
    assert [finding.place for finding in found] == ["正文第3段第3行", "正文第3段第5行"]


def test_the_head_of_a_table_that_became_text_rings_as_a_column():
    text = "上寨村低保名单\n序号 姓名 身份证号 住址 金额\n1 张三 见附件 一社12号 500.00"
    found = scan_text(text, "第1页")
    assert [(f.kind, f.place) for f in found] == [
        ("column", "第1页第2行“身份证号”"),
        ("column", "第1页第2行“住址”"),
    ]


def test_a_sentence_that_names_such_columns_is_not_a_table():
    assert scan_text("公开内容：姓名、身份证号、住址、金额。\n一 二 三 四", "正文") == []


# --- documents ---------------------------------------------------------------------------------


def test_every_corner_of_a_document_is_checked_and_named_for_the_liaison():
    file = "0" * 64
    table = Table(
        (Column("姓名"), Column("备注")),
        (("张三", ""), ("李四", ID)),
        ("合计", PHONE),
        f"名单{CARD}",
    )
    document = Document(
        (
            Heading(1, f"一、{PHONE}"),
            Paragraph(f"第一行\n联系{PHONE}"),
            ListBlock(("没有", f"张三{ID}")),
            table,
            Image(file, f"照片{PHONE}", f"说明{ID}"),
            Attachment(file, f"{ID}.xlsx"),
        )
    )
    found = scan_document(document, f"公示{ID}")
    assert [(f.place, f.kind.value) for f in found] == [
        ("标题", "id_number"),
        ("正文第1段", "phone"),
        ("正文第2段第2行", "phone"),
        ("正文第3段第2项", "id_number"),
        ("表1的标题", "bank_card"),
        ("表1第2行“备注”", "id_number"),
        ("表1合计行“备注”", "phone"),
        ("图片1的替代文字", "phone"),
        ("图片1的说明", "id_number"),
        ("附件1的名称", "id_number"),
    ]


def test_an_ordinary_document_is_left_in_peace():
    table = Table(
        (Column("项目"), Column("金额", "money")),
        (("村道硬化", "24000"), ("路灯", "1500.50")),
        ("合计", "25500.50"),
    )
    document = Document((Heading(1, "一、收支情况"), Paragraph("2025年第三季度。"), table))
    assert scan_document(document, "上寨村2025年第三季度财务收支") == []


def test_published_phones_are_silent_in_the_whole_document():
    document = Document((Paragraph(f"监督电话{PHONE}"),))
    assert scan_document(document, "公告", frozenset({"139-1234-5678"})) == []
