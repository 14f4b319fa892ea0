"""改期: an approved notice goes out at another moment than was chosen. Its content stays as approved."""

from datetime import datetime

from bulletin.domain.days import day_words, instant_words, village_day, village_time
from bulletin.domain.errors import Refused
from bulletin.domain.notices.new_moment import NewMoment, new_moment_refusals
from bulletin.domain.notices.workflow import Act, State, state_at
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.duties.planned_day import late_plan_of
from bulletin.services.notices.publish import set_moment, settle
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.services.transition import advance, ensure_may
from bulletin.store.notices import Edition, Notice


def reschedule(
    site: Site,
    actor: Actor,
    code: str,
    publish_at: datetime,
    now: datetime,
    *,
    reason: str = "",
    late_is_meant: bool = False,
) -> None:
    """Choose another moment. Period and line on objections are counted anew from its day.

    What was printed before says other days: it is asked for again, as after an extension.

    Args:
        reason: needed where somebody reviewed the notice, who let the former moment stand.
        late_is_meant: the moment is later than due, and the person means it so.

    Raises:
        Refused: with every reason why not.
    """
    with site.sessions.writing() as session:
        edition = edition_to_reschedule(notice_for(session, actor, code), now)
        settle(session, edition, now)
        ensure_may(site, edition, Act.RESCHEDULE, actor, now)
        reason = ensure_text_is_clean(session, actor, reason, "改期的原因")
        before, since = edition.publish_at, edition.state_since
        edition.publish_at = publish_at
        moment = _new_moment(site, edition, before, reason, now)
        if reasons := new_moment_refusals(moment, now, late_is_meant=late_is_meant):
            raise Refused(*reasons)
        set_moment(session, site, edition, publish_at, now)
        noted = edition.history_dates
        words = _words(before, publish_at, reason)
        given = (session, site, edition, Act.RESCHEDULE, actor, now)
        advance(*given, reason=words, noted=noted, state_since=since)


def _new_moment(
    site: Site, edition: Edition, before: datetime | None, reason: str, now: datetime
) -> NewMoment:
    late = late_plan_of(edition, now)
    return NewMoment(
        before=before,
        after=edition.publish_at or now,
        reason=reason,
        was_approved=bool(site.steps(edition.notice.procedure)),
        late_words=late.words if late and late.is_avoidable else "",
    )


def edition_to_reschedule(notice: Notice, now: datetime) -> Edition:
    """The newest edition that is approved and not yet out; else the one in effect, for the rules to refuse."""
    waiting = (
        edition
        for edition in reversed(notice.editions)
        if state_at(edition.state, edition.publish_at, now) is State.SCHEDULED
    )
    return next(waiting, notice.effective_edition)


def _words(before: datetime | None, after: datetime, reason: str) -> str:
    """由2026年10月10日 09:00改到10月12日 15:00：原因."""
    if before is None:  # pragma: no cover - what is approved has its moment
        return reason
    day = day_words(village_day(after), since=village_day(before))
    words = f"由{instant_words(before)}改到{day} {village_time(after):%H:%M}"
    return f"{words}：{reason}" if reason else words
