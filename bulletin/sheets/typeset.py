"""From a template and the data beside it to a tagged PDF, by Typst."""

import re
from datetime import date
from pathlib import Path

import typst

from bulletin.domain.days import start_of
from bulletin.domain.errors import Refusal
from bulletin.sheets.glyphs import missing_words
from bulletin.sheets.problems import SheetUnprintable

UNDATED = date(2000, 1, 1)  # the same draft gives the same bytes whenever it is composed
_MISSING_GLYPH = re.compile(r'the text `"(.+)"` could not be displayed with font')


def typeset(template: Path, fonts: typst.Fonts, dated: date | None = None) -> bytes:
    """Set a template with the files that lie beside it; the same files give the same bytes.

    Raises:
        SheetUnprintable: when a character is in none of the fonts.
    """
    try:
        pdf = typst.compile(
            template,
            root=template.parent,
            font_paths=fonts,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=int(start_of(dated or UNDATED).timestamp()),
        )
    except typst.TypstError as fault:
        raise _explained(fault) from fault
    return bytes(pdf)


def _explained(fault: typst.TypstError) -> Exception:
    """A missing character is the writer's to mend; any other fault of the template is a bug."""
    match = _MISSING_GLYPH.search(fault.message)
    if match is None:
        return fault
    return SheetUnprintable(Refusal("missing_glyph", missing_words(match[1][0], match[1])))
