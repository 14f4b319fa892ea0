"""Text that was pasted into a draft, as it is meant: nothing is saved, the editor takes it as one step."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bulletin.domain.notices.brought.outline import Outline
from bulletin.domain.notices.brought.pasted import pasted_outline
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.notices.drafts.brought_file import is_bare_outline
from bulletin.services.site import Site
from bulletin.services.transition import ensure_may


def pasted_text(
    site: Site,
    actor: Actor,
    code: str,
    blocks: Any,
    now: datetime,
    *,
    first: int,
    count: int,
    untitled: bool,
) -> Outline:
    """A draft in which some blocks were just pasted, with their title, headings and lists told apart.

    Args:
        blocks: all of the draft as JSON, as the editor has it.
        first, count: those that were pasted.
        untitled: nobody has changed the title that the draft began with.

    Raises:
        Refused: they are no blocks, or the draft is no longer one.
    """
    with site.sessions.reading() as session:
        ensure_may(site, edition_for(session, actor, code), Act.SUBMIT, actor, now)
    own = read_document({"blocks": blocks}).blocks
    above, pasted, below = own[:first], own[first : first + count], own[first + count :]
    if untitled and is_bare_outline((*above, *below)):
        return pasted_outline(pasted, whole=True)
    made = pasted_outline(pasted, whole=False)
    return replace(made, blocks=(*above, *made.blocks, *below))
