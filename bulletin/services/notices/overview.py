"""Lists of notices, for the desk and the command line."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.codes import Scan
from bulletin.domain.days import village_day
from bulletin.domain.duties.planned_day import LatePlan
from bulletin.domain.notices.workflow import IN_REVIEW, State, state_at
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.duties.planned_day import late_plan_of
from bulletin.services.edition_progress import lies_with, return_reason, returned_by, state_words
from bulletin.services.site import Site
from bulletin.store.notice_queries import notices_of
from bulletin.store.notices import Edition


@dataclass(frozen=True, kw_only=True)
class NoticeRow:
    code: str
    edition: int
    number: str | None
    title: str
    village_id: int | None
    village: str
    publisher: str
    items: tuple[str, ...]
    state: State
    state_words: str
    lies_with: str
    since_on: date
    return_reason: str
    returned_by: str  # 孙示例，10月9日审查时退回
    publish_at: datetime | None
    opens_on: date | None
    closes_on: date | None
    provisional: bool  # the end depends on holidays that are not yet announced
    url: str
    late: LatePlan | None  # it is planned for after its day
    forced: bool  # and not endorsed yet

    @property
    def return_words(self) -> str:
        """Why it came back, and from whom; '' when it did not."""
        return f"{self.return_reason}（{self.returned_by}）" if self.return_reason else ""

    @property
    def public_state(self) -> str:
        """The state in the words of the command line: every step of review is `in_review`."""
        return "in_review" if self.state in IN_REVIEW else self.state.value


def notice_rows(
    site: Site, actor: Actor, now: datetime, *, village_id: int | None = None
) -> list[NoticeRow]:
    """The notices that a person may see, the newest first, each with its newest edition."""
    with site.sessions.reading() as session:
        notices = session.scalars(notices_of(actor.township_id, village_id))
        return [
            row_of(site, notice.effective_edition, now)
            for notice in notices
            if actor.may_see(notice.village_id)
        ]


def edition_rows(site: Site, actor: Actor, code: str, now: datetime) -> list[NoticeRow]:
    """Every edition of one notice, the newest first."""
    with site.sessions.reading() as session:
        notice = notice_for(session, actor, code)
        return [row_of(site, edition, now) for edition in reversed(notice.editions)]


def row_of(site: Site, edition: Edition, now: datetime) -> NoticeRow:
    notice, end = edition.notice, edition.posting_end
    return NoticeRow(
        code=notice.code,
        edition=edition.number,
        number=notice.register_name,
        title=edition.title,
        village_id=notice.village_id,
        village=notice.village.name if notice.village else "",
        publisher="、".join(s.publisher.name for s in notice.signatures),
        items=tuple(item["code"] for item in notice.items),
        state=state_at(edition.state, edition.publish_at, now),
        state_words=state_words(edition),
        lies_with=lies_with(site, edition),
        since_on=village_day(edition.state_since),
        return_reason=return_reason(edition),
        returned_by=returned_by(edition),
        publish_at=edition.publish_at,
        opens_on=edition.opens_on,
        closes_on=edition.closes_on,
        provisional=end is not None and end.provisional,
        url=Scan(notice.code, edition.number).url(site.public_url),
        late=late_plan_of(edition, now),
        forced=edition.forced and edition.endorsed_at is None,
    )
