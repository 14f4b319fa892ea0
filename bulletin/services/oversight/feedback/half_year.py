"""半年小结: what residents asked within half a year, who answered in time, and what was mended because of it."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.feedback.half_year import (
    AskedFacts,
    HalfYearCounts,
    PlaceCounts,
    ReplyCounts,
    TermFacts,
    half_year_counts,
)
from bulletin.domain.feedback.kinds import Level
from bulletin.domain.people import Actor
from bulletin.services.duties.lists.places import rows_on
from bulletin.services.oversight.feedback.ledger import ensure_reads_ledger
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.site import Site
from bulletin.sheets.facts import PrintedSheet
from bulletin.sheets.office_paper import OfficePaper, PaperColumn, PaperSection
from bulletin.store.feedback_ledger import asked_between, corrections_between, terms_between
from bulletin.store.places import Township


@dataclass(frozen=True)
class MendedNotice:
    """An edition that came out because somebody asked."""

    code: str
    edition: int
    place: str
    title: str
    change: str  # what was changed, in its own words
    on: date


@dataclass(frozen=True)
class HalfYear:
    period: Period
    counts: HalfYearCounts
    places: tuple[tuple[int | None, str, PlaceCounts], ...]  # those that were asked, by village
    mended: tuple[MendedNotice, ...]


def half_year(site: Site, actor: Actor, period: Period, now: datetime) -> HalfYear:
    """What was asked within a period, as it stands now.

    Raises:
        Refused: the person does not see what came to the township.
    """
    ensure_reads_ledger(actor)
    span = actor.township_id, period.first, period.last
    today = village_day(now)
    with site.sessions.reading() as session:
        asked = [
            AskedFacts(id_, village, kind, channel, not_taken, joint is not None)
            for id_, village, kind, channel, not_taken, joint in session.execute(
                asked_between(*span)
            )
        ]
        terms = [TermFacts(*row) for row in session.execute(terms_between(*span))]
        counts = half_year_counts(asked, terms, today)
        names = rows_on(session, actor.township_id, min(period.last, today)).names
        mended = tuple(
            MendedNotice(
                code=edition.notice.code,
                edition=edition.number,
                place=edition.notice.village.name if edition.notice.village else "",
                title=edition.title,
                change=edition.change_note,
                on=village_day(edition.publish_at or now),
            )
            for edition in session.scalars(corrections_between(*span))
        )
    found = [(each, names.get(each, "已撤并的村"), of) for each, of in counts.places.items()]
    order = {place: at for at, place in enumerate(names)}
    found.sort(key=lambda row: order.get(row[0], len(order)))
    return HalfYear(period, counts, tuple(found), mended)


def half_year_paper(site: Site, actor: Actor, found: HalfYear) -> tuple[str, PrintedSheet]:
    """The same as a paper of the office.

    Returns:
        The name of the file, and the sheet.
    """
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        facts = OfficePaper(
            township=f"{township.county}{township.name}",
            title=f"{township.name}{found.period.label}群众反馈办理小结",
            under=f"{day_words(found.period.first)}至{day_words(found.period.last)}提出的",
            sections=(_asked(found), _places(found), _above(found), _mended(found)),
            signed=("填报人：", "分管领导：", "日期："),
            mark=demo_mark(township),
        )
    sheet = site.composer.compose_office_paper(facts)
    return f"群众反馈小结-{found.period.label}.pdf", sheet


def _asked(found: HalfYear) -> PaperSection:
    counts = found.counts
    kinds = "，".join(f"{kind.label}{count}件" for kind, count in counts.kinds.most_common())
    channels = "，".join(f"{each.label}{count}件" for each, count in counts.channels.most_common())
    sentences = [f"共收到{counts.asked}件。"]
    if counts.asked:
        sentences = [f"共收到{counts.asked}件：{kinds}。", f"怎么来的：{channels}。"]
    if counts.joint:
        sentences.append(f"其中联名{counts.joint}件。")
    if counts.not_taken:
        reasons = "，".join(
            f"{each.label}{count}件" for each, count in counts.not_taken.most_common()
        )
        sentences.append(f"不在这里办理、告诉了去哪里办的：{reasons}。")
    return PaperSection(sentences=tuple(sentences))


REPLIES = (
    PaperColumn("按期答复", is_figure=True),
    PaperColumn("迟答复", is_figure=True),
    PaperColumn("过期没答", is_figure=True),
    PaperColumn("没到期", is_figure=True),
)


def _replies(counts: ReplyCounts) -> tuple[str, ...]:
    return str(counts.on_time), str(counts.late), str(counts.failed), str(counts.running)


def _places(found: HalfYear) -> PaperSection:
    columns = (
        PaperColumn("村", 1),
        PaperColumn("收到", is_figure=True),
        *REPLIES,
        PaperColumn("请上一级答复", is_figure=True),
    )
    rows = tuple(
        (name, str(of.asked), *_replies(own_replies(village_id, of)), str(of.above))
        for village_id, name, of in found.places
    )
    return PaperSection("各村答复（一次追问算一次）", (), columns, rows)


def own_replies(village_id: int | None, of: PlaceCounts) -> ReplyCounts:
    """The answers of a place itself: what is asked of the township, the township answers first."""
    return of.by_level[Level.TOWNSHIP] if village_id is None else of.first


def _above(found: HalfYear) -> PaperSection:
    columns = (PaperColumn("由谁答复", 1), *REPLIES)
    rows = tuple((level.label, *_replies(found.counts.of_level(level))) for level in Level)
    return PaperSection("按层级", (), columns, rows)


def _mended(found: HalfYear) -> PaperSection:
    if not found.mended:
        return PaperSection("因为群众提出而更正的", ("没有。",))
    columns = (
        PaperColumn("村", 1),
        PaperColumn("公开件", 3),
        PaperColumn("更正了什么", 3),
        PaperColumn("公开", 1.4),
    )
    rows = tuple(
        (
            each.place or "乡镇",
            f"{each.title}（第{each.edition}版）",
            each.change,
            day_words(each.on),
        )
        for each in found.mended
    )
    return PaperSection("因为群众提出而更正的", (), columns, rows)
