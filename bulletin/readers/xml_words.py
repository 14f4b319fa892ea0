"""Every word of an XML part: text, attributes, comments. Read as a stream, no tree is built."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from xml.parsers import expat

from bulletin.domain.privacy.numbers import as_spreadsheet_keeps

# Runs of these belong together: a number may be cut into several. Others speak for themselves.
_BLOCKS = frozenset({"p", "si", "is", "comment", "threadedComment", "rPh", "f", "oddHeader"})
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Twenty digits that describe a font; the outline of a shape, packed.
_HARMLESS_ATTRIBUTES = frozenset({"panose", "panose1", "gfxdata"})
_IDENTIFIER = re.compile(r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
_JOINED = re.compile(r'"\s*&\s*"')  # "6302"&"23" in a formula
_FIGURE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_MIN_FIGURES = 5  # no kind of personal number is shorter


class NotXml(ValueError):
    """Not well-formed, of an unknown encoding, or with declarations that change its text."""


def squeezed(text: str) -> str:
    """Text without its white space: two readers of one part cut it differently."""
    return "".join(text.split())


def may_hold_a_number(text: str) -> bool:
    return sum(map(str.isnumeric, text)) >= _MIN_FIGURES


def figure_text(value: str) -> str:
    """A whole figure as the readers of cells give it; other text as it is."""
    if (
        value.isdecimal()
        or not _FIGURE.fullmatch(value)
        or (figure := Decimal(value)) != figure.to_integral_value()
    ):
        return value
    return as_spreadsheet_keeps(figure)


def words_of(part: bytes, *, cells: bool = True) -> Iterator[str]:
    """Paragraphs, loose texts, attributes and comments that may hold a number, each once.

    Args:
        part: the XML.
        cells: False leaves out the places of a worksheet's cells and numbers of shared texts.

    Raises:
        NotXml: it can't be read as XML.
    """
    words = _Words(cells=cells)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = words.start
    parser.EndElementHandler = words.end
    parser.CharacterDataHandler = words.text
    parser.CommentHandler = words.add
    parser.ProcessingInstructionHandler = lambda _target, data: words.add(data)
    parser.StartDoctypeDeclHandler = _refuse_declarations
    try:
        parser.Parse(part)
        parser.Parse(b"", True)  # noqa: FBT003 - expat takes no keyword
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise NotXml(str(error)) from error
    yield from words.lines


def _refuse_declarations(*_declaration: Any) -> None:
    raise NotXml("declares entities")


class _Words:
    """What the parser hands over, put into lines."""

    def __init__(self, *, cells: bool) -> None:
        self.lines: dict[str, None] = {}
        self._cells = cells
        self._path: list[str] = []
        self._buffers: list[list[str] | None] = []  # per open element; None: the block's around it
        self._blocks = 0
        self._is_number_of_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        own = local in _BLOCKS or not self._blocks
        self._blocks += local in _BLOCKS
        if not own and local in _MARKS:
            self.text(_MARKS[local])
        self._path.append(local)
        self._buffers.append([] if own else None)
        if local == "c":
            self._is_number_of_text = attributes.get("t") == "s"
        if attributes and (self._cells or local not in ("c", "row")):
            self._attributes(attributes)

    def end(self, _name: str) -> None:
        local = self._path.pop()
        buffer = self._buffers.pop()
        self._blocks -= local in _BLOCKS
        if not buffer:
            return
        if self._cells or not self._is_value(local):
            self.add("".join(buffer))
        elif not self._is_number_of_text:
            self.add(figure_text("".join(buffer)))

    def text(self, text: str) -> None:
        for buffer in reversed(self._buffers):
            if buffer is not None:
                buffer.append(text)
                return

    def add(self, line: str) -> None:
        if may_hold_a_number(line):
            self.lines.setdefault(_JOINED.sub("", line).strip())

    def _is_value(self, local: str) -> bool:
        return local == "v" and self._path[-1:] == ["c"]

    def _attributes(self, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if name.rpartition(":")[2] in _HARMLESS_ATTRIBUTES or _IDENTIFIER.fullmatch(value):
                continue
            self.add(value)
