"""What the records say about a village, before a person looks: duties, boards, photographs, questions.

Never how many people read or clicked: that says nothing about what was done.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bulletin.domain.boards.sheet_verdicts import SheetVerdict
from bulletin.domain.days import day_words, start_of, village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.duties.coverage import LACKING_SOMEWHERE, CoverageState
from bulletin.domain.duties.coverage_shares import OWED, share_of
from bulletin.domain.oversight.inspections.form import CriterionMark, KnownFact
from bulletin.domain.people import Actor
from bulletin.services.boards.due_sheets import due_editions
from bulletin.services.boards.overview import HangingSheet, sheet_of
from bulletin.services.notices.drafts.draft_checks import elements_of
from bulletin.services.notices.visibility import NoticeView, list_moment
from bulletin.services.oversight.coverage_sums import coverage_by_village
from bulletin.services.site import Site
from bulletin.store.feedback_queries import feedback_at, overdue_at
from bulletin.store.places import Board, boards_in
from bulletin.store.postings import hanging_on
from bulletin.store.public_lists import Place, published_between
from bulletin.store.receipts import visits_of

MAX_READ, MAX_NAMED = 100, 3  # notices of a period
LOOK_BACK = timedelta(days=366)  # for what was never published


@dataclass(frozen=True)
class KnownMark:
    """What the records answer to a criterion."""

    mark: CriterionMark
    words: str


def known_facts(
    site: Site, actor: Actor, village_id: int, period: Period, now: datetime
) -> dict[KnownFact, KnownMark]:
    """Every fact of a village in a period, as it stands now."""
    today = village_day(now)
    long_before = period.first - LOOK_BACK
    known = {
        KnownFact.NOTHING_OVERDUE: _overdue(
            _counts(site, actor, village_id, long_before, period, now)
        )
    }
    of_period = _counts(site, actor, village_id, period.first, period, now)
    known |= {KnownFact.ON_TIME: _on_time(of_period), KnownFact.EVERYWHERE: _everywhere(of_period)}
    with site.sessions.reading() as session:
        boards = list(session.scalars(boards_in(actor.township_id, village_id, today)))
        known |= _of_walls(session, site, boards, now)
        known[KnownFact.CONTENT] = _content(session, site, actor, village_id, period, now)
        known[KnownFact.PHOTOGRAPHED] = _photographed(session, boards, period)
        known[KnownFact.ANSWERED] = _answered(session, actor, village_id, today)
    return known


def _counts(
    site: Site, actor: Actor, village_id: int, first_on: date, period: Period, now: datetime
) -> Counter[CoverageState]:
    last_on = min(period.last, village_day(now))
    rows = coverage_by_village(
        site, actor, now, first_on=first_on, last_on=last_on, village_id=village_id
    )
    own = (row.counts for row in rows if row.village_id == village_id)
    return sum(own, Counter[CoverageState]())


def _overdue(counts: Counter[CoverageState]) -> KnownMark:
    owed = {state: counts[state] for state in OWED if counts[state]}
    named = "，".join(f"{state.label}{count}项" for state, count in sorted(owed.items()))
    return KnownMark(
        CriterionMark.UNMET if owed else CriterionMark.MET, named or "没有逾期的，也没有撤下没补的"
    )


def _on_time(counts: Counter[CoverageState]) -> KnownMark:
    share = share_of(counts)
    if not share.owed:
        return KnownMark(CriterionMark.NOT_APPLICABLE, "这一期还没有到期的事项")
    mark = CriterionMark.MET if share.on_time == share.owed else CriterionMark.UNMET
    return KnownMark(mark, f"到期{share.owed}项，按时{share.on_time}项")


def _everywhere(counts: Counter[CoverageState]) -> KnownMark:
    lacking = {state: counts[state] for state in LACKING_SOMEWHERE if counts[state]}
    named = "，".join(f"{state.label}{count}项" for state, count in sorted(lacking.items()))
    return KnownMark(
        CriterionMark.UNMET if lacking else CriterionMark.MET, named or "网上和墙上都有"
    )


def _content(
    session: Session, site: Site, actor: Actor, village_id: int, period: Period, now: datetime
) -> KnownMark:
    """What the catalog asks to be written and the notices of the period do not say; words removed are not missed."""
    place, at = Place(actor.township_id, village_id), list_moment(session, site, now)
    span = start_of(period.first), start_of(period.next().first)
    read, lacking = 0, []
    for notice in session.scalars(published_between(place, at, span).limit(MAX_READ)):
        edition = NoticeView(site, notice, now).edition
        if edition.redacted_at is not None:
            continue
        read += 1
        if missing := [each.element for each in elements_of(session, edition) if not each.is_done]:
            item = notice.items[0]["title"]  # of the catalog: a title of people is copied nowhere
            lacking.append(f"{item}没有写{'、'.join(missing)}")
    if not read:
        return KnownMark(CriterionMark.NOT_APPLICABLE, "这一期还没有公开件")
    more = f"；另有{len(lacking) - MAX_NAMED}件" if len(lacking) > MAX_NAMED else ""
    if lacking:
        return KnownMark(CriterionMark.UNMET, f"{'；'.join(lacking[:MAX_NAMED])}{more}")
    return KnownMark(CriterionMark.MET, f"{read}件公开件都写全了")


def _of_walls(
    session: Session, site: Site, boards: list[Board], now: datetime
) -> dict[KnownFact, KnownMark]:
    """Papers that have to hang and don't, and papers that hang and should not, board by board, by record."""
    missing, stale = [], []
    for board in boards:
        hanging = list(session.scalars(hanging_on(board.id)))
        on_it = {posting.edition_id for posting in hanging}
        lacking = [each for each in due_editions(session, site, board, now) if each.id not in on_it]
        old = [sheet for sheet in (sheet_of(site, each, now) for each in hanging) if _is_old(sheet)]
        missing += [f"{board.name}缺{len(lacking)}张"] if lacking else []
        stale += [f"{board.name}有{len(old)}张该取下"] if old else []
    if not boards:
        nothing = KnownMark(CriterionMark.UNMET, "没有登记公开栏")
        return {KnownFact.ON_BOARDS: nothing, KnownFact.NO_STALE_SHEETS: nothing}
    return {
        KnownFact.ON_BOARDS: _walls(missing, f"按张贴登记，{len(boards)}块公开栏都贴齐了"),
        KnownFact.NO_STALE_SHEETS: _walls(stale, "按张贴登记，没有该取下的"),
    }


