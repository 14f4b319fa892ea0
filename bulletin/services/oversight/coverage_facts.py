"""What the database knows of the duties of a span: when each was public, when its paper hung."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.days import ONE_DAY, start_of, village_day
from bulletin.store.coverage_queries import days_before, duty_facts, hung_facts, public_facts

Spans = dict[int, list[tuple[date, date | None]]]  # (from, until; None: still) by duty id


@dataclass(frozen=True)
class CoverageFacts:
    """The facts of a span, by duty id; `duties` are the rows of `duty_facts`."""

    duties: list[Any]
    public: Spans  # published, taken down: of the notices that answer it
    codes: dict[int, str]  # of the first of those notices
    hung: Spans  # hung, taken off: of their sheets
    due_days: dict[int, date | None]  # as they were on the day asked for, where they moved since


def coverage_facts(
    session: Session, township_id: int, span: tuple[date, date], day: date
) -> CoverageFacts:
    """One query a table, for all duties of a township that are or were due within a span.

    Args:
        day: the day asked for; due days that moved after it are given as they were.
    """
    public, codes = _public(session, township_id, span)
    return CoverageFacts(
        duties=list(session.execute(duty_facts(township_id, *span))),
        public=public,
        codes=codes,
        hung=_hung(session, township_id, span),
        due_days=dict(session.execute(days_before(township_id, start_of(day + ONE_DAY))).all()),
    )


def _hung(session: Session, township_id: int, span: tuple[date, date]) -> Spans:
    hung: Spans = defaultdict(list)
    for duty_id, hung_on, down_on in session.execute(hung_facts(township_id, *span)):
        hung[duty_id].append((hung_on, down_on))
    return hung


def _public(
    session: Session, township_id: int, span: tuple[date, date]
) -> tuple[Spans, dict[int, str]]:
    by_notice: dict[tuple[int, str], tuple[date, date | None]] = {}
    for duty_id, code, publish_at, ended_at in session.execute(public_facts(township_id, *span)):
        first, _ = by_notice.get((duty_id, code), (village_day(publish_at), None))
        # The newest edition comes last: when it was taken down, so was the notice.
        by_notice[duty_id, code] = first, village_day(ended_at) if ended_at else None
    public: Spans = defaultdict(list)
    codes: dict[int, str] = {}
    for (duty_id, code), days in by_notice.items():
        public[duty_id].append(days)
        codes.setdefault(duty_id, code)
    return public, codes
