"""What the checks say of a notice in review, each thing once."""

import re

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.notices.draft_checks import Weight
from bulletin.services.notices.drafts import submit
from bulletin.services.notices.drafts.draft_checks import draft_todo
from bulletin.services.notices.reviews.findings import ReviewFindingKind, findings


def quoted(words):
    return sorted(set(re.findall("“([^”]*)”", words)))


def test_what_is_wrong_in_several_places_is_said_once_with_each_of_them(zhangjia):
    untitled = {
        "type": "table",
        "caption": "",
        "columns": [{"title": "", "kind": "text"}, {"title": "数量", "kind": "number"}],
        "rows": [["甲", "1"], ["乙", "2"]],
    }
    heading = {"type": "heading", "level": 1, "text": "收入"}
    blocks = [untitled, heading, {**heading, "text": "支出"}, untitled]
    notice = a_notice(zhangjia, NOON, document={"blocks": blocks})
    found = findings(zhangjia.site, zhangjia.li, notice.code, NOON)
    places = {f.words: f.blocks for f in found}
    assert places["表格的每一列都要有列名。"] == (0, 3)
    (empty,) = (words for words in places if words.startswith("小标题"))
    assert empty == "小标题“收入”下面还没有内容，请补写，或删掉这个小标题。"


@pytest.mark.parametrize("why", ["", "收支还没有结清"])
def test_what_was_confirmed_stands_in_the_list_and_is_not_said_again(zhangjia, why):
    notice = a_notice(zhangjia, NOON)
    given = (zhangjia.site, zhangjia.li, notice.code)
    odd = [c.words for c in draft_todo(*given, NOON).checks if c.weight is Weight.DOUBT]
    assert odd
    submit.submit(*given, NOON, confirmed=True, why=why)
    found = findings(zhangjia.site, zhangjia.sun, notice.code, NOON)
    looked_at = [f.words for f in found if f.kind is ReviewFindingKind.LOOKED_AT]
    assert quoted("".join(looked_at)) == quoted("".join(odd))
    assert [words.partition("“")[0] for words in looked_at].count("还没有写") == 1
    said = [f.words for f in found if f.kind is ReviewFindingKind.SAID]
    assert said == ([f"原因：{why}"] if why else [])
