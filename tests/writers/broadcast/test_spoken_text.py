"""What a loudspeaker says of figures, dates, codes and signs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.writers.broadcast.spoken_numbers import said_money, said_number
from bulletin.writers.broadcast.spoken_text import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # money
        ("收入64,027.37元，支出3480元", "收入六万四千零二十七元三角七分，支出三千四百八十元"),
        ("￥1,280,000.00", "一百二十八万元"),
        ("0.5元、0.05元、1000.50元、10.05元", "五角、五分、一千元五角、十元零五分"),
        ("-300.00元，(300.00)，（300.00）元", "负三百元，负三百元，负三百元"),
        ("1.5万元，3—5万元，1280万元", "一点五万元，三至五万元，一千二百八十万元"),
        ("64,027.37元（大写：陆万肆仟零贰拾柒元叁角柒分）", "六万四千零二十七元三角七分"),
        ("200元/亩", "二百元每亩"),
        ("元旦前2天", "元旦前两天"),
        # days and hours
        ("2026-03-01，2026.3.1，2026/3/1", "，".join(["二零二六年三月一日"] * 3)),
        ("2026年10月9日 8:00", "二零二六年十月九日，八点"),
        ("10月9日至10月26日", "十月九日至十月二十六日"),
        ("10月9日—26日", "十月九日至二十六日"),
        ("8:30至11:30，14:05", "八点三十分至十一点三十分，十四点零五分"),
        ("2026年第3季度", "二零二六年第三季度"),
        ("2026年前，30年后", "二零二六年前，三十年后"),
        ("2024—2026年，1—6月", "二零二四至二零二六年，一至六月"),
        ("10日内，15个工作日", "十日内，十五个工作日"),
        # what is dictated
        ("监督电话0972-8320100", "监督电话零九七二，八三二零幺零零"),
        ("13897123456", "幺三八，九七幺二，三四五六"),
        ("拨打12345热线，12316", "拨打幺二三四五热线，幺二三幺六"),
        ("402 716 853 39", "四零二，七幺六，八五三，三九"),
        ("互政〔2024〕17号", "互政二零二四年第十七号"),
        ("尾号3517", "尾号三五一七"),
        ("电话：8320214转801", "电话：八三二零二幺四转八零幺"),
        ("转500元", "转五百元"),
        ("账号6228480402564890018", "账号六二二八四八零四零二五六四八九零零一八"),
        # quantities
        ("2户2人，12户，20000元，2000元", "两户两人，十二户，两万元，两千元"),
        ("120㎡，3.5亩，0.25kg，5m×4m", "一百二十平方米，三点五亩，零点二五公斤，五米乘四米"),
        ("12.5%，5％，3‰", "百分之十二点五，百分之五，千分之三"),
        ("1/3以上，3:2", "三分之一以上，三比二"),
        ("3～5个，100", "三至五个，一百"),
        ("C30混凝土", "C三十混凝土"),
        ("第28条、第35条", "第二十八条、第三十五条"),
        # signs
        ("（事前）《组织法》", "事前，组织法"),
        ("①修路；②修渠", "一，修路；二，修渠"),
        ("按GB/T规定", "按GB，T规定"),
        ("3元/斤、5米/天", "三元每斤、五米每天"),
        ("无因公出国（境）支出", "无因公出国境支出"),
        ("https://gk.huzhu.gov.cn/N/ABC。", "公开栏上的网址。"),
        ("１２０元，５％", "一百二十元，百分之五"),
        ("二〇二六年", "二〇二六年"),
    ],
)
def test_it_is_said_as_people_say_it(written, said):
    assert spoken(written) == said


@given(st.text(alphabet="0123456789.,:：-—～/%元年月日号户亩（）〔〕 ￥一二三a×", max_size=30))
def test_whatever_stands_there_no_figure_is_left_and_nothing_fails(text):
    assert not re.search(r"[0-9０-９]", spoken(text))


@given(st.integers(0, 10**12))
def test_an_amount_is_said_so_that_it_can_be_written_down_again(cents):
    words = said_money(f"{cents // 100}.{cents % 100:02d}")
    assert _cents(words) == cents


@given(st.integers(0, 10**12))
def test_a_number_too(number):
    assert _number(said_number(str(number))) == number


def _cents(words):
    yuan, _, rest = words.rpartition("元") if "元" in words else ("", "", words)
    dimes = re.search(r"(.)角", rest)
    pennies = re.search(r"(.)分", rest)
    digit = "零一二三四五六七八九".replace("二", "二").index
    value = {"两": 2}
    return (
        _number(yuan or "零") * 100 + (value.get(dimes[1]) or digit(dimes[1])) * 10 * bool(dimes)
        if dimes
        else _number(yuan or "零") * 100
    ) + (digit(pennies[1]) if pennies else 0)


def _number(words):
    """A count of its own: 一万二千零三 → 12003."""
    total = section = digit = 0
    for char in words.replace("两", "二"):
        if char in "零一二三四五六七八九":
            digit = "零一二三四五六七八九".index(char)
        elif char in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            scale = {"万": 10**4, "亿": 10**8}[char]
            section += digit
            digit = 0
            if scale == 10**8:
                total = (total + section) * scale
            else:
                total += section * scale
            section = 0
    return total + section + digit
