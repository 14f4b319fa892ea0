"""PDF files: the text of every page and beside it, and which pages have more than text."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pypdfium2
from pypdfium2 import raw

from bulletin.domain.errors import Refused, refuse
from bulletin.domain.locks import PDFIUM_LOCK
from bulletin.readers.material import EmbeddedFile, FileContent, Passage, UnreadPart
from bulletin.readers.package_parts import shown_name
from bulletin.readers.pdf_objects import PdfObjects
from bulletin.readers.pdf_streams import PdfStreams, read_streams
from bulletin.readers.pdf_words import (
    annotation_passages,
    bookmark_passages,
    description_passages,
    other_strings,
    property_passages,
)
from bulletin.readers.spread_figures import page_text
from bulletin.readers.xml_words import squeezed

MAX_PAGES = 500
_EMBEDDED = "PDF 里嵌有其他文件"
_EARLIER_UNREAD = "PDF 里留有以前保存的内容"
_SOFT_HYPHEN = "\ufffe"  # how PDFium writes a hyphen at a line's end
_MAX_UNREADABLE = 0.2  # share of characters without meaning that a sound text layer may have
_HARMLESS_ANNOTATIONS = frozenset(
    {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP}
)
# Every other kind of object on a page is unread.
_KNOWN_OBJECTS = frozenset(
    {
        raw.FPDF_PAGEOBJ_TEXT,
        raw.FPDF_PAGEOBJ_PATH,
        raw.FPDF_PAGEOBJ_IMAGE,
        raw.FPDF_PAGEOBJ_SHADING,
        raw.FPDF_PAGEOBJ_FORM,
    }
)
_MAX_DEPTH = 15  # forms within forms
_MAX_CURVED_DRAWINGS = 20  # round corners and circles are fewer, letters are more
_MAX_SEGMENTS = 200


def read_pdf(data: bytes) -> FileContent:
    """Read a PDF page by page, as it is and as it was at each earlier saving.

    Raises:
        Refused: `file_broken`, `file_locked` or `file_too_many_pages`.
    """
    newest, streams = _read_revision(data)
    revisions, are_all = PdfObjects(data).earlier_revisions()
    passages, unread = list(newest.passages), list(newest.unread)
    read, left = set(streams.read), dict(streams.unread)
    for number, revision in enumerate(revisions, 1):
        place = f"往前第{number}次保存的内容"
        try:
            older, streams = _read_revision(revision)
        except Refused:
            unread.append(UnreadPart(place, _EARLIER_UNREAD))
            continue
        known = {passage.text for passage in passages}
        passages += (
            Passage(f"{place}，{where}", text)
            for where, text in older.passages
            if text not in known
        )
        unread += (part for part in older.unread if part not in unread)
        read, left = read | streams.read, streams.unread | left
    if not are_all:
        unread.append(UnreadPart("以前保存的内容", _EARLIER_UNREAD))
    # What one saving took off its pages an earlier one still draws.
    unread += (UnreadPart(f"第{at}号内容", left[at]) for at in sorted(left) if at not in read)
    return FileContent(tuple(passages), (), tuple(unread), newest.embedded)


def _read_revision(data: bytes) -> tuple[FileContent, PdfStreams]:
    streams = read_streams(data)
    plain = streams.plain if streams else None
    # Where a lock that needs no password covers the strings, they are looked for without it.
    objects = PdfObjects(plain if streams and streams.is_locked and plain else data)
    with opened_pdf(data) as document:
        content = _read(document, objects, streams)
    if plain:
        with opened_pdf(plain) as document:
            shown = _page_passages(document)
        known = set(map(squeezed, (text for _, text in content.passages)))
        under = (each for each in shown if squeezed(each.text) not in known)
        content = replace(content, passages=(*content.passages, *under))
    return content, streams or PdfStreams()


@contextmanager
def opened_pdf(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with PDFIUM_LOCK:
        document = _open(data)
        try:
            yield document
        except pypdfium2.PdfiumError as fault:
            raise _broken() from fault
        finally:
            document.close()


def _page_passages(document: pypdfium2.PdfDocument) -> list[Passage]:
    """What is drawn where another text is put in its place."""
    pages = []
    for number, page in enumerate(document, 1):
        text = page_text(page.get_textpage()).replace(_SOFT_HYPHEN, "-")
        pages.append(Passage(f"第{number}页画出的文字", text))
    return pages


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise refuse("file_locked", "文件设了密码，读不出来。请取消密码后再上传。") from fault
        raise _broken() from fault


def too_many_pages() -> Refused:
    return refuse("file_too_many_pages", f"PDF 超过{MAX_PAGES}页，请拆成几个文件后再上传。")


def _broken() -> Refused:
    return refuse("file_broken", "PDF 文件已损坏，打不开。请重新导出后再上传。")


def _read(
    document: pypdfium2.PdfDocument, objects: PdfObjects, streams: PdfStreams | None
) -> FileContent:
    pages = len(document)
    if pages > MAX_PAGES:
        raise too_many_pages()
    passages = [*property_passages(document, objects), *bookmark_passages(document)]
    passages.extend(_names_of_attachments(document))
    unread: list[UnreadPart] = []
    for number in range(1, pages + 1):
        page, place = document[number - 1], f"第{number}页"
        # Everything on it: what lies outside of the sheet or is cropped away comes back by 全选.
        text = page_text(page.get_textpage()).replace(_SOFT_HYPHEN, "-")
        passages.append(Passage(place, text))
        passages.extend(annotation_passages(document, page, place))
        passages.extend(description_passages(page, place))
        unread.extend(UnreadPart(place, f"{place}{why}") for why in needing_a_look(page, text))
        page.close()
    passages.extend(other_strings(objects, streams, passages))
    embedded = tuple(_attachments(document))
    unread.extend(UnreadPart(*part) for part in _beside_the_pages(document, objects, len(embedded)))
    if streams is None:
        unread.append(UnreadPart("文件的结构", "PDF 的内部结构读不全"))
    elif streams.has_scripts:
        unread.append(UnreadPart("脚本", "PDF 里有脚本"))
    return FileContent(tuple(passages), (), tuple(unread), embedded)


def _attachments(document: pypdfium2.PdfDocument) -> Iterator[EmbeddedFile]:
    for number in range(document.count_attachments()):
        attachment = document.get_attachment(number)
        try:
            name, data = attachment.get_name(), bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            continue  # counted as one that the objects hold and nobody read
        yield EmbeddedFile(f"嵌入的文件“{shown_name(name)}”", name, data, _EMBEDDED)


def _names_of_attachments(document: pypdfium2.PdfDocument) -> Iterator[Passage]:
    """What each is called, whether or not it can be read."""
    for number in range(document.count_attachments()):
        yield Passage(
            f"第{number + 1}个嵌入的文件的名称", document.get_attachment(number).get_name()
        )


def _beside_the_pages(
    document: pypdfium2.PdfDocument, objects: PdfObjects, embedded: int
) -> Iterator[tuple[str, str]]:
    if document.get_formtype() != raw.FORMTYPE_NONE:
        yield "表单", "PDF 里有可填写的表单"
    if embedded < max(document.count_attachments(), objects.embedded_files()):
        yield "嵌入的文件", _EMBEDDED
    if None in objects.metadata():
        yield "文件属性", "PDF 的文件属性读不出来"


def needing_a_look(page: pypdfium2.PdfPage, text: str) -> Iterator[str]:
    objects = list(page.get_objects(max_depth=_MAX_DEPTH))
    kinds = {drawing.type for drawing in objects}
    if not text.strip():
        if kinds:
            yield "没有文字层（扫描件或图形）"
    elif _is_garbled(text):
        yield "的文字层无法辨认"
    elif raw.FPDF_PAGEOBJ_IMAGE in kinds:
        yield "有图片"
    elif _may_be_letters(objects):
        yield "有曲线图形（可能是转成图形的文字）"
    if not kinds <= _KNOWN_OBJECTS:
        yield "有读不了的内容"
    if not _annotations(page) <= _HARMLESS_ANNOTATIONS:
        yield "有批注"


def _may_be_letters(objects: list[pypdfium2.PdfObject]) -> bool:
    """Whether so many drawings have curves that they may be outlines of letters."""
    drawings = (drawing for drawing in objects if drawing.type == raw.FPDF_PAGEOBJ_PATH)
    return sum(_has_curves(drawing) for drawing in drawings) > _MAX_CURVED_DRAWINGS


def _has_curves(drawing: pypdfium2.PdfObject) -> bool:
    segments = (
        raw.FPDFPath_GetPathSegment(drawing, index)
        for index in range(min(raw.FPDFPath_CountSegments(drawing), _MAX_SEGMENTS))
    )
    return any(raw.FPDFPathSegment_GetType(part) == raw.FPDF_SEGMENT_BEZIERTO for part in segments)


def _is_garbled(text: str) -> bool:
    words = "".join(text.split())
    unreadable = sum(
        unicodedata.category(char) in ("Co", "Cn", "Cc") or char == "�" for char in words
    )
    return unreadable > len(words) * _MAX_UNREADABLE


def _annotations(page: pypdfium2.PdfPage) -> set[int]:
    kinds = set()
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kinds.add(raw.FPDFAnnot_GetSubtype(annotation))
        raw.FPDFPage_CloseAnnot(annotation)
    return kinds
