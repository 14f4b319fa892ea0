"""Who shares an internet address: the network by which tries are counted, never stored or logged."""

import re
from ipaddress import IPv6Address, ip_address, ip_network

HOUSEHOLD = (
    64  # bits of an IPv6 address that one subscriber holds and can't change at will (RFC 6177)
)
NOWHERE = ""  # of an address that is none: everyone without one is counted together
_WITH_PORT = re.compile(r"\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+")


def network_of(address: str) -> str:
    """The network of an address as a web server or a proxy writes it; `NOWHERE` for anything else.

    Understood are `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::7`, `[2001:db8::7]`, `[2001:db8::7]:443`
    and an address with a zone (`fe80::1%eth0`). IPv4 stands alone; of IPv6 the first 64 bits count,
    since one phone gets as many addresses as it likes behind them.
    """
    text = address.strip().strip('"')
    if match := _WITH_PORT.fullmatch(text):
        text = match[1] or match[2]
    try:
        parsed = ip_address(text.partition("%")[0])
    except ValueError:
        return NOWHERE
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((int(parsed), HOUSEHOLD), strict=False))
