"""Which part of the plain-file copy an address belongs to, and the order in which parts are written."""

import pytest

from bulletin.domain.open_data.copy_parts import SITE, in_order, key_of


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/N/7KQ2M4XXXX", "N/7KQ2M4XXXX"),
        ("/N/7KQ2M4XXXX.1", "N/7KQ2M4XXXX"),
        ("/N/7KQ2M4XXXX.1.2", "N/7KQ2M4XXXX"),
        ("/N/7KQ2M4XXXX/paper.pdf", "N/7KQ2M4XXXX"),
        ("/F/7KQ2M4XXXX/ab12/明细表.csv", "N/7KQ2M4XXXX"),
        ("/V/630223202214", "V/630223202214"),
        ("/V/630223202214/2025/2", "V/630223202214"),
        ("/V/630223202214/catalog.xlsx", "V/630223202214"),
        ("/T/630223202/feed.atom", "T/630223202"),
        ("/", SITE),
        ("/N/", SITE),
        ("/feed.jsonld", SITE),
        ("/static/browse.css", SITE),
    ],
)
def test_an_address_belongs_to_one_part(address, key):
    assert key_of(address) == key


def test_notices_are_written_before_the_lists_that_name_them():
    keys = {SITE, "T/630223202", "V/630223202214", "N/B", "N/A"}
    assert in_order(keys) == ["N/A", "N/B", "V/630223202214", "T/630223202", SITE]
