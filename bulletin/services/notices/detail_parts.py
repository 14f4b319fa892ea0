"""Parts of a notice as the desk shows it: what it is about, how long it hangs, what the checks say."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.deadlines.posting_end import end_words
from bulletin.domain.deadlines.posting_requirements import PostingRequirement, period_words
from bulletin.domain.notices.procedures import Procedure
from bulletin.domain.notices.workflow import IN_REVIEW, State
from bulletin.services.duties.posting_end import extension_words
from bulletin.services.notices.meeting_notes import meeting_notes
from bulletin.services.printing.objections import contradiction_refusals
from bulletin.services.privacy.check import PrivacyConcern, concerns
from bulletin.services.site import Site
from bulletin.store.notices import Edition, Notice


@dataclass(frozen=True, kw_only=True)
class OwedLine:
    """A duty that the notice answers."""

    id: int
    words: str  # 村级财务收支情况（2026年第三季度）
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class NoticeSubject:
    """What it is about, and who looks at it."""

    items: tuple[str, ...]
    bases: tuple[str, ...]
    personal: bool
    procedure: str  # 村级审查程序
    duties: tuple[OwedLine, ...]
    second_reason: str  # why it was written although another notice answers the duty


@dataclass(frozen=True, kw_only=True)
class NoticePosting:
    """How long it hangs."""

    days: int
    least_days: int
    words: str  # 15日, and why it ends on its day
    notes: tuple[str, ...]  # what its end waits for, and how it was extended
    asked: tuple[PostingRequirement, ...]  # the chosen one, then each item's

    @property
    def asked_words(self) -> str:
        """15日: the days alone."""
        return period_words(self.asked)


@dataclass(frozen=True, kw_only=True)
class NoticeChecks:
    """What is wrong or doubtful in it; the first two only while its text can be mended."""

    concerns: tuple[PrivacyConcern, ...]
    contradictions: tuple[str, ...]  # what its text says of objections otherwise
    meeting_notes: tuple[str, ...]  # what it still says of a meeting that was corrected since

    @property
    def open_concerns(self) -> tuple[PrivacyConcern, ...]:
        return tuple(concern for concern in self.concerns if concern.is_open)


def subject_of_notice(notice: Notice, procedure: Procedure) -> NoticeSubject:
    return NoticeSubject(
        items=tuple(item["title"] for item in notice.items),
        bases=tuple(dict.fromkeys(b for item in notice.items for b in item["bases"])),
        personal=notice.personal,
        procedure=procedure.title,
        duties=_duties(notice),
        second_reason=notice.second_reason,
    )


def _duties(notice: Notice) -> tuple[OwedLine, ...]:
    titles = {item["code"]: item["title"] for item in notice.items}
    return tuple(
        OwedLine(
            id=duty.id,
            words=f"{titles.get(duty.item_code, duty.item_code)}（{duty.label}）",
            due_on=duty.due_on,
        )
        for duty in notice.duties
    )


def posting_of(edition: Edition) -> NoticePosting:
    end, asked = edition.posting_end, edition.asked_periods
    return NoticePosting(
        days=edition.posting_days,
        least_days=edition.least_posting_days,
        words=period_words(asked) if end is None else end_words(asked, end),
        notes=_notes(edition),
        asked=asked,
    )


def _notes(edition: Edition) -> tuple[str, ...]:
    end = edition.posting_end
    waits = end.serves if end is not None and end.serves_on is None else ""
    notes = [f"至少公示到{waits}，登记了日期就延到那一天。"] if waits else []
    return (*notes, *map(extension_words, edition.extensions))


def checks_of(session: Session, site: Site, edition: Edition, now: datetime) -> NoticeChecks:
    can_be_mended = edition.state is State.DRAFT or edition.state in IN_REVIEW
    return NoticeChecks(
        concerns=tuple(concerns(session, site.files, edition)) if can_be_mended else (),
        contradictions=tuple(map(str, contradiction_refusals(session, site, edition, now)))
        if can_be_mended
        else (),
        meeting_notes=meeting_notes(session, edition),
    )
