"""Which addresses are counted as one, however a web server writes them."""

import pytest

from bulletin.domain.sign_in.networks import NOWHERE, network_of


@pytest.mark.parametrize(
    ("written", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        (" 192.0.2.7 ", "192.0.2.7"),
        ("192.0.2.7:4711", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("[::ffff:192.0.2.7]:443", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"),
        ('"[2001:db8:1:2::9]:443"', "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", NOWHERE),
        ("unknown", NOWHERE),
        ("192.0.2.7:4711:1", NOWHERE),
        ("192.0.2.300:80", NOWHERE),
        ("[192.0.2.7", NOWHERE),
    ],
)
def test_an_address_is_understood_as_proxies_write_it(written, network):
    assert network_of(written) == network


def test_one_subscriber_of_ipv6_is_one_and_the_neighbour_another():
    own = {network_of(f"2001:db8:0:1::{n:x}") for n in range(1, 500)}
    assert own == {"2001:db8:0:1::/64"}
    assert network_of("2001:db8:0:2::1") not in own
