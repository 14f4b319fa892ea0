"""The line of a text that answers a search, with its words marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bulletin.domain.search.query import Needle, SearchWord
from bulletin.domain.search.tokens import Piece, day_token, pieces, plain

WIDTH, BEFORE = 80, 24  # characters of an excerpt, and of them before the first word
MAX_LINES = 2_000  # that are looked through
LEFT_OUT = "…"
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
    best, most = "", 0
    for line in islice(lines, MAX_LINES):
        text = plain(line)
        count = sum(any(_spans(text, word)) for word in words)
        if count > most:
            best, most = line, count
            if count == len(words):
                break
    if not most:
        return ()
    shown, found = _found(best, words)
    start = max(0, found[0][0] - BEFORE)
    end = min(len(shown), start + WIDTH)
    cut = list(_fragments(shown, found, (start, end)))
    before = [Fragment(LEFT_OUT)] if start else []
    after = [Fragment(LEFT_OUT)] if end < len(shown) else []
    return (*before, *cut, *after)


def _found(text: str, words: Sequence[SearchWord]) -> tuple[str, list[Span]]:
    """A text and where the words are in it; where folding moves its characters, the folded one."""
    text_plain = plain(text)
    shown = text if len(text) == len(text_plain) else text_plain
    return shown, _merged(span for word in words for span in _spans(text_plain, word))


def _spans(text: str, word: SearchWord) -> Iterator[Span]:
    """Where a plain text has a word."""
    yield from _runs(text, word)
    others = [
        needle for needle in word.needles if needle.token.isascii() or not needle.token.isalpha()
    ]
    for piece in pieces(text) if others else ():
        if not piece.letters and any(_answers(piece, needle) for needle in others):
            yield piece.start, piece.end


def _runs(text: str, word: SearchWord) -> Iterator[Span]:
    """Where the letters of a word stand."""
    found = [piece.letters for piece in pieces(word.text) if piece.letters]
    long = [letters for letters in found if len(letters) > 1]
    for letters in long or (found if len(word.needles) == 1 else []):
        at = text.find(letters)
        while at >= 0:
            yield at, at + len(letters)
            at = text.find(letters, at + len(letters))


def _answers(piece: Piece, needle: Needle) -> bool:
    tokens = {piece.word, piece.number, piece.product, piece.paper}
    if piece.day is not None:
        year, month, day = piece.day
        named = needle.token[1:5] if needle.token[1:5].isdecimal() else ""
        tokens = {day_token(year or named, month, day), day_token("", month, day), year}
    tokens.discard("")
    if needle.is_start:
        return any(token.startswith(needle.token) for token in tokens)
    return needle.token in tokens


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
