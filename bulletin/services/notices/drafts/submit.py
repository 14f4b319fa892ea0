"""提交: the draft goes to the first reviewer, complete, or with what is odd confirmed."""

from datetime import date, datetime

from bulletin.domain.catalog.items import Group
from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.notices.completeness import DraftFacts, doubts, missing
from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.duties.overview import period_over
from bulletin.services.duties.planned_day import late_plan_of
from bulletin.services.fingerprint import edition_document, edition_fingerprint
from bulletin.services.notices import publish
from bulletin.services.printing.objections import contradiction_refusals
from bulletin.services.printing.print import ensure_legible
from bulletin.services.privacy.check import check_edition, ensure_clean
from bulletin.services.site import Site
from bulletin.services.transition import advance, ensure_may
from bulletin.store.notices import Edition


def submit(site: Site, actor: Actor, code: str, now: datetime, *, confirmed: bool = False) -> State:
    """Submit the draft to the first reviewer. Its fingerprint is taken now and kept from here on.

    What passes no review (a paper of a higher body) goes out with this.

    Args:
        confirmed: the person looked at what is odd (`completeness.doubts`) and means it so; the
            reviewers read that in the timeline.
    """
    check_edition(site, actor, code)
    ensure_legible(site, actor, code, now)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        contradictory = contradiction_refusals(session, site, edition, now)
        odd = _ensure_complete(edition, now, contradictory, confirmed=confirmed)
        ensure_clean(session, site.files, edition)
        edition.review_round += 1
        edition.forced, edition.endorsed_at, edition.endorsed_by = False, None, None
        edition.fingerprint = edition_fingerprint(edition)
        session.flush()
        reason = f"提交人已核对：{'；'.join(map(str, odd))}" if odd else ""
        state = advance(session, site, edition, Act.SUBMIT, actor, now, reason=reason)
        if state is State.SCHEDULED:
            publish.release(session, site, edition, actor, now)
        return edition.state


def _ensure_complete(
    edition: Edition, now: datetime, contradictory: tuple[Refusal, ...], *, confirmed: bool
) -> tuple[Refusal, ...]:
    """What was odd and confirmed.

    Raises:
        Refused: something is missing or contradicts what is printed under it, or something is
            odd and nobody said that it is meant so.
    """
    late = late_plan_of(edition, now)
    draft = DraftFacts(
        title=edition.title,
        document=edition_document(edition),
        uploaded=frozenset(file.digest for file in edition.files),
        edition=edition.number,
        change_note=edition.change_note,
        publish_at=edition.publish_at,
        is_finance=any(item["group"] == Group.FINANCE for item in edition.notice.items),
        late_words=late.words if late and late.is_avoidable else "",
        reports_until=_reports_until(edition, now),
    )
    odd = doubts(draft)
    if reasons := (*missing(draft, now), *contradictory, *(() if confirmed else odd)):
        raise Refused(*reasons)
    return odd


def _reports_until(edition: Edition, now: datetime) -> date | None:
    """The last day of the periods that the notice reports on, while that is still to come."""
    following = [period_over(duty) for duty in edition.notice.duties]
    last = max((day for day in following if day is not None), default=None)
    return last - ONE_DAY if last is not None and village_day(now) < last else None
