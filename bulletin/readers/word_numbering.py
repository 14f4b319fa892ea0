"""Automatic numbering of Word (一、 1. (一)): the label that stands before a paragraph, as shown."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from bulletin.readers.word_digits import in_digits

_VALUE = qn("w:val")
_MAX_STYLES = 12  # a style based on a style …
_SHOWN_BULLETS = "□☐☑☒√✓✔"  # a bullet that says chosen or not; others only open a line


class Numbering:
    """Counts the paragraphs of a document, which must be asked for in their order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        """The roots of numbering.xml and styles.xml; None for a document without."""
        self._lists = _by_id(numbering, "w:num", "w:numId")
        self._abstract = _by_id(numbering, "w:abstractNum", "w:abstractNumId")
        self._styles = _by_id(styles, "w:style", "w:styleId")
        self._default_style = _default_style(self._styles)
        self._place_by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def label(self, paragraph: Any) -> str:
        """一、 or 3. as it stands before a paragraph; '' for one without a number."""
        number, depth = self._place(paragraph)
        own = self._lists.get(number)
        if own is None:
            return ""
        abstract_id, abstract = self._definition(own)
        level = _level(own, abstract, depth)
        if abstract is None or level is None:
            return ""
        counts = self._counts.setdefault(abstract_id, {})
        self._count(number, own, abstract, depth, counts)
        return _label(own, abstract, level, counts)

    def is_bullet(self, paragraph: Any) -> bool:
        """Whether a paragraph is an item of a list whose mark says nothing."""
        number, depth = self._place(paragraph)
        own = self._lists.get(number)
        level = None if own is None else _level(own, self._definition(own)[1], depth)
        if level is None or _value(level, "w:numFmt") != "bullet":
            return False
        words = _value(level, "w:lvlText")
        return not words or words not in _SHOWN_BULLETS

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Number of the list and depth in it; ('', 0) for none."""
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            return self._style_place(self._default_style)
        style = _value(properties, "w:pStyle") or self._default_style
        number, depth = self._style_place(style)
        own = properties.find(qn("w:numPr"))
        if own is not None:
            number = _value(own, "w:numId") or number
            depth = _whole(_value(own, "w:ilvl"), depth)
        return number, depth

    def _style_place(self, style: str) -> tuple[str, int]:
        if style not in self._place_by_style:
            self._place_by_style[style] = self._place_of_style(style)
        return self._place_by_style[style]

    def _place_of_style(self, style: str) -> tuple[str, int]:
        number, depth = "", None
        for name, element in with_bases(self._styles, style):
            own = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if own is None:
                continue
            if depth is None and _value(own, "w:ilvl"):
                depth = _whole(_value(own, "w:ilvl"), 0)
            if number := _value(own, "w:numId"):
                depth = self._depth_of_style(number, name) if depth is None else depth
                break
        return number, depth or 0

    def _depth_of_style(self, number: str, style: str) -> int:
        own = self._lists.get(number)
        abstract = None if own is None else self._definition(own)[1]
        for level in () if abstract is None else abstract.findall(qn("w:lvl")):
            if _value(level, "w:pStyle") == style:
                return _whole(level.get(qn("w:ilvl")), 0)
        return 0

    def _definition(self, own: Any) -> tuple[str, Any]:
        name = _value(own, "w:abstractNumId")
        abstract = self._abstract.get(name)
        link = "" if abstract is None else _value(abstract, "w:numStyleLink")
        for number, other in self._abstract.items():
            if link and _value(other, "w:styleLink") == link:
                return number, other
        style = self._styles.get(link)
        numbered = None if style is None else style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        linked = None if numbered is None else self._lists.get(_value(numbered, "w:numId"))
        if linked is None or linked is own:
            return name, abstract
        name = _value(linked, "w:abstractNumId")
        return name, self._abstract.get(name)

    def _count(
        self, number: str, own: Any, abstract: Any, depth: int, counts: dict[int, int]
    ) -> None:
        override = _override(own, depth)
        start = "" if override is None else _value(override, "w:startOverride")
        if start and (number, depth) not in self._restarted:
            self._restarted.add((number, depth))
            counts[depth] = _whole(start, 1)
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = _start(own, abstract, depth)
        for deeper in [other for other in counts if other > depth]:
            level = _level(own, abstract, deeper)
            restart = "" if level is None else _value(level, "w:lvlRestart")
            if not restart or depth < _whole(restart, deeper):
                del counts[deeper]


def _label(own: Any, abstract: Any, level: Any, counts: dict[int, int]) -> str:
    words = _value(level, "w:lvlText")
    if _value(level, "w:numFmt") == "bullet":
        return words if words and words in _SHOWN_BULLETS else ""
    legal = level.find(qn("w:isLgl")) is not None
    for depth in range(9):
        if f"%{depth + 1}" in words:
            number = counts.get(depth, _start(own, abstract, depth))
            other = _level(own, abstract, depth)
            kind = "decimal" if legal or other is None else _value(other, "w:numFmt")
            words = words.replace(f"%{depth + 1}", in_digits(number, kind))
    return words


# --- the definitions ---------------------------------------------------------------------------


def _by_id(root: Any, tag: str, attribute: str) -> dict[str, Any]:
    found = () if root is None else root.iter(qn(tag))
    return {element.get(qn(attribute), ""): element for element in found}


def _value(element: Any, tag: str) -> str:
    child = element.find(qn(tag))
    return "" if child is None else str(child.get(_VALUE, ""))


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdecimal() else otherwise


def _override(own: Any, depth: int) -> Any:
    overrides = own.findall(qn("w:lvlOverride"))
    return next((each for each in overrides if each.get(qn("w:ilvl")) == str(depth)), None)


def _level(own: Any, abstract: Any, depth: int) -> Any:
    override = _override(own, depth)
    replaced = None if override is None else override.find(qn("w:lvl"))
    if replaced is not None or abstract is None:
        return replaced
    levels = abstract.findall(qn("w:lvl"))
    return next((each for each in levels if each.get(qn("w:ilvl")) == str(depth)), None)


def _start(own: Any, abstract: Any, depth: int) -> int:
    """What a level begins with, each time that it begins anew."""
    override = _override(own, depth)
    begins = "" if override is None else _value(override, "w:startOverride")
    level = _level(own, abstract, depth)
    return _whole(begins, 1 if level is None else _whole(_value(level, "w:start"), 1))


def _default_style(styles: dict[str, Any]) -> str:
    for name, element in styles.items():
        if element.get(qn("w:type")) == "paragraph" and element.get(qn("w:default")) == "1":
            return name
    return ""


def with_bases(styles: dict[str, Any], name: str) -> Iterator[tuple[str, Any]]:
    """A style and those that it is based on, nearest first."""
    for _ in range(_MAX_STYLES):
        element = styles.get(name)
        if element is None:
            return
        yield name, element
        name = _value(element, "w:basedOn")
