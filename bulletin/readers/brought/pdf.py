"""The text of a PDF for a draft: lines that the page broke are put together; no tables, no pictures."""

import re
from collections.abc import Sequence

from bulletin.domain.errors import refuse
from bulletin.domain.notices.brought.parts import BroughtLine, FileParts
from bulletin.readers.pdf_files import MAX_PAGES, needing_a_look, opened_pdf, too_many_pages
from bulletin.readers.xml_words import squeezed

_PAGE_NUMBER = re.compile(
    r"[-—–－\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/共]\s*\d{1,4}\s*页?)?[-—–－\s]*"
)
_ENDS = tuple("。！？；：.!?;:")
_BEGINS = re.compile(
    r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]|[●•○■◆·▪]"
)
_NEARLY_FULL = 0.85  # of the longest line: the page broke the line, not the writer
_SOFT_HYPHEN = "\ufffe"
_MIN_FULL = 12  # characters


def pdf_parts(data: bytes) -> FileParts:
    """Paragraphs of a PDF.

    Raises:
        Refused: `file_broken`, `file_locked`, `file_too_many_pages`, or `pdf_without_text` for a scan.
    """
    pages: list[list[str]] = []
    looked: list[str] = []
    with opened_pdf(data) as document:
        if len(document) > MAX_PAGES:
            raise too_many_pages()
        for number, page in enumerate(document, 1):
            words = page.get_textpage()
            text = words.get_text_bounded().replace(_SOFT_HYPHEN, "-")
            if squeezed(text) != squeezed(words.get_text_range().replace(_SOFT_HYPHEN, "-")):
                looked.append(f"第{number}页有裁掉、看不见的字，没有带来。")
            pages.append([line.strip() for line in text.splitlines() if line.strip()])
            looked += (f"第{number}页{why}，没有带来。" for why in needing_a_look(page, text))
            page.close()
    if not any(pages):
        raise refuse(
            "pdf_without_text",
            "这份 PDF 里只有图片（扫描件），没有可以带来的文字。请用原来的 Word、Excel 文件，"
            "或者把它放进附件，正文另外写。",
        )
    lines = [line for number, page in enumerate(pages, 1) for line in unnumbered(page, number)]
    said = [
        "PDF 只带来了文字：表格和版式带不过来，请对照原件看一看，有表格的最好用原来的 Excel 或 Word。"
    ]
    if len(lines) < sum(map(len, pages)):
        said.append("页码没有带来。")
    return FileParts(
        parts=tuple(BroughtLine(text=text) for text in joined(lines)), omitted=(*said, *looked)
    )


def unnumbered(page: list[str], number: int) -> list[str]:
    """The lines of a page without its number; a figure in its last line may be one of a table."""
    found = _PAGE_NUMBER.fullmatch(page[-1]) if page else None
    is_number = found is not None and (int(found[1]) == number or not page[-1].isdecimal())
    return page[:-1] if is_number else page


def joined(lines: Sequence[str]) -> list[str]:
    """Paragraphs of lines: one that fills the page's width and ends no sentence goes on in the next."""
    longest = max(map(len, lines), default=0)
    full = max(_MIN_FULL, longest * _NEARLY_FULL)
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and not _BEGINS.match(line):
            gap = " " if paragraphs[-1][-1].isascii() and line[0].isascii() else ""
            paragraphs[-1] += gap + line
        else:
            paragraphs.append(line)
        goes_on = len(line) >= full and not line.endswith(_ENDS)
    return paragraphs
