"""What is guessed of a sheet before it is set goes by the sizes in which it is set."""

from bulletin.sheets.fits import LARGER, TITLE_GROWTH, TITLE_POINTS


def test_the_larger_sizes_are_those_of_the_style(templates):
    style = (templates / "parts" / "style.typ").read_text("utf-8")
    for each in LARGER:
        assert f"{each.fit}: (size: {each.size}, pitch: {each.pitch}," in style
    assert f"calc.max({TITLE_POINTS:g}, fit.size * {TITLE_GROWTH})" in style
