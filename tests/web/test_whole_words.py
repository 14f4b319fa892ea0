"""What is kept together on a page, and what stays as it was."""

import re
from html import unescape
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bulletin.web.whole_words import _any_of, whole_words


@pytest.mark.parametrize(
    "word",
    [
        "2026年12月5日",
        "12月15日",
        "2026年第三季度",
        "二〇二六年十月五日",
        "二○二六年十月五日",
        "2026-12-05",
        "0972-8320000",
        "（0972）8320000转8",
        "402 716 853 39",
        "〔2026〕12号",
        "第3版",
        "64,027.37元",
        "-3,480.00",
        "12.5万元",
        "陆万肆仟元整",
        "2026年12月5日发布",
        "12月5日取下",
        "10日内答复",
        "2块公开栏",
        "13件",
        "5个工作日",
        "15日内",
        "2025年修正",
        "公示期",
        "张家村村民委员会",
        "张贴不足",
    ],
)
def test_no_line_breaks(word):
    assert (
        whole_words(f"<p>公开：{word}，见附件。</p>") == f"<p>公开：<bdi>{word}</bdi>，见附件。</p>"
    )


def test_a_line_that_its_writer_ended_stays_ended():
    assert whole_words("<p>共12元，截至2025\n元旦放假</p>") == (
        "<p>共<bdi>12元</bdi>，截至2025\n元旦放假</p>"
    )


def test_the_name_of_a_colleague_is_kept_whole_in_a_sentence():
    assert (
        whole_words("<p>收到李示例的照片</p>", ["李示例"]) == "<p>收到<bdi>李示例</bdi>的照片</p>"
    )


@given(
    st.sets(st.text("马李欧阳示·.]^-", max_size=4), max_size=8),
    st.text("马李欧阳示·.]^-，", max_size=40),
)
def test_of_many_names_those_are_found_that_one_would_find_by_trying_each(names, text):
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    each = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")
    (found,) = _any_of(frozenset(names)) if any(names) else ["(?!)"]
    assert [match.span() for match in re.finditer(found, text)] == [
        match.span() for match in each.finditer(text)
    ]


def test_a_name_between_signs_is_kept_whole_in_an_edition_without_being_known():
    marked = whole_words('<article id="content"><p>多杰才让、阿依·古丽、马示例二经手</p></article>')
    assert "<bdi>阿依·古丽" not in whole_words("<p>阿依·古丽</p>")
    assert "<bdi>多杰才让</bdi>、<bdi>阿依·古丽</bdi>、" in marked


def test_a_title_breaks_between_its_words_and_never_in_a_date():
    assert whole_words("<h1>关于2026年第三季度财务收支的公开</h1>") == (
        "<h1>关于<wbr>2026年第三季度<wbr>财务收支的<wbr>公开</h1>"
    )


def test_a_long_address_breaks_after_its_joints():
    assert whole_words("<p>https://a.cn/files/q_1?x=1&amp;y=2</p>") == (
        "<p>https://<wbr>a.cn/<wbr>files/<wbr>q_<wbr>1?<wbr>x=1&amp;<wbr>y=2</p>"
    )


def test_a_line_that_somebody_drew_costs_no_time():
    drawn = (
        f"<p>{'-' * 20_000}</p>"  # the longest text of a block: seconds, where each dash is tried
    )
    started = process_time()
    assert whole_words(drawn) == drawn
    assert process_time() - started < 0.5


def test_a_short_cell_needs_no_tag():
    cell = '<table class="sheet ledger"><td>12月5日<td>12月5日预付</table>'
    assert whole_words(cell) == cell
    long = '<table class="sheet cards"><td>村委会于2023年12月5日完成第三期</table>'
    assert "<bdi>2023年12月5日</bdi>" in whole_words(long)


@pytest.mark.parametrize(
    "markup",
    [
        '<input value="2026年12月5日">',
        "<select><option>2026年12月5日</option></select>",
        "<textarea>2026年12月5日</textarea>",
        '<script src="x">"2026年12月5日"</script>',
        "<template><p>2026年12月5日</p></template>",
        "<!-- 2026年12月5日 -->",
    ],
)
def test_what_no_line_shows_is_left_alone(markup):
    assert whole_words(markup) == markup


_TEXT = st.text(
    st.sampled_from("年月日第元号〔〕0123456789-/?&<>\"'·村财务收支公开 ,.ab\ue000"), max_size=30
)


@given(_TEXT, st.sampled_from(["p", "h1", "a", "td"]))
def test_no_character_of_a_page_is_lost_added_or_moved(text, tag):
    marked = whole_words(f"<{tag}>{escape(text)}</{tag}>", ["财务"])
    assert re.fullmatch(rf"<{tag}>(.*)</{tag}>", marked, re.DOTALL)
    assert (
        unescape(re.sub(r"</?bdi>|<wbr>", "", marked)) == f"<{tag}>{text}</{tag}>"
        or not text.strip()
    )
