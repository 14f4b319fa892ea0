"""What is drawn on the sheets of an old workbook (.xls): pictures, charts, text boxes, comments, each named.

xlrd passes over them. The records are those of [MS-XLS]: a sheet begins with BOF and ends with its EOF, each
object on it has an OBJ record with its kind, and TXO has the words of a box or a comment.
"""

import struct
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bulletin.readers.brought.sentences import sample

_BOF, _EOF, _OBJECT, _TEXT, _CONTINUED = 0x0809, 0x000A, 0x005D, 0x01B6, 0x003C
_CHART, _BOX, _PICTURE, _COMMENT = 0x05, 0x06, 0x08, 0x19
_HEAD = struct.Struct("<HH")  # kind and length of a record
_KIND_AT = 4  # of an object, after the mark and length of its first part
_LENGTH_AT = 10  # of a text, in characters


def drawn_remarks(book: Any, number: int) -> Iterator[str]:
    """A sentence for each kind of object on a sheet.

    Args:
        book: of xlrd, still open.
        number: of the sheet, from 0.
    """
    counts: Counter[int] = Counter()
    words: dict[int, list[str]] = {_BOX: [], _COMMENT: []}
    kind = 0
    for record, body, rest in _records(book, number):
        if record == _OBJECT and len(body) >= _KIND_AT + 2:
            (kind,) = struct.unpack_from("<H", body, _KIND_AT)
            counts[kind] += 1
        elif record == _TEXT:
            words[_COMMENT if kind == _COMMENT else _BOX].append(_text(body, rest))
    if counts[_PICTURE]:
        yield f"表格里有{counts[_PICTURE]}张图片没有带来，请另外放进来。"
    if counts[_CHART]:
        yield f"表格里有{counts[_CHART]}张图表没有带来，可以截成图片再放进来。"
    for of_kind, name in ((_COMMENT, "批注"), (_BOX, "文本框")):
        if said := list(filter(None, map(str.strip, words[of_kind]))):
            yield f"{name}没有带来：“{sample(said)}”。"


def _records(book: Any, number: int) -> Iterator[tuple[int, bytes, list[bytes]]]:
    """The records of a sheet, each with those that continue it; not those of the charts within."""
    data, place, depth = book.mem, book._sh_abs_posn[number], 0  # noqa: SLF001 - no other way
    while place + _HEAD.size <= len(data):
        record, body, place = _record(data, place)
        depth += (record == _BOF) - (record == _EOF)
        if depth <= 0:
            return
        rest = []
        while place + _HEAD.size <= len(data) and _HEAD.unpack_from(data, place)[0] == _CONTINUED:
            _, more, place = _record(data, place)
            rest.append(more)
        if depth == 1:
            yield record, body, rest


def _record(data: Any, place: int) -> tuple[int, bytes, int]:
    record, length = _HEAD.unpack_from(data, place)
    start = place + _HEAD.size
    return record, bytes(data[start : start + length]), start + length


def _text(body: bytes, rest: list[bytes]) -> str:
    """The words of a box: the first continuing records have them, in one byte or two a character."""
    if len(body) < _LENGTH_AT + 2:
        return ""
    (left,) = struct.unpack_from("<H", body, _LENGTH_AT)
    said = ""
    for piece in rest:
        if len(said) >= left or not piece:
            break
        said += piece[1:].decode("utf-16-le" if piece[0] & 1 else "latin-1", "replace")
    return said[:left]
