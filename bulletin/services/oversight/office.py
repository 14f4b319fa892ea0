"""The township's office for the disclosure of information: who keeps its ledgers, and who reads them."""

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.people import Actor, Role

KEEPERS = (Role.LIAISON, Role.SCREENER)
READERS = (*KEEPERS, Role.APPROVER, Role.OVERSEER, Role.ADMINISTRATOR)
ORGANISERS = (*KEEPERS, Role.ADMINISTRATOR)
KEEPING = "台账、登记簿由乡镇的信息员或专职信息员登记、办理。"


def keeps(actor: Actor) -> bool:
    """Whether a person enters something into a ledger of the township."""
    return any(actor.holds(role, None) for role in KEEPERS)


def reads(actor: Actor) -> bool:
    """Whether a person sees the ledgers: of the township, never of a village; or the command line."""
    return actor.is_system or any(actor.holds(role, None) for role in READERS)


def ensure_keeps(actor: Actor) -> None:
    """Refuse whoever does not keep the ledgers.

    Raises:
        Refused: the person does not.
    """
    if not keeps(actor):
        raise refuse("not_your_role", KEEPING)


def ensure_reads(actor: Actor) -> None:
    """Refuse whoever sees no ledgers of the township.

    Raises:
        NotFoundError: for everybody else there are none.
    """
    if not reads(actor):
        raise NotFoundError("没有这个台账。")


def organises(actor: Actor) -> bool:
    """Whether a person says who answers for what, and which department reports."""
    return any(actor.holds(role, None) for role in ORGANISERS)


def ensure_organises(actor: Actor) -> None:
    """Refuse whoever does not.

    Raises:
        Refused: the person does not.
    """
    if not organises(actor):
        raise refuse("not_your_role", "责任分工和信息报送由乡镇的信息员、专职信息员或管理员登记。")
