"""Another sheet in place of the one that was brought."""

import pytest

from bulletin.domain.notices.brought.exchange import exchanged
from bulletin.domain.notices.content import Paragraph


def blocks(letters):
    return tuple(map(Paragraph, letters))


@pytest.mark.parametrize(
    ("own", "earlier", "becomes"),
    [
        ("abc", "b", "aXYc"),
        ("aBc", "b", "aBcXY"),  # changed since: it stays, and the new ones come last
        ("abcd", "bd", "aXYc"),  # where the first of them stood
        ("abba", "b", "aXYba"),  # written twice, brought once
        ("", "b", "XY"),
        ("ac", "", "acXY"),
    ],
)
def test_what_was_brought_goes_and_what_was_written_stays(own, earlier, becomes):
    assert exchanged(blocks(own), blocks(earlier), blocks("XY")) == blocks(becomes)
