"""Cells with more words than a page of paper holds: said while somebody writes, not at the printer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from threading import Lock

from cachetools import LRUCache, cached
from sqlalchemy.orm import Session

from bulletin.domain.digests import sha256_hex
from bulletin.domain.notices.content import Document, Table
from bulletin.domain.notices.positions import Position
from bulletin.services.edition_document import edition_document
from bulletin.services.printing.screen_sheets import previewed
from bulletin.services.printing.sheet_facts import sheet_words
from bulletin.services.site import Site
from bulletin.sheets.facts import SheetFacts
from bulletin.store.notices import Edition

_LONG = 250  # characters: a shorter cell finds room on any page
_MOST_KEPT = 500
_OTHERS = 20  # rows that are set beside it, since they share the width
_OFF_THE_PAGE = frozenset({"cut_off", "overprinted"})

_Row = tuple[str, ...]


def long_cells(
    session: Session, site: Site, edition: Edition, now: datetime
) -> Iterator[tuple[Position, int]]:
    """The longest cell of each table that has a row higher than a page, and its length in characters."""
    facts = None
    for block, table in enumerate(edition_document(edition).blocks):
        rows = _long_rows(table) if isinstance(table, Table) else {}
        if not isinstance(table, Table) or not rows:
            continue
        facts = facts or sheet_words(session, site, edition, now)
        alone = replace(table, rows=(*rows.values(), *table.rows[:_OTHERS]), footer=None)
        tried = replace(facts, document=Document((alone,)))
        if not _fits(site, tried):
            places = ((len(cell), y, x) for y, row in rows.items() for x, cell in enumerate(row))
            length, y, x = max(places)
            yield Position(block=block, row=y, column=x), length


@cached(LRUCache(_MOST_KEPT), key=lambda _, tried: _digest(tried), lock=Lock())
def _fits(site: Site, tried: SheetFacts) -> bool:
    sheet = previewed(site, tried, tried.usual_paper)
    problems = site.composer.preflight(tried, sheet)
    return not any(problem.code in _OFF_THE_PAGE for problem in problems)


def _digest(tried: SheetFacts) -> str:
    """What decides whether rows fit, in short: it is asked after every change of a draft, and few change it."""
    return sha256_hex(f"{tried.title}|{tried.document}|{tried.public_url}".encode())


def _long_rows(table: Table) -> dict[int, _Row]:
    """Rows with a long cell by their number, that of the sums last."""
    every = (*table.rows, *([table.footer] if table.footer else []))
    return {y: row for y, row in enumerate(every) if max(map(len, row), default=0) > _LONG}
