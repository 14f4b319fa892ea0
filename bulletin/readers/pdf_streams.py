"""The streams of a PDF: each drawn on a page, known to hold no words, or named as unread.

What a page draws PDFium reads. A stream that no page draws, that only fills or masks something, or
that no part of the format asks for may hold words that nobody sees in the text of the pages.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from bulletin.readers.pdf_objects import strings_in

_NO_WORDS = frozenset(  # keys whose streams are shapes, tables, colours, or are read elsewhere
    {
        *("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/CIDToGIDMap", "/CIDSet"),
        *("/Encoding", "/UseCMap", "/DestOutputProfile", "/Metadata", "/EF", "/TR", "/TR2"),
        *("/Function", "/Functions", "/HT", "/BG", "/BG2", "/UCR", "/UCR2", "/ColorSpace", "/CS"),
        *("/Shading", "/XFA", "/Colorants"),
    }
)
_OF_AN_IMAGE = ("/SMask", "/Mask", "/Alternates")
_OF_THE_FILE = frozenset({"/ObjStm", "/XRef"})
_DRAWN = re.compile(rb"/([^\s()<>\[\]{}/%]+)\s+Do\b")
_WORDS_OR_PICTURES = re.compile(rb"\b(?:BT|Do|BI|Tj|TJ)\b")
_MARKED = re.compile(rb"<<((?:[^<>]|<[^<>]*>)*)>>\s*(?:BDC|DP)\b")
_REPLACED = b"/ActualText"
_MAX_DEPTH = 15  # forms within forms, arrays within dictionaries


@dataclass
class PdfStreams:
    """What one saving of a file draws.

    `read` and `unread` are numbers of objects; `unread` says why. `marks` are texts that stand in
    the drawings beside what is drawn. `plain` is the file without its lock and without texts that
    take the place of what is drawn (ActualText), or None where it has neither.
    """

    read: set[int] = field(default_factory=set)
    unread: dict[int, str] = field(default_factory=dict)
    marks: dict[str, None] = field(default_factory=dict)
    has_scripts: bool = False
    plain: bytes | None = None
    is_locked: bool = False


def read_streams(data: bytes) -> PdfStreams | None:
    """Look at every stream of a PDF; None where its structure can't be followed."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            return _Walk(document).streams()
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        ValueError,
        TypeError,
        AttributeError,
        RuntimeError,
        LookupError,
    ):
        return None


