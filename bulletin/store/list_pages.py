"""One page of a long list, read without counting the whole: what is too long to count is long enough to page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

Row = TypeVar("Row")


@dataclass(frozen=True)
class PageRows(Generic[Row]):
    rows: Sequence[Row]
    more: bool  # whether a further page follows


def page_rows(session: Session, query: Select[Row], number: int, *, per_page: int) -> PageRows[Row]:
    """The rows of a page, counted from 1; none before the first and after the last."""
    if number < 1:
        return PageRows((), more=False)
    found = session.scalars(query.offset((number - 1) * per_page).limit(per_page + 1)).all()
    return PageRows(found[:per_page], more=len(found) > per_page)
