"""Comments beside the text, from the reviewer's pen until the notice is handed in again."""

import copy

import pytest
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.services.notices.drafts import draft, submit
from bulletin.services.notices.drafts.draft_checks import draft_todo
from bulletin.services.notices.overview import edition_rows
from bulletin.services.notices.reviews import comment, review
from bulletin.services.notices.reviews.comments import comments_of


def shown(village, notice, actor=None):
    return comments_of(village.site, actor or village.li, notice.code, NOON)


def write(village, notice, words="和发票不一样", actor=None, **place):
    return comment.comment(village.site, actor or village.sun, notice.code, words, NOON, **place)


def save(village, notice, document, version):
    draft.save(
        village.site,
        village.li,
        notice.code,
        NOON,
        version=version,
        title="收支",
        document=document,
    )


@pytest.fixture
def commented(zhangjia):
    """A notice in review with a comment at the amount of its second row."""
    notice = a_notice(zhangjia, NOON).submitted()
    write(zhangjia, notice, block=1, row=1, column=3)
    return notice


def test_a_comment_goes_back_with_the_draft_and_is_a_doubt_until_it_is_closed(zhangjia, commented):
    review.send_back(zhangjia.site, zhangjia.sun, commented.code, "", NOON)
    (row,) = edition_rows(zhangjia.site, zhangjia.li, commented.code, NOON)
    assert row.return_words == "见正文旁的1条意见。（孙示例，10月9日审查时退回）"
    checks = draft_todo(zhangjia.site, zhangjia.li, commented.code, NOON).checks
    (check,) = [each for each in checks if each.code == "comment_open"]
    assert (check.block, check.row, check.column) == (1, 1, 3)
    with pytest.raises(Refused) as refused:
        submit.submit(zhangjia.site, zhangjia.li, commented.code, NOON)
    assert "comment_open" in refused.value.codes
    (about,) = shown(zhangjia, commented).shown
    comment.answer_comment(zhangjia.site, zhangjia.li, commented.code, about.id, "改好了", NOON)
    comment.close_comment(zhangjia.site, zhangjia.li, commented.code, about.id, NOON)
    checks = draft_todo(zhangjia.site, zhangjia.li, commented.code, NOON).checks
    assert "comment_open" not in [each.code for each in checks]


def test_it_follows_its_row_and_says_when_its_words_are_gone(zhangjia, commented):
    review.send_back(zhangjia.site, zhangjia.sun, commented.code, "请改", NOON)
    moved = copy.deepcopy(LEDGER)
    moved["blocks"].insert(0, {"type": "paragraph", "text": "各位村民："})
    moved["blocks"][2]["rows"].reverse()
    save(zhangjia, commented, moved, 2)
    (about,) = shown(zhangjia, commented).shown
    assert (about.block, about.row, about.column, about.is_gone) == (2, 0, 3, False)
    assert about.where == "第3段表格第1行“支出（元）”"
    assert about.json | {"id": 0} == {
        "id": 0, "block": 2, "row": 0, "column": 3, "where": about.where, "quote": "3,480.00",
        "is_gone": False, "words": "和发票不一样", "by": "孙示例", "at": "2026年10月9日 12:00",
        "closed_by": "", "closed": "", "answers": [],
    }  # fmt: skip
    save(zhangjia, commented, {"blocks": [{"type": "paragraph", "text": "没有收支"}]}, 3)
    (about,) = shown(zhangjia, commented).shown
    assert about.is_gone
    assert (about.block, about.row) == (None, None)


def test_the_open_ones_come_first_in_the_order_of_the_text(zhangjia, commented):
    write(zhangjia, commented, "第一段写清楚", block=0)
    whole = write(zhangjia, commented, "整体可以")
    comment.close_comment(zhangjia.site, zhangjia.sun, commented.code, whole, NOON)
    assert [each.words for each in shown(zhangjia, commented).shown] == [
        "第一段写清楚",
        "和发票不一样",
        "整体可以",
    ]


@pytest.mark.parametrize(
    ("login", "words", "place", "code"),
    [
        ("li", "我写的", {}, "not_your_role"),
        ("chen", "不归我审", {}, "not_your_role"),
        ("sun", "  ", {}, "words_missing"),
        ("sun", "长" * 501, {}, "words_too_many"),
        ("sun", "身份证11010519491231002X要去掉", {}, "personal_data"),
        ("sun", "没有这段", {"block": 9}, "no_such_place"),
        ("sun", "旧页面", {"seen": "0" * 64}, "seen_other_content"),
    ],
)  # fmt: skip
def test_what_is_no_comment_is_refused(zhangjia, commented, login, words, place, code):
    with pytest.raises(Refused) as refused:
        write(zhangjia, commented, words, zhangjia.people[login], **place)
    assert refused.value.codes == (code,)


def test_a_closed_comment_and_one_of_another_notice_are_not_answered(zhangjia, commented):
    (about,) = shown(zhangjia, commented).shown
    other = a_notice(zhangjia, NOON, title="另一份").submitted()
    with pytest.raises(NotFoundError):
        comment.answer_comment(zhangjia.site, zhangjia.li, other.code, about.id, "？", NOON)
    comment.close_comment(zhangjia.site, zhangjia.li, commented.code, about.id, NOON)
    with pytest.raises(Refused) as refused:
        comment.answer_comment(zhangjia.site, zhangjia.li, commented.code, about.id, "？", NOON)
    assert refused.value.codes == ("comment_closed",)
