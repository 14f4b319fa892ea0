"""A sheet is set so that it can be read aloud, and still be read in thirty years."""

import re
from dataclasses import replace

import pytest
from support.forms import FORM_PAPERS, PLACE
from support.paths import ROOT

from bulletin.sheets.compose import Composer

SHEETS = ROOT / "templates" / "sheets"
ARCHIVAL = rb"<pdfaid:part>2</pdfaid:part>"
ALOUD = rb"<pdfuaid:part>1</pdfuaid:part>"


@pytest.mark.parametrize("kind", FORM_PAPERS)
def test_every_paper_is_for_the_archive_and_for_the_ear(composer, kind):
    pdf = FORM_PAPERS[kind](composer).pdf
    assert re.search(ARCHIVAL, pdf)
    assert re.search(ALOUD, pdf)


def test_a_countys_own_template_that_is_not_for_the_archive_is_set_all_the_same(tmp_path):
    own = tmp_path / "sheets"
    (own / "parts").mkdir(parents=True)
    for file in (*SHEETS.glob("*.typ"), *(SHEETS / "parts").iterdir()):
        words = file.read_bytes().replace(b"date: auto", b"date: none")
        (own / file.relative_to(SHEETS)).write_bytes(words)
    pdf = Composer(own, [SHEETS / "fonts"]).compose_place("blank", replace(PLACE)).pdf
    assert not re.search(ARCHIVAL, pdf)
    assert re.search(ALOUD, pdf)
