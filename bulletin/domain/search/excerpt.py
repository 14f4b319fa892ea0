"""The line of a text that answers a search, with its words marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bulletin.domain.search.query import Needle, SearchWord
from bulletin.domain.search.tokens import DAY, Piece, day_token, pieces, plain

WIDTH, BEFORE = 80, 24  # characters of an excerpt, and of them before the first word
MAX_LINE = 1_000  # characters of a line that are looked through as one
MAX_LENGTH = 50_000  # characters of a text that are looked through
LEFT_OUT, UNSAID = "…", "?"  # for the year of a day that names none
Span = tuple[int, int]


@dataclass(frozen=True)
class Fragment:
    text: str
    is_found: bool = False


def marked(text: str, words: Sequence[SearchWord]) -> tuple[Fragment, ...]:
    """A whole text, its found words apart."""
    shown, found = _found(text, words)
    return tuple(_fragments(shown, found, (0, len(shown))))


def excerpt(lines: Iterable[str], words: Sequence[SearchWord]) -> tuple[Fragment, ...]:
    """The first line that has most of the words, cut to them; empty when none has any."""
    best, most = _Part(""), 0
    for part in _parts(lines):
        line = _PlainLine(plain(part.text))
        count = sum(any(line.spans(word)) for word in words)
        if count > most:
            best, most = part, count
            if count == len(words):
                break
    if not most:
        return ()
    shown, found = _found(best.text, words)
    start = max(0, found[0][0] - BEFORE)
    end = min(len(shown), start + WIDTH)
    cut = list(_fragments(shown, found, (start, end)))
    before = [Fragment(LEFT_OUT)] if start or best.follows else []
    after = [Fragment(LEFT_OUT)] if end < len(shown) or best.goes_on else []
    return (*before, *cut, *after)


@dataclass(frozen=True)
class _Part:
    """What is looked through of a line at a time."""

    text: str
    follows: bool = False  # something of the line stands before it
    goes_on: bool = False  # something of the line stands after it


def _parts(lines: Iterable[str]) -> Iterator[_Part]:
    """As much of some lines as is looked through; of a long one parts that overlap, so that a word is whole in one."""
    left = MAX_LENGTH
    for line in lines:
        for at in range(0, max(1, min(len(line), left) - WIDTH), MAX_LINE - WIDTH):
            end = at + MAX_LINE
            yield _Part(line[at:end], follows=at > 0, goes_on=end < len(line))
        left -= len(line) + 1
        if left <= 0:
            break


def _found(text: str, words: Sequence[SearchWord]) -> tuple[str, list[Span]]:
    """A text and where the words are in it; where folding moves its characters, the folded one."""
    line = _PlainLine(plain(text))
    shown = text if len(text) == len(line.text) else line.text
    return shown, _merged(span for word in words for span in line.spans(word))


class _PlainLine:
    """A plain text, whose pieces are read once for all words."""

    def __init__(self, text: str) -> None:
        self.text = text

    def spans(self, word: SearchWord) -> Iterator[Span]:
        """Where it has a word."""
        yield from self._runs(word)
        for needle in word.needles:
            if needle.token.isascii() or not needle.token.isalpha():
                yield from self._places(needle)

    def _runs(self, word: SearchWord) -> Iterator[Span]:
        """Where the letters of a word stand."""
        found = [piece.letters for piece in pieces(word.text) if piece.letters]
        long = [letters for letters in found if len(letters) > 1]
        for letters in long or (found if len(word.needles) == 1 else []):
            at = self.text.find(letters)
            while at >= 0:
                yield at, at + len(letters)
                at = self.text.find(letters, at + len(letters))

    def _places(self, needle: Needle) -> Iterator[Span]:
        for sought in _also_without_year(needle.token):
            if not needle.is_start:
                yield from self._tokens.get(sought, ())
                continue
            for token, places in self._tokens.items():
                if token.startswith(sought):
                    yield from places

    @cached_property
    def _tokens(self) -> dict[str, list[Span]]:
        """Where its days, numbers and words of a-z stand."""
        places: dict[str, list[Span]] = {}
        for piece in pieces(self.text):
            for token in () if piece.letters else _tokens_of(piece):
                places.setdefault(token, []).append((piece.start, piece.end))
        return places


def _tokens_of(piece: Piece) -> set[str]:
    if piece.day is None:
        return {piece.word, piece.number, piece.product, piece.paper} - {""}
    year, month, day = piece.day
    return {day_token(year or UNSAID, month, day), day_token("", month, day), year} - {""}


def _also_without_year(token: str) -> tuple[str, ...]:
    """Who seeks a day of a year means also one of which the text doesn't say the year."""
    if token.startswith(DAY) and token[1:5].isdecimal():
        return token, f"{DAY}{UNSAID}{token[5:]}"
    return (token,)


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _fragments(text: str, found: Iterable[Span], within: Span) -> Iterator[Fragment]:
    at, last = within
    for start, end in found:
        if start >= last:
            break
        if start > at:
            yield Fragment(text[at:start])
        yield Fragment(text[max(at, start) : min(end, last)], is_found=True)
        at = min(end, last)
    if at < last:
        yield Fragment(text[at:last])