class _Walk:
    def __init__(self, document: pikepdf.Pdf) -> None:
        self._document = document
        self._found = PdfStreams(is_locked=document.is_encrypted)
        self._replaced = False

    def streams(self) -> PdfStreams:
        found = self._found
        for page in self._document.pages:
            self._page(page.obj)
        objects = list(self._document.objects)
        for each in objects:
            self._harmless(each)
        for each in objects:
            if not isinstance(each, pikepdf.Stream) or each.objgen[0] in found.read:
                continue
            if not _is_only_lines(each):
                found.unread[each.objgen[0]] = _why(each)
        if found.is_locked or self._replaced:
            found.plain = self._plain(objects)
        return found

    def _page(self, page: Any) -> None:
        contents = page.get("/Contents")
        parts = contents if isinstance(contents, pikepdf.Array) else [contents]
        resources = pikepdf.Page(page).resources
        streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
        self._drawing(streams, resources, 0)

    def _drawing(self, streams: list[Any], resources: Any, depth: int) -> None:
        """Contents of a page, or a form: what they draw is drawn too."""
        drawing = b"\n".join(map(_unpacked, streams))
        self._found.read.update(stream.objgen[0] for stream in streams)
        self._replaced = self._replaced or _REPLACED in drawing
        for marked in _MARKED.findall(drawing):
            self._found.marks.update(dict.fromkeys(strings_in(marked)))
        self._replaced = self._replaced or _REPLACED in _properties(resources)
        drawn = (resources or {}).get("/XObject", {})
        for name in dict.fromkeys(_DRAWN.findall(drawing)):
            each = drawn.get("/" + name.decode("latin-1"))
            if isinstance(each, pikepdf.Stream) and each.objgen[0] not in self._found.read:
                self._drawn(each, resources, depth)

    def _drawn(self, each: Any, resources: Any, depth: int) -> None:
        if each.get("/Subtype") == "/Form" and depth < _MAX_DEPTH:
            self._drawing([each], each.get("/Resources", resources), depth + 1)
        elif each.get("/Subtype") == "/Image":  # the page that draws it needs a look
            self._found.read.add(each.objgen[0])
            for key in _OF_AN_IMAGE:
                self._found.read.update(stream.objgen[0] for stream in _streams_of(each.get(key)))

    def _harmless(self, each: Any) -> None:
        if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
            return
        if isinstance(each, pikepdf.Stream) and (
            each.get("/Type") in _OF_THE_FILE or _is_hint(each)
        ):
            self._found.read.add(each.objgen[0])
        for key, value in _entries(each, 0):
            if key == "/JS":
                self._found.has_scripts = True
            if key in _NO_WORDS:
                self._found.read.update(stream.objgen[0] for stream in _streams_of(value))
            if key == "/CharProcs" and "/ToUnicode" in each:  # its letters are told as text
                self._drawing(list(_streams_of(value)), each.get("/Resources"), 0)

    def _plain(self, objects: list[Any]) -> bytes:
        for each in objects:
            if isinstance(each, pikepdf.Stream) and _REPLACED in (words := _unpacked(each)):
                each.write(words.replace(_REPLACED, b"/NoText"))
            for key, value in _entries(each, 0) if not isinstance(each, pikepdf.Stream) else ():
                if key == "/Properties" and isinstance(value, pikepdf.Dictionary):
                    for properties in value.values():
                        if "/ActualText" in properties:
                            del properties["/ActualText"]
        kept = io.BytesIO()
        self._document.save(kept, encryption=False)
        return kept.getvalue()


def _unpacked(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return b""


def _properties(resources: Any) -> bytes:
    properties = (resources or {}).get("/Properties")
    return b"" if properties is None else bytes(properties.unparse(resolved=True))


def _entries(each: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Keys and values of an object, those of dictionaries written within it too."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in each.items():
            yield key, value
            if not _stands_apart(value):
                yield from _entries(value, depth + 1)
    elif isinstance(each, pikepdf.Array):
        if len(each) > 1 and each[0] in ("/ICCBased", "/Indexed", "/Separation", "/DeviceN"):
            yield "/ColorSpace", each
        for value in each:
            if not _stands_apart(value):
                yield from _entries(value, depth + 1)


def _stands_apart(value: Any) -> bool:
    return bool(getattr(value, "is_indirect", False))


def _streams_of(value: Any, depth: int = 0) -> Iterator[Any]:
    """A stream, or those of an array or of a dictionary of such."""
    if isinstance(value, pikepdf.Stream):
        yield value
    elif depth < 3 and isinstance(value, pikepdf.Array):  # noqa: PLR2004 - colours of colours
        for each in value:
            yield from _streams_of(each, depth + 1)
    elif depth < 3 and isinstance(value, pikepdf.Dictionary):  # noqa: PLR2004
        for each in value.values():
            yield from _streams_of(each, depth + 1)


def _is_hint(stream: Any) -> bool:
    """The table with which a file made for the web begins."""
    return isinstance(stream.get("/S"), int)


def _is_only_lines(stream: Any) -> bool:
    """A fill or a mask that draws neither text nor a picture."""
    fills = stream.get("/PatternType") is not None or stream.get("/Subtype") == "/Form"
    return fills and _WORDS_OR_PICTURES.search(_unpacked(stream)) is None


def _why(stream: Any) -> str:
    if stream.get("/PatternType") is not None:
        return "PDF 里有填充用的图案"
    if stream.get("/Subtype") == "/Image":
        return "PDF 里有页面上没有放的图片"
    if stream.get("/Subtype") == "/Form":
        return "PDF 里有页面上没有放的内容"
    return "PDF 里有读不了的内容"
