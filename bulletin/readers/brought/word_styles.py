"""What the looks of a paragraph in Word say of it: heading, title, centred."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from bulletin.readers.word_numbering import with_bases

_VALUE = qn("w:val")
_MAX_LEVEL = 3
_BODY_TEXT = 9  # Word's outline level of what is no heading
_TITLES = frozenset({"title", "标题"})


class Looks:
    """Asks a paragraph itself and then its styles, nearest first."""

    def __init__(self, styles: dict[str, Any]) -> None:
        self._styles = styles

    def level(self, paragraph: Any) -> int:
        """1 to 3 for a heading, deeper ones too; 0 for another paragraph."""
        outline = self._value(paragraph, "w:outlineLvl")
        if not outline.isdecimal() or int(outline) >= _BODY_TEXT:
            return 0
        return min(int(outline) + 1, _MAX_LEVEL)

    def is_title(self, paragraph: Any) -> bool:
        names = (style.find(qn("w:name")) for style in self._chain(paragraph))
        return any(n is not None and n.get(_VALUE, "").lower() in _TITLES for n in names)

    def is_centred(self, paragraph: Any) -> bool:
        return self._value(paragraph, "w:jc") == "center"

    def _value(self, paragraph: Any, tag: str) -> str:
        for element in (paragraph, *self._chain(paragraph)):
            found = element.find(f"{qn('w:pPr')}/{qn(tag)}")
            if found is not None:
                return str(found.get(_VALUE, ""))
        return ""

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if own is None else own.get(_VALUE, "")
        return (style for _, style in with_bases(self._styles, name))
