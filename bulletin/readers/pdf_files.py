"""PDF files: the text of every page, and which pages have more than text."""

import unicodedata
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from bulletin.domain.errors import Refused, refuse
from bulletin.domain.locks import PDFIUM_LOCK
from bulletin.readers.material import FileContent, Passage
from bulletin.readers.spread_figures import page_text

MAX_PAGES = 500
_SOFT_HYPHEN = "\ufffe"  # how PDFium writes a hyphen at a line's end
_MAX_UNREADABLE = 0.2  # share of characters without meaning that a sound text layer may have
_HARMLESS_ANNOTATIONS = frozenset(
    {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_POPUP}
)


def read_pdf(data: bytes) -> FileContent:
    """Read a PDF page by page.

    Raises:
        Refused: `file_broken`, `file_locked` or `file_too_many_pages`.
    """
    with PDFIUM_LOCK:
        document = _open(data)
        try:
            return _read(document)
        except pypdfium2.PdfiumError as fault:
            raise _broken() from fault
        finally:
            document.close()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise refuse("file_locked", "文件设了密码，读不出来。请取消密码后再上传。") from fault
        raise _broken() from fault


def _broken() -> Refused:
    return refuse("file_broken", "PDF 文件已损坏，打不开。请重新导出后再上传。")


def _read(document: pypdfium2.PdfDocument) -> FileContent:
    pages = len(document)
    if pages > MAX_PAGES:
        raise refuse("file_too_many_pages", f"PDF 超过{MAX_PAGES}页，请拆成几个文件后再上传。")
    passages: list[Passage] = []
    unreadable: list[str] = []
    for number in range(1, pages + 1):
        page = document[number - 1]
        text = page_text(page.get_textpage()).replace(_SOFT_HYPHEN, "-")
        passages.append(Passage(f"第{number}页", text))
        unreadable.extend(f"第{number}页{reason}" for reason in _needing_a_look(page, text))
        page.close()
    if document.get_formtype() != raw.FORMTYPE_NONE:
        unreadable.append("PDF 里有可填写的表单")
    if document.count_attachments():
        unreadable.append("PDF 里嵌有其他文件")
    return FileContent(tuple(passages), (), tuple(unreadable))


def _needing_a_look(page: pypdfium2.PdfPage, text: str) -> Iterator[str]:
    kinds = {drawing.type for drawing in page.get_objects()}
    if not text.strip():
        if kinds:
            yield "没有文字层（扫描件或图形）"
    elif _is_garbled(text):
        yield "的文字层无法辨认"
    elif raw.FPDF_PAGEOBJ_IMAGE in kinds:
        yield "有图片"
    if not _annotations(page) <= _HARMLESS_ANNOTATIONS:
        yield "有批注"


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
