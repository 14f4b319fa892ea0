"""Tables of the village: which columns ring, which cells, and what a place may repeat."""

import pytest

from bulletin.domain.privacy.findings import quoted
from bulletin.domain.privacy.tables import scan_table

ID = "630223198001011238"  # invented; the check character is right
WRONG_ID = "630223198001011239"
PHONE = "13912345678"


RINGING_TITLES = [
    "身份证",
    "身份证号",
    "证件号码",
    "公民身份号码",
    "银行卡号",
    "账号",
    "开户行",
    "一卡通",
    "社保卡",
    "社会保障卡号",
    "存折账号",
    "住址",
    "家庭住址",
    "详细地址",
    "地址",
    "残疾类别",
    "残疾等级",
    "病种",
    "病情",
    "诊断结果",
    "健康状况",
]


@pytest.mark.parametrize(
    "title", [*RINGING_TITLES, "身 份\n证 号 码", "地\u3000址", "身份证（必填）"]
)
def test_a_column_of_a_list_of_people_rings_by_its_title(title):
    found = scan_table(("姓名", title), [("张三", "上寨村一社")], "表1")
    assert [(f.kind, f.masked) for f in found] == [("column", "1格有内容")]
    assert found[0].place.startswith("表1第2列“")


SILENT_TITLES = [
    "姓名",
    "村民小组",
    "金额（元）",
    "一卡通发放金额",
    "是否提供身份证明",
    "残疾人补贴金额",
    "大病救助金额",
    "电话费",
    "开户费用",
    "账户余额",
    "项目地址",
    "监督电话",
    "备注",
    "面积（亩）",
    "疾病预防经费",
]


@pytest.mark.parametrize("title", SILENT_TITLES)
def test_a_column_that_only_sounds_personal_is_silent(title):
    assert scan_table(("姓名", title), [("张三", "一组")], "表1") == []


@pytest.mark.parametrize("title", ["手机", "联系电话", "联系方式", "ＱＱ", "微信号"])
@pytest.mark.parametrize("cell", ["139123456", "123456789", "zhangsan_wx", "0139-12-345"])
def test_a_column_of_peoples_phones_rings_even_when_a_number_is_cut_short(title, cell):
    (found,) = scan_table(("姓名", title), [("张三", cell)], "表1")
    assert (found.kind, found.masked) == ("column", "1格有内容")


def test_phones_and_addresses_of_projects_are_nobodys():
    titles = ("项目名称", "地址", "电话")
    assert scan_table(titles, [("村道硬化", "上寨村口", "另行通知")], "表1") == []


@pytest.mark.parametrize("title", ["身份证号", "银行卡号", "家庭住址", "联系电话", "残疾类别"])
@pytest.mark.parametrize("cells", [[], [""], ["", "—", "无"], ["6302**********1238"], ["***", " "]])
def test_a_column_that_is_empty_or_masked_does_not_ring(title, cells):
    rows = [("张三", cell) for cell in cells]
    assert scan_table(("姓名", title), rows, "表1") == []


def test_a_column_of_office_phones_does_not_ring():
    rows = [("李主任", "0972-8312345"), ("王书记", "139 1234 5678、8312345")]
    assert scan_table(("姓名", "联系电话"), rows, "表1", frozenset({PHONE})) == []
    assert [f.place for f in scan_table(("姓名", "联系电话"), rows, "表1")] == [
        "表1第2列“联系电话”",
        "表1第2行“联系电话”",
    ]


def test_a_cell_is_named_by_row_and_column_title():
    rows = [("张三", ""), ("李四", f"证{ID}，电话{PHONE}")]
    found = scan_table(("姓名", "备注"), rows, "表1", first_row=11)
    assert [(f.kind, f.place) for f in found] == [
        ("id_number", "表1第12行“备注”"),
        ("phone", "表1第12行“备注”"),
    ]


def test_the_title_of_a_column_labels_the_numbers_below_it():
    found = scan_table(("姓名", "身份证号"), [("张三", WRONG_ID)], "表1")
    assert [f.kind for f in found] == ["column", "id_number"]
    found = scan_table(("姓名", "社保卡号"), [("张三", "A12345678")], "表1")
    assert [f.kind for f in found] == ["column", "bank_card"]


def test_codes_of_contracted_land_are_no_identity_numbers():
    rows = [("张三", f"6302232022050{n:05}") for n in range(10000, 10100)]
    assert scan_table(("承包方", "承包方编码"), rows, "表1") == []


def test_the_cell_to_the_left_labels_a_number_in_a_form():
    assert [f.kind for f in scan_table((), [("身份证号", WRONG_ID)], "表1")] == ["id_number"]


def test_an_identity_number_in_boxes_of_one_figure_rings():
    (found,) = scan_table((), [("身份证号", *ID)], "表1")
    assert (found.kind, found.place) == ("id_number", "表1第1行第2列")


def test_rows_longer_than_the_head_are_checked_too():
    (found,) = scan_table(("姓名",), [("张三", "", ID)], "表1")
    assert found.place == "表1第1行第3列"


def test_a_number_in_a_title_rings_and_no_place_repeats_it():
    found = scan_table(("姓名", f"身份证{ID}"), [("张三", "见标题"), (PHONE, PHONE)], "表1")
    assert {f.kind for f in found} == {"column", "id_number", "phone"}
    assert not any(ID in repr(f) or PHONE in repr(f) for f in found)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("低保名单", "低保名单"),
        (f"张三{PHONE}", "张三*******"),
        ("630223 19800101 1238", "*******"),
        ("身份证\n号码", "身份证号码"),
        ("一" * 30, "一" * 20 + "…"),
    ],
)
def test_a_place_quotes_words_without_longer_rows_of_figures(words, shown):
    assert quoted(words) == shown
