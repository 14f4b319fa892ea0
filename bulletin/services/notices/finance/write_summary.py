"""Write 明白账: drafted from the tables, or as the person words it."""

from datetime import datetime

from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.notices.content import Block, Document, Summary
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.edition_document import edition_document
from bulletin.services.notices.finance.differences import fresh_summary, last_notice
from bulletin.services.notices.finance.new_text import set_document
from bulletin.services.site import Site
from bulletin.services.transition import ensure_may
from bulletin.store.notices import Edition

MAX_HEADS = 1_000_000


def draft_anew(
    site: Site,
    actor: Actor,
    code: str,
    now: datetime,
    *,
    residents: int | None = None,
    households: int | None = None,
) -> None:
    """Draft 明白账 from the tables as they are, in place of the one that stands there.

    Args:
        residents, households: of the village, for what it comes to per head; kept for the next time. None
            leaves what is known.

    Raises:
        Refused: the tables give none, with the reason.
    """
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        _keep_heads(edition, residents, households)
        document = edition_document(edition)
        summary = fresh_summary(site, edition, document, last_notice(session, edition, now))
        if isinstance(summary, Refusal):
            raise Refused(summary)
        set_document(edition, _with_summary(document, summary), actor, now)


def write_summary(site: Site, actor: Actor, code: str, lines: str, now: datetime) -> None:
    """Set 明白账 as it is worded, one `名称：内容` a line; no line takes it away.

    Raises:
        Refused: a line has no name, or there are too many.
    """
    typed = [line.strip() for line in lines.replace("：", ":").splitlines() if line.strip()]
    pairs = [line.partition(":") for line in typed]
    if any(not label.strip() or not words.strip() for label, _, words in pairs):
        raise refuse("summary_shape", "明白账每一行写“名称：内容”，如“收进来：12,000.00元”。")
    raw = [{"label": label.strip(), "words": words.strip()} for label, _, words in pairs]
    blocks = [{"type": "summary", "lines": raw}] if raw else []
    summary = next(iter(read_document({"blocks": blocks}).blocks), None)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        document = edition_document(edition)
        set_document(edition, _with_summary(document, summary), actor, now)


def _keep_heads(edition: Edition, residents: int | None, households: int | None) -> None:
    village = edition.notice.village
    if any(not 0 < count <= MAX_HEADS for count in (residents, households) if count is not None):
        raise refuse("heads_unreadable", "人口和户数请写一个数，如1236。")
    if village is not None:
        village.residents = residents or village.residents
        village.households = households or village.households


def _with_summary(document: Document, summary: Block | None) -> Document:
    """The box comes before everything else, so that paper and phone begin with it."""
    rest = tuple(block for block in document.blocks if not isinstance(block, Summary))
    return Document(rest if summary is None else (summary, *rest))
