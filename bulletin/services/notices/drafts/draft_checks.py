"""What is still to be done in a draft: the one list that the editor shows and the submission refuses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group
from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.notices.completeness import DraftFacts, doubts, missing
from bulletin.domain.notices.content import Heading
from bulletin.domain.notices.draft_checks import DraftCheck, Weight, check_at
from bulletin.domain.notices.elements import ElementState, element_states
from bulletin.domain.notices.procedures import FORWARDED
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.catalog.in_force import adopted
from bulletin.services.duties.overview import period_over
from bulletin.services.duties.planned_day import late_plan_of
from bulletin.services.edition_document import edition_document
from bulletin.services.notices.finance.differences import open_differences
from bulletin.services.notices.meeting_notes import meeting_checks
from bulletin.services.notices.patterns.alike import same_text_checks
from bulletin.services.notices.patterns.old_figures import pattern_checks
from bulletin.services.notices.reviews.comments import comment_checks
from bulletin.services.printing.long_cells import long_cells
from bulletin.services.printing.objections import placed_contradictions
from bulletin.services.printing.sheet_facts import sheet_words
from bulletin.services.privacy.check import concerns
from bulletin.services.site import Site
from bulletin.services.transition import ensure_may
from bulletin.store.catalogs import Adoption
from bulletin.store.notices import Edition

Rule = Callable[[Session, Site, Edition, datetime], Iterator[DraftCheck]]


def draft_checks(
    session: Session, site: Site, edition: Edition, now: datetime
) -> tuple[DraftCheck, ...]:
    """All that a submission at this moment would refuse, or ask about, each with its place.

    Files are read: acts that ask inside their transaction take the site of `with_files_read`.
    """
    return tuple(check for rule in _RULES for check in rule(session, site, edition, now))


@dataclass(frozen=True)
class DraftTodo:
    """What is still to be done in a draft, and how the points of the catalog stand in it."""

    checks: tuple[DraftCheck, ...]
    elements: tuple[ElementState, ...]
    saved_at: datetime


def draft_todo(site: Site, actor: Actor, code: str, now: datetime) -> DraftTodo:
    """The same of a notice's draft as it was saved last, with the points of the catalog.

    Raises:
        Refused: it is no draft, or none of this person's.
    """
    with site.sessions.reading() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        return DraftTodo(
            draft_checks(session, site, edition, now),
            elements_of(session, edition),
            edition.saved_at,
        )


def _completeness(
    _session: Session, _site: Site, edition: Edition, now: datetime
) -> Iterator[DraftCheck]:
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
    yield from missing(draft, now)
    yield from doubts(draft)


def _reports_until(edition: Edition, now: datetime) -> date | None:
    """The last day of the periods that the notice reports on, while that is still to come."""
    following = [period_over(duty) for duty in edition.notice.duties]
    last = max((day for day in following if day is not None), default=None)
    return last - ONE_DAY if last is not None and village_day(now) < last else None


def elements_of(session: Session, edition: Edition) -> tuple[ElementState, ...]:
    """What the catalog wants to read of each item that the notice is about, and how the text stands."""
    if edition.notice.procedure == FORWARDED:  # its words are another's
        return ()
    wanted: dict[str, None] = {}
    for duty in edition.notice.duties:
        item = adopted(session.get_one(Adoption, duty.adoption_id)).find(duty.item_code)
        wanted |= dict.fromkeys(item.elements if item else ())
    return element_states(tuple(wanted), edition_document(edition))


def _elements(
    session: Session, _site: Site, edition: Edition, _now: datetime
) -> Iterator[DraftCheck]:
    """What is not written yet; of a heading that stands there empty `missing` and `doubts` speak."""
    blocks = edition_document(edition).blocks
    headings = {block.text for block in blocks if isinstance(block, Heading)}
    for state in elements_of(session, edition):
        if not state.is_done and state.element not in headings:
            words = f"还没有写“{state.element}”，目录要求公开。确实没有的，核对后再提交。"
            yield DraftCheck(
                code="element_open", words=words, weight=Weight.DOUBT, element=state.element
            )


def _contradictions(
    session: Session, site: Site, edition: Edition, now: datetime
) -> Iterator[DraftCheck]:
    for position, refusal in placed_contradictions(session, site, edition, now):
        yield check_at(position, refusal.code, refusal.sentence)


def _glyphs(session: Session, site: Site, edition: Edition, now: datetime) -> Iterator[DraftCheck]:
    facts = sheet_words(session, site, edition, now)
    for position, problem in site.composer.illegible(facts):
        yield check_at(position, problem.code, problem.sentence)


def _room(session: Session, site: Site, edition: Edition, now: datetime) -> Iterator[DraftCheck]:
    """What would be cut off at the edge of the paper, which is refused when it is printed."""
    for position, length in long_cells(session, site, edition, now):
        words = f"表里有一格写了{length}字，一张纸放不下。请把这段话写到表的外面，或者分成几行。"
        yield check_at(position, "cell_too_long", words)


def _privacy(
    session: Session, site: Site, edition: Edition, _now: datetime
) -> Iterator[DraftCheck]:
    for concern in concerns(session, site.files, edition):
        if concern.is_open:
            code = "file_unseen" if concern.file else "personal_data"
            yield check_at(concern.position, code, concern.words)


_RULES: tuple[Rule, ...] = (
    _completeness,
    _elements,
    pattern_checks,
    same_text_checks,
    _contradictions,
    _glyphs,
    _room,
    _privacy,
    open_differences,
    comment_checks,
    meeting_checks,
)
