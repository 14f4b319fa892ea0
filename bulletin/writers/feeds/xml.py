"""What both XML shapes need: elements with text that every parser takes."""

from xml.etree.ElementTree import Element, SubElement, tostring

from bulletin.domain.characters import without_controls


def child(parent: Element, tag: str, words: str = "", **attributes: str) -> Element:
    """A new last child; control characters, which XML can't hold, are left out."""
    element = SubElement(parent, tag, attributes)
    element.text = without_controls(words) or None
    return element


def document(root: Element) -> bytes:
    """UTF-8 with its declaration."""
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written
