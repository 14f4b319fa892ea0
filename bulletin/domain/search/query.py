"""What a person seeks: words in any order, of which every one must be found."""

from dataclasses import dataclass

from bulletin.domain.search.tokens import Piece, day_token, pairs, paper_joined, pieces, plain

MAX_WORDS = 12
MAX_LENGTH = 200  # characters of what was typed


@dataclass(frozen=True)
class Needle:
    """A token that must be there, or what one of them begins with."""

    token: str
    is_start: bool = False


Needles = tuple[Needle, ...]  # all of them must be there


@dataclass(frozen=True)
class SearchWord:
    """What stands between two blanks, as it is compared, and the needles that it is."""

    text: str
    needles: Needles


def read_words(typed: str) -> tuple[SearchWord, ...]:
    """The words of a search; none where nothing was typed that a text could hold."""
    words = paper_joined(plain(typed[:MAX_LENGTH])).split()[:MAX_WORDS]
    read = (SearchWord(text, _needles(list(pieces(text)))) for text in words)
    return tuple(word for word in read if word.needles)


def _needles(found: list[Piece]) -> Needles:
    """A lone character beside others (the 号 of 12号) says nothing and is left out."""
    telling = [piece for piece in found if len(piece.letters) != 1] or found
    return tuple(dict.fromkeys(needle for piece in telling for needle in _of(piece)))


def _of(piece: Piece) -> list[Needle]:
    if piece.letters:
        return [Needle(pair) for pair in pairs(piece.letters) or [piece.letters]]
    if piece.day is not None:
        return [Needle(day_token(*piece.day), is_start=not piece.day[2])]
    if piece.word:
        return [Needle(piece.word, is_start=True)]
    return [Needle(piece.paper or piece.product or piece.number)]
