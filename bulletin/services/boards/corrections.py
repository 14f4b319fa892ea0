"""Corrections of postings as the ledger and the certificate say them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import day_words, village_day
from bulletin.store.places import Board
from bulletin.store.posting_corrections import PostingCorrection


@dataclass(frozen=True, kw_only=True)
class CorrectionLine:
    """One correction of one posting."""

    posting_id: int
    code: str
    edition: int
    title: str
    board: str  # as it was recorded before
    what: str  # 贴上日期10月8日，更正为10月9日
    reason: str
    corrected_at: datetime
    corrected_by: str
    hung_on: date  # as it was recorded before
    withdrawn: bool


def correction_lines(corrections: Iterable[PostingCorrection]) -> tuple[CorrectionLine, ...]:
    return tuple(_line(correction) for correction in corrections)


def _line(correction: PostingCorrection) -> CorrectionLine:
    edition = correction.posting.edition
    return CorrectionLine(
        posting_id=correction.posting_id,
        code=edition.notice.code,
        edition=edition.number,
        title=edition.title,
        board=_board_words(correction.before_board),
        what=correction_words(correction),
        reason=correction.reason,
        corrected_at=correction.corrected_at,
        corrected_by=correction.corrector.name if correction.corrector else "",
        hung_on=correction.before_hung_on,
        withdrawn=correction.after_board is None,
    )


def correction_words(correction: PostingCorrection) -> str:
    """What the record said and what it says since, in one sentence without its end."""
    since = village_day(correction.corrected_at)
    before, after = correction.before_board, correction.after_board
    if after is None:
        hung = day_words(correction.before_hung_on, since=since)
        return f"原登记{hung}贴在“{before.name}”，没有贴过，作废"
    changes = []
    if after.id != before.id:
        changes.append(f"公开栏由“{before.name}”更正为“{after.name}”")
    if correction.after_hung_on != correction.before_hung_on:
        days = (correction.before_hung_on, correction.after_hung_on or correction.before_hung_on)
        changes.append("贴上日期由{}更正为{}".format(*(day_words(d, since=since) for d in days)))
    if correction.after_down_on != correction.before_down_on:
        days_off = (correction.before_down_on, correction.after_down_on)
        changes.append("取下日期由{}更正为{}".format(*(_down_words(d, since) for d in days_off)))
    changes += [
        words
        for what, photos in (
            ("贴上", (correction.before_hung_photo, correction.after_hung_photo)),
            ("取下", (correction.before_down_photo, correction.after_down_photo)),
        )
        if (words := _photo_words(what, *photos))
    ]
    words = "；".join(changes)
    return f"{words}（与照片不一致，经核对）" if correction.against_photo else words


def _photo_words(what: str, before: str | None, after: str | None) -> str:
    if before == after:
        return ""
    if before is None:
        return f"补上{what}的照片"
    return f"换了{what}的照片" if after else f"去掉{what}的照片"


def _down_words(day: date | None, since: date) -> str:
    return day_words(day, since=since) if day else "“还贴着”"


def _board_words(board: Board) -> str:
    return f"{board.village.name if board.village else ''}{board.name}"
