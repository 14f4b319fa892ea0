"""The style sheets of a page come as one, whose address changes with its text."""

import re
from shutil import copytree

import pytest
from support.paths import PAGE_TEMPLATES

from bulletin.web.style_sheets import style_sheet

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


def test_one_that_was_changed_has_another_address_at_once(app, tmp_path, monkeypatch):
    copytree(STATIC, tmp_path / "static")
    monkeypatch.setattr(app, "static_folder", str(tmp_path / "static"))
    with app.test_request_context():
        before = style_sheet("tokens resident")
        with (tmp_path / "static" / "resident.css").open("a", encoding="utf-8") as written:
            written.write("p { margin: 0 }\n")
        after = style_sheet("tokens resident")
    assert after != before
    assert app.test_client().get(after).text.endswith("p { margin: 0 }\n")


@pytest.mark.parametrize(
    "names", ["nothing", "tokens-nothing", "..", "tokens-tokens", "tokens-resident-tokens", "-"]
)
def test_nothing_else_is_one(resident, zhangjia, names):
    """Nor the same once more: of each text that is asked for something would be kept, without an end."""
    assert resident.get(f"/styles/{names}.0123456789ab.css").status_code == 404
