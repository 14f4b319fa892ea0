"""Areas of a photograph, in parts of it (0–1 from the left and from above), so that they hold for every size."""

from collections.abc import Sequence

Outline = tuple[tuple[float, float], ...]  # the corners of an area
WHOLE: Outline = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def box_outline(left: float, top: float, right: float, bottom: float) -> Outline:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def area_words(areas: Sequence[Outline]) -> str:
    """Outlines as the history holds them: x,y x,y …; the next area."""
    return ";".join(" ".join(f"{x:.4f},{y:.4f}" for x, y in area) for area in areas)


def areas_of(words: str) -> tuple[Outline, ...]:
    """What `area_words` wrote."""
    return tuple(
        tuple((float(x), float(y)) for x, y in (point.split(",") for point in area.split(" ")))
        for area in words.split(";")
    )
