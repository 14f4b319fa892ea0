"""The codes in anybody's photograph of a board; the photograph itself is not kept."""

from dataclasses import dataclass

from bulletin.domain.boards.sheet_verdicts import part_words
from bulletin.domain.codes import Scan
from bulletin.services.site import Site
from bulletin.sheets.board_photos import read_photo


@dataclass(frozen=True, kw_only=True)
class BoardCodes:
    """What one photograph shows, without whose it is."""

    scans: tuple[Scan, ...]
    forged: int  # codes like ours that lead elsewhere
    others: int  # codes that are none like ours
    unread: tuple[str, ...]  # where codes were too small or too blurred: 左上


def read_codes(site: Site, photo: bytes) -> BoardCodes:
    """The codes in a photograph of a board.

    Raises:
        Refused: it is no photograph, or one that is too large, with what to do.
    """
    reading = read_photo(photo)
    ours = [code.scan for code in reading.codes if site.is_ours(code.host)]
    parts = (
        part_words(box.centre[0] / reading.width, box.centre[1] / reading.height)
        for box in reading.unread
    )
    return BoardCodes(
        scans=tuple(sorted(set(ours), key=lambda scan: scan.tail)),
        forged=len(reading.codes) - len(ours),
        others=reading.others,
        unread=tuple(dict.fromkeys(parts)),
    )
