"""The objects of a PDF as they are written: what PDFium keeps to itself.

PDFium reads the newest state of a document. Whatever an earlier saving left behind, keys of the
properties that it does not list and files that no list names are found in the bytes.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

MAX_REVISIONS = 10
_MAX_UNPACKED = 20 * 1024 * 1024  # bytes of all object streams together
_MAX_HEAD = 4_000  # bytes of the dictionary before a stream
_MAX_INFOS = 50  # keys of more are not asked for one by one; their strings are read all the same
_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF[\r\n]*")
_EARLIER = re.compile(rb"/Prev\s+\d+(?!\d|\s+\d+\s+R)")  # that of a bookmark is a reference
_STREAM = re.compile(rb">>\s*stream\r?\n")
_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+obj\b")
_METADATA = re.compile(rb"/Type\s*/Metadata\b|/Subtype\s*/XML\b")
_METADATA_OF = re.compile(rb"/Metadata\s+(\d+)\s+\d+\s+R")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_FILTER = re.compile(rb"/Filter\s*\[?\s*/(\w+)\s*(?:\]|/(?!\w+Decode)|>|$)")
_FIRST = re.compile(rb"/First\s+(\d+)")
_INFO = re.compile(rb"/Info\s+(\d+)\s+\d+\s+R")
_NAME = re.compile(rb"/((?:[^\x00\t\n\f\r ()<>\[\]{}/%#]|#[0-9A-Fa-f]{2})+)")
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_LITERAL = re.compile(rb"\(((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_HEXADECIMAL = re.compile(rb"(?<!<)<([0-9A-Fa-f\s]{2,})>")
_EMBEDDED = re.compile(rb"/EF\s*(?:<<|\d+\s+\d+\s+R)")


@dataclass(frozen=True)
class _Stream:
    number: int  # of its object
    head: bytes
    begin: int


@dataclass(frozen=True)
class PdfObjects:
    """The bytes of one file, looked through as they stand."""

    data: bytes

    def earlier_revisions(self) -> tuple[list[bytes], bool]:
        """The file as it was before each later saving, newest first, and whether those are all."""
        ends = [(match.end(), int(match[1])) for match in _END.finditer(self.data)]
        # A file made for the web has two ends for one revision; the first says so by a nought.
        linearized = b"/Linearized" in self.data[:2048] and ends[:1] and ends[0][1] == 0
        closed = [end for end, _ in ends[1 if linearized else 0 : -1]]
        expected = len(_EARLIER.findall(self.data)) - bool(linearized)
        whole = expected <= len(closed) <= MAX_REVISIONS
        return [self.data[:end] for end in reversed(closed[-MAX_REVISIONS:])], whole

    def property_keys(self) -> list[str]:
        """Every key of the properties (Info), those within a value too."""
        numbers = {int(number) for number in _INFO.findall(self.data)[-_MAX_INFOS:]}
        bodies = (body for number in numbers for body in self._bodies(number))
        keys = (_unescaped(key) for body in bodies for key in _NAME.findall(body))
        return list(dict.fromkeys(keys))

    def strings(self) -> Iterator[str]:
        """Every string and name outside of the streams: layers, descriptions, scripts, fields."""
        for text in (self._without_streams(), *(text for text, _ in self._packed_objects)):
            yield from (_decoded(_literal(found)) for found in _LITERAL.findall(text))
            for found in _HEXADECIMAL.findall(text):
                figures = b"".join(found.split())
                yield _decoded(bytes.fromhex((figures + b"0" * (len(figures) % 2)).decode()))
            yield from (_unescaped(name) for name in _NAME.findall(text))

    def _without_streams(self) -> bytes:
        kept, at = [], 0
        for stream in self._streams:
            end = self.data.find(b"endstream", stream.begin)
            if stream.begin >= at and end >= 0:
                kept.append(self.data[at : stream.begin])
                at = end
        return b"".join((*kept, self.data[at:]))

    def metadata(self) -> Iterator[bytes | None]:
        """What the file says of itself and its parts in XML; None for what can't be unpacked."""
        named = {int(number) for text in self._texts for number in _METADATA_OF.findall(text)}
        for stream in self._streams:
            if stream.number in named or _METADATA.search(stream.head):
                yield self._unpacked(stream)

    def embedded_files(self) -> int:
        """How many files the objects say to hold, whether or not a list names them."""
        return sum(len(_EMBEDDED.findall(text)) for text in self._texts)

    def _bodies(self, number: int) -> Iterator[bytes]:
        """What an object holds in each revision, written openly or packed with others."""
        written = re.finditer(rb"(?<!\d)%d\s+\d+\s+obj\b" % number, self.data)
        for match in islice(written, _MAX_INFOS):
            body = self.data[match.end() : match.end() + _MAX_HEAD]
            yield body.partition(b"endobj")[0]
        for text, first in self._packed_objects:
            words = [int(word) for word in text[:first].split() if word.isdigit()]
            starts = dict(zip(words[::2], words[1::2], strict=False))
            if number in starts:
                later = [start for start in starts.values() if start > starts[number]]
                yield text[first + starts[number] : first + min(later) if later else None]

    @cached_property
    def _texts(self) -> tuple[bytes, ...]:
        return (self.data, *(text for text, _ in self._packed_objects))

    @cached_property
    def _streams(self) -> tuple[_Stream, ...]:
        found = []
        for match in _STREAM.finditer(self.data):
            before = self.data[max(0, match.start() - _MAX_HEAD) : match.start()]
            if begins := list(_OBJECT.finditer(before)):
                head = before[begins[-1].end() :]
                found.append(_Stream(int(begins[-1][1]), head, match.end()))
        return tuple(found)

    @cached_property
    def _packed_objects(self) -> tuple[tuple[bytes, int], ...]:
        """The unpacked object streams, each with where its first object stands."""
        found, left = [], _MAX_UNPACKED
        for stream in self._streams:
            first = _FIRST.search(stream.head)
            if first is None or not _OBJECTS.search(stream.head):
                continue
            text = self._unpacked(stream) or b""
            left -= len(text)
            if left < 0:
                break
            found.append((text, int(first[1])))
        return tuple(found)

    def _unpacked(self, stream: _Stream) -> bytes | None:
        if b"/Filter" not in stream.head:
            end = self.data.find(b"endstream", stream.begin)
            return self.data[stream.begin : end if end >= 0 else len(self.data)]
        name = _FILTER.search(stream.head)
        if name is None or name[1] not in (b"FlateDecode", b"Fl"):
            return None
        try:
            return zlib.decompressobj().decompress(self.data[stream.begin :], _MAX_UNPACKED)
        except zlib.error:
            return None


def _literal(words: bytes) -> bytes:
    """A string without its escapes: figures may be written as their codes."""

    def plain(escape: re.Match[bytes]) -> bytes:
        code = escape[1]
        return bytes([int(code, 8) % 256]) if code.isdigit() else code.strip(b"\r\n")

    return _ESCAPE.sub(plain, words)


def _decoded(words: bytes) -> str:
    if words.startswith(b"\xfe\xff"):
        return words[2:].decode("utf-16-be", "replace")
    return words.decode("utf-8" if words.startswith(b"\xef\xbb\xbf") else "latin-1", "replace")


def _unescaped(name: bytes) -> str:
    """A name without its codes (#20)."""
    return _CODE.sub(lambda code: bytes([int(code[1], 16)]), name).decode("utf-8", "replace")
