"""One key follows another: the statement that the old key signs."""

from dataclasses import dataclass

from bulletin.domain.transparency.tree_head import UnreadableNote

HEAD = "bulletin key succession v1"
LINES = 4


@dataclass(frozen=True)
class KeySuccession:
    origin: str
    size: int  # entries of the history when the new key began
    key: str  # the new one: name+a1b2c3d4+base64

    def __str__(self) -> str:
        return f"{HEAD}\n{self.origin}\n{self.size}\n{self.key}\n"


def read_succession(text: str) -> KeySuccession:
    """The statement that a note's text holds.

    Raises:
        UnreadableNote: the text says something else.
    """
    lines = text.removesuffix("\n").split("\n")
    if len(lines) != LINES or lines[0] != HEAD or not lines[2].isdecimal():
        raise UnreadableNote("this note is no succession of keys")
    return KeySuccession(lines[1], int(lines[2]), lines[3])
