"""Papers of sentences and tables: of the office, and the same for the board."""

from dataclasses import dataclass
from typing import Any

from bulletin.domain.formats import Paper
from bulletin.sheets.facts import FontChoice, Watermark
from bulletin.sheets.layout import page_data
from bulletin.sheets.widths import breakable


@dataclass(frozen=True)
class PaperColumn:
    heading: str
    width: float = 0  # its share of what the others leave; 0: as wide as its words
    is_figure: bool = False


@dataclass(frozen=True)
class PaperSection:
    """A heading, sentences, and a table below them (no columns: none)."""

    heading: str = ""  # '': none
    sentences: tuple[str, ...] = ()
    columns: tuple[PaperColumn, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class OfficePaper:
    """A paper of the office, of sentences and tables."""

    township: str
    title: str
    under: str  # as of which day
    sections: tuple[PaperSection, ...]
    signed: tuple[str, ...] = ()  # what is signed by hand at its end
    is_wide: bool = False  # the paper lies on its side
    mark: Watermark = ""


def office_paper_data(facts: OfficePaper, paper: Paper, fonts: FontChoice) -> dict[str, Any]:
    return {
        **page_data(paper, fonts, facts.mark),
        "flipped": facts.is_wide,
        "township": facts.township,
        "title": facts.title,
        "under": facts.under,
        "sections": sections_data(facts.sections),
        "signed": list(facts.signed),
    }


def sections_data(sections: tuple[PaperSection, ...]) -> list[dict[str, Any]]:
    """Sections as `parts/sections.typ` reads them, in a paper of the office and on one for the board."""
    return [
        {
            "heading": section.heading,
            "sentences": [breakable(sentence) for sentence in section.sentences],
            "heads": [column.heading for column in section.columns],
            "widths": [column.width for column in section.columns],
            "figures": [column.is_figure for column in section.columns],
            "rows": [[breakable(cell) for cell in row] for row in section.rows],
        }
        for section in sections
    ]
