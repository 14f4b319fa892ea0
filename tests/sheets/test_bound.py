"""A pack is one PDF that can be read aloud as each of its sheets can."""

import io

import pikepdf
import pytest

from bulletin.sheets.bound import bound
from bulletin.sheets.print_settings import with_print_settings


def elements(value):
    """The structure elements of a tree, in reading order."""
    if isinstance(value, pikepdf.Array):
        for kid in value:
            yield from elements(kid)
    elif isinstance(value, pikepdf.Dictionary) and "/S" in value:
        yield value
        yield from elements(value.get("/K", pikepdf.Array()))


@pytest.fixture(scope="module")
def sheets(composer, sheet_facts, ledger):
    """A ledger of several pages, and a sheet of one."""
    return [composer.compose(sheet_facts(ledger(60))), composer.compose(sheet_facts())]


@pytest.fixture
def pack(sheets):
    with pikepdf.open(io.BytesIO(bound([sheet.pdf for sheet in sheets], "打印包：某村"))) as whole:
        yield whole


def test_it_has_all_pages_in_their_order_and_is_a_sound_pdf(pack, sheets):
    assert len(pack.pages) == sum(sheet.pages for sheet in sheets)
    assert pack.check_pdf_syntax() == []


def test_it_has_title_language_and_the_settings_of_the_printer(pack):
    assert str(pack.Root.Lang) == "zh-CN"
    assert pack.Root.MarkInfo.Marked
    assert pack.Root.ViewerPreferences.DisplayDocTitle
    assert pack.Root.ViewerPreferences.Duplex == pikepdf.Name.Simplex
    assert pack.Root.ViewerPreferences.PrintScaling == pikepdf.Name("/None")
    with pack.open_metadata() as metadata:
        assert metadata["dc:title"] == "打印包：某村"
        assert metadata["pdfuaid:part"] == "1"


def test_every_tag_of_every_sheet_comes_along(pack, sheets):
    kinds = []
    for sheet in sheets:
        with pikepdf.open(io.BytesIO(sheet.pdf)) as single:
            kinds += [str(each.S) for each in elements(single.Root.StructTreeRoot.K)]
    assert [str(each.S) for each in elements(pack.Root.StructTreeRoot.K)] == kinds
    assert "/Table" in kinds


def test_every_tag_points_to_its_page_and_every_page_to_its_tags(pack):
    places = {page.obj.objgen: place for place, page in enumerate(pack.pages)}
    tagged = [places[e.Pg.objgen] for e in elements(pack.Root.StructTreeRoot.K) if "/Pg" in e]
    assert set(tagged) == set(range(len(pack.pages)))
    numbers = list(pack.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    assert sorted(owners) == list(numbers[::2])
    for page in pack.pages:
        on_page = owners[int(page.obj.StructParents)]
        assert {e.Pg.objgen for e in on_page if e is not None} == {page.obj.objgen}


def test_the_head_that_a_cell_names_is_of_its_own_sheet(pack, sheets):
    twice = bound([sheets[0].pdf, sheets[0].pdf], "两份一样的")
    with pikepdf.open(io.BytesIO(twice)) as whole:
        named = list(whole.Root.StructTreeRoot.IDTree.Names)
        names = [str(name) for name in named[::2]]
        assert len(names) == len(set(names))
        assert names == sorted(names)
        assert [str(element.ID) for element in named[1::2]] == names
        heads = {str(e.ID) for e in elements(whole.Root.StructTreeRoot.K) if "/ID" in e}
        assert heads == set(names)


def test_the_same_sheets_give_the_same_bytes(sheets):
    pdfs = [sheet.pdf for sheet in sheets]
    assert bound(pdfs, "一样") == bound(pdfs, "一样")


def test_a_pdf_of_another_shape_is_not_changed_in_silence():
    with pytest.raises(Exception, match="another shape"):
        with_print_settings(b"%PDF-1.7\nnothing of the kind")
