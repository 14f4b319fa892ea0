"""The style sheets of a page come as one, whose address changes with its text."""

import re

import pytest
from support.paths import PAGE_TEMPLATES

STATIC = PAGE_TEMPLATES / "static"


def _sheet_of(page):
    (address,) = re.findall(r'rel="stylesheet" href="([^"]+)"', page.text)
    return address


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/", ["tokens", "resident", "browse"]),
        ("/V/630223202214/ask", ["tokens", "resident", "browse", "ask"]),
        ("/?big=1", ["tokens", "resident", "browse", "big"]),
    ],
)
def test_a_page_asks_for_one_style_sheet_with_all_that_it_needs(resident, zhangjia, address, names):
    sheet = _sheet_of(resident.get(address))
    texts = [(STATIC / f"{name}.css").read_text(encoding="utf-8") for name in names]
    assert resident.get(sheet).text == "\n".join(texts)


def test_it_is_kept_for_a_year_and_one_of_another_release_is_asked_for_again(resident, zhangjia):
    sheet = _sheet_of(resident.get("/"))
    assert resident.get(sheet).cache_control.max_age == 365 * 24 * 3600
    other = re.sub(r"\.[0-9a-f]+\.css$", ".0123456789ab.css", sheet)
    assert resident.get(other).cache_control.max_age == 0


@pytest.mark.parametrize("names", ["nothing", "tokens-nothing", "..", "-".join(["tokens"] * 9)])
def test_nothing_else_is_one(resident, zhangjia, names):
    assert resident.get(f"/styles/{names}.0123456789ab.css").status_code == 404
