"""出具: a letter on a request, read over by a person, is set and kept as it is."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import day_words, village_day
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.oversight.requests.letters import TO_FILL
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.requests.papers.letters import LetterDraft, request_of_letter
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.site import Site
from bulletin.sheets.templated_papers import LetterFacts
from bulletin.store.information_requests import InformationRequest
from bulletin.store.places import Township
from bulletin.store.publishers import speaker_of
from bulletin.store.request_papers import RequestLetter, letters_of

MAX_TO, MAX_LETTER = 60, 4000  # characters


def issue_letter(
    site: Site, actor: Actor, request_id: int, draft: LetterDraft, now: datetime
) -> int:
    """出具: set and kept as it is, of today; another one follows it, none is changed.

    Raises:
        NotFoundError: as `draft_letter`.
        Refused: empty, too long, something is still to be filled in, or a character that no font has.
    """
    if reasons := _why_not(draft):
        raise Refused(*reasons)
    with site.sessions.reading() as session:
        request = request_of_letter(session, actor, request_id, draft.kind, draft.step_id)
        number = len(session.scalars(letters_of(request_id)).all()) + 1
        facts = _facts(session, site, request, draft, number, now)
    pdf = site.files.put(site.composer.compose_templated(facts).pdf)
    with site.sessions.writing() as session:
        request_of_letter(session, actor, request_id, draft.kind, draft.step_id)
        letter = RequestLetter(
            township_id=actor.township_id,
            request_id=request_id,
            kind=draft.kind,
            number=number,
            to=draft.to.strip(),
            text=draft.text.strip(),
            pdf=pdf,
            issued_on=village_day(now),
            issued_at=now,
            issued_by=actor.id,
        )
        session.add(letter)
        session.flush()
        facts_kept = {"kind": draft.kind.value, "pdf": pdf}
        record(session, actor, "issue_letter", f"request {request_id}", now, **facts_kept)
        return letter.id


def _why_not(draft: LetterDraft) -> list[Refusal]:
    reasons = []
    if not draft.to.strip() or not draft.text.strip():
        reasons.append(Refusal("letter_empty", "请写给谁、写什么。"))
    if len(draft.to) > MAX_TO or len(draft.text) > MAX_LETTER:
        words = f"抬头最多{MAX_TO}字，正文最多{MAX_LETTER}字。"
        reasons.append(Refusal("text_too_long", words))
    if TO_FILL in draft.text:
        reasons.append(Refusal("letter_unfilled", f"还有“{TO_FILL}”没有填，填好再出具。"))
    return reasons


def _facts(
    session: Session,
    site: Site,
    request: InformationRequest,
    draft: LetterDraft,
    number: int,
    now: datetime,
) -> LetterFacts:
    township = session.get_one(Township, request.township_id)
    return LetterFacts(
        body=speaker_of(session, township.id, None).name,
        number=f"{request.register_name}－{number}",
        title=site.requests.letters.letters[draft.kind].title,
        to=draft.to.strip(),
        text=draft.text.strip(),
        day=day_words(village_day(now)),
        mark=demo_mark(township),
    )
