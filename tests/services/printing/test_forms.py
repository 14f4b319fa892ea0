"""The papers of a place: each with the code of its page, each on A4 and A3."""

import io
from collections import Counter

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from support.clock import NOON
from support.printed import rules

from bulletin.domain.errors import NotFoundError
from bulletin.services.places.phones import phones_of
from bulletin.services.printing.forms import FORMS, place_form
from bulletin.store.places import Township

pytestmark = pytest.mark.sqlite_only(reason="what is drawn, not what is kept")


def _links(zhangjia, sheet, page=1):
    picture = zhangjia.site.composer.picture(sheet, page, 200)
    with Image.open(io.BytesIO(picture)) as image:
        return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


def _words(pdf):
    document = pypdfium2.PdfDocument(pdf)
    words = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return "".join(words.split())


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("kind", FORMS)
def test_every_paper_of_a_village_leads_to_its_page(zhangjia, kind, paper):
    name, sheet = place_form(zhangjia.site, zhangjia.li, kind, zhangjia.id, NOON, paper=paper)
    assert name == f"张家村-{FORMS[kind].label}-{paper.upper()}.pdf"
    links = _links(zhangjia, sheet)
    assert {link.split("/V/")[1] for link in links} == {f"630223202214{FORMS[kind].page}"}
    assert len(links) == len(FORMS[kind].code_sides_mm)


def test_the_catalog_for_the_wall_holds_every_item(zhangjia):
    _, sheet = place_form(zhangjia.site, zhangjia.li, "catalog", zhangjia.id, NOON)
    words = _words(sheet.pdf)
    assert "张家村公开事项目录" in words
    assert "村级财务收支情况" in words
    assert "15日" in words
    for page in range(1, sheet.pages + 1):
        assert len(_links(zhangjia, sheet, page)) == 1


def test_the_ruler_is_ten_centimetres(zhangjia):
    _, sheet = place_form(zhangjia.site, zhangjia.li, "printer", zhangjia.id, NOON, paper="a3")
    ticks = [rule for rule in rules(sheet.pdf) if rule[2] - rule[0] < 0.3 < rule[3] - rule[1]]
    (top, count), *_ = Counter(round(rule[3], 1) for rule in ticks).most_common(1)
    assert count == 101, "a tick for every millimetre"
    (first, *_, last) = sorted(left for left, _, _, high in ticks if round(high, 1) == top)
    assert last - first == pytest.approx(100, abs=0.1)


def test_the_township_has_its_own_papers_and_a_village_sees_no_others(zhangjia):
    name, _ = place_form(zhangjia.site, zhangjia.wu, "header", None, NOON)
    assert name.startswith("红崖子沟乡")
    with pytest.raises(NotFoundError):
        place_form(zhangjia.site, zhangjia.zhou, "header", zhangjia.id, NOON)


@pytest.mark.parametrize(
    ("township", "who"), [("红崖子沟乡", "乡"), ("威远镇", "镇"), ("西关街道", "街道")]
)
def test_a_township_is_called_what_it_is_before_its_phone(township, who):
    place = Township(name=township, phone="0972-8320100")
    assert phones_of(place, None) == ((who, "0972-8320100"),)
