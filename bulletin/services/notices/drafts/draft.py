"""Draft: save what was typed, take in files."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.posting_requirements import (
    PostingRequirement,
    forbidding,
    read_requirement,
)
from bulletin.domain.errors import BulletinError, Refusal, Refused, refuse
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.readers.read_file import read_file
from bulletin.services.access import edition_for
from bulletin.services.duties.planned_day import late_plan_of
from bulletin.services.duties.posting_end import edition_calendar
from bulletin.services.history import record
from bulletin.services.notices.drafts.saved_draft import (
    DraftText,
    SavedDraft,
    saved_draft,
    typed_text,
)
from bulletin.services.received_file import received_file
from bulletin.services.site import Site
from bulletin.services.transition import ensure_may, subject_of
from bulletin.store.edition_parts import EditionEditor, EditionFile
from bulletin.store.notices import Edition

MAX_POSTING_DAYS = 365


@dataclass(frozen=True)
class Saved:
    version: int
    saved_at: datetime
    late_words: str  # how much later than due it is planned; '' when it is on time


class SavedMeanwhile(BulletinError):
    """Two people, or two windows of one, edit one draft: the later save fails, with what is saved."""

    def __init__(self, saved: SavedDraft, *, by_oneself: bool) -> None:
        who = "您在另一个窗口或另一台设备上" if by_oneself else saved.by
        super().__init__(f"{who}刚刚保存过这份草稿，您的内容还在，没有丢。")
        self.saved = saved


def save(
    site: Site,
    actor: Actor,
    code: str,
    now: datetime,
    *,
    version: int,
    title: str,
    document: Any,
    change_note: str = "",
    publish_at: datetime | None = None,
    posting_days: int | None = None,
) -> Saved:
    """Autosave. The version that the editor started from must still be the newest.

    The same text sent twice is no conflict: on a weak line an answer gets lost and is asked again.

    Raises:
        SavedMeanwhile: someone else saved; carries what they wrote.
        Refused: the document has a fault, or the draft is no longer one.
    """
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        typed = typed_text(
            edition,
            title=title,
            change_note=change_note,
            document=document,
            publish_at=publish_at,
            posting_days=posting_days,
        )
        saved = saved_draft(session, edition)
        if edition.version != version and typed != saved.text:
            raise SavedMeanwhile(saved, by_oneself=edition.saved_by == actor.id)
        _set_posting(site, edition, posting_days, village_day(max(publish_at or now, now)))
        _write(edition, typed, actor, now)
        late = late_plan_of(edition, now)
        return Saved(edition.version, now, late.words if late else "")


def _write(edition: Edition, typed: DraftText, actor: Actor, now: datetime) -> None:
    edition.title, edition.change_note = typed.title, typed.change_note
    edition.content.document = typed.document
    edition.publish_at = typed.publish_at
    edition.version += 1
    edition.saved_at, edition.saved_by = now, actor.id
    mark_editor(edition, actor)


def mark_editor(edition: Edition, actor: Actor) -> None:
    if actor.id is not None and actor.id not in {e.person_id for e in edition.editors}:
        edition.editors.append(EditionEditor(person_id=actor.id))


def _set_posting(site: Site, edition: Edition, days: int | None, opens_on: date) -> None:
    """A posting period may be made longer than each item has it, never shorter than any."""
    if days is None or days == edition.posting_days:
        return
    if days > MAX_POSTING_DAYS:
        raise refuse("posting_too_long", f"公示期最长{MAX_POSTING_DAYS}天。")
    least = edition.least_posting_days
    chosen = PostingRequirement(days=max(days, 1), unit=edition.posting_unit)
    asked = map(read_requirement, edition.posting_requirements)
    short_of = forbidding(chosen, asked, opens_on, edition_calendar(site, edition))
    if short_of and len(edition.posting_requirements) > 1:
        raise Refused(*(Refusal("posting_too_short", _short_words(asked)) for asked in short_of))
    if days < least:
        raise refuse("posting_too_short", f"公示期不能少于{least}天。")
    edition.posting_days = days


def _short_words(asked: PostingRequirement) -> str:
    basis = f"（{asked.basis}）" if asked.basis else ""
    return f"“{asked.item}”要公示{asked.words()}{basis}，天数请写多一些。"


@dataclass(frozen=True)
class Upload:
    file: str  # SHA-256
    name: str
    kind: str  # image | attachment


def attach(site: Site, actor: Actor, code: str, name: str, data: bytes, now: datetime) -> Upload:
    """Take a picture or file into the draft. Pictures are turned upright and lose their EXIF."""
    kept = received_file(name, data)
    read_file(data, name)  # what the check can't read is refused now, not at the submission
    with site.sessions.reading() as session:  # who may not leaves no file behind
        ensure_may(site, edition_for(session, actor, code), Act.SUBMIT, actor, now)
    digest = site.files.put(kept.data)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        if digest not in {file.digest for file in edition.files}:
            edition.files.append(
                EditionFile(
                    township_id=edition.township_id,
                    digest=digest,
                    name=kept.name,
                    media_type=kept.media_type,
                    size=len(kept.data),
                )
            )
            record(session, actor, "attach", subject_of(edition), now, file=digest)
        mark_editor(edition, actor)
    return Upload(digest, kept.name, "image" if kept.is_picture else "attachment")
