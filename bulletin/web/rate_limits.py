"""Limits, so that codes can't be tried in bulk. They count misses, never what is found.

A whole village stands behind one carrier address, so nobody is refused for reading. What a network asks
for in vain is counted: `MAX_MISSES` different unknown codes in a minute. Beyond them a miss is answered with
"wait", and of the digits twins, which alone are worth guessing, only those open that a village's list names
as well. So one network guesses at most 120 digits a minute of what is in no list: of
8·10^9, with 300 notices that wait for their moment, one in 150 days. Codes open all the same: of 45 random
bits, with 30,000 notices, one is guessed in 13 days by whoever gets through a thousand a second.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from flask_limiter import Limiter

from bulletin.web.request_context import actor, network, now, site

MAX_MISSES = 120  # different ones of a network
WINDOW = timedelta(minutes=1)

limiter = Limiter(lambda: f"person {actor().id}", headers_enabled=True)
limited = limiter.limit  # of what a person who is signed in may do how often


@limiter.request_filter
def _reads_itself() -> bool:
    """A copy of the public site is read by the site itself, once for each page."""
    return site().copied


@dataclass(frozen=True)
class MissCounter:
    """The different misses (or forms) of each network within the last minute (or another span).

    The same miss again tells nothing new and costs nothing: a whole village may scan one torn paper.
    """

    name: str = "misses"
    most: int | None = None
    window: timedelta = WINDOW

    def is_spent(self, of: str, now: datetime) -> bool:
        number = site().counts.number(f"{self.name} {of}", self.window, now)
        return number >= (self.most or MAX_MISSES)

    def add(self, of: str, what: str, now: datetime) -> bool:
        """Count a miss, unless there are too many already; whether it may be answered as one."""
        most = self.most or MAX_MISSES
        return site().counts.add(f"{self.name} {of}", what, most=most, span=self.window, now=now)


def has_guessed_enough() -> bool:
    """Whether the reader's network asked for so much in vain that its digits open listed notices only."""
    return limiter.enabled and not site().copied and _counter().is_spent(network(), now())


def count_miss(what: str) -> bool:
    """Count what the reader's network asked for in vain; whether it may be told that it is unknown."""
    if not limiter.enabled or site().copied:
        return True
    return _counter().add(network(), what, now())


def count_sent(nonce: str) -> bool:
    """Count a form that the reader's network sends; whether it may. The same one again costs nothing."""
    if not limiter.enabled:
        return True
    sent: MissCounter = current_app.extensions["sent_counter"]
    return sent.add(network(), nonce, now())


def _counter() -> MissCounter:
    return current_app.extensions["miss_counter"]  # type: ignore[no-any-return]
