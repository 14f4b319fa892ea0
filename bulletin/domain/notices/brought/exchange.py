"""Another sheet in place of the one that was brought: what was written or changed since then stays."""

from collections import Counter
from collections.abc import Sequence

from bulletin.domain.notices.content import Block


def exchanged(
    own: Sequence[Block], earlier: Sequence[Block], new: Sequence[Block]
) -> tuple[Block, ...]:
    """A draft with blocks in place of those that an earlier choice had brought.

    Args:
        own: the draft as it stands.
        earlier: what was brought before. Of those, what stands there unchanged goes.

    Returns:
        The new blocks where the first of the earlier ones stood, else at the end. What somebody changed
        of the earlier ones stays beside them: a person decides.
    """
    left = Counter(earlier)
    kept: list[Block] = []
    place = -1
    for block in own:
        if left[block] > 0:
            left[block] -= 1
            place = len(kept) if place < 0 else place
        else:
            kept.append(block)
    at = len(kept) if place < 0 else place
    return (*kept[:at], *new, *kept[at:])
