"""A file of another site, fetched within bounds of size and time."""

import requests

from bulletin.domain.errors import BulletinError

TIMEOUT = 30  # seconds to connect, and between two pieces
PIECE = 64 * 1024


class Unreachable(BulletinError):
    """A file that did not come: no answer, another answer, or one that is too long. English."""


def fetch(url: str, max_bytes: int) -> bytes:
    """The content of an address; redirections are followed within the same kind of address.

    Raises:
        Unreachable: names the address and why nothing came of it.
    """
    try:
        with requests.get(url, timeout=TIMEOUT, stream=True) as response:
            if response.status_code != requests.codes.ok:
                raise Unreachable(f"{url}: answered {response.status_code} {response.reason}")
            return _within(response, max_bytes)
    except (requests.RequestException, ValueError) as error:
        raise Unreachable(f"{url}: {error}") from error


def _within(response: requests.Response, max_bytes: int) -> bytes:
    data = b""
    for piece in response.iter_content(PIECE):
        data += piece
        if len(data) > max_bytes:
            raise Unreachable(f"{response.url}: longer than {max_bytes:,} bytes")
    return data
