"""What a reviewer is shown as changed, and how long the former text is kept."""

import copy

from sqlalchemy import func, select
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.services.notices import end, redact
from bulletin.services.notices.drafts import correct, draft
from bulletin.services.notices.reviews import comment, review
from bulletin.services.notices.reviews.changes import Since, comparison
from bulletin.services.operations.verify import verify
from bulletin.store.reviews import CommentAnswer, ReturnedText, ReviewComment

CORRECTED = copy.deepcopy(LEDGER)
CORRECTED["blocks"][1]["rows"][1][3] = "3840.00"
CORRECTED["blocks"][1]["footer"][3] = "3840.00"


def rewrite(village, notice, document=CORRECTED, version=2, **facts):
    facts = {"title": "2026年第三季度村级财务收支情况", **facts}
    draft.save(
        village.site, village.li, notice.code, NOON, version=version, document=document, **facts
    )
    return notice.submitted()


def compared(village, notice, since=""):
    return comparison(village.site, village.sun, notice.code, NOON, since=since)


def kept(village, *tables):
    with village.site.sessions.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_a_first_text_has_nothing_before_it(zhangjia):
    assert compared(zhangjia, a_notice(zhangjia, NOON).submitted()) is None


def test_after_a_return_the_reviewer_sees_the_cells_that_changed(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    review.send_back(zhangjia.site, zhangjia.sun, notice.code, "金额不对", NOON)
    rewrite(zhangjia, notice)
    found = compared(zhangjia, notice)
    assert found.basis.words == "10月9日退回的那一稿"
    (block,) = found.changes.changed_blocks
    assert [(row.was, row.now) for row in block.table.changed_rows] == [(2, 2)]
    assert found.changes.count == 2, "the amount and the sum"


def test_a_text_taken_back_by_its_drafter_is_compared_as_well(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    review.withdraw(zhangjia.site, zhangjia.li, notice.code, NOON)
    rewrite(zhangjia, notice, LEDGER, title="另一个标题")
    (field,) = compared(zhangjia, notice).changes.fields
    assert field.label == "标题"


def test_a_correction_is_compared_with_the_edition_that_is_out_and_with_what_went_back(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    rewrite(zhangjia, notice, version=1, change_note="金额写错了")
    found = compared(zhangjia, notice)
    assert (found.basis.words, found.others) == ("第1版", ())
    assert found.changes.fields == (), "moment and note are each edition's own"
    review.send_back(zhangjia.site, zhangjia.sun, notice.code, "再看看", NOON)
    rewrite(zhangjia, notice, version=2, change_note="金额写错了")
    found = compared(zhangjia, notice)
    assert (found.basis.since, found.changes.count) == (Since.RETURN, 0)
    assert compared(zhangjia, notice, since="edition").changes.count == 2
    assert compared(zhangjia, notice, since="nonsense").basis.since is Since.RETURN


def test_what_went_back_is_kept_until_the_edition_is_decided_and_no_longer(zhangjia):
    approved, cancelled = a_notice(zhangjia, NOON).submitted(), a_notice(zhangjia, NOON).submitted()
    for notice in (approved, cancelled):
        review.send_back(zhangjia.site, zhangjia.sun, notice.code, "请改", NOON)
        rewrite(zhangjia, notice)
    assert kept(zhangjia, ReturnedText) == [2]
    approved.examined().confirmed()
    review.withdraw(zhangjia.site, zhangjia.li, cancelled.code, NOON)
    assert kept(zhangjia, ReturnedText) == [2], "a second round of the one that is not decided"
    end.cancel(zhangjia.site, zhangjia.li, cancelled.code, "不用了", NOON)
    assert kept(zhangjia, ReturnedText) == [0]
    assert verify(zhangjia.site).sound


def test_redaction_destroys_comments_and_kept_texts_too(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    about = comment.comment(zhangjia.site, zhangjia.sun, notice.code, "看这里", NOON, block=1)
    comment.answer_comment(zhangjia.site, zhangjia.li, notice.code, about, "看了", NOON)
    notice.examined().confirmed()
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    rewrite(zhangjia, notice, version=1, change_note="改了")
    comment.comment(zhangjia.site, zhangjia.sun, notice.code, "还有这里", NOON, block=0)
    review.send_back(zhangjia.site, zhangjia.sun, notice.code, "", NOON)
    assert kept(zhangjia, ReviewComment, CommentAnswer, ReturnedText) == [2, 1, 1]
    redact.redact(zhangjia.site, zhangjia.li, notice.code, "写了不该写的", NOON)
    assert kept(zhangjia, ReviewComment, CommentAnswer, ReturnedText) == [0, 0, 0]
    assert compared(zhangjia, notice) is None
    assert verify(zhangjia.site).sound
