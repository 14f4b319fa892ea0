"""The paper of a step: the step that its code leads to, and the PDF as it was issued."""

from bulletin.domain.errors import NotFoundError
from bulletin.domain.people import Actor
from bulletin.services.oversight.escalation.access import escalation_to_read, id_of_code
from bulletin.services.site import Site


def id_by_code(site: Site, actor: Actor, code: str) -> int:
    """The step whose paper was scanned; raises NotFoundError."""
    with site.sessions.reading() as session:
        return id_of_code(session, actor, code)


def kept_paper(site: Site, actor: Actor, escalation_id: int) -> tuple[str, bytes]:
    """The name of its paper, and the PDF as it was issued.

    Raises:
        NotFoundError: no such step, or none for this person.
    """
    with site.sessions.reading() as session:
        row = escalation_to_read(session, actor, escalation_id)
        data, name = site.files.get(row.pdf), row.register_name
    if data is None:
        raise NotFoundError("这份纸的文件不在了。")
    return f"{name}.pdf", data
