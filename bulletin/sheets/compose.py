"""From facts to paper by Typst: one fixed template, a JSON file beside it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from bulletin.domain.codes import Scan
from bulletin.domain.errors import Refusal
from bulletin.domain.formats import Paper, paper_of
from bulletin.domain.notices.positions import Position
from bulletin.domain.oversight.annual_report.written import WrittenReport
from bulletin.sheets.annual_report import report_data
from bulletin.sheets.cover import CoverFacts, cover_data, cover_links
from bulletin.sheets.faces import faces_of
from bulletin.sheets.facts import FontChoice, PhoneSheet, PrintedSheet, SheetFacts
from bulletin.sheets.fits import Fit, larger_fits, well_fitted
from bulletin.sheets.fonts import ensure_present, own_families, read_fonts
from bulletin.sheets.forms import (
    CertificateFacts,
    PlaceFacts,
    WalkFacts,
    certificate_data,
    place_data,
    walk_data,
)
from bulletin.sheets.glyphs import placed_glyph_problems
from bulletin.sheets.layout import CODE_SIDE_MM, families_behind, fit_data, sheet_data
from bulletin.sheets.look import look_of
from bulletin.sheets.office_paper import OfficePaper, office_paper_data
from bulletin.sheets.pages import likely_pages, scans_of
from bulletin.sheets.pdfium import opened, page_count, page_image, png_of
from bulletin.sheets.phone import (
    MAX_PICTURES,
    fewest_pictures,
    is_surely_long,
    phone_document,
    summaries,
)
from bulletin.sheets.preflight import cover_preflight, preflight
from bulletin.sheets.print_settings import with_print_settings
from bulletin.sheets.problems import SheetProblem, SheetUnprintable
from bulletin.sheets.qr import side_mm
from bulletin.sheets.table_plans import plan_tables
from bulletin.sheets.templated_papers import TemplatedPaper
from bulletin.sheets.typeset import typeset
from bulletin.sheets.workspace import Workspace, open_workspace

SCREEN_DPI = 150
CERTIFICATE_CODE_MM = 42  # a side of its code at least; read as blurred and as small as a sheet's


class Composer:
    """Sets sheets. One for the whole site: fonts are read once, and threads may share it.

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
        self.font_dirs = tuple(font_dirs)
        self._fonts = read_fonts(self.font_dirs)
        ensure_present(self._choice, self._fonts.families(), font_dirs)
        self._choice = replace(self._choice, others=own_families(font_dirs[:-1]))

    def compose(self, facts: SheetFacts, paper: Paper = "a4") -> PrintedSheet:
        """Set the sheet. The same facts give the same bytes.

        Raises:
            SheetUnprintable: when a picture cannot be opened, or a character is in none of the fonts.
        """
        with self._workspace(facts) as workspace:
            data = sheet_data(facts, paper, self._choice, workspace.write_pictures(facts))
            planned = cache(partial(self._planned, facts, data))

            def set_type(fit: Fit, scans: Sequence[Scan]) -> bytes:
                workspace.write_facts(planned(fit))
                workspace.write_codes(scans, facts.public_url)
                return typeset(workspace.root / "notice.typ", self._fonts, facts.signed_on)

            # How many pages there are shows only once they are set; the codes of several pages
            # are as large as the code of one, so they change nothing of the layout.
            guessed = scans_of(facts, likely_pages(facts.document))
            larger = (
                fit
                for fit in larger_fits(facts.document, facts.title, paper)
                if not (facts.is_scan or planned(fit)["flipped"])
            )
            pdf, fit = well_fitted(lambda fit: set_type(fit, guessed), larger)
            pages = page_count(pdf)
            scans = scans_of(facts, pages)
            if scans != guessed[:pages]:
                pdf = set_type(fit, scans)
        return PrintedSheet(with_print_settings(pdf), pages)

    def preflight(self, facts: SheetFacts, sheet: PrintedSheet) -> list[SheetProblem]:
        """What is wrong with a sheet, before it reaches a printer."""
        scans = scans_of(facts, sheet.pages)
        return preflight(sheet, facts, scans, self._choice, self.font_dirs)

    def ensure_legible(self, facts: SheetFacts) -> None:
        """Refuse what no sheet could print, while it can still be written otherwise.

        Raises:
            SheetUnprintable: every character that none of the fonts has, with its place.
        """
        if illegible := self.illegible(facts):
            raise SheetUnprintable(*(Refusal(p.code, p.sentence) for _, p in illegible))

    def illegible(self, facts: SheetFacts) -> list[tuple[Position, SheetProblem]]:
        """Every character that none of the fonts has, with its place in the draft."""
        placed = placed_glyph_problems(facts, self._choice, self.font_dirs)
        return [(position, problem) for position, problem in placed if problem.stops]

    def look(self, public_url: str) -> str:
        """Changes with templates, fonts, address and size of the code, and so what preflight saw."""
        words = (public_url, self._choice.body, self._choice.title, str(CODE_SIDE_MM))
        return look_of(self._template_dir, self.font_dirs, words)

    def compose_phone(self, facts: SheetFacts) -> PhoneSheet:
        """The notice in pages of a phone's width, for the village's group chat.

        More pages than a chat bears give one that sums them up.
        """
        faces = faces_of(families_behind(self._choice.body, self._choice.others), self.font_dirs)
        document = phone_document(facts.document, faces)
        if not is_surely_long(document):
            pdf = self._phone_pdf(replace(facts, document=document))
            if (pages := page_count(pdf)) <= MAX_PICTURES:
                return PhoneSheet(pdf, pages)
        whole = self.compose(facts).pages
        for document in summaries(facts.document, faces):
            pdf = self._phone_pdf(replace(facts, document=document), whole)
            if page_count(pdf) == 1:
                break
        return PhoneSheet(pdf, page_count(pdf), whole)

    def _phone_pdf(self, facts: SheetFacts, whole: int = 0) -> bytes:
        with self._workspace(facts) as workspace:
            data = sheet_data(facts, "phone", self._choice, workspace.write_pictures(facts))
            planned = {**self._planned(facts, data, "normal"), "whole": whole}
            workspace.write_codes([Scan(facts.code, facts.edition)], facts.public_url)

            def set_type(height: int) -> bytes:
                workspace.write_facts({**planned, "height": height})
                return typeset(workspace.root / "phone.typ", self._fonts, facts.signed_on)

            return fewest_pictures(set_type)

    def compose_walk(self, facts: WalkFacts, paper: Paper = "a4") -> PrintedSheet:
        """The page with which somebody walks to a board; it does not hang there and has no code."""
        return self._compose_form("board_walk.typ", walk_data(facts, paper, self._choice))

    def compose_office_paper(self, facts: OfficePaper, paper: Paper = "a4") -> PrintedSheet:
        """A paper of the office, of sentences and tables; it does not hang on a board and has no code."""
        data = office_paper_data(facts, paper, self._choice)
        return self._compose_form("office_paper.typ", data)

    def compose_place(
        self,
        kind: str,
        facts: PlaceFacts,
        paper: Paper = "a4",
        *,
        more: Mapping[str, Any] | None = None,
        code_sides_mm: Sequence[int] = (CODE_SIDE_MM,),
    ) -> PrintedSheet:
        """A form for the board: a paper of a place that is no notice.

        Args:
            kind: the name of its template, without .typ.
            more: what the template reads beyond the frame.
            code_sides_mm: of its codes, without their white border.
        """
        data = {**place_data(facts, paper, self._choice), **(more or {})}
        links = [(facts.link, side) for side in code_sides_mm]
        return self._compose_form(f"{kind}.typ", data, links)

    def compose_certificate(self, facts: CertificateFacts) -> PrintedSheet:
        """A certificate of posting, with its photographs."""
        data = certificate_data(facts, self._choice)
        links = [(facts.link, side_mm(facts.link, CERTIFICATE_CODE_MM))]
        return self._compose_form("certificate.typ", data, links, facts.photos)

    def compose_templated(self, paper: TemplatedPaper) -> PrintedSheet:
        """A paper of the office with a template of its own."""
        return self._compose_form(f"{paper.template}.typ", paper.data(self._choice), paper.links())

    def compose_cover(self, facts: CoverFacts) -> PrintedSheet:
        """The cover of a notice: its figures, to be read from the road (A3)."""
        data = cover_data(facts, self._choice)
        return self._compose_form("cover.typ", data, cover_links(facts))

    def compose_report(self, report: WrittenReport) -> PrintedSheet:
        """The annual report, to be printed and bound, or published."""
        return self._compose_form("annual_report.typ", report_data(report, self._choice))

    def cover_preflight(self, facts: CoverFacts, sheet: PrintedSheet) -> list[SheetProblem]:
        """What is wrong with a cover, before it reaches a printer."""
        return cover_preflight(sheet, facts, self._choice, self.font_dirs)

    def _compose_form(
        self,
        template: str,
        data: Mapping[str, Any],
        links: Sequence[tuple[str, int]] = (),
        photos: Sequence[tuple[str, bytes]] = (),
    ) -> PrintedSheet:
        with open_workspace(self._template_dir) as workspace:
            workspace.write_links(links)
            facts = {**data, "photos": workspace.write_photos(photos)}

            def set_type(fit: Fit) -> bytes:
                workspace.write_facts({**facts, "fit": fit})
                return typeset(workspace.root / template, self._fonts)

            pdf = set_type("normal")
            pages = page_count(pdf)
            if pages > 1 and page_count(closer := set_type("tight")) < pages:
                pdf, pages = closer, page_count(closer)
        return PrintedSheet(with_print_settings(pdf), pages)

    def picture(self, sheet: PrintedSheet, page: int = 1, dpi: float = SCREEN_DPI) -> bytes:
        """One page (counted from 1) as a PNG, drawn from the very PDF that is printed."""
        with opened(sheet.pdf) as document:
            image = page_image(document, page - 1, dpi)
        return png_of(image)

    @contextmanager
    def _workspace(self, facts: SheetFacts) -> Iterator[Workspace]:
        """A workspace for one notice. A character that can't be set is named with its place."""
        with open_workspace(self._template_dir) as workspace:
            try:
                yield workspace
            except SheetUnprintable:
                self.ensure_legible(facts)
                raise

    def _planned(self, facts: SheetFacts, data: Mapping[str, Any], fit: Fit) -> dict[str, Any]:
        fitted = fit_data(facts, fit, paper_of(data["paper"]))
        return plan_tables({**data, **fitted}, self.font_dirs)
