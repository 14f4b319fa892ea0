"""信息报送: by when an office hands in the material for an item, and how that stands on a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from bulletin.domain.days import day_words
from bulletin.domain.labels import Labelled

MAX_DAYS_BEFORE = 60
SOON_DAYS = 7


class ReportState(Labelled):
    MISSING = "missing", "逾期没报"
    SOON = "soon", "快到期"
    NOT_YET = "not_yet", "没到期"
    LATE = "late", "迟报"
    ON_TIME = "on_time", "按期报了"


class ReminderWay(Labelled):
    """How a department without an account was reminded."""

    PHONE = "phone", "电话"
    SMS = "sms", "短信"
    CHAT = "chat", "微信"
    IN_PERSON = "in_person", "当面"


def report_by(due_on: date, days_before: int) -> date:
    """The last day for the material: so many natural days before it has to be public."""
    return due_on - timedelta(days=days_before)


def report_state(by: date, reported_on: date | None, today: date) -> ReportState:
    """How a report stands; what came later than today is not there yet."""
    if reported_on is not None and reported_on <= today:
        return ReportState.ON_TIME if reported_on <= by else ReportState.LATE
    if today > by:
        return ReportState.MISSING
    return ReportState.SOON if (by - today).days <= SOON_DAYS else ReportState.NOT_YET


@dataclass(frozen=True, kw_only=True)
class ReminderFacts:
    """What a reminder to a department says."""

    department: str
    contact: str  # '' for nobody by name
    what: str  # 乡镇财政收支情况（2026年第三季度）
    by: date
    public_by: date
    office: str  # 红崖子沟乡政务公开办公室
    phone: str  # of the office; ''


def reminder_text(facts: ReminderFacts, today: date) -> str:
    """The words of a reminder, to be sent by phone as they are."""
    late = (today - facts.by).days
    to = f"{facts.department}{facts.contact}"
    when = f"{day_words(facts.by, since=today)}前"
    state = f"已经逾期{late}天，请尽快报来" if late > 0 else f"请在{when}报来"
    phone = f"，电话{facts.phone}" if facts.phone else ""
    public = day_words(facts.public_by, since=today)
    return f"{to}：{facts.what}的公开材料{state}，最迟{public}要公开。{facts.office}{phone}"
