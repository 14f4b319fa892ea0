"""The parts of the plain-file copy: a notice, an item of a village, the rest of a village, a township, and what is left.

A part is written anew as a whole or left as it is. Its key is the address without /: `N/7KQ2M4XXXX`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

SITE = ""  # the front page, and whatever belongs to no other part
TILES = "tile/"  # of the history
STATIC = ("/static/", "/styles/")  # style sheets and scripts, which parts share
_LANGUAGE = r"(?:/[a-z]{2,3}(?:-[A-Za-z]+)*)?"  # the folder of pages in another one
_OF_PART = re.compile(
    rf"{_LANGUAGE}(?:/(?:N|F)/(?P<code>[^./]+)|/(?P<kind>[VT])/(?P<place>[^./]+)(?P<item>/catalog/[^/]+)?)"
)


def key_of(address: str) -> str:
    """The part to which an address belongs: /N/CODE.1/check and /F/CODE/… to the notice N/CODE, in any language."""
    match = _OF_PART.match(address)
    if match is None:
        return SITE
    if match["code"]:
        return f"N/{match['code']}"
    return f"{match['kind']}/{match['place']}{match['item'] or ''}"


def item_key(place: str, item: str) -> str:
    """The page of an item of a place's catalog, by both their codes."""
    return f"V/{place}/catalog/{item}"


@dataclass(frozen=True, kw_only=True)
class CopyPart:
    """A part as it is to be written."""

    key: str
    addresses: tuple[str, ...]  # which it must answer; what they link to within the part follows
    until: datetime  # from then on it says something else by itself


@dataclass(frozen=True, kw_only=True)
class PartFiles:
    """A part as it was read."""

    key: str
    until: datetime
    files: dict[str, bytes]  # path inside the folder, with / → content
    notices: frozenset[str]  # the keys of other notices that its pages link to
    static: frozenset[str]  # addresses of the style sheets and scripts of its pages
    as_before: frozenset[str] = frozenset()  # paths that it holds, too, and nobody read again


def is_tile(path: str) -> bool:
    """Whether a file is a tile of the history's tree: right for ever, it gives way to a wider one."""
    return path.startswith(TILES)


def is_notice(key: str) -> bool:
    return key.startswith("N/")


def is_item(key: str) -> bool:
    return key.count("/") > 1


def place_of_item(key: str) -> str:
    """The key of the place, whose catalog leads to the page of the item."""
    return key.partition("/catalog/")[0]


def in_order(keys: Collection[str]) -> list[str]:
    """Notices and items before the lists that name them, the front page last: no link leads to what is not there yet."""
    rank = {"N": 0, "V": 1, "T": 2, SITE: 3}
    return sorted(keys, key=lambda key: (rank[key[:1]], not is_item(key), key))
