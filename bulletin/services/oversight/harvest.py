"""What other boards publish, read from their open data: how a county sees its townships' sites.

Nothing of it is stored. A feed that sums up others names them; those of the same site are read too.
"""

from collections import deque
from collections.abc import Iterable

from bulletin.domain.errors import Refused
from bulletin.domain.open_data.harvested import (
    Harvest,
    HarvestedBoard,
    HarvestedNotice,
    UnreadFeed,
)
from bulletin.readers.boards.ofn import feed_in_page, read_board
from bulletin.readers.web_address import fetch, origin_of

MAX_FEEDS = 1_000  # of one site: a county has some hundred villages
MAX_UNREAD = 10  # then the site is taken to be down


def harvest(url: str, *, also_private: bool = False) -> Harvest:
    """The board at an address, and the boards that it sums up.

    Args:
        url: of the open data, or of a page that names it.
        also_private: read from this machine and private networks too.

    Raises:
        Refused: the first address could not be read.
    """
    first = _board_at(url, also_private=also_private)
    boards: dict[str, HarvestedBoard] = {first[0]: first[1]}
    waiting, unread = deque(_parts(first)), list[UnreadFeed]()
    known = {*boards, *waiting}
    while waiting and len(known) <= MAX_FEEDS and len(unread) < MAX_UNREAD:
        address = waiting.popleft()
        try:
            found = _board_at(address, also_private=also_private)
        except Refused as refused:
            unread.append(UnreadFeed(address, str(refused)))
            continue
        boards[found[0]] = found[1]
        fresh = [part for part in _parts(found) if part not in known]
        waiting.extend(fresh)
        known.update(fresh)
    unread += [UnreadFeed(address, "没有读到这里。") for address in waiting]
    return Harvest(tuple(boards.values()), _each_once(boards.values()), tuple(unread))


def _board_at(url: str, *, also_private: bool) -> tuple[str, HarvestedBoard]:
    """Where the data lay, and the board; a page leads to its data."""
    file = fetch(url, also_private=also_private)
    if file.media_type == "text/html" and (data := feed_in_page(file.data, file.url)):
        file = fetch(data, also_private=also_private)
    return file.url, read_board(file.data)


def _parts(found: tuple[str, HarvestedBoard]) -> list[str]:
    """Of the same site: where else it might lead is nobody's business here."""
    url, board = found
    return [part for part in dict.fromkeys(board.parts) if origin_of(part) == origin_of(url)]


def _each_once(boards: Iterable[HarvestedBoard]) -> tuple[HarvestedNotice, ...]:
    """Every notice, as its own board has it, by place and the newest first."""
    notices = {notice.iri: notice for board in boards for notice in board.notices}
    newest = sorted(notices.values(), key=lambda each: str(each.opens_on or ""), reverse=True)
    return tuple(sorted(newest, key=lambda each: each.place))
