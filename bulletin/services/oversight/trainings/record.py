"""登记宣教: a training or publicity with its material; a slip stays with its reason and counts no longer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refused, refuse
from bulletin.domain.oversight.trainings import MAX_TOPIC, NewTraining, why_not_recorded
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_keeps
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.received_file import received_file
from bulletin.services.site import Site
from bulletin.store.trainings import Training, TrainingMaterial

MAX_FILES = 10


def record_training(
    site: Site,
    actor: Actor,
    new: NewTraining,
    now: datetime,
    *,
    files: Sequence[tuple[str, bytes]] = (),
) -> int:
    """Record what was held; returns its id.

    Args:
        files: name and content of what was used or handed out.

    Raises:
        Refused: not of the township's office, what can't have been, personal data, or a file that is none.
    """
    ensure_keeps(actor)
    if reasons := why_not_recorded(new, village_day(now)):
        raise Refused(*reasons)
    if len(files) > MAX_FILES:
        raise refuse("too_many_files", f"一次最多传{MAX_FILES}个文件。")
    materials = [_material(site, actor, name, data) for name, data in files]
    with site.sessions.writing() as session:
        row = _row(actor, _clean(session, actor, new), now)
        row.materials = materials
        session.add(row)
        session.flush()
        facts = {
            "kind": new.kind.value,
            "held_on": new.held_on.isoformat(),
            "came": new.came,
            "handouts": new.handouts,
            "files": ",".join(each.digest for each in materials),
        }
        record(session, actor, "record_training", f"training {row.id}", now, **facts)
        return row.id


def _clean(session: Session, actor: Actor, new: NewTraining) -> NewTraining:
    """The same without blanks around its words; refused where these hold personal data."""

    def checked(words: str, place: str) -> str:
        return ensure_text_is_clean(session, actor, words, place)

    return replace(
        new,
        topic=checked(new.topic, "主题"),
        place=checked(new.place, "地点"),
        named=checked(new.named, "可以写名字的人"),
        about=checked(new.about, "情况"),
    )


def _row(actor: Actor, new: NewTraining, now: datetime) -> Training:
    return Training(
        township_id=actor.township_id,
        kind=new.kind,
        held_on=new.held_on,
        topic=new.topic,
        place=new.place,
        due=new.due,
        came=new.came,
        named=new.named,
        handouts=new.handouts,
        about=new.about,
        entered_at=now,
        entered_by=actor.id,
    )


def declare_training_void(
    site: Site, actor: Actor, training_id: int, reason: str, now: datetime
) -> None:
    """登记错了: it stays with the reason, and counts no longer.

    Raises:
        NotFoundError: there is none.
        Refused: not of the office, or without a reason.
    """
    ensure_keeps(actor)
    with site.sessions.writing() as session:
        row = session.get(Training, training_id)
        if row is None or row.township_id != actor.township_id or row.void_reason:
            raise NotFoundError("没有这一条宣教登记。")
        if not reason.strip():
            raise refuse("reason_missing", "请写明登记错在哪里。")
        row.void_reason = reason.strip()[:MAX_TOPIC]
        record(session, actor, "void_training", f"training {row.id}", now)


def _material(site: Site, actor: Actor, name: str, data: bytes) -> TrainingMaterial:
    """A file as it is kept: pictures upright and without EXIF."""
    kept = received_file(name, data)
    return TrainingMaterial(
        township_id=actor.township_id,
        digest=site.files.put(kept.data),
        name=kept.name,
        media_type=kept.media_type,
        size=len(kept.data),
    )
