"""Whose report it is: a township's, kept by its office, or the county's, kept by its overseer.

Whoever acts for the county acts for no township (`NO_TOWNSHIP`).
"""

from dataclasses import replace

from sqlalchemy.orm import Session

from bulletin.domain.errors import refuse
from bulletin.domain.people import NO_TOWNSHIP, Actor, Role, SystemActor
from bulletin.services.access import ensure_of_county
from bulletin.services.oversight.office import KEEPERS, KEEPING, keeps
from bulletin.store.places import Township, county_name, townships

ISSUERS = (*KEEPERS, Role.APPROVER)
OF_COUNTY = "全县的年度报告由县级督查编写、发布。"


def for_county(actor: Actor) -> Actor:
    """The same person, reporting for the county.

    Raises:
        Refused: the person oversees no county.
    """
    ensure_of_county(actor)
    if actor.is_system:
        return SystemActor(actor.name)
    return replace(actor, township_id=NO_TOWNSHIP)


def is_of_county(actor: Actor) -> bool:
    return actor.township_id == NO_TOWNSHIP


def body_of(session: Session, actor: Actor) -> str:
    """Who reports: 红崖子沟乡, 互助土族自治县."""
    if is_of_county(actor):
        return county_name(townships(session))
    return session.get_one(Township, actor.township_id).name


def writes(actor: Actor) -> bool:
    """Whether a person writes the report, explains what was found, and brings last year's."""
    return _oversees(actor) if is_of_county(actor) else keeps(actor)


def ensure_writes(actor: Actor) -> None:
    """Refuse whoever does not.

    Raises:
        Refused: the person does not.
    """
    if not writes(actor):
        raise refuse("not_your_role", OF_COUNTY if is_of_county(actor) else KEEPING)


def issues(actor: Actor) -> bool:
    """Whether a person issues the report."""
    if is_of_county(actor):
        return _oversees(actor)
    return any(actor.holds(role, None) for role in ISSUERS)


def _oversees(actor: Actor) -> bool:
    return actor.holds(Role.COUNTY_OVERSEER, None)
