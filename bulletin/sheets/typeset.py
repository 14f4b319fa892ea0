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
_NOT_FOR_LONG = "PDF/A"  # how the setter begins what it says of that
_MISSING_GLYPH = re.compile(r'the text `"(.+)"` could not be displayed with font')


def typeset(template: Path, fonts: typst.Fonts, dated: date | None = None) -> bytes:
    """Set a template with the files that lie beside it; the same files give the same bytes.

    It is PDF/UA and PDF/A; only what a picture or a changed template brings along may keep it from being the latter:
    it is set all the same.

    Raises:
        SheetUnprintable: when a character is in none of the fonts.
    """
    try:
        return _compiled(template, fonts, dated, for_long=True)
    except typst.TypstError as fault:
        if not fault.message.startswith(_NOT_FOR_LONG):
            raise _explained(fault) from fault
    try:
        return _compiled(template, fonts, dated, for_long=False)
    except typst.TypstError as fault:
        raise _explained(fault) from fault


def _compiled(template: Path, fonts: typst.Fonts, dated: date | None, *, for_long: bool) -> bytes:
    """Of PDF/A the level that takes the office's own characters, which the strictest one would refuse."""
    pdf = typst.compile(
        template,
        root=template.parent,
        font_paths=fonts,
        format="pdf",
        pdf_standards=["ua-1", "a-2u"] if for_long else ["ua-1"],
        timestamp=int(start_of(dated or UNDATED).timestamp()),
    )
    return bytes(pdf)


def _explained(fault: typst.TypstError) -> Exception:
    """A missing character is the writer's to mend; any other fault of the template is a bug."""
    match = _MISSING_GLYPH.search(fault.message)
    if match is None:
        return fault
    return SheetUnprintable(Refusal("missing_glyph", missing_words(match[1][0], match[1])))
