"""Words of a PDF that stand on no page: properties, bookmarks, links, notes, descriptions."""

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import pypdfium2
from pypdfium2 import raw

from bulletin.readers.material import Passage, numbered
from bulletin.readers.package_parts import shown_name
from bulletin.readers.pdf_objects import PdfObjects
from bulletin.readers.xml_words import NotXml, may_hold_a_number, squeezed, words_of

_MAX_BOOKMARKS = 20_000
_MAX_DEPTH = 100
_PROPERTIES = {
    "Title": "标题",
    "Author": "作者",
    "Subject": "主题",
    "Keywords": "关键词",
    "Creator": "制作软件",
    "Producer": "生成软件",
}
_NOTE_KEYS = ("Contents", "T", "Subj", "RC", "V", "DV", "TU", "TM", "DA", "NM")
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_IDENTIFIER = re.compile(r"(?:uuid|xmp\.[a-z]+|urn:uuid|adobe:docid:\w+):[0-9A-Fa-f-]+")


def property_passages(document: pypdfium2.PdfDocument, objects: PdfObjects) -> Iterator[Passage]:
    """Title, author, any key that a program made up, and what the file says of itself as XMP."""
    for key in dict.fromkeys((*_PROPERTIES, *objects.property_keys())):
        text = document.get_metadata_value(key)
        if text.strip():
            yield Passage(f"文件属性“{_PROPERTIES.get(key, shown_name(key))}”", text)
    lines: list[str] = []
    for packet in dict.fromkeys(filter(None, (*_XMP.findall(objects.data), *objects.metadata()))):
        try:
            lines += words_of(packet)
        except NotXml:
            lines.append(packet.decode("utf-8", "replace"))
    texts = (line for line in dict.fromkeys(lines) if not _IDENTIFIER.match(line))
    yield from numbered("文件属性", texts, "处")


def other_strings(objects: PdfObjects, passages: Iterable[Passage]) -> Iterator[Passage]:
    """Strings and names of any object that no other reader gave: layers, fields, descriptions."""
    strings = dict.fromkeys(filter(may_hold_a_number, objects.strings()))
    known = squeezed("\n".join(text for _, text in passages)) if strings else ""
    yield from numbered(
        "文件内部的文字", (each for each in strings if squeezed(each) not in known), "处"
    )


def bookmark_passages(document: pypdfium2.PdfDocument) -> Iterator[Passage]:
    """Titles of the outline, and where its links lead."""
    waiting = [raw.FPDFBookmark_GetFirstChild(document, None)]
    number = 0
    while waiting and number < _MAX_BOOKMARKS:
        bookmark = waiting.pop()
        if not bookmark:
            continue
        number += 1
        title = _wide(partial(raw.FPDFBookmark_GetTitle, bookmark))
        target = _target(document, raw.FPDFBookmark_GetAction(bookmark))
        yield Passage(f"书签第{number}条", f"{title} {target}")
        waiting.append(raw.FPDFBookmark_GetNextSibling(document, bookmark))
        waiting.append(raw.FPDFBookmark_GetFirstChild(document, bookmark))


def annotation_passages(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, place: str
) -> Iterator[Passage]:
    """Targets of links (tel:, mailto:), texts of notes, values of form fields."""
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        try:
            words = [_value(annotation, key) for key in _NOTE_KEYS]
            if link := raw.FPDFAnnot_GetLink(annotation):
                words.append(_target(document, raw.FPDFLink_GetAction(link)))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
        if text := "\n".join(filter(str.strip, words)):
            yield Passage(f"{place}的链接或批注", text)


def description_passages(page: pypdfium2.PdfPage, place: str) -> Iterator[Passage]:
    """What is said of pictures for people who cannot see them, and text put in place of other."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        roots = range(raw.FPDF_StructTree_CountChildren(tree))
        waiting = [(raw.FPDF_StructTree_GetChildAtIndex(tree, index), 0) for index in roots]
        while waiting:
            element, depth = waiting.pop()
            if not element or depth > _MAX_DEPTH:
                continue
            for read in (raw.FPDF_StructElement_GetAltText, raw.FPDF_StructElement_GetTitle):
                text = _wide(partial(read, element))
                if text.strip():
                    yield Passage(f"{place}的替代文字", text)
            children = range(max(raw.FPDF_StructElement_CountChildren(element), 0))
            waiting += [
                (raw.FPDF_StructElement_GetChildAtIndex(element, index), depth + 1)
                for index in children
            ]
    finally:
        raw.FPDF_StructTree_Close(tree)


def _value(annotation: Any, key: str) -> str:
    name = key.encode()
    return _wide(
        lambda to, size: raw.FPDFAnnot_GetStringValue(
            annotation, name, ctypes.cast(to, ctypes.POINTER(raw.FPDF_WCHAR)) if to else None, size
        )
    )


def _target(document: pypdfium2.PdfDocument, action: Any) -> str:
    if not action:
        return ""
    paths = (
        _bytes(lambda to, size: raw.FPDFAction_GetURIPath(document, action, to, size)),
        _bytes(lambda to, size: raw.FPDFAction_GetFilePath(action, to, size)),
    )
    return " ".join(path.rstrip(b"\0").decode("utf-8", "replace") for path in paths if path)


def _wide(read: Callable[[Any, int], int]) -> str:
    return _bytes(read).decode("utf-16-le", "replace").rstrip("\0")


def _bytes(read: Callable[[Any, int], int]) -> bytes:
    """What a function of PDFium writes: asked first for its size."""
    size = read(None, 0)
    if size <= 0:
        return b""
    buffer = ctypes.create_string_buffer(size)
    read(buffer, size)
    return buffer.raw[:size]
