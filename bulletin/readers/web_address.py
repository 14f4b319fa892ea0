"""One file from the web: bounded in size and time, and never from a network that only we can reach.

An address that somebody else wrote may lead to this machine or to the office's own network. Every
address of a host is looked at, and the connection goes to the one that was looked at, so that a
name can't be another one a moment later. Redirects are looked at the same way.
"""

import socket
import ssl
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from http.client import (
    HTTP_PORT,
    HTTPS_PORT,
    HTTPConnection,
    HTTPException,
    HTTPResponse,
    HTTPSConnection,
)
from ipaddress import ip_address
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from bulletin.domain.errors import refuse

MAX_BYTES = 5 * 1024 * 1024  # of one file
MAX_REDIRECTS = 4
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 64 * 1024  # bytes
SILENCE = 15.0  # seconds without an answer
WHOLE = 60.0  # seconds for one file
_SAFE = "/:@!$&'()*+,;=~%?"
_HEADERS = {
    "Accept": "application/ld+json, application/json;q=0.9, text/html;q=0.5",
    "User-Agent": "bulletin-harvest",
    "Connection": "close",
}


@dataclass(frozen=True)
class WebFile:
    url: str  # where it was in the end
    media_type: str
    data: bytes


def fetch(url: str, *, also_private: bool = False) -> WebFile:
    """What lies at an address.

    Args:
        also_private: this machine and private networks too, as the person said.

    Raises:
        Refused: no web address, out of reach, too large, too slow, or not to be asked.
    """
    until = monotonic() + WHOLE
    for _ in range(MAX_REDIRECTS + 1):
        try:
            with (
                closing(_connection(url, also_private=also_private)) as connection,
                _answer(connection, url) as response,
            ):
                location = response.getheader("Location")
                if response.status not in REDIRECTS or not location:
                    return _file(response, url, until)
                url = urljoin(url, location)
        except (OSError, HTTPException, ValueError) as error:
            raise refuse("no_answer", f"{url} 打不开：{error or type(error).__name__}。") from error
    raise refuse("no_answer", f"{url} 转来转去，超过{MAX_REDIRECTS}次。")


def origin_of(url: str) -> tuple[str, str]:
    """Scheme and host with port: what one site has in common."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _answer(connection: HTTPConnection, url: str) -> HTTPResponse:
    connection.request("GET", _path(url), headers=_HEADERS)
    return connection.getresponse()


def _file(response: HTTPResponse, url: str, until: float) -> WebFile:
    if response.status != HTTPStatus.OK:
        raise refuse("no_answer", f"{url} 答复{response.status}，没有内容。")
    media_type = (response.getheader("Content-Type") or "").partition(";")[0].strip()
    return WebFile(url, media_type, _read(response, url, until))


def _read(response: HTTPResponse, url: str, until: float) -> bytes:
    data = bytearray()
    while chunk := response.read1(CHUNK):
        data += chunk
        if len(data) > MAX_BYTES:
            raise refuse("too_large", f"{url} 超过{MAX_BYTES // 1024**2} MB，不读。")
        if monotonic() > until:
            raise refuse("too_slow", f"{url} 太慢，{WHOLE:.0f}秒没有读完。")
    return bytes(data)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=_SAFE)


def _connection(url: str, *, also_private: bool) -> HTTPConnection:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError as error:  # UnicodeError is one
        raise refuse("no_address", f"{url} 不是网址。") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise refuse("no_address", f"{url} 不是网址，要以https://开头。")

    def connect(port: int) -> socket.socket:
        return _socket(url, host, port, also_private=also_private)

    if parts.scheme == "https":
        return _TlsConnection(host, port or HTTPS_PORT, connect)
    return _PlainConnection(host, port or HTTP_PORT, connect)


def _socket(url: str, host: str, port: int, *, also_private: bool) -> socket.socket:
    """A connection to an address that was looked at."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    inside = [address for *_, address in found if not ip_address(address[0]).is_global]
    if inside and not also_private:
        raise refuse(
            "private_address",
            f"{url} 在本机或内网（{inside[0][0]}），不读。确实要读，加上 --also-private。",
        )
    failure: OSError | None = None
    for family, kind, protocol, _, address in found:
        opened = socket.socket(family, kind, protocol)
        opened.settimeout(SILENCE)
        try:
            opened.connect(address)
        except OSError as error:
            opened.close()
            failure = error
        else:
            return opened
    raise failure or OSError("no address")


class _PlainConnection(HTTPConnection):
    def __init__(self, host: str, port: int, connect: Callable[[int], socket.socket]) -> None:
        super().__init__(host, port)
        self._connect = connect

    def connect(self) -> None:
        self.sock = self._connect(self.port)


class _TlsConnection(HTTPSConnection):
    def __init__(self, host: str, port: int, connect: Callable[[int], socket.socket]) -> None:
        super().__init__(host, port)
        self._connect = connect

    def connect(self) -> None:
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self._connect(self.port), server_hostname=self.host)
