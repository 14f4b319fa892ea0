"""What Typst complains of, told apart: words that can't be set, and faults of a template."""

import re

import typst

from bulletin.domain.errors import Refusal
from bulletin.sheets.glyphs import ways_out
from bulletin.sheets.problems import SheetUnprintable

_MISSING_GLYPH = re.compile(r'the text `"(.+)"` could not be displayed with font')


def explained(fault: typst.TypstError) -> Exception:
    """A missing character is the writer's to mend; any other fault of the template is a bug."""
    match = _MISSING_GLYPH.search(fault.message)
    if match is None:
        unexplained: Exception = fault
        return unexplained
    sentence = f"打印字体里没有“{match[1]}”这个字。{ways_out(match[1][:1])}"
    return SheetUnprintable(Refusal("missing_glyph", sentence))
