"""How a duty stands as of a day: punctual or not, and whether board and web agree.

The one rule: the matrix, its files, the desk, the reminders and the page of a duty ask it.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from bulletin.domain.catalog.items import Channel
from bulletin.domain.days import day_words
from bulletin.domain.duties.displays import Display, disclosed_on
from bulletin.domain.duties.status import DutyStatus, status_of
from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import Sentence, say, say_each

BY_WEB_AND_BOARD = frozenset({Channel.WEB, Channel.BOARD})


class CoverageState(Labelled):
    """The status of a duty on the web and on the board, in the order of the sums."""

    ON_TIME = "on_time", say("按时公开")
    LATE = "late", say("迟公开")
    LATE_ON_WALL = "late_on_wall", say("上墙迟")  # online by its day, hung after it
    OVERDUE = "overdue", say("逾期")
    TAKEN_DOWN = "taken_down", say("撤下")  # before its time was over, and not replaced: owed again
    ONLINE_ONLY = (
        "online_only",
        say("只在网上"),
    )  # published, and on no board although it belongs there
    HUNG_TOO_SHORT = "hung_too_short", say("张贴不足")  # taken off before its time was over
    PAPER_ONLY = "paper_only", say("只在墙上")  # hangs on a board, and cannot be read online
    DUE_SOON = "due_soon", say("快到期")
    NOT_YET = "not_yet", say("未到期")
    WAITING = "waiting", say("等事情发生")
    NOT_APPLICABLE = "not_applicable", say("不适用")


# What is online and lacks elsewhere: whether it was late, too, its state does not say.
LACKING_SOMEWHERE = frozenset(
    {CoverageState.ONLINE_ONLY, CoverageState.HUNG_TOO_SHORT, CoverageState.PAPER_ONLY}
)
COVERAGE_MARKS = {  # one character, readable without colour
    CoverageState.ON_TIME: "✓",
    CoverageState.LATE: "迟",
    CoverageState.LATE_ON_WALL: "晚",
    CoverageState.OVERDUE: "逾",
    CoverageState.TAKEN_DOWN: "撤",
    CoverageState.ONLINE_ONLY: "网",
    CoverageState.HUNG_TOO_SHORT: "短",
    CoverageState.PAPER_ONLY: "墙",
    CoverageState.DUE_SOON: "临",
    CoverageState.NOT_YET: "未",
    CoverageState.WAITING: "等",
    CoverageState.NOT_APPLICABLE: "—",
}


@dataclass(frozen=True, kw_only=True)
class NotApplicable:
    """A time in which a duty did not apply: from that evening on, until it was taken back."""

    reason: str
    from_on: date = date.min  # where an earlier release kept no moment: for every day
    until_on: date | None = None
    declared_by: str = ""  # '' for the clock

    def holds(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True)
class Evidence:
    """What is known of one duty; every day may lie after the one that is asked for.

    Web and board are what is recorded: whether something was read out nobody writes down.
    """

    due_on: date | None
    web: tuple[Display, ...] = ()  # the editions of its notices
    wall: tuple[Display, ...] = ()  # their papers, board by board
    not_applicable: tuple[NotApplicable, ...] = ()
    channels: AbstractSet[Channel] = BY_WEB_AND_BOARD  # that the item asks for
    web_alone_from: date | None = None  # since when a page is enough: an annual report has no sheet

    def channels_on(self, day: date) -> AbstractSet[Channel]:
        """Where it has to be as of a day."""
        is_page = self.web_alone_from is not None and self.web_alone_from <= day
        return {Channel.WEB} if is_page else self.channels & BY_WEB_AND_BOARD or {Channel.WEB}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a duty stands as of a day."""

    state: CoverageState
    status: DutyStatus
    web_on: date | None = None  # since when it can be read online without a gap
    wall_on: date | None = None  # since when it hangs, or hung, on a board
    taken_down_on: date | None = None
    reason: str = ""  # why it does not apply, or was taken down
    declared_by: str = ""  # who said that it does not apply; '' for the clock
    remark: str = ""  # the day or the number behind the state, in words


def standing_of(evidence: Evidence, as_of: date, *, soon_days: int = 7) -> Standing:
    """The standing as of a day, from what was a fact by then.

    A notice answers its duty once it can be read online; the item's channels say where else it
    has to be by its day. One board on which it may hang is enough: the ledger of each board
    tells what is missing there.
    """
    for span in evidence.not_applicable:
        if span.holds(as_of):
            return Standing(
                state=CoverageState.NOT_APPLICABLE,
                status=DutyStatus.NOT_APPLICABLE,
                reason=span.reason,
                declared_by=span.declared_by,
            )
    web_on, wall_on = disclosed_on(evidence.web, as_of), disclosed_on(evidence.wall, as_of)
    if web_on is None:
        return _owed(evidence, wall_on, as_of, soon_days)
    return _answered(evidence, web_on, wall_on, as_of)


