"""Pictures and charts of a workbook (.xlsx), by the cell that each is fastened to. Nothing is fetched from elsewhere."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import openpyxl

from bulletin.domain.notices.brought.parts import BroughtPicture
from bulletin.readers.brought.sentences import sample
from bulletin.readers.brought.worksheets import SheetPicture

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MEDIA = re.compile(r"xl/media/.+")
_IN_CELL = re.compile(r'=?(?:_xlfn\.)?DISPIMG\("([^"]+)"')  # as WPS writes a picture in a cell
_CELL_PICTURES = "xl/cellimages.xml"


@dataclass(frozen=True)
class _Relation:
    target: str  # a part of the package, or an address
    kind: str
    is_remote: bool


class Drawings:
    """What is drawn on the sheets of a workbook; what nobody asked for is named in the end."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive, self._names = archive, set(archive.namelist())
        self._used: set[str] = set()
        self._remote: list[str] = []
        self._charts = 0
        self._in_cells = dict(self._cell_pictures())

    def of_sheet(self, path: str) -> Iterator[SheetPicture]:
        """The pictures of a worksheet; charts are counted.

        Args:
            path: of its part, xl/worksheets/sheet1.xml.
        """
        for relation in self._relations(path).values():
            if relation.kind.endswith("/drawing") and relation.target in self._names:
                yield from self._of_drawing(relation.target)

    def in_cell(self, words: str) -> BroughtPicture | None:
        """The picture that WPS shows in a cell with these words."""
        match = _IN_CELL.match(words)
        return self._in_cells.get(match[1]) if match else None

    def _of_drawing(self, path: str) -> Iterator[SheetPicture]:
        relations = self._relations(path)
        for anchor in self._root(path):
            self._charts += sum(1 for _ in anchor.iter(_CHART))
            row, column = (
                int(anchor.findtext(f"{_DRAWING}from/{_DRAWING}{name}") or 0)
                for name in ("row", "col")
            )
            for blip in anchor.iter(_BLIP):
                picture = None if _is_fallback(blip) else self._picture(blip, relations)
                if picture is not None:
                    yield SheetPicture(row=row, column=column, picture=picture)

    def _picture(self, blip: Any, relations: Mapping[str, _Relation]) -> BroughtPicture | None:
        for name in (blip.get(f"{_OFFICE}embed"), blip.get(f"{_OFFICE}link")):
            relation = relations.get(name)
            if relation is None:
                continue
            if relation.is_remote:
                self._remote.append(relation.target)
            elif relation.target in self._names:
                self._used.add(relation.target)
                data = self._archive.read(relation.target)
                return BroughtPicture(data, posixpath.basename(relation.target))
        return None

    def _cell_pictures(self) -> Iterator[tuple[str, BroughtPicture]]:
        if _CELL_PICTURES not in self._names:
            return
        relations = self._relations(_CELL_PICTURES)
        for drawn in self._root(_CELL_PICTURES).iter(f"{_DRAWING}pic"):
            named = next(drawn.iter(f"{_DRAWING}cNvPr"), None)
            blip = next(drawn.iter(_BLIP), None)
            picture = None if blip is None else self._picture(blip, relations)
            if named is not None and picture is not None:
                yield named.get("name", ""), picture

    def _relations(self, path: str) -> dict[str, _Relation]:
        folder, name = posixpath.split(path)
        part = f"{folder}/_rels/{name}.rels"
        if part not in self._names:
            return {}
        found = {}
        for each in self._root(part):
            target, is_remote = each.get("Target", ""), each.get("TargetMode") == "External"
            if not is_remote:
                inside = posixpath.normpath(posixpath.join("/", folder, target))
                target = inside.lstrip("/")
            found[each.get("Id", "")] = _Relation(target, each.get("Type", ""), is_remote)
        return found

    def _root(self, path: str) -> Any:
        return openpyxl.xml.functions.fromstring(self._archive.read(path))

    def remarks(self) -> Iterator[str]:
        """Sentences for what no sheet brings, once all sheets were asked for."""
        if self._charts:
            yield f"表格里有{self._charts}张图表没有带来，可以截成图片再放进来。"
        left = {name for name in self._names if _MEDIA.fullmatch(name)} - self._used
        if left:
            yield f"表格里有{len(left)}张图片（如页眉、背景里的）没有带来，请另外放进来。"
        if self._remote:
            addresses = sample(dict.fromkeys(self._remote))
            yield f"有{len(self._remote)}张图片在别的网站上，没有去取，也没有带来：“{addresses}”。"


def _is_fallback(element: Any) -> bool:
    return any(each.tag == _FALLBACK for each in element.iterancestors())
