"""The privacy check of tables: column titles, cells, and numbers spread over boxes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin.domain.notices.positions import Position
from bulletin.domain.privacy.columns import is_shown, personal_columns
from bulletin.domain.privacy.findings import PrivacyFinding, office_numbers, quoted, source_of
from bulletin.domain.privacy.kinds import FindingKind, mask
from bulletin.domain.privacy.numbers import IDENTITY_LENGTH, is_identity, may_be_a_plot
from bulletin.domain.privacy.search import find_numbers
from bulletin.domain.privacy.text_runs import plain

_PIECE = re.compile(r"[0-9]{1,17}[Xx]?|[Xx]")
_MAX_PIECES = 9  # pairs; single figures are boxes
_MIN_BOXES = 15  # cells of one figure each, as forms give an identity number its boxes


def scan_table(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    place: str,
    allowed_phones: Iterable[str] = frozenset(),
    *,
    first_row: int = 1,
) -> list[PrivacyFinding]:
    """Check a table: its column titles, then every cell (表1第3行“备注”).

    A column is reported when one of its cells at least is neither empty nor masked.

    Args:
        titles: column titles, as many as there are; further columns are called by their number.
        rows: cells as text; rows may be of unequal length.
        place: what the table is called.
        allowed_phones: the office's own published phones, with any punctuation.
        first_row: what the first of `rows` is called.
    """
    table = TableCheck(titles, place, office_numbers(allowed_phones))
    findings = [*table.columns(rows), *table.titles_themselves()]
    for number, row in enumerate(rows, first_row):
        found = table.row(row, f"{place}第{number}行")
        findings.extend(in_row(finding, number - first_row) for finding in found)
    return findings


def in_row(finding: PrivacyFinding, row: int) -> PrivacyFinding:
    """A finding of `TableCheck.row`, with the number of its row, counted from 0."""
    return replace(finding, position=replace(finding.position, row=row))


@dataclass(frozen=True)
class TableCheck:
    """The parts of a check, for a table whose titles, name and allowed phones are known."""

    titles: Sequence[str]
    place: str
    office_phones: frozenset[str]

    def columns(self, rows: Sequence[Sequence[str]]) -> Iterator[PrivacyFinding]:
        for index, content in personal_columns(self.titles):
            shown = sum(
                is_shown(row[index], content, self.office_phones)
                for row in rows
                if index < len(row)
            )
            if shown:
                place = f"{self.place}第{index + 1}列“{quoted(self.titles[index])}”"
                words = "\n".join(row[index] for row in rows if index < len(row))
                yield PrivacyFinding(
                    FindingKind.COLUMN,
                    place,
                    f"{shown}格有内容",
                    source_of(words, index),
                    Position(column=index),
                )

    def titles_themselves(self) -> Iterator[PrivacyFinding]:
        for index, title in enumerate(self.titles):
            place = f"{self.place}第{index + 1}列的标题"
            for hit in find_numbers(plain(title), self.office_phones):
                source = source_of(title, hit.start)
                yield PrivacyFinding(hit.kind, place, hit.masked, source, Position(column=index))

    def row(self, cells: Sequence[str], place: str) -> Iterator[PrivacyFinding]:
        left = ""
        for index, cell in enumerate(cells):
            if any(char.isdecimal() for char in cell):
                context = f"{self._title(index)} {left}"
                for hit in find_numbers(plain(cell), self.office_phones, context):
                    source, position = source_of(cell, hit.start), Position(column=index)
                    yield PrivacyFinding(
                        hit.kind, f"{place}{self._named(index)}", hit.masked, source, position
                    )
            left = cell
        yield from self._boxes(cells, place)
        yield from self._pieces(cells, place)

    def _boxes(self, cells: Sequence[str], place: str) -> Iterator[PrivacyFinding]:
        single = "".join(cell.strip() if len(cell.strip()) == 1 else "\t" for cell in cells)
        if len(single) - single.count("\t") < _MIN_BOXES:
            return
        for hit in find_numbers(plain(single), self.office_phones):
            if hit.kind is FindingKind.ID_NUMBER:
                where, position = self._named(hit.start), Position(column=hit.start)
                yield PrivacyFinding(hit.kind, f"{place}{where}", hit.masked, position=position)

    def _pieces(self, cells: Sequence[str], place: str) -> Iterator[PrivacyFinding]:
        """An identity number cut over neighbouring cells: 630223 | 19800101 | 1234."""
        words = [plain(cell).strip() for cell in cells]
        for first, word in enumerate(words):
            if not _PIECE.fullmatch(word):
                continue
            number, last = word, first + 1
            while len(number) < IDENTITY_LENGTH and last < len(words):
                if not _PIECE.fullmatch(words[last]):
                    break
                number, last = number + words[last].upper(), last + 1
            whole = len(number) == IDENTITY_LENGTH and number[:-1].isdecimal()
            if last - first > _MAX_PIECES or last - first == 1 or not whole:
                continue
            if is_identity(number) and not may_be_a_plot(number):
                masked = mask(FindingKind.ID_NUMBER, number)
                where, position = f"{place}{self._named(first)}", Position(column=first)
                yield PrivacyFinding(FindingKind.ID_NUMBER, where, masked, position=position)

    def _title(self, index: int) -> str:
        return self.titles[index] if index < len(self.titles) else ""

    def _named(self, index: int) -> str:
        title = quoted(self._title(index))
        return f"“{title}”" if title else f"第{index + 1}列"
