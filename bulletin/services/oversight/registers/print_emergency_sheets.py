"""应急登记纸: printed ahead with numbers and codes; after an outage each is typed in or explained."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.errors import refuse
from bulletin.domain.oversight.emergency import (
    MAX_SHEETS,
    EmergencyState,
    new_code,
)
from bulletin.domain.people import Actor
from bulletin.services.access import village_in
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_keeps
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.public_url import ensure_reachable
from bulletin.services.site import Site
from bulletin.sheets.templated_papers import EmergencyRegister
from bulletin.store.emergency_sheets import EmergencySheet, last_sheet
from bulletin.store.places import Township, Village
from bulletin.store.publishers import speaker_of

MAX_WORDS = 200  # characters


def print_emergency_sheets(
    site: Site, actor: Actor, count: int, now: datetime, *, village_id: int | None = None
) -> bytes:
    """Sheets with the next numbers, as one PDF.

    Args:
        village_id: for which village; None for the township's office. Numbers run through all of them.

    Raises:
        NotFoundError: no such village.
        Refused: not a keeper, too many, or an address that no phone could open.
    """
    ensure_keeps(actor)
    ensure_reachable(site)
    if not 0 < count <= MAX_SHEETS:
        raise refuse("sheets_count", f"一次印1到{MAX_SHEETS}张。")
    with site.sessions.writing() as session:
        village = village_in(session, actor, village_id) if village_id is not None else None
        first = last_sheet(session, actor.township_id) + 1
        sheets = [
            EmergencySheet(
                township_id=actor.township_id,
                village_id=village_id,
                number=number,
                code=new_code(),
                printed_at=now,
                printed_by=actor.id,
                state=EmergencyState.BLANK,
            )
            for number in range(first, first + count)
        ]
        session.add_all(sheets)
        facts = _facts(session, site, actor, village, sheets)
        numbers: dict[str, int | str] = {"first": first, "last": first + count - 1}
        if village is not None:
            numbers["village"] = village.code
        record(session, actor, "print_emergency_sheets", "emergency sheets", now, **numbers)
    return site.composer.compose_templated(facts).pdf


def _facts(
    session: Session,
    site: Site,
    actor: Actor,
    village: Village | None,
    sheets: list[EmergencySheet],
) -> EmergencyRegister:
    township = session.get_one(Township, actor.township_id)
    address = f"{site.public_url}/desk/emergency/".upper()
    return EmergencyRegister(
        body=speaker_of(session, township.id, village.id if village else None).name,
        title="应急登记纸",
        sheets=tuple(
            (f"应急{sheet.number:04d}", sheet.code, f"{address}{sheet.number}") for sheet in sheets
        ),
        mark=demo_mark(township),
    )
