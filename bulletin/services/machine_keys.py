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

from bulletin.domain.ticks import IN_FLIGHT
from bulletin.services.site import Site
from bulletin.services.transparency.checkpoint import verifier_key
from bulletin.store import heartbeat
from bulletin.store.heartbeat import Heartbeat
from bulletin.store.key_folder import SECRET_FILE

TOLD_FOR = timedelta(days=2)  # a machine with a clock notes its own each day
_ROW = "keys of "


@dataclass(frozen=True)
class OtherKeys:
    """A machine that signs with others than this one."""

    machine: str  # by its name in the network
    files: tuple[str, ...]  # of the data folder, that differ

    @property
    def sign_in_apart(self) -> bool:
        """Whether people are strangers here who signed in there, and the other way round."""
        return SECRET_FILE in self.files


def this_machine() -> str:
    """By its name in the network."""
    return platform.node()


def note_keys(site: Site, now: datetime) -> None:
    """For the other machines to compare; no fingerprint tells a key. Makes what is not there yet."""
    verifier_key(site)
    row = f"{_ROW}{site.keys.name_folder()}"
    told = json.dumps({"machine": this_machine(), "keys": site.keys.fingerprints()})
    with site.sessions.writing() as session:
        heartbeat.beat(session, row, now, told)
        old = Heartbeat.tick.startswith(_ROW), Heartbeat.at <= now - TOLD_FOR
        session.execute(delete(Heartbeat).where(*old))


def machines_with_other_keys(site: Site, session: Session, now: datetime) -> list[OtherKeys]:
    """Those that noted others within the last days."""
    own = site.keys.fingerprints()
    rows = select(Heartbeat).where(
        Heartbeat.tick.startswith(_ROW),
        Heartbeat.tick != f"{_ROW}{site.keys.folder_id}",
        Heartbeat.at > now - TOLD_FOR,
        Heartbeat.at <= now + IN_FLIGHT,
    )
    noted = [json.loads(row.note) for row in session.scalars(rows.order_by(Heartbeat.tick))]
    found = [OtherKeys(each["machine"], _differing(own, each["keys"])) for each in noted]
    return [each for each in found if each.files]


def forget_keys(session: Session) -> None:
    """What was noted elsewhere is of another house: a backup holds no keys."""
    session.execute(delete(Heartbeat).where(Heartbeat.tick.startswith(_ROW)))


def _differing(own: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in own if name in other and own[name] != other[name])
