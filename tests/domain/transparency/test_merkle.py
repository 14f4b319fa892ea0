"""The tree over the history: against the definition in RFC 6962, and every lie that a proof must not carry."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin.domain.transparency.merkle import (
    EMPTY_ROOT,
    complete_root,
    consistency,
    is_consistent,
    leaf_hash,
    node_hash,
    root,
)

# The leaves of the test vectors of Certificate Transparency, and the root over all eight.
LEAVES = [
    *(b"", b"\x00", b"\x10", b" !", b"01", b"@ABC", b"PQRSTUVW", b"`abcdefghijklmno"),
]
ROOT_OF_EIGHT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def tree(leaves):
    """The reader of a tree's hashes, made anew from its leaves."""
    levels = [[leaf_hash(leaf) for leaf in leaves]]
    while len(levels[-1]) >= 256:
        below = levels[-1]
        levels.append(
            [complete_root(below[at : at + 256]) for at in range(0, len(below) - 255, 256)]
        )
    return lambda level, first, count: levels[level][first : first + count]


def defined_root(leaves):
    """RFC 6962, 2.1, word by word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(defined_root(leaves[:half]), defined_root(leaves[half:]))


def numbered(count, word=""):
    return [f"{word}{number}".encode() for number in range(count)]


def test_eight_leaves_have_the_published_root():
    assert root(8, tree(LEAVES)).hex() == ROOT_OF_EIGHT
    assert root(0, tree([])) == EMPTY_ROOT == defined_root([])


@given(st.integers(1, 700))
def test_the_root_is_the_one_of_the_definition(size):
    leaves = numbered(size)
    assert root(size, tree(leaves)) == defined_root(leaves)


def test_a_tree_of_many_tiles_is_read_by_its_upper_levels():
    leaves = numbered(65_536 + 256 * 3 + 5)
    asked = []

    def counted(level, first, count, nodes=tree(leaves)):  # noqa: B008 - made once
        asked.append(count)
        return nodes(level, first, count)

    assert root(len(leaves), counted) == defined_root(leaves)
    assert sum(asked) < 256


@given(st.integers(1, 600), st.integers(0, 300))
def test_a_history_that_only_grew_is_consistent(old, grown):
    new = old + grown
    nodes = tree(numbered(new))
    proof = consistency(old, new, nodes)
    assert is_consistent(old, root(old, nodes), new, root(new, nodes), proof)


@given(st.data(), st.integers(1, 700), st.integers(0, 300))
def test_a_history_with_one_entry_changed_is_not(data, old, grown):
    new, changed = old + grown, data.draw(st.integers(0, old - 1))
    before, after = numbered(old), numbered(new)
    after[changed] = b"altered"
    nodes = tree(after)
    proof = consistency(old, new, nodes)
    assert not is_consistent(old, root(old, tree(before)), new, root(new, nodes), proof)


@given(st.data(), st.integers(1, 300), st.integers(1, 300))
def test_a_proof_that_was_touched_does_not_hold(data, old, grown):
    new = old + grown
    nodes = tree(numbered(new))
    proof = consistency(old, new, nodes)
    roots = old, root(old, nodes), new, root(new, nodes)
    at = data.draw(st.integers(0, len(proof) - 1))
    for wrong in (
        [*proof[:at], leaf_hash(b"other"), *proof[at + 1 :]],
        proof[:at] + proof[at + 1 :],
        [*proof, proof[at]],
    ):
        assert not is_consistent(*roots, wrong)


@pytest.mark.parametrize(
    ("old", "new", "proof"),
    [
        pytest.param(5, 3, [b"x" * 32], id="a shorter one"),
        pytest.param(3, 5, [], id="no proof"),
        pytest.param(0, 5, [b"x" * 32], id="a proof about nothing"),
        pytest.param(4, 4, [b"x" * 32], id="a proof that nothing changed"),
    ],
)
def test_what_proves_nothing_is_refused(old, new, proof):
    nodes = tree(numbered(5))
    assert not is_consistent(old, root(old, nodes), new, root(new, nodes), proof)


def test_the_same_size_with_another_root_is_another_history():
    ours, other = tree(numbered(9)), tree(numbered(9, "other"))
    assert is_consistent(9, root(9, ours), 9, root(9, ours), [])
    assert not is_consistent(9, root(9, ours), 9, root(9, other), [])
