"""Lines between the items of a catalog: the names of sections, and remarks."""

import re

from bulletin.readers.catalog.cells import BRACKETS

REMARK = re.compile(
    r"\s*[(（]?(?:(?:备?注|附注|说明|注释)[0-9一二三四五]?|(?:填表|填报|制表|联系|审核|负责)[^：:]{0,6})[：:]"
)
_SECTION = re.compile(
    r"[(（]?[一二三四五六七八九十]{1,3}[、.)）．]\s*(?P<name>.+)|(?P<bare>.{1,16}类)"
)
# Right across the table any short line names a section, but not a signature or the title again.
_ACROSS = re.compile(
    r"(?!.*(?:目录|清单|表$|续$|页))[^。；;：:，,0-9]{2,16}(?<![会府局处办乡镇村])"
)
_MAX_SECTION = 30


def section_in(line: str, *, across: bool) -> str:
    """党务公开 of 一、党务公开（共2项）; '' when the line is no section."""
    words = BRACKETS.sub("", line).strip()
    if len(words) > _MAX_SECTION or REMARK.match(line):
        return ""
    if (match := _SECTION.fullmatch(words)) is not None:
        return match["name"] or match["bare"]
    return words if across and _ACROSS.fullmatch(words) else ""
