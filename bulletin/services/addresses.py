"""The public address that the codes lead to: residents' phones must be able to open it."""

import ipaddress
from urllib.parse import urlsplit

from bulletin.domain.refusals import Refusal, Refused


def host_words(public_url: str) -> str:
    """What people type on a phone, such as gk.huzhu.gov.cn."""
    return urlsplit(public_url).netloc.lower()


def address_fault(public_url: str) -> str:
    """A sentence when residents could not open this address, else ''."""
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host:
        return "公开网址还没有设置（BULLETIN_PUBLIC_URL），二维码没有地方可去。"
    if host == "localhost" or host.endswith((".localhost", ".local", ".lan", ".internal")):
        return f"公开网址{host}只在这台电脑上有效，村民的手机打不开。"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "" if "." in host else f"公开网址{host}不是完整的网址，村民的手机打不开。"
    if not address.is_global:
        return f"公开网址{host}是内网地址，村民的手机打不开。"
    return ""


def ensure_reachable(public_url: str, *, rehearsal: bool) -> None:
    """Refuse to print a code that leads nowhere, unless this is a rehearsal."""
    fault = address_fault(public_url)
    if fault and not rehearsal:
        raise Refused(Refusal("address_unreachable", f"{fault}请管理员先改好再打印。"))
