"""Long lists, fifty lines to a page."""

import pytest

from bulletin.domain.pages import PER_PAGE, page_of, page_span


@pytest.mark.parametrize(
    ("count", "asked", "holding", "number", "shown"),
    [
        (0, None, None, 1, 0),
        (PER_PAGE, None, None, 1, PER_PAGE),
        (PER_PAGE + 1, 2, None, 2, 1),
        (PER_PAGE + 1, 99, None, 2, 1),
        (PER_PAGE + 1, -3, None, 1, PER_PAGE),
        (PER_PAGE + 1, 0, None, 1, PER_PAGE),
        (PER_PAGE + 1, 1, PER_PAGE, 2, 1),
    ],
)
def test_long_lists_come_in_pages(count, asked, holding, number, shown):
    span = page_span(count, asked, holding=holding)
    assert (span.number, len(range(count)[span.first : span.end])) == (number, shown)
    if holding is None:
        page = page_of(range(count), asked)
        assert (page.number, page.pages, len(page.lines)) == (number, span.pages, shown)
