"""Where a tile lies (C2SP tlog-tiles)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.transparency.tiles import (
    ENTRIES,
    Tile,
    hashes_at,
    is_within,
    read_address,
    tile_of,
    tiles_of,
)


@pytest.mark.parametrize(
    ("tile", "address"),
    [
        (Tile(0, 0), "0/000"),
        (Tile(0, 0, 17), "0/000.p/17"),
        (Tile(0, 999), "0/999"),
        (Tile(0, 1000), "0/x001/000"),
        (Tile(1, 1_234_067), "1/x001/x234/067"),
        (Tile(ENTRIES, 1234, 5), "entries/x001/234.p/5"),
    ],
)
def test_a_tile_has_one_address(tile, address):
    assert tile.address == address
    assert read_address(address) == tile


@pytest.mark.parametrize(
    "address",
    [
        "",
        "0",
        "0/0",
        "0/00",
        "00/000",
        "64/000",
        "0/x000/001",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/017",
        "0/000/",
        "entries",
        "0/-01",
        "0/１２３",
        "../0/000",
        "0/000.p/999",
    ],
)
def test_other_spellings_are_no_address(address):
    assert read_address(address) is None


@given(st.integers(-1, 63), st.integers(0, 10**18), st.integers(1, 256))
def test_every_address_is_read_back(level, index, width):
    tile = Tile(level, index, width)
    assert read_address(tile.address) == tile


@given(st.integers(0, 200_000))
def test_the_tiles_of_a_tree_hold_every_hash_once(size):
    held = {}
    for tile in tiles_of(size):
        assert is_within(tile, size)
        held[tile.level] = held.get(tile.level, 0) + tile.width
    assert held == {
        level: hashes_at(level, size) for level in range(-1, 9) if hashes_at(level, size)
    }


def test_a_tile_is_there_once_the_tree_is_as_long():
    assert is_within(Tile(0, 1, 44), 300)
    assert not is_within(Tile(0, 1, 45), 300)
    assert not is_within(Tile(1, 0), 300)
    assert tile_of(0, 299, 300) == Tile(0, 1, 44)
    assert tile_of(1, 0, 300) == Tile(1, 0, 1)
