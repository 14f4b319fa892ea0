"""What the history tells of inspections, 督办 and trainings, against what is kept of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.digests import sha256_hex
from bulletin.domain.oversight.escalation.course import end_of_all
from bulletin.domain.oversight.inspections.scoring import attestation_digest
from bulletin.store import former_histories
from bulletin.store.escalations import Escalation, issued_facts
from bulletin.store.inspections import Inspection
from bulletin.store.trainings import Training, TrainingMaterial

_SAID = frozenset({"answer_escalation", "extend_escalation", "end_escalation"})
GONE = "is told by the history and is not there"


@dataclass
class _ToldOfOversight:
    """What the history says of one thing."""

    began: dict[str, Any] = field(
        default_factory=dict
    )  # the facts with which it was issued, signed
    said: list[str] = field(default_factory=list)  # digests of what was said to it, in order
    later: dict[str, Any] = field(default_factory=dict)  # facts that replaced others
    ends: dict[int, str] = field(default_factory=dict)  # how items ended, by their place
    mend_by: list[str] = field(default_factory=list)  # the days that its rounds gave


def oversight_faults(session: Session) -> Iterator[tuple[str, str]]:
    """Where any of it is not as the history tells: its name, and how. English."""
    told = _told(session)
    yield from _inspections(session, told)
    yield from _escalations(session, told)
    yield from _trainings(session, told)
    for subject, each in told.items():
        if each.began:
            yield subject, GONE


def oversight_files(session: Session) -> dict[str, str]:
    """What their files are called, by their SHA-256."""
    papers = {
        each.pdf: f"paper of escalation {each.id}" for each in session.scalars(select(Escalation))
    }
    materials = session.scalars(select(TrainingMaterial))
    return papers | {each.digest: f"material of training {each.training_id}" for each in materials}


def _told(session: Session) -> dict[str, _ToldOfOversight]:
    told: dict[str, _ToldOfOversight] = {}
    for entry in former_histories.told(session):
        if entry.act in {"issue_escalation", "sign_inspection", "record_training"}:
            told.setdefault(entry.subject, _ToldOfOversight()).began = dict(entry.facts)
        elif entry.act in _SAID:
            about = told.setdefault(entry.subject, _ToldOfOversight())
            about.said.append(entry.facts["said"])
            about.later |= entry.facts
            if entry.act == "end_escalation":
                about.ends[entry.facts.get("item", 1)] = entry.facts["ended_as"]
        elif entry.act == "end_inspection_round":
            about = told.setdefault(entry.subject, _ToldOfOversight())
            about.mend_by.append(entry.facts["mend_by"])
    return told


def _inspections(session: Session, told: dict[str, _ToldOfOversight]) -> Iterator[tuple[str, str]]:
    for row in session.scalars(select(Inspection).order_by(Inspection.id)):
        subject = f"inspection {row.id}"
        about = told.pop(subject, _ToldOfOversight())
        signed = {}
        if row.signed_on is not None:
            signed = {
                "as_of": row.signed_on.isoformat(),
                "points": row.points,
                "of": row.points_of,
                "digest": attestation_digest(row.marks, row.level),
            }
        if signed != about.began:
            yield subject, "is not as it was signed"
        first = about.mend_by[:1]
        for finding in row.findings:
            given = [finding.first_mend_by.isoformat()] == first
            if not given or finding.mend_by.isoformat() not in about.mend_by:
                yield subject, "has a finding with another day than was given"


def _escalations(session: Session, told: dict[str, _ToldOfOversight]) -> Iterator[tuple[str, str]]:
    for row in session.scalars(select(Escalation).order_by(Escalation.id)):
        subject = f"escalation {row.id}"
        about = told.pop(subject, _ToldOfOversight())
        if issued_facts(row) != about.began:
            yield subject, "is not as it was issued"
        until = about.later.get("until_on", row.first_answer_by.isoformat())
        ends = {each.place: each.ended_as for each in row.items if each.ended_as}
        whole = end_of_all([each.ended_as for each in row.items])
        if (row.answer_by.isoformat(), ends, row.ended_as) != (until, about.ends, whole):
            yield subject, "was extended or closed otherwise"
        if [sha256_hex(each.words.encode()) for each in row.entries] != about.said:
            yield subject, "has other words than were said"


def _trainings(session: Session, told: dict[str, _ToldOfOversight]) -> Iterator[tuple[str, str]]:
    for row in session.scalars(select(Training).order_by(Training.id)):
        subject = f"training {row.id}"
        recorded = {
            "kind": row.kind.value,
            "held_on": row.held_on.isoformat(),
            "came": row.came,
            "handouts": row.handouts,
            "files": ",".join(each.digest for each in row.materials),
        }
        if recorded != told.pop(subject, _ToldOfOversight()).began:
            yield subject, "is not as it was recorded"
