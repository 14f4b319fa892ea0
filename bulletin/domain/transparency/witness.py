"""What a witness concludes from the head it saw before, and the one it is shown now."""

from enum import StrEnum

from bulletin.domain.transparency.merkle import Nodes, consistency, is_consistent
from bulletin.domain.transparency.tree_head import TreeHead


class Continuation(StrEnum):
    """English, for the command line."""

    FIRST = "first"  # nothing was seen before
    SAME = "same"  # nothing was written since
    GROWN = "grown"  # what was seen before is its beginning
    CUT = "cut"  # it is shorter than it was
    REWRITTEN = "rewritten"  # what was seen before is not its beginning
    OTHER = "other"  # it is another site's


CONTRADICTIONS = frozenset({Continuation.CUT, Continuation.REWRITTEN, Continuation.OTHER})


def compare(seen: TreeHead | None, shown: TreeHead, nodes: Nodes) -> Continuation:
    """Whether the history that is shown continues the one that was seen.

    Args:
        nodes: hashes of the tree that is shown, as its tiles hold them. They need not be trusted: a
            proof made of wrong ones does not hold.
    """
    if seen is None:
        return Continuation.FIRST
    if seen.origin != shown.origin:
        return Continuation.OTHER
    if seen.size > shown.size:
        return Continuation.CUT
    proof = consistency(seen.size, shown.size, nodes)
    if not is_consistent(seen.size, seen.root, shown.size, shown.root, proof):
        return Continuation.REWRITTEN
    return Continuation.SAME if seen.size == shown.size else Continuation.GROWN
