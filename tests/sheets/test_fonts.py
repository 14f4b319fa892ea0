"""The font files that are read: broken ones are passed over, as Typst does."""

import io

from fontTools.ttLib import TTFont
from support.paths import MATERIAL

from bulletin.sheets.fonts import REGULAR, font_faces


def _without(table):
    font = TTFont(next((MATERIAL / "fonts").glob("*.ttf")))
    del font[table]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def test_a_broken_font_file_hides_no_other(tmp_path):
    (tmp_path / "1-nonsense.ttf").write_bytes(b"nonsense")
    (tmp_path / "2-nameless.ttf").write_bytes(_without("name"))
    (tmp_path / "3-of-no-weight.ttf").write_bytes(_without("OS/2"))
    (face,) = font_faces([tmp_path])
    assert (face.file.name, face.weight) == ("3-of-no-weight.ttf", REGULAR)
