"""The head of the tree as it is signed (C2SP tlog-checkpoint): whose, how long, and its root."""

import base64
import binascii
import re
from dataclasses import dataclass

from bulletin.domain.errors import BulletinError
from bulletin.domain.transparency.tiles import HASH_BYTES

_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
LINES = 3  # origin, size, root; further lines are allowed and mean nothing to us


class UnreadableNote(BulletinError):
    """A text that is no signed note, no checkpoint or no key. English, for the command line."""


@dataclass(frozen=True)
class TreeHead:
    origin: str  # the site whose history it is: gk.huzhu.gov.cn
    size: int  # entries
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def read_tree_head(text: str) -> TreeHead:
    """The head that a note's text holds.

    Raises:
        UnreadableNote: the text is something else.
    """
    lines = text.split("\n")
    if len(lines) <= LINES or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise UnreadableNote("this note holds no checkpoint")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if len(root) != HASH_BYTES:
        raise UnreadableNote("this checkpoint has no root")
    return TreeHead(lines[0], int(lines[1]), root)
