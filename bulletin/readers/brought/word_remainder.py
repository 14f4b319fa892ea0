"""What of a Word document cannot stand in a draft: each kind is named in a sentence."""

from collections.abc import Iterable, Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from bulletin.readers.brought.sentences import counts_pages, sample
from bulletin.readers.word_files import is_fallback, nearest, text_of
from bulletin.readers.word_shown import drop_deleted, related, show_results_of_fields

_COUNTED = (  # elements that draw what no block shows
    (
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{}张图表没有带来，可以截成图片再放进来。",
    ),
    (
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
        "{}个 SmartArt 图示没有带来，可以截成图片再放进来。",
    ),
    ("{urn:schemas-microsoft-com:office:office}OLEObject", "{}个嵌入的文件或公式对象没有带来。"),
    (qn("w:altChunk"), "{}段嵌入的网页内容没有带来。"),
)
_EQUATION = qn("m:oMath")
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"


def beside_the_text(part: Any) -> Iterator[str]:
    """Comments, headers and footers of a document's part."""
    comments = _related_words(part, "/comments", qn("w:comment"))
    if comments:
        yield f"批注没有带来：“{sample(comments)}”。"
    for kind, name in (("/header", "页眉"), ("/footer", "页脚")):
        words = [w for w in _related_words(part, kind, qn("w:p")) if not counts_pages(w)]
        if words:
            yield f"{name}没有带来：“{sample(words)}”。"


def _related_words(part: Any, kind: str, element: str) -> list[str]:
    found: list[str] = []
    for relation in part.rels.values():
        if relation.is_external or not relation.reltype.endswith(kind):
            continue
        root = parse_xml(relation.target_part.blob)
        drop_deleted(root)
        show_results_of_fields(root)
        found += (" ".join(text_of(each).split()) for each in root.iter(element))
        found += (art.get("string", "") for art in root.iter(_WORD_ART))
    return list(dict.fromkeys(filter(None, found)))


def notes_by_id(part: Any, kind: str, element: str) -> dict[str, str]:
    """The words of footnotes or endnotes."""
    root = related(part, kind)
    if root is None:
        return {}
    drop_deleted(root)
    show_results_of_fields(root)
    return {note.get(qn("w:id"), ""): _note_words(note) for note in root.iter(qn(element))}


def _note_words(note: Any) -> str:
    return " ".join(" ".join(text_of(p).split()) for p in note.iter(qn("w:p"))).strip()


def in_the_text(body: Any) -> Iterator[str]:
    """Charts, diagrams, embedded files, equations, decorated words."""
    for tag, sentence in _COUNTED:
        count = sum(not is_fallback(each) for each in body.iter(tag))
        if count:
            yield f"有{sentence.format(count)}"
    if any(not is_fallback(each) for each in body.iter(_EQUATION)):
        yield "公式只带来了里面的字，请对照原文看一看。"
    art = [each.get("string", "") for each in body.iter(_WORD_ART) if not is_fallback(each)]
    if any(art):
        yield f"艺术字没有带来：“{sample(filter(None, art))}”。"


def taken_away(deleted: list[str], hidden: list[str], struck: list[str]) -> Iterator[str]:
    """Words that the document holds and does not show, or shows as struck."""
    kinds: tuple[tuple[Iterable[str], str], ...] = (
        (deleted, "修订里删掉的字没有带来"),
        (hidden, "隐藏的字没有带来"),
        (struck, "划掉的字没有带来"),
    )
    for words, sentence in kinds:
        if words:
            yield f"{sentence}：“{sample(words)}”。"


def outermost_of(element: Any, tag: str, box: str) -> list[Any]:
    """Elements of a kind within one, without those of the text boxes in it."""
    around = nearest(element, box)
    inside = (each for each in element.iter(tag) if each is not element and not is_fallback(each))
    return [each for each in inside if nearest(each, box) is around]
