"""这一期确实还是这个数: say of old figures that they are this period's too."""

from collections.abc import Iterable
from datetime import datetime

from bulletin.domain.errors import refuse
from bulletin.domain.notices.workflow import Act
from bulletin.domain.patterns.stale_figures import StaleFigure
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.history import record
from bulletin.services.notices.patterns.old_figures import OldFigures, old_figures
from bulletin.services.site import Site
from bulletin.services.transition import ensure_may, subject_of
from bulletin.store.patterns import pattern_of


def confirm_figures(
    site: Site,
    actor: Actor,
    code: str,
    now: datetime,
    *,
    field: str = "",
    block: int | None = None,
    row: int | None = None,
    column: int | None = None,
) -> OldFigures:
    """这一期确实还是这个数: of one figure, a row, a block, or of all where no place is named.

    Args:
        field: title, for the figures of the title.

    Returns:
        What is still to be looked at.

    Raises:
        Refused: no draft any more, or no old figure stands there as it was saved last.
    """
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        kept = pattern_of(session, edition.id)
        meant = [
            figure
            for figure in old_figures(session, edition).figures
            if _is_at(figure, field, block, row, column)
        ]
        if kept is None or not meant:
            raise refuse("no_old_figure", "这里没有上一期的数了，可能刚刚改过，请看一眼再说。")
        kept.confirmed = [*kept.confirmed, *_lines(meant, actor, now)]
        record(session, actor, "confirm_figures", subject_of(edition), now, count=str(len(meant)))
        session.flush()
        return old_figures(session, edition)


def _is_at(
    figure: StaleFigure, field: str, block: int | None, row: int | None, column: int | None
) -> bool:
    if field:
        return figure.field == field
    asked = ((block, figure.block), (row, figure.row), (column, figure.column))
    return all(wanted is None or wanted == place for wanted, place in asked)


def _lines(figures: Iterable[StaleFigure], actor: Actor, now: datetime) -> list[dict[str, object]]:
    """One line for each place; the same figure may stand at it twice."""
    by_key = {figure.key: figure for figure in figures}
    return [
        {"key": key, "figure": figure.figure, "person_id": actor.id, "at": now.isoformat()}
        for key, figure in by_key.items()
    ]
