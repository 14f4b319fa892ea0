"""The JSON form of a document: `{"blocks": [...]}`, each block with a `type`.

`read_document` is the only way in and names every fault.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bulletin.domain.amounts import amount_of
from bulletin.domain.characters import composed, without_controls
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.notices.content import (
    CELL_KINDS,
    Attachment,
    Block,
    CellKind,
    Column,
    ContentLanguage,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    SummaryLine,
    Table,
    Translation,
)

HEADING_LEVELS = (1, 2, 3)
MAX_ROWS = 5000
MAX_COLUMNS = 16
MAX_TEXT = 20_000
MAX_SUMMARY_LINES, MAX_SUMMARY_LABEL = 8, 12  # what is read at a glance
_SHA256 = re.compile(r"[0-9a-f]{64}")


class _BlockFault(ValueError):
    """A fault that a person can mend, in a Chinese sentence."""


def read_document(raw: Any) -> Document:
    """Build a document from its JSON form.

    Raises:
        Refused: with one reason for every fault, naming the block (counted from 1).
    """
    if not isinstance(raw, Mapping) or not isinstance(raw.get("blocks"), list):
        raise Refused(Refusal("document_shape", "正文不是可识别的格式，请刷新页面后重试。"))
    faults: list[Refusal] = []
    blocks: list[Block] = []
    for place, block in enumerate(raw["blocks"], 1):
        try:
            blocks.append(_read_block(block))
        except (_BlockFault, TypeError, ValueError, KeyError, AttributeError) as fault:
            faults.append(Refusal("document_block", f"正文第{place}段有误：{_fault_words(fault)}"))
    if sum(isinstance(block, Summary) for block in blocks) > 1:
        faults.append(Refusal("document_block", "一份公开件只有一个明白账，请删掉多的。"))
    if faults:
        raise Refused(*faults)
    return Document(tuple(blocks))


def _fault_words(fault: Exception) -> str:
    if isinstance(fault, _BlockFault):
        return str(fault)
    return "缺少必要的内容，或多了不认识的内容。"


def _read_block(raw: Any) -> Block:
    facts = {key: value for key, value in dict(raw).items() if key != "type"}
    match raw["type"]:
        case "heading":
            return _heading(**facts)
        case "paragraph":
            return Paragraph(clean(**facts))
        case "list":
            return _list(**facts)
        case "table":
            return _table(**facts)
        case "image":
            return _image(**facts)
        case "attachment":
            return Attachment(_file(facts.pop("file")), _named(**facts))
        case "summary":
            return _summary(**facts)
        case "translation":
            return _translation(**facts)
        case other:
            raise _BlockFault(f"不认识的段落类型“{other}”。")


def clean(text: Any) -> str:
    """One text as it is stored: NFC, Unix line ends, no control characters, no blanks at the ends.

    What a reader could miss stays: a character that no font has is for the font check to name.
    """
    if not isinstance(text, str):
        raise TypeError("text")
    if len(text) > MAX_TEXT:
        raise _BlockFault(f"一段文字不能超过{MAX_TEXT}字，请分段。")
    return without_controls(composed(text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def _line(text: Any) -> str:
    cleaned = clean(text)
    return re.sub(r"\s*\n\s*", " ", cleaned) if "\n" in cleaned else cleaned


def _named(name: Any) -> str:
    return _line(name)


def _heading(text: Any, level: Any = 1) -> Heading:
    if level not in HEADING_LEVELS:
        raise _BlockFault("标题只有一、二、三级。")
    return Heading(level, _line(text))


def _list(items: Any, *, ordered: Any = False) -> ListBlock:
    return ListBlock(tuple(_line(item) for item in items), bool(ordered))


def _file(digest: Any) -> str:
    if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
        raise _BlockFault("文件没有上传成功，请重新选择。")
    return digest


def _image(file: Any, alt: Any = "", caption: Any = "") -> Image:
    return Image(_file(file), _line(alt), _line(caption))


def _summary(lines: Any) -> Summary:
    if not 1 <= len(lines) <= MAX_SUMMARY_LINES:
        raise _BlockFault(f"明白账应有1到{MAX_SUMMARY_LINES}行。")
    return Summary(tuple(_summary_line(**line) for line in lines))


def _summary_line(label: Any, words: Any) -> SummaryLine:
    if len(_line(label)) > MAX_SUMMARY_LABEL:
        raise _BlockFault(f"明白账每行前面的名称不超过{MAX_SUMMARY_LABEL}字。")
    return SummaryLine(_line(label), _line(words))


def _translation(language: Any, paragraphs: Any, title: Any = "") -> Translation:
    if language not in set(ContentLanguage):
        raise _BlockFault(f"不认识的文种“{language}”，请选一种。")
    if not isinstance(paragraphs, Sequence) or isinstance(paragraphs, str):
        raise TypeError("paragraphs")
    return Translation(
        ContentLanguage(language), _line(title), tuple(_line(text) for text in paragraphs)
    )


def _table(columns: Any, rows: Any, footer: Any = None, caption: Any = "") -> Table:
    if not columns or len(columns) > MAX_COLUMNS:
        raise _BlockFault(f"表格应有1到{MAX_COLUMNS}列。")
    if len(rows) > MAX_ROWS:
        raise _BlockFault(f"表格不能超过{MAX_ROWS}行，请把明细作为附件。")
    heads = tuple(_column(**column) for column in columns)
    lines = tuple(_row(row, heads, f"第{place}行") for place, row in enumerate(rows, 1))
    return Table(heads, lines, _row(footer, heads, "合计行") if footer else None, _line(caption))


def _column(title: Any, kind: Any = "text") -> Column:
    if kind not in CELL_KINDS:
        raise _BlockFault(f"不认识的列类型“{kind}”。")
    return Column(_line(title), kind)


def _row(cells: Any, columns: Sequence[Column], where: str) -> tuple[str, ...]:
    if len(cells) != len(columns):
        raise _BlockFault(f"{where}有{len(cells)}格，应为{len(columns)}格。")
    return tuple(_cell(cell, column.kind) for cell, column in zip(cells, columns, strict=True))


def _cell(cell: Any, kind: CellKind) -> str:
    text = _line(cell)
    if kind in ("money", "number") and (amount := amount_of(text)) is not None:
        return format(amount, "f")
    return text


def document_json(document: Document) -> dict[str, Any]:
    """The JSON form that `read_document` takes back unchanged."""
    return {"blocks": [_block_json(block) for block in document.blocks]}


def _block_json(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level=level, text=text):
            return {"type": "heading", "level": level, "text": text}
        case Paragraph(text=text):
            return {"type": "paragraph", "text": text}
        case ListBlock(items=items, ordered=ordered):
            return {"type": "list", "ordered": ordered, "items": list(items)}
        case Table():
            return {
                "type": "table",
                "caption": block.caption,
                "columns": [{"title": c.title, "kind": c.kind} for c in block.columns],
                "rows": [list(row) for row in block.rows],
                "footer": list(block.footer) if block.footer else None,
            }
        case Image(file=file, alt=alt, caption=caption):
            return {"type": "image", "file": file, "alt": alt, "caption": caption}
        case Attachment(file=file, name=name):
            return {"type": "attachment", "file": file, "name": name}
        case Summary(lines=lines):
            return {
                "type": "summary",
                "lines": [{"label": line.label, "words": line.words} for line in lines],
            }
        case Translation(language=language, title=title, paragraphs=paragraphs):
            return {
                "type": "translation",
                "language": language.value,
                "title": title,
                "paragraphs": list(paragraphs),
            }
