"""How wide words stand, in em, roughly: enough to choose between them, never to place them."""

import unicodedata

HALF = 0.55  # a figure or Latin letter of the packaged font, in em


def ems(words: str) -> float:
    return sum(1.0 if is_wide(char) else HALF for char in words)


def is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def unbroken_runs(words: str) -> list[str]:
    """The pieces of a text between which a line may end: Latin words, figures, addresses."""
    runs, run = [], ""
    for char in words:
        if char.isspace() or is_wide(char):
            runs.append(run)
            run = ""
        else:
            run += char
    return [piece for piece in (*runs, run) if piece]
