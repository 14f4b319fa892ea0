"""Several sheets in one PDF, with their tags, so that it can be read aloud as each of them can."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

LANGUAGE = "zh-CN"
# As the sheets themselves ask, see print_settings.py.
_PREFERENCES = {
    "/DisplayDocTitle": True,
    "/Duplex": Name.Simplex,
    "/PrintScaling": Name("/None"),
}


def bound(pdfs: Iterable[bytes], title: str) -> bytes:
    """One tagged PDF with the pages of all, in their order.

    Args:
        pdfs: each tagged, as Typst writes them; a pack of hundreds is some tens of megabytes.
        title: of the whole, as the window of a reader shows it.
    """
    with pikepdf.new() as whole:
        tags = _Tags(whole)
        parts = []  # stay open until the whole is written: what they hold is read only then
        try:
            for place, pdf in enumerate(pdfs):
                part = pikepdf.open(io.BytesIO(pdf))
                parts.append(part)
                tags.add(part, place)
            tags.finish()
            _describe(whole, title)
            buffer = io.BytesIO()
            whole.save(buffer, min_version="1.7", deterministic_id=True)
        finally:
            for part in parts:
                part.close()
    return buffer.getvalue()


def _describe(whole: pikepdf.Pdf, title: str) -> None:
    """Title, language and the claim to be PDF/UA (ISO 14289-1)."""
    whole.Root.Lang = String(LANGUAGE)
    whole.Root.MarkInfo = Dictionary({"/Marked": True, "/Suspects": False})
    whole.Root.ViewerPreferences = Dictionary(_PREFERENCES)
    with whole.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["pdfuaid:part"] = "1"


class _Tags:
    """The structure tree of the whole, grown part by part (ISO 32000-1, 14.7)."""

    def __init__(self, whole: pikepdf.Pdf) -> None:
        self._whole = whole
        self._root = whole.make_indirect(Dictionary({"/Type": Name.StructTreeRoot}))
        self._kids: list[pikepdf.Object] = []
        self._parents: list[Any] = []  # number, what stands on the page; by turns
        self._names: list[Any] = []  # id, element; by turns
        self._roles: dict[str, pikepdf.Object] = {}
        self._next = 0

    def add(self, part: pikepdf.Pdf, place: int) -> None:
        """Take the pages of a part over, and its tree."""
        first = self._next
        for page in part.pages:
            self._renumber(page.obj, first)
        tree = part.Root.StructTreeRoot
        _make_ids_unique(tree, f"{place:05}-")
        self._whole.pages.extend(part.pages)
        copied = self._whole.copy_foreign(tree if tree.is_indirect else part.make_indirect(tree))
        for kid in _items(copied.K):
            kid.P = self._root
            self._kids.append(kid)
        for number, entry in _pairs(copied.ParentTree, "/Nums"):
            self._parents += [int(number) + first, entry]
            self._next = max(self._next, int(number) + first + 1)
        if "/IDTree" in copied:
            for name, element in _pairs(copied.IDTree, "/Names"):
                self._names += [String(f"{place:05}-{name}"), element]
        if "/RoleMap" in copied:
            self._roles |= dict(copied.RoleMap.items())

    def finish(self) -> None:
        """Hang the tree into the document."""
        self._root.K = Array(self._kids)
        self._root.ParentTree = self._whole.make_indirect(
            Dictionary({"/Nums": Array(self._parents)})
        )
        self._root.ParentTreeNextKey = self._next
        if self._names:
            self._root.IDTree = self._whole.make_indirect(
                Dictionary({"/Names": Array(self._names)})
            )
        if self._roles:
            self._root.RoleMap = Dictionary(self._roles)
        self._whole.Root.StructTreeRoot = self._root

    def _renumber(self, page: pikepdf.Object, first: int) -> None:
        if "/StructParents" in page:
            page.StructParents = int(page.StructParents) + first
        for note in page.get("/Annots", []):
            if "/StructParent" in note:
                note.StructParent = int(note.StructParent) + first


def _make_ids_unique(tree: pikepdf.Object, prefix: str) -> None:
    """Cells name the heads above them by an id that is unique within one document only."""
    waiting = list(_items(tree.K))
    while waiting:
        element = waiting.pop()
        if not isinstance(element, pikepdf.Dictionary) or element.get("/Type") == Name.OBJR:
            continue
        if "/ID" in element:
            element.ID = String(f"{prefix}{element.ID}")
        for facts in _items(element.get("/A", [])):
            if isinstance(facts, pikepdf.Dictionary) and "/Headers" in facts:
                facts.Headers = Array([String(f"{prefix}{name}") for name in facts.Headers])
        waiting += _items(element.get("/K", []))


def _items(value: Any) -> Iterator[Any]:
    """A value that stands alone or in an array."""
    if isinstance(value, pikepdf.Array | list):
        yield from value
    else:
        yield value


def _pairs(tree: pikepdf.Object, leaves: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a name or number tree, however deep it is (ISO 32000-1, 7.9.6)."""
    for branch in tree.get("/Kids", []):
        yield from _pairs(branch, leaves)
    flat = list(tree.get(leaves, []))
    yield from zip(flat[::2], flat[1::2], strict=True)
