"""提交: the draft goes to the first reviewer, complete, or with what is odd confirmed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.notices.draft_checks import DraftCheck, Weight
from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.fingerprint import edition_fingerprint
from bulletin.services.notices import publish
from bulletin.services.notices.drafts.draft_checks import draft_checks
from bulletin.services.notices.finance.differences import explained_words
from bulletin.services.notices.patterns.alike import edition_text_digest
from bulletin.services.notices.patterns.old_figures import confirmed_words
from bulletin.services.privacy.check import ensure_text_is_clean, with_files_read
from bulletin.services.site import Site
from bulletin.services.transition import advance, ensure_may

LOOKED_AT = "提交人已核对："  # before the odd things that a submission confirmed
NOT_WRITTEN = "提交人已核对，没有写："  # before the elements of the catalog that it left out


class NotSubmitted(Refused):
    """Something is still to be done in the draft: `checks` say what and where."""

    def __init__(self, checks: Sequence[DraftCheck]) -> None:
        super().__init__(*dict.fromkeys(Refusal(check.code, check.words) for check in checks))
        self.checks = tuple(checks)


def submit(
    site: Site,
    actor: Actor,
    code: str,
    now: datetime,
    *,
    confirmed: bool = False,
    why: str = "",
) -> State:
    """Submit the draft to the first reviewer. Its fingerprint is taken now and kept from here on.

    What passes no review (a paper of a higher body) goes out with this.

    Args:
        confirmed: the person looked at what is odd (`draft_checks`) and means it so; the
            reviewers read that in the timeline.
        why: for what is accepted with a reason only.

    Raises:
        NotSubmitted: everything that `draft_checks` has and nobody confirmed.
    """
    site = with_files_read(site, actor, code)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        checks = draft_checks(session, site, edition, now)
        why = ensure_text_is_clean(session, actor, why, "原因")
        odd = _confirmed(checks, why, confirmed=confirmed)
        edition.review_round += 1
        edition.forced, edition.endorsed_at, edition.endorsed_by = False, None, None
        edition.fingerprint = edition_fingerprint(edition)
        edition.text_digest = edition_text_digest(edition)
        session.flush()
        confirmed_too = _words(odd, why, confirmed_words(session, edition))
        explained = explained_words(session, site, edition, now)
        reason = "。".join(filter(None, (confirmed_too, explained)))
        state = advance(session, site, edition, Act.SUBMIT, actor, now, reason=reason)
        if state is State.SCHEDULED:
            publish.release(session, site, edition, actor, now)
        return edition.state


def _confirmed(
    checks: Sequence[DraftCheck], why: str, *, confirmed: bool
) -> tuple[DraftCheck, ...]:
    """What is odd and was confirmed.

    Raises:
        NotSubmitted: something has to be mended first, or is odd and nobody said that it is so.
    """
    if refused := [check for check in checks if not _passes(check, why, confirmed=confirmed)]:
        raise NotSubmitted(refused)
    return tuple(checks)


def _passes(check: DraftCheck, why: str, *, confirmed: bool) -> bool:
    match check.weight:
        case Weight.STOP:
            return False
        case Weight.REASON:
            return confirmed and bool(why)
        case Weight.DOUBT:
            return confirmed


def _words(odd: Sequence[DraftCheck], why: str, figures: str) -> str:
    """What the reviewers read of a submission."""
    others = dict.fromkeys(check.words.rstrip("。") for check in odd if not check.element)
    looked_at = f"{LOOKED_AT}{'；'.join(others)}" if others else ""
    left_out = not_written(check.element for check in odd if check.element)
    because = f"原因：{why}" if why and odd else ""
    return "。".join(part.rstrip("。") for part in (looked_at, left_out, because, figures) if part)


def not_written(elements: Iterable[str]) -> str:
    """提交人已核对，没有写：“收入明细”、“支出明细”; '' of none. What to do about it stood in the draft."""
    quoted = "、".join(f"“{element}”" for element in dict.fromkeys(elements))
    return f"{NOT_WRITTEN}{quoted}" if quoted else ""
