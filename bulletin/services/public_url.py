"""The public address that the codes lead to: residents' phones must be able to open it."""

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from bulletin.domain.codes import host_of
from bulletin.domain.errors import Refusal, Refused
from bulletin.services.site import Site


def host_words(public_url: str) -> str:
    """What people type on a phone, such as gk.huzhu.gov.cn."""
    return host_of(public_url)


def name_of(public_url: str) -> str:
    """The host of an address that has nothing behind it, else ''.

    The codes are printed in upper case to stay small; a path behind the name would not survive that.
    """
    parts = urlsplit(public_url)
    bare = parts.scheme in {"http", "https"} and not parts.path.strip("/") and not parts.query
    return parts.netloc if bare else ""


def address_fault(public_url: str, reading_place: str = "") -> str:
    """A sentence when residents could not open this address, else ''.

    Args:
        reading_place: where residents read in a closed network; its own addresses serve there.
    """
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host:
        return "公开网址还没有设置（BULLETIN_PUBLIC_URL），二维码没有地方可去。"
    address = _ip_address(host)
    if host == "localhost" or host.endswith(".localhost") or (address and address.is_loopback):
        return f"公开网址{host}只在这台电脑上有效，别的手机和电脑打不开。"
    if reading_place:
        return ""
    if host.endswith((".local", ".lan", ".internal")) or (address and not address.is_global):
        return f"公开网址{host}是内网地址，村民的手机打不开。"
    return "" if address or "." in host else f"公开网址{host}不是完整的网址，村民的手机打不开。"


def _ip_address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None


def ensure_reachable(site: Site) -> None:
    """Refuse to print a code that leads nowhere, unless this is a rehearsal."""
    fault = address_fault(site.public_url, site.reading_place)
    if fault and not site.rehearsal:
        raise Refused(Refusal("address_unreachable", f"{fault}请管理员先改好再打印。"))
