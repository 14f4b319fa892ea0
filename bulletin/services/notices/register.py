"""登记簿: a year's numbers of every publisher, each gap explained, with where and when each notice hung."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from bulletin.domain.days import day_words, village_day
from bulletin.domain.formats import TableFormat
from bulletin.domain.notices.register import RegisterNumber
from bulletin.domain.notices.workflow import State, state_at
from bulletin.domain.people import Actor
from bulletin.services.edition_progress import state_words
from bulletin.services.site import Site
from bulletin.store.notice_queries import registered
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Publisher
from bulletin.store.postings import Posting, postings_by_notice
from bulletin.store.register import LostCode, RegisterCounter, first_number
from bulletin.writers.tables import ExportColumn, TableSheet, cells, headings, write_csv, write_xlsx

ENDED = frozenset({State.TAKEN_DOWN, State.CANCELLED})


@dataclass(frozen=True, kw_only=True)
class RegisterLine:
    """One number of the register."""

    number: str  # 张家村公开〔2026〕12号
    publisher: str
    title: str = ""
    editions: int = 0
    state: str
    approved_on: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    hung: str = ""  # 村委会门口公开栏 10月10日—10月26日
    remark: str  # why it was cancelled or taken down, why there is no such notice


COLUMNS = (
    ExportColumn[RegisterLine]("登记号", lambda line: line.number),
    ExportColumn[RegisterLine]("公开单位", lambda line: line.publisher),
    ExportColumn[RegisterLine]("标题", lambda line: line.title),
    ExportColumn[RegisterLine]("版", lambda line: line.editions or None),
    ExportColumn[RegisterLine]("情况", lambda line: line.state),
    ExportColumn[RegisterLine]("审定", lambda line: line.approved_on),
    ExportColumn[RegisterLine]("公示从", lambda line: line.opens_on),
    ExportColumn[RegisterLine]("公示到", lambda line: line.closes_on),
    ExportColumn[RegisterLine]("张贴", lambda line: line.hung),
    ExportColumn[RegisterLine]("说明", lambda line: line.remark),
)


def register_lines(
    site: Site,
    actor: Actor,
    year: int,
    now: datetime,
    *,
    only: Collection[int | None] | None = None,
    so_many: Callable[[int], None] = lambda _lines: None,
) -> list[RegisterLine]:
    """Every number that was given in a year, publisher by publisher, in order and without gaps.

    Args:
        only: villages whose registers are asked for, None among them for the township's own; all by default.
        so_many: is told how many lines there are, publisher by publisher.
    """
    lines: list[RegisterLine] = []
    with site.sessions.reading() as session:
        for counter in _counters(session, actor, year):
            if only is None or counter.publisher.village_id in only:
                lines += _lines(session, counter, now)
                so_many(len(lines))
    return lines


def numbers_given(site: Site, actor: Actor, year: int) -> int:
    """How many numbers the register of a year has at most, for who decides whether to wait for it."""
    with site.sessions.reading() as session:
        return sum(counter.last for counter in _counters(session, actor, year))


def _counters(session: Session, actor: Actor, year: int) -> list[RegisterCounter]:
    """Of the publishers that the person may see."""
    counters = session.scalars(
        select(RegisterCounter)
        .join(Publisher, Publisher.id == RegisterCounter.publisher_id)
        .where(RegisterCounter.year == year, Publisher.township_id == actor.township_id)
        .order_by(Publisher.village_id, Publisher.id)
        .options(selectinload(RegisterCounter.publisher))
    )
    return [counter for counter in counters if actor.may_see(counter.publisher.village_id)]


def _lines(session: Session, counter: RegisterCounter, now: datetime) -> Iterator[RegisterLine]:
    publisher, year = counter.publisher, counter.year
    notices = {n.register_number: n for n in session.scalars(registered(publisher.id, year))}
    hung = postings_by_notice(session, [notice.id for notice in notices.values()])
    lost = {
        code.number: code
        for code in session.scalars(
            select(LostCode).where(LostCode.publisher_id == publisher.id, LostCode.year == year)
        )
    }
    for number in range(first_number(session, counter), counter.last + 1):
        words = str(RegisterNumber(publisher.prefix, year, number))
        if (notice := notices.get(number)) is not None:
            yield _line(words, notice, hung.get(notice.id, ()), now)
        else:
            yield _gap(words, publisher, lost.get(number))


def _line(number: str, notice: Notice, hung: Iterable[Posting], now: datetime) -> RegisterLine:
    edition = _newest_approved(notice)
    hidden = edition.redacted_at is not None
    return RegisterLine(
        number=number,
        publisher="、".join(signature.publisher.name for signature in notice.signatures),
        title=notice.public_title if hidden else edition.title,
        editions=edition.number,
        state=state_words(edition),
        approved_on=village_day(edition.approved_at) if edition.approved_at else None,
        opens_on=edition.opens_on,
        closes_on=edition.closes_on,
        hung="；".join(_hung(hung)),
        remark=_remark(edition, now),
    )


def _newest_approved(notice: Notice) -> Edition:
    """The edition that the register speaks of: a number is given with the approval."""
    approved = [edition for edition in notice.editions if edition.closes_on]
    return approved[-1] if approved else notice.effective_edition


def _hung(postings: Iterable[Posting]) -> Iterator[str]:
    for posting in postings:
        since = posting.hung_on
        until = day_words(posting.down_on, since=since) if posting.down_on else "还贴着"
        yield f"{posting.board.name} 第{posting.edition.number}版 {day_words(since)}—{until}"


def _remark(edition: Edition, now: datetime) -> str:
    has_ended = state_at(edition.state, edition.publish_at, now) in ENDED
    remarks = [edition.end_reason] if has_ended else []
    if edition.redacted_at is not None:
        remarks.append(f"内容因含个人信息移除：{edition.redaction_reason}")
    if edition.change_note:
        remarks.append(f"更正：{edition.change_note}")
    return "；".join(filter(None, remarks))


def _gap(number: str, publisher: Publisher, lost: LostCode | None) -> RegisterLine:
    why = (
        f"纸上有此号（{lost.code}），记录在{day_words(village_day(lost.restored_at))}恢复备份时丢失"
        if lost is not None
        else "恢复备份时跳过的号，没有公开件"
    )
    return RegisterLine(number=number, publisher=publisher.name, state="空号", remark=why)


def register_file(lines: list[RegisterLine], place: str, year: int, form: TableFormat) -> bytes:
    """The register as Excel or CSV."""
    rows = cells(COLUMNS, lines)
    if form == "csv":
        return write_csv(headings(COLUMNS), rows)
    heading = f"{place}{year}年公开登记簿"
    return write_xlsx([TableSheet("登记簿", heading, headings(COLUMNS), rows)])
