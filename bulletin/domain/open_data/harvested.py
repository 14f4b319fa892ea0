"""What was read of other boards."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class HarvestedNotice:
    """A notice as its board names it; '' and None where the board says nothing."""

    iri: str  # what tells it from every other
    url: str  # its page
    title: str
    number: str
    subject: str
    place: str
    publisher: str
    edition: str
    opens_on: date | None
    closes_on: date | None  # None: it says no last day, or that there is none
    removed_on: date | None  # when the paper came off the board, where the board says so

    def is_over(self, today: date) -> bool:
        return self.closes_on is not None and self.closes_on < today


@dataclass(frozen=True, kw_only=True)
class HarvestedBoard:
    title: str
    page: str
    publisher: str
    notices: tuple[HarvestedNotice, ...]
    parts: tuple[str, ...]  # the addresses of the feeds that this one sums up


@dataclass(frozen=True)
class UnreadFeed:
    url: str
    reason: str  # a sentence


@dataclass(frozen=True)
class Harvest:
    """All that was found behind one address."""

    boards: tuple[HarvestedBoard, ...]
    notices: tuple[HarvestedNotice, ...]  # each once
    unread: tuple[UnreadFeed, ...]
