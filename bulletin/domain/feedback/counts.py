"""How many asked, as everyone may read it: in a village one or two are somebody whom people know."""

MIN_SHOWN = 3


def count_words(count: int) -> str:
    """没有, 不到3件, 5件."""
    if not count:
        return "没有"
    return f"不到{MIN_SHOWN}件" if count < MIN_SHOWN else f"{count}件"
