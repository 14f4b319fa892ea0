"""Where a hash of the tree lies among the tiles, and a tile's address (C2SP tlog-tiles)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.domain.transparency.merkle import TILE_HEIGHT, TILE_WIDTH

HASH_BYTES = 32
ENTRIES = -1  # the level of the bundles that hold the entries themselves
_ADDRESS = re.compile(
    r"(?P<level>[0-9]|[1-5][0-9]|6[0-3]|entries)"
    r"/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True)
class Tile:
    """Up to 256 hashes that stand side by side at tree level 8·level, or up to 256 entries."""

    level: int
    index: int
    width: int = TILE_WIDTH

    @property
    def first(self) -> int:
        """The number of its first hash within the level."""
        return self.index * TILE_WIDTH

    @property
    def address(self) -> str:
        """Below `tile/`: 0/x001/x234/067, with .p/17 when only 17 of 256 stand yet."""
        digits = f"{self.index:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        part = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"{'entries' if self.level == ENTRIES else self.level}/{path}{part}"


def read_address(address: str) -> Tile | None:
    """The tile that an address below `tile/` names; None when it names none or is not in the one form."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    level = ENTRIES if found["level"] == "entries" else int(found["level"])
    index = int(found["index"].replace("x", "").replace("/", ""))
    tile = Tile(level, index, int(found["width"] or TILE_WIDTH))
    return tile if tile.width <= TILE_WIDTH and tile.address == address else None


def hashes_at(level: int, size: int) -> int:
    """How many hashes a level has in a tree of `size` entries: only complete ones count."""
    return size if level == ENTRIES else size >> TILE_HEIGHT * level


def tile_of(level: int, number: int, size: int) -> Tile:
    """The tile that holds one hash of a level, as wide as a tree of `size` entries has it."""
    index = number // TILE_WIDTH
    return Tile(level, index, min(TILE_WIDTH, hashes_at(level, size) - index * TILE_WIDTH))


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of a tree, with the bundles of its entries."""
    levels = [ENTRIES, 0]
    while hashes_at(levels[-1] + 1, size):
        levels.append(levels[-1] + 1)
    for level in levels:
        for number in range(0, hashes_at(level, size), TILE_WIDTH):
            yield tile_of(level, number, size)


def is_within(tile: Tile, size: int) -> bool:
    """Whether a tree of this size has all of a tile."""
    return 0 < tile.width <= TILE_WIDTH and tile.first + tile.width <= hashes_at(tile.level, size)


def is_settled(address: str, size: int) -> bool:
    """Whether an address names a tile that says the same for ever to whoever knows so many entries."""
    tile = read_address(address)
    return tile is not None and tile.width == TILE_WIDTH and is_within(tile, size)
