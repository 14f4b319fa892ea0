"""督查 on paper: for the office, and without any person for the township's own board."""

from bulletin.domain.days import day_words
from bulletin.domain.feedback.counts import count_words
from bulletin.domain.formats import Paper
from bulletin.domain.oversight.supervision import DutyOutcome, Outcomes, share_on_time
from bulletin.domain.people import Actor
from bulletin.services.oversight.supervision.overview import (
    SupervisedPlace,
    Supervision,
    WeekChange,
)
from bulletin.services.oversight.supervision.tables import share_words
from bulletin.services.places.phones import phones_of
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.public_url import ensure_reachable, host_words
from bulletin.services.site import Site
from bulletin.sheets.facts import PrintedSheet
from bulletin.sheets.forms import PlaceFacts
from bulletin.sheets.office_paper import (
    OfficePaper,
    PaperColumn,
    PaperSection,
    sections_data,
)
from bulletin.store.places import Township

COUNTED = (
    PaperColumn("应公开", is_figure=True),
    *(PaperColumn(outcome.label, is_figure=True) for outcome in DutyOutcome),
    PaperColumn("按时率", is_figure=True),
)


def office_paper(site: Site, actor: Actor, found: Supervision) -> tuple[str, PrintedSheet]:
    """The leader's page as a PDF.

    Returns:
        The name of the file, and the sheet.
    """
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        facts = OfficePaper(
            township=f"{township.county}{township.name}",
            title=f"{township.name}村务公开督查",
            under=_under(found),
            sections=(_summary(found), _villages(found), _months(found), _quarters(found)),
            signed=("督查人：", "分管领导：", "日期："),
            is_wide=True,
            mark=demo_mark(township),
        )
    return f"督查-{found.period.label}-{found.as_of}.pdf", site.composer.compose_office_paper(facts)


def board_paper(
    site: Site, actor: Actor, found: Supervision, paper: Paper = "a4"
) -> tuple[str, PrintedSheet]:
    """How the villages disclosed, for residents: counts alone, nobody is named, few questions are not counted.

    Returns:
        The name of the file, and the sheet.

    Raises:
        Refused: an address that no resident could open.
    """
    ensure_reachable(site)
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        facts = PlaceFacts(
            township=f"{township.county}{township.name}",
            village=township.name,
            board_title="政务公开栏",
            title=f"{found.period.label}各村村务公开情况",
            link=f"{site.public_url}/T/{township.code}/COVERAGE".upper(),
            scan_words="扫码看各村今天的情况",
            phones=phones_of(township, None),
            host_words=host_words(site.public_url),
            mark=demo_mark(township),
        )
    more = {"under": _under(found), "sections": sections_data(_for_residents(found))}
    sheet = site.composer.compose_place("board_paper", facts, paper, more=more)
    return f"各村公开情况-{found.period.label}-{paper.upper()}.pdf", sheet


def _under(found: Supervision) -> str:
    return f"{found.period.label}到期的公开事项，看到{day_words(found.as_of)}为止"


def _counts(outcomes: Outcomes) -> tuple[str, ...]:
    percent = share_on_time(outcomes).percent
    counts = (str(outcomes[outcome]) for outcome in DutyOutcome)
    return (str(outcomes.total()), *counts, "—" if percent is None else f"{percent}%")


def _summary(found: Supervision) -> PaperSection:
    share = found.share
    owed, waiting = found.outcomes[DutyOutcome.OWED], found.questions
    sentences = (
        f"到期应公开{share.owed}项，按时{share.on_time}项，逾期{owed}项。",
        f"等答复的提问{waiting}件，其中超期{found.late_questions}件。",
        f"该取下没取的纸{found.stale_sheets}张。",
        f"和一周前比：{_change_words(found.changes)}。",
    )
    return PaperSection(sentences=sentences)


def _villages(found: Supervision) -> PaperSection:
    columns = (
        PaperColumn("村", 1.2),
        *COUNTED,
        PaperColumn("最长没公开", 2.6),
        PaperColumn("公开栏", 1.6),
        PaperColumn("没答（超期）", is_figure=True),
        PaperColumn("该取下", is_figure=True),
        PaperColumn("和一周前比", 2),
    )
    rows = tuple(
        (
            each.village,
            *_counts(each.figures.outcomes),
            interval_words(each),
            board_words(each),
            f"{each.figures.questions}（{each.figures.late_questions}）",
            str(each.figures.stale_sheets),
            _change_words(each.changes),
        )
        for each in found.worst_first
    )
    return PaperSection("各村", (), columns, rows)


def interval_words(place: SupervisedPlace) -> str:
    """45天（3月1日至4月15日）; 还没有公开过."""
    found = place.interval
    if found is None:
        return "还没有公开过"
    since = place.as_of
    end = "现在" if found.is_open else day_words(found.until_on, since=found.from_on)
    return f"{found.days}天（{day_words(found.from_on, since=since)}至{end}）"


def board_words(place: SupervisedPlace) -> str:
    """12天没有更新; 还没有贴过; 没有公开栏."""
    if not place.figures.boards:
        return "没有公开栏"
    days = place.board_days
    return "还没有贴过" if days is None else f"{days}天没有更新"


def _change_words(changes: tuple[WeekChange, ...]) -> str:
    return "，".join(each.words for each in changes) or "没有变化"


def _months(found: Supervision) -> PaperSection:
    columns = (
        PaperColumn("村", 1.4),
        *(PaperColumn(f"{month.first.month}月", 1, is_figure=True) for month in found.months),
    )
    rows = tuple(
        (
            each.village,
            *(share_words(each.figures.share_of_month(m.first.month)) for m in found.months),
        )
        for each in found.places
    )
    return PaperSection("各月按时公开的（按时/应公开）", (), columns, rows)


def _quarters(found: Supervision) -> PaperSection:
    columns = (PaperColumn("季度", 1), *COUNTED)
    rows = tuple((quarter.label, *_counts(sums)) for quarter, sums in found.quarters)
    return PaperSection("各季度", (), columns, rows)


def _for_residents(found: Supervision) -> tuple[PaperSection, ...]:
    columns = (
        PaperColumn("村", 1.2),
        PaperColumn("应公开", is_figure=True),
        PaperColumn("按时", is_figure=True),
        PaperColumn("迟了", is_figure=True),
        PaperColumn("还没公开", is_figure=True),
        PaperColumn("公开栏", 1.4),
        PaperColumn("过期没答的提问", 1),
    )
    rows = tuple(
        (
            each.village,
            str(each.figures.share.owed),
            str(each.figures.outcomes[DutyOutcome.ON_TIME]),
            str(
                each.figures.outcomes[DutyOutcome.LATE] + each.figures.outcomes[DutyOutcome.LACKING]
            ),
            str(each.figures.outcomes[DutyOutcome.OWED]),
            board_words(each),
            str(count_words(each.figures.late_questions)),
        )
        for each in found.places
    )
    words = "“迟了”包括网上、公开栏缺一处的。提问不到3件的不写件数。"
    return (PaperSection("", (), columns, rows), PaperSection("", (words,)))
