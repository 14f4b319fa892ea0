"""What each machine of a house signs with, noted beside the heartbeats: two that differ mislead staff and witnesses.

A machine that finds no keys makes some. A form that it gave out is then refused by the others, whoever signed in there
is a stranger here, and one history has two signatures.
"""

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bulletin.services.site import Site
from bulletin.services.transparency.checkpoint import verifier_key
from bulletin.store import heartbeat
from bulletin.store.heartbeat import Heartbeat

TOLD_FOR = timedelta(days=2)  # a machine notes its own each day
_ROW = "keys of "


@dataclass(frozen=True)
class OtherKeys:
    """A machine that signs with others than this one."""

    machine: str  # by its name in the network
    files: tuple[str, ...]  # of the data folder, that differ


def note_keys(site: Site, now: datetime) -> None:
    """For the other machines to compare; no fingerprint tells a key. Makes what is not there yet.

    A container has another name each time it is begun: what nobody notes any more goes.
    """
    verifier_key(site)
    told = json.dumps(site.keys.fingerprints())
    with site.sessions.writing() as session:
        heartbeat.beat(session, _row_of(site), now, told)
        session.execute(
            delete(Heartbeat).where(Heartbeat.tick.startswith(_ROW), Heartbeat.at <= now - TOLD_FOR)
        )


def other_keys(site: Site, session: Session, now: datetime) -> list[OtherKeys]:
    """Machines that noted others within the last days."""
    own = site.keys.fingerprints()
    rows = select(Heartbeat).where(
        Heartbeat.tick.startswith(_ROW),
        Heartbeat.tick != _row_of(site),
        Heartbeat.at > now - TOLD_FOR,
    )
    noted = session.scalars(rows.order_by(Heartbeat.tick)).all()
    found = [OtherKeys(_machine_of(row), _differing(own, json.loads(row.note))) for row in noted]
    return [each for each in found if each.files]


def forget_keys(session: Session) -> None:
    """What was noted elsewhere is of another house: a backup holds no keys."""
    session.execute(delete(Heartbeat).where(Heartbeat.tick.startswith(_ROW)))


def _row_of(site: Site) -> str:
    return f"{_ROW}{platform.node()}:{site.data.resolve()}"


def _machine_of(row: Heartbeat) -> str:
    return row.tick.removeprefix(_ROW).partition(":")[0]


def _differing(own: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in own if name in other and own[name] != other[name])
