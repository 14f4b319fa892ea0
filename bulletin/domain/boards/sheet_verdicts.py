"""What a sheet on a board is worth today, and what is missing beside it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bulletin.domain.codes import EditionKey, Scan
from bulletin.domain.labels import Labelled
from bulletin.domain.languages.sentences import say
from bulletin.domain.notices.visibility import PageState

MAX_PHOTOS = 10  # of one visit; a board of 2.4 m needs one to three
MAX_PHOTO_BYTES = 20 * 1024 * 1024


class SheetVerdict(Labelled):
    """What has to be done with a paper that hangs on a board."""

    RIGHT = "right", "贴对了"  # as it should
    OLDER = "older", "旧版，换上新的"  # a newer edition is in force: hang that one
    OVER = "over", "期满了，可以取下"  # its period is over: take it down
    # taken down, redacted or given up: off the board at once
    TAKEN_DOWN = "taken_down", "已撤下，马上取下来"
    ELSEWHERE = "elsewhere", "不该贴在这里"  # it belongs on a board of another place
    EARLY = "early", "还没到公开的日子"  # its day has not come
    # of an edition that was never approved, or with a foreign address
    UNKNOWN = "unknown", "没有发过这样的纸，请查问"


BY_URGENCY = (
    SheetVerdict.TAKEN_DOWN,
    SheetVerdict.UNKNOWN,
    SheetVerdict.OLDER,
    SheetVerdict.OVER,
    SheetVerdict.ELSEWHERE,
    SheetVerdict.EARLY,
    SheetVerdict.RIGHT,
)
_GONE = frozenset({PageState.TAKEN_DOWN, PageState.REDACTED, PageState.CANCELLED})


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
    page_state: PageState | None,
    *,
    at_home: bool,
    is_over: bool,
    opens_on: date | None,
    today: date,
) -> SheetVerdict:
    """What has to be done with one paper.

    Args:
        page_state: what the page of its code would say; None: no such paper was ever given out.
        at_home: the board is one on which the notice may hang.
        is_over: it hung as long as it has to.
        opens_on: the first day of the edition that the paper names; None when it has none.
    """
    if page_state is None or page_state is PageState.NO_SUCH_EDITION or opens_on is None:
        return SheetVerdict.UNKNOWN
    if page_state in _GONE:
        return SheetVerdict.TAKEN_DOWN
    if not at_home:
        return SheetVerdict.ELSEWHERE
    if is_over:
        return SheetVerdict.OVER
    if opens_on > today:
        return SheetVerdict.EARLY
    return SheetVerdict.OLDER if page_state is PageState.OLDER else SheetVerdict.RIGHT


def missing_sheets(due: Iterable[DueSheet], seen: Collection[Scan]) -> list[DueSheet]:
    """The sheets of which not a single page was seen."""
    present = {scan.key for scan in seen}
    return [sheet for sheet in due if sheet.key not in present]


def missing_pages(seen: Iterable[Scan], pages: Mapping[EditionKey, int]) -> list[MissingPages]:
    """Of the sheets that were seen, the pages that were not.

    Args:
        pages: how many pages the newest print run of an edition has. A code without a page
            stands for the whole of a sheet.
    """
    seen_pages: dict[EditionKey, set[int]] = {}
    for scan in seen:
        whole = range(1, pages.get(scan.key, 1) + 1)
        seen_pages.setdefault(scan.key, set()).update(whole if scan.page is None else {scan.page})
    gaps = [
        MissingPages(*key, tuple(n for n in range(1, pages.get(key, 1) + 1) if n not in present))
        for key, present in seen_pages.items()
    ]
    return [gap for gap in gaps if gap.pages]


PARTS = (  # of a picture
    *(say("左上"), say("上"), say("右上")),
    *(say("左"), say("中间"), say("右")),
    *(say("左下"), say("下"), say("右下")),
)


def part_words(x: float, y: float) -> str:
    """Where in a picture a point lies (0–1 from the left and from above): 左上, 中间, 右下."""
    across = ("左", "", "右")[min(2, int(x * 3))]
    down = ("上", "", "下")[min(2, int(y * 3))]
    return across + down or "中间"
