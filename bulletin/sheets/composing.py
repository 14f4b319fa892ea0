"""From facts to paper by Typst: one fixed template, a JSON file beside it, the code read back."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from bulletin.domain.codes import Scan
from bulletin.domain.days import start_of
from bulletin.domain.paper import Paper
from bulletin.domain.refusals import Misconfigured
from bulletin.sheets.decoding import ensure_readable
from bulletin.sheets.desk import Desk
from bulletin.sheets.extracting import last_page_is_bare
from bulletin.sheets.facts import FontChoice, Sheet, SheetFacts
from bulletin.sheets.faults import SheetUnreadable
from bulletin.sheets.layout import Fit, sheet_data
from bulletin.sheets.pdfium import opened, page_count, page_image, png_of

SCREEN_DPI = 150
UNDATED = date(2000, 1, 1)  # the same draft gives the same bytes whenever it is composed
_MISSING_GLYPH = re.compile(r'the text `"(.+)"` could not be displayed with font')


class Composer:
    """Sets sheets. One for the whole house: fonts are read once, and threads may share it.

    Args:
        template_dir: holds notice.typ and parts/; read anew for every sheet, so that a changed
            letterhead shows at once.
        font_dirs: folders with fonts, the office's own first, the packaged one last.
        fonts: the families to use.
    """

    def __init__(
        self, template_dir: Path, font_dirs: Sequence[Path], fonts: FontChoice | None = None
    ) -> None:
        self._template_dir = template_dir
        self._choice = fonts or FontChoice()
        self._fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=True,  # the monospaced face of fingerprints
            font_paths=[str(folder) for folder in font_dirs],
        )
        _ensure_found(self._choice, self._fonts.families(), font_dirs)

    def compose(self, facts: SheetFacts, paper: Paper = "a4") -> Sheet:
        """Set the sheet and read every page's code back. The same facts give the same bytes.

        Raises:
            SheetUnreadable: when a code does not read back, a picture cannot be opened, or a
                character is in none of the fonts.
        """
        with TemporaryDirectory(prefix="bulletin-sheet-") as folder:
            desk = Desk(Path(folder), self._template_dir)
            data = sheet_data(facts, paper, self._choice, desk.lay_pictures(facts))

            def set_type(fit: Fit, scans: Sequence[Scan]) -> bytes:
                desk.lay_facts({**data, "fit": fit})
                desk.lay_codes(scans, facts.public_url)
                return self._compile(desk.root, facts.signed_on or UNDATED)

            # How many pages there are shows only once they are set; the codes of several pages
            # are as large as the code of one, so they change nothing of the layout.
            alone = _scans(facts, pages=1)
            pdf, fit = _well_fitted(lambda fit: set_type(fit, alone))
            pages = page_count(pdf)
            scans = _scans(facts, pages)
            if scans != alone:
                pdf = set_type(fit, scans)
        if scans:
            ensure_readable(pdf, scans)
        return Sheet(pdf, pages)

    def picture(self, sheet: Sheet, page: int = 1, dpi: float = SCREEN_DPI) -> bytes:
        """One page (counted from 1) as a PNG, drawn from the very PDF that is printed."""
        with opened(sheet.pdf) as document:
            image = page_image(document, page - 1, dpi)
        return png_of(image)

    def _compile(self, root: Path, dated: date) -> bytes:
        try:
            pdf = typst.compile(
                root / "notice.typ",
                root=root,
                font_paths=self._fonts,
                format="pdf",
                pdf_standards=["ua-1"],
                timestamp=int(start_of(dated).timestamp()),
            )
        except typst.TypstError as fault:
            raise _explained(fault) from fault
        return bytes(pdf)


def _ensure_found(choice: FontChoice, found: Sequence[str], folders: Sequence[Path]) -> None:
    for family in (choice.body, choice.title):
        if family not in found:
            where = ", ".join(str(folder) for folder in folders)
            raise Misconfigured(
                f"the font {family!r} is not in {where}; put its file into BULLETIN_FONT_DIR, or "
                f"name one of: {', '.join(sorted(found))}"
            )


def _scans(facts: SheetFacts, pages: int) -> list[Scan]:
    """What each page's code says: a sheet of several pages adds the page; a draft has none."""
    if facts.is_draft:
        return []
    if pages == 1:
        return [Scan(facts.code, facts.edition)]
    return [Scan(facts.code, facts.edition, page) for page in range(1, pages + 1)]


def _well_fitted(set_type: Callable[[Fit], bytes]) -> tuple[bytes, Fit]:
    """Set closer, then wider, where the signature would stand alone on the last page."""
    pdf = set_type("normal")
    if not last_page_is_bare(pdf):
        return pdf, "normal"
    others: tuple[Fit, ...] = ("tight", "loose")
    for fit in others:
        other = set_type(fit)
        if not last_page_is_bare(other):
            return other, fit
    return pdf, "normal"


def _explained(fault: typst.TypstError) -> Exception:
    """A missing character is the writer's to mend; any other fault of the template is a bug."""
    found = _MISSING_GLYPH.search(fault.message)
    if found is None:
        return fault
    sentence = f"打印字体里没有“{found[1]}”这个字，请换一个写法，或请管理员配置含有这个字的字体。"
    return SheetUnreadable("missing_glyph", sentence)
