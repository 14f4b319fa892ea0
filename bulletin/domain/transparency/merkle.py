"""The Merkle tree over the history, and its proofs (RFC 6962, section 2.1; RFC 9162, 2.1.4).

A leaf is the chain hash of one entry, 32 bytes. Only hashes of complete subtrees are ever read, so that a
tree of a million entries costs a few hundred of them.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT  # hashes in a full tile

# Hashes of tree level 8·n that stand side by side: (n, first, how many), at most a tile's worth.
Nodes = Callable[[int, int, int], Sequence[bytes]]


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


EMPTY_ROOT = hashlib.sha256().digest()


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """The root over 1, 2, 4, 8 … hashes of one level."""
    while len(hashes) > 1:
        hashes = [node_hash(*hashes[at : at + 2]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def root(size: int, nodes: Nodes) -> bytes:
    """The root of the tree over the first `size` entries."""
    return _range_root(0, size, nodes) if size else EMPTY_ROOT


def consistency(old: int, new: int, nodes: Nodes) -> list[bytes]:
    """The proof that the tree of `old` entries is the beginning of the one of `new` (RFC 6962, 2.1.2)."""
    return list(_subproof(old, 0, new, nodes, whole=True)) if 0 < old < new else []


def is_consistent(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether a proof shows that nothing of the old tree was changed (RFC 9162, 2.1.4.2)."""
    if old == new:
        return old_root == new_root and not proof
    if old == 0:
        return not proof
    if old > new or not proof:
        return False
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    of_old, of_new = old - 1, new - 1
    while of_old & 1:
        of_old, of_new = of_old >> 1, of_new >> 1
    left = right = steps[0]
    for step in steps[1:]:
        if of_new == 0:
            return False
        if of_old & 1 or of_old == of_new:
            left, right = node_hash(step, left), node_hash(step, right)
            while of_old and not of_old & 1:
                of_old, of_new = of_old >> 1, of_new >> 1
        else:
            right = node_hash(right, step)
        of_old, of_new = of_old >> 1, of_new >> 1
    return of_new == 0 and left == old_root and right == new_root


def _subproof(old: int, first: int, end: int, nodes: Nodes, *, whole: bool) -> Iterator[bytes]:
    """SUBPROOF(m, D[first:end], b); `old` counts from `first`."""
    size = end - first
    if old == size:
        if not whole:
            yield _range_root(first, end, nodes)
        return
    half = _largest_power_below(size)
    if old <= half:
        yield from _subproof(old, first, first + half, nodes, whole=whole)
        yield _range_root(first + half, end, nodes)
    else:
        yield from _subproof(old - half, first + half, end, nodes, whole=False)
        yield _range_root(first, first + half, nodes)


def _largest_power_below(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def _range_root(first: int, end: int, nodes: Nodes) -> bytes:
    """The root over the entries from `first` on; its complete subtrees joined from the right."""
    parts = []
    while first < end:
        level = (end - first).bit_length() - 1
        parts.append(_subtree_root(level, first >> level, nodes))
        first += 1 << level
    joined = parts.pop()
    while parts:
        joined = node_hash(parts.pop(), joined)
    return joined


def _subtree_root(level: int, index: int, nodes: Nodes) -> bytes:
    """The root of one complete subtree of 2^level entries."""
    tile_level, height = divmod(level, TILE_HEIGHT)
    return complete_root(nodes(tile_level, index << height, 1 << height))
