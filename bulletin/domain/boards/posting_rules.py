"""What a record of hanging may say: when it is made, and when it is corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bulletin.domain.days import day_words
from bulletin.domain.errors import Refusal


@dataclass(frozen=True)
class HangingSpan:
    """One paper on one board: both days included; down_on None while it hangs."""

    board_id: int
    hung_on: date
    down_on: date | None = None

    def overlaps(self, other: "HangingSpan") -> bool:
        """Whether two papers hung beside each other; on the day of a change both are there."""
        if self.board_id != other.board_id:
            return False
        ends_before = self.down_on is not None and self.down_on <= other.hung_on
        begins_after = other.down_on is not None and other.down_on <= self.hung_on
        return not ends_before and not begins_after

    def holds(self, day: date) -> bool:
        return self.hung_on <= day and (self.down_on is None or day <= self.down_on)


@dataclass(frozen=True, kw_only=True)
class CorrectionFacts:
    """What the rules need to know of one correction."""

    before: HangingSpan
    after: HangingSpan | None  # None: it never hung, the record is withdrawn
    today: date
    sheet_from: date | None  # the first day on which the sheet existed; None: nobody knows
    at_home: bool  # the notice may hang on the board of `after`
    same_edition: Sequence[HangingSpan] = ()  # the other records of this very edition
    newer: Sequence[tuple[int, HangingSpan]] = ()  # of later editions, with their numbers
    seen_on: Sequence[date] = ()  # days on which photographs showed it on the board of `before`
    photos_change: bool = False


def day_refusals(
    hung_on: date, down_on: date | None, *, today: date, sheet_from: date | None
) -> list[Refusal]:
    """Why a paper can't have hung on these days. The same for a new record and a corrected one."""
    refusals = []
    if max(hung_on, down_on or hung_on) > today:
        refusals.append(Refusal("in_future", "日期不能在今天之后。"))
    if down_on is not None and down_on < hung_on:
        refusals.append(Refusal("down_before_hung", "取下的日期不能早于张贴的日期。"))
    if sheet_from is not None and hung_on < sheet_from:
        sentence = (
            f"这一版{day_words(sheet_from)}才打印出来，不会在那之前贴上。"
            f"请写{day_words(sheet_from, since=hung_on)}或以后的日子。"
        )
        refusals.append(Refusal("before_sheet", sentence))
    return refusals


def correction_refusals(facts: CorrectionFacts, *, against_photo: bool) -> list[Refusal]:
    """Every reason why a posting can't be corrected like this.

    Args:
        against_photo: the person says that the photographs were filed wrongly.
    """
    refusals = []
    if facts.after is not None:
        if facts.after == facts.before and not facts.photos_change:
            refusals.append(Refusal("nothing_changed", "跟原来登记的一样，没有要更正的。"))
        refusals += _span_refusals(facts, facts.after)
    if not against_photo and not _agrees_with_photographs(facts):
        days = "、".join(day_words(day) for day in facts.seen_on)
        sentence = (
            f"{days}收到的照片上，这张纸贴在原来登记的公开栏。要是照片传错了公开栏，"
            "或是贴的日子、取的日子和收到照片的日子不一样，请勾选“和照片不一致，我核对过”再更正。"
        )
        refusals.append(Refusal("against_photo", sentence))
    return refusals


def _span_refusals(facts: CorrectionFacts, after: HangingSpan) -> list[Refusal]:
    refusals = day_refusals(
        after.hung_on, after.down_on, today=facts.today, sheet_from=facts.sheet_from
    )
    if not facts.at_home:
        refusals.append(Refusal("other_village", "这是别的村的公开栏。"))
    if any(after.overlaps(other) for other in facts.same_edition):
        sentence = "那块公开栏上，这一版在那几天已经另有一条张贴登记。多出来的一条，请作废。"
        refusals.append(Refusal("already_hangs", sentence))
    for number, span in facts.newer:
        if after.overlaps(span) and not facts.before.overlaps(span):
            sentence = (
                f"那块公开栏{day_words(span.hung_on)}贴上了第{number}版，"
                "旧版要在那天或以前取下，请填取下的日期。"
            )
            refusals.append(Refusal("newer_hangs", sentence))
    return refusals


def _agrees_with_photographs(facts: CorrectionFacts) -> bool:
    if facts.after is None or facts.after.board_id != facts.before.board_id:
        return not facts.seen_on
    return all(facts.after.holds(day) for day in facts.seen_on if facts.before.holds(day))