def _is_old(sheet: HangingSheet) -> bool:
    return sheet.is_over or sheet.is_stale


def _walls(faults: list[str], good: str) -> KnownMark:
    return KnownMark(
        CriterionMark.UNMET if faults else CriterionMark.MET, "，".join(faults) or good
    )


def _photographed(session: Session, boards: list[Board], period: Period) -> KnownMark:
    """Whether every board was photographed in the period, and what the newest photographs showed."""
    said, whole = [], bool(boards)
    for board in boards:
        visit = session.scalar(visits_of(board.id).limit(1))
        if visit is None or visit.received_at < start_of(period.first):
            said.append(f"{board.name}这一期没有拍照")
            whole = False
            continue
        right = sum(each.verdict is SheetVerdict.RIGHT for each in visit.receipts)
        wrong = len(visit.receipts) - right
        day = day_words(village_day(visit.received_at))
        said.append(
            f"{board.name}{day}拍照：对的{right}张，不对的{wrong}张，缺{len(visit.missing)}张"
        )
        whole = whole and not wrong and not visit.missing
    return KnownMark(
        CriterionMark.MET if whole else CriterionMark.UNMET, "；".join(said) or "没有登记公开栏"
    )


def _answered(session: Session, actor: Actor, village_id: int, today: date) -> KnownMark:
    township, places = actor.township_id, [village_id]
    late = session.scalar(overdue_at(township, places, today)) or 0
    waiting = feedback_at(township, places, only_open=True, only_passed=False)
    count = session.scalar(
        select(func.count()).select_from(waiting.order_by(None).options().subquery())
    )
    if late:
        return KnownMark(CriterionMark.UNMET, f"逾期没有答复的{late}件")
    return KnownMark(CriterionMark.MET, f"没有逾期的，等答复的{count or 0}件")