def _owed(evidence: Evidence, wall_on: date | None, as_of: date, soon_days: int) -> Standing:
    """Nothing online answers it: nothing was published, or it was taken down and not replaced."""
    status = status_of(due_on=evidence.due_on, published_on=None, today=as_of, soon_days=soon_days)
    state, taken_down = CoverageState(status.value), _taken_down(evidence, as_of)
    if taken_down is not None:
        state = CoverageState.TAKEN_DOWN
    if any(paper.is_there(as_of) for paper in evidence.wall):
        state = CoverageState.PAPER_ONLY
    return Standing(
        state=state,
        status=status,
        wall_on=wall_on,
        taken_down_on=taken_down.ended_on if taken_down else None,
        reason=taken_down.reason if taken_down else "",
        remark=say("%(day)s撤下", day=_day(taken_down.ended_on)) if taken_down else "",
    )


def _answered(evidence: Evidence, web_on: date, wall_on: date | None, as_of: date) -> Standing:
    """Something online answers it: is it on the board too, and since when?"""
    asked = evidence.channels_on(as_of)
    by_channel = {Channel.WEB: web_on, Channel.BOARD: wall_on}
    # What is missing somewhere is not late before its day, and no longer on time after it.
    complete_on = max(by_channel[channel] or as_of for channel in asked)
    status = status_of(due_on=evidence.due_on, published_on=complete_on, today=as_of)
    state, remark = CoverageState(status.value), ""
    if _is_on_paper_only(evidence, as_of):
        state = CoverageState.PAPER_ONLY
    elif Channel.BOARD in asked and wall_on is None:
        state, remark = _not_on_the_wall(evidence, as_of)
    elif status is DutyStatus.LATE and evidence.due_on is not None:
        state, remark = _late(evidence.due_on, web_on, wall_on)
    if state in LACKING_SOMEWHERE and is_late_online(evidence.due_on, web_on):
        remark = say_each("；", filter(None, (remark, CoverageState.LATE.label)))
    return Standing(state=state, status=status, web_on=web_on, wall_on=wall_on, remark=remark)


def is_late_online(due_on: date | None, web_on: date | None) -> bool:
    """Whether it could be read online only after its day; that it lacks on the wall says nothing of that."""
    return due_on is not None and web_on is not None and web_on > due_on


def _late(due_on: date, web_on: date, wall_on: date | None) -> tuple[CoverageState, str]:
    """After its day everywhere, or on the wall alone."""
    if web_on <= due_on:
        return CoverageState.LATE_ON_WALL, f"{_day(wall_on)}上墙"
    hung = f"，{_day(wall_on)}上墙" if wall_on is not None and wall_on > web_on else ""
    return CoverageState.LATE, f"{_day(web_on)}公开{hung}"


def _is_on_paper_only(evidence: Evidence, as_of: date) -> bool:
    hangs = any(paper.is_there(as_of) for paper in evidence.wall)
    return hangs and not any(page.is_there(as_of) for page in evidence.web)


def _not_on_the_wall(evidence: Evidence, as_of: date) -> tuple[CoverageState, str]:
    short = [paper for paper in evidence.wall if paper.was_cut_short(as_of)]
    if not short:
        return CoverageState.ONLINE_ONLY, ""
    last = max(short, key=lambda paper: paper.from_on)
    return CoverageState.HUNG_TOO_SHORT, _too_short(last)


def _too_short(paper: Display) -> Sentence:
    """Fifteen days over a holiday are more days on the wall: then it says why."""
    facts = {
        "asked": paper.asked,
        "hung": _day(paper.from_on),
        "down": _day(paper.until_on),
        "last": _day(paper.last_on),
    }
    if paper.why_last:
        return say(
            "张贴不足%(asked)s：%(hung)s贴上，%(down)s取下，应贴到%(last)s（%(why)s）",
            why=paper.why_last,
            **facts,
        )
    return say("张贴不足%(asked)s：%(hung)s贴上，%(down)s取下，应贴满%(last)s", **facts)


def _taken_down(evidence: Evidence, as_of: date) -> Display | None:
    """The last page that was taken down by a day."""
    gone = [page for page in evidence.web if page.was_taken_down(as_of)]
    return max(gone, key=lambda page: page.ended_on or page.from_on, default=None)


def _day(day: date | None) -> str:
    return day_words(day) if day is not None else ""
