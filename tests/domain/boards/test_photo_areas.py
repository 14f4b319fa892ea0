"""Areas of photographs: what the history holds of them says the same again."""

from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.boards.photo_areas import area_words, areas_of, box_outline

PARTS = st.integers(-20000, 20000).map(
    lambda part: part / 10000
)  # an outline may leave the picture
OUTLINES = st.lists(st.tuples(PARTS, PARTS), min_size=3, max_size=6).map(tuple)


@given(st.lists(OUTLINES, min_size=1, max_size=4).map(tuple))
def test_a_restored_site_paints_the_same_areas_again(areas):
    assert areas_of(area_words(areas)) == areas


def test_a_box_has_four_corners_clockwise():
    assert box_outline(0.1, 0.2, 0.3, 0.4) == ((0.1, 0.2), (0.3, 0.2), (0.3, 0.4), (0.1, 0.4))
