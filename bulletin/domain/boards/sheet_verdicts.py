"""The wall: what a sheet on a board is worth today, and what is missing beside it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bulletin.domain.codes import EditionKey, Scan
from bulletin.domain.notices.visibility import Face

MOST_PHOTOS = 10  # of one visit; a board of 2.4 m needs one to three
MOST_PHOTO_BYTES = 20 * 1024 * 1024


class Verdict(StrEnum):
    """What has to be done with a paper that hangs on a board."""

    RIGHT = "right"  # as it should
    OLDER = "older"  # a newer edition is in force: hang that one
    OVER = "over"  # its period is over: take it down
    TAKEN_DOWN = "taken_down"  # taken down, redacted or given up: off the wall at once
    ELSEWHERE = "elsewhere"  # it belongs on a board of another place
    EARLY = "early"  # its day has not come
    UNKNOWN = "unknown"  # of an edition that was never approved, or with a foreign address


VERDICT_WORDS = {
    Verdict.RIGHT: "贴对了",
    Verdict.OLDER: "旧版，换上新的",
    Verdict.OVER: "期满了，可以取下",
    Verdict.TAKEN_DOWN: "已撤下，马上取下来",
    Verdict.ELSEWHERE: "不该贴在这里",
    Verdict.EARLY: "还没到公开的日子",
    Verdict.UNKNOWN: "没有发过这样的纸，请查问",
}
MOST_URGENT_FIRST = (
    Verdict.TAKEN_DOWN, Verdict.UNKNOWN, Verdict.OLDER, Verdict.OVER, Verdict.ELSEWHERE,
    Verdict.EARLY, Verdict.RIGHT,
)  # fmt: skip
_GONE = frozenset({Face.TAKEN_DOWN, Face.REDACTED, Face.CANCELLED})


@dataclass(frozen=True)
class DueSheet:
    """A sheet that has to hang on a board."""

    code: str
    edition: int
    pages: int | None  # None: never printed, so nobody knows

    @property
    def key(self) -> EditionKey:
        return self.code, self.edition


@dataclass(frozen=True)
class MissingPages:
    code: str
    edition: int
    pages: tuple[int, ...]


def may_hang(notice_village: int | None, board_village: int | None) -> bool:
    """A village's paper hangs on its own boards, the township's (None) in every village."""
    return notice_village in {None, board_village}


def verdict(
    face: Face | None, *, at_home: bool, is_over: bool, opens_on: date | None, today: date
) -> Verdict:
    """What has to be done with one paper.

    Args:
        face: what the page of its code would say; None: no such paper was ever given out.
        at_home: the board is one on which the notice may hang.
        is_over: it hung as long as it has to.
        opens_on: the first day of the edition that the paper names; None when it has none.
    """
    if face is None or face is Face.NO_SUCH_EDITION or opens_on is None:
        return Verdict.UNKNOWN
    if face in _GONE:
        return Verdict.TAKEN_DOWN
    if not at_home:
        return Verdict.ELSEWHERE
    if is_over:
        return Verdict.OVER
    if opens_on > today:
        return Verdict.EARLY
    return Verdict.OLDER if face is Face.OLDER else Verdict.RIGHT


def missing_sheets(due: Iterable[DueSheet], seen: Collection[Scan]) -> list[DueSheet]:
    """The sheets of which not a single page was seen."""
    found = {scan.key for scan in seen}
    return [sheet for sheet in due if sheet.key not in found]


def missing_pages(seen: Iterable[Scan], pages: Mapping[EditionKey, int]) -> list[MissingPages]:
    """Of the sheets that were seen, the pages that were not.

    Args:
        pages: how many pages the newest print run of an edition has. A code without a page
            stands for the whole of a sheet.
    """
    found: dict[EditionKey, set[int]] = {}
    for scan in seen:
        whole = range(1, pages.get(scan.key, 1) + 1)
        found.setdefault(scan.key, set()).update(whole if scan.page is None else {scan.page})
    gaps = [
        MissingPages(*key, tuple(n for n in range(1, pages.get(key, 1) + 1) if n not in here))
        for key, here in found.items()
    ]
    return [gap for gap in gaps if gap.pages]


def part_words(x: float, y: float) -> str:
    """Where in a picture a point lies (0–1 from the left and from above): 左上, 中间, 右下."""
    across = ("左", "", "右")[min(2, int(x * 3))]
    down = ("上", "", "下")[min(2, int(y * 3))]
    return across + down or "中间"
