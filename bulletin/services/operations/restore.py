"""恢复: a site from a backup, and what was done after the backup was taken."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy.orm import Session

from bulletin.domain.boards.photo_areas import areas_of
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Misconfigured
from bulletin.domain.people import NO_TOWNSHIP, OPERATOR, Actor, SystemActor
from bulletin.services.access import edition_for
from bulletin.services.boards.photos.cover import put_in_place
from bulletin.services.history import record
from bulletin.services.machine_keys import forget_keys
from bulletin.services.notices.redact import destroy_removed, remove_content
from bulletin.services.operations.back_up import FORMAT, MANIFEST
from bulletin.services.operations.copy_history import lines_after
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.sheets.covered_photos import covered
from bulletin.store import dump, notice_queries, register, schema
from bulletin.store.file_references import kept_digests
from bulletin.store.files.folder import FolderFiles
from bulletin.store.files.store import FileStore, sound
from bulletin.store.history_copy import CopyLine
from bulletin.store.places import the_township
from bulletin.store.publishers import publisher_by_prefix
from bulletin.store.register import LostCode

AGAIN = "从备份恢复后再次移除"


@dataclass(frozen=True, kw_only=True)
class Restored:
    township: str
    taken_at: str
    entries: int  # of the history, as the backup has it
    lost: int  # later entries that only the second folder knows
    lost_codes: int  # codes on paper that the register does not know any more
    redacted: int  # editions whose content was removed again
    missing_files: int


def restore(site: Site, file: Path, now: datetime) -> Restored:
    """Fill an empty site from a backup, then take into account what was copied after it.

    Raises:
        Misconfigured: the site is not empty, or the file is no backup that this release reads.
    """
    if schema.current_revision(site.sessions.engine) is not None:
        raise Misconfigured("restore needs an empty data folder: give a new one with --data")
    with _opened(file) as archive:
        manifest = _manifest(archive, file)
        _fill(site, archive, manifest)
        missing = _bring_files(site, archive, file.parent)
    lost = lines_after(file.parent, manifest["entries"], manifest["checkpoint"])
    with site.sessions.writing() as session:
        township = the_township(session)
        operator = SystemActor(OPERATOR.name, township.id if township else NO_TOWNSHIP)
        codes = _mark_lost_codes(session, lost, now)
        redacted = _redact_again(session, operator, lost, now)
        _cover_again(session, site, operator, lost, FolderFiles(file.parent / "files"), now)
        forget_keys(session)
        record(
            session,
            operator,
            "restore",
            "house",
            now,
            taken_at=manifest["taken_at"],
            entries=manifest["entries"],
            lost=len(lost),
        )
    destroy_removed(site)
    return Restored(
        township=manifest["township"],
        taken_at=manifest["taken_at"],
        entries=manifest["entries"],
        lost=len(lost),
        lost_codes=codes,
        redacted=redacted,
        missing_files=missing,
    )


def _opened(file: Path) -> ZipFile:
    try:
        return ZipFile(file)
    except BadZipFile as fault:
        raise Misconfigured(f"{file} is no backup, or was cut short: {fault}") from fault


def _manifest(archive: ZipFile, file: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except KeyError as fault:
        raise Misconfigured(f"{file} is no backup of a bulletin site") from fault
    if manifest["format"] != FORMAT or not schema.knows_revision(manifest["revision"]):
        raise Misconfigured(
            f"{file} was written by release {manifest['release']}: restore it with that release "
            "or a newer one"
        )
    return manifest


def _fill(site: Site, archive: ZipFile, manifest: dict[str, Any]) -> None:
    """All tables in one transaction: cut short, the site stays empty."""
    with schema.changing(site.sessions.engine) as connection:
        schema.upgrade_within(connection, manifest["revision"])
        loader = dump.TableLoader(connection)
        names = set(archive.namelist())
        for name in dump.tables():
            if f"tables/{name}.jsonl" in names:
                with archive.open(f"tables/{name}.jsonl") as lines:
                    loader.load(name, (line.decode() for line in lines))
        schema.upgrade_within(connection, "head")


def _bring_files(site: Site, archive: ZipFile, folder: Path) -> int:
    """The kept files, from the backup itself or from the store beside it; returns how many lack."""
    beside, names = FolderFiles(folder / "files"), set(archive.namelist())
    with site.sessions.reading() as session:
        digests = kept_digests(session)
    missing = 0
    for digest in digests:
        name = f"files/{digest}"
        data = archive.read(name) if name in names else sound(beside, digest)
        if data is None or sha256_hex(data) != digest:
            missing += 1
        else:
            site.files.put(data)
    return missing


def _mark_lost_codes(session: Session, lost: list[CopyLine], now: datetime) -> int:
    """Paper that bears a code which is not in the register gets an answer; its number is not reused."""
    marked = 0
    for line in lost:
        if line.act != "register":
            continue
        code = line.subject.removeprefix("notice ").partition(".")[0]
        prefix, year, number = line.facts["number"].rsplit("/", 2)
        publisher = publisher_by_prefix(session, prefix)
        if publisher is None:  # its village was entered after the backup was taken
            continue
        register.raise_counter(session, publisher, int(year), int(number))
        notice = notice_queries.notice_by_code(session, code)
        if notice is None or notice.register_number is None:
            session.merge(
                LostCode(
                    code=code,
                    digits=line.facts["digits"],
                    publisher_id=publisher.id,
                    year=int(year),
                    number=int(number),
                    restored_at=now,
                )
            )
            marked += 1
    return marked


def _redact_again(session: Session, operator: Actor, lost: list[CopyLine], now: datetime) -> int:
    redacted = 0
    for line in lost:
        if line.act != "redact":
            continue
        code, _, number = line.subject.removeprefix("notice ").partition(".")
        notice = notice_queries.notice_by_code(session, code)
        if notice is None or not any(e.number == int(number) for e in notice.editions):
            continue
        edition = edition_for(session, operator, code, int(number))
        remove_content(session, edition, operator, AGAIN, now)
        record(
            session,
            operator,
            "redact",
            subject_of(edition),
            now,
            fingerprint=edition.fingerprint or "",
        )
        redacted += 1
    return redacted


def _cover_again(
    session: Session,
    site: Site,
    operator: Actor,
    lost: list[CopyLine],
    beside: FileStore,
    now: datetime,
) -> None:
    """Photographs that were painted over after the backup was taken: the painted one, or painted anew."""
    now_called: dict[str, str] = {}  # bytes that came out anew have another name
    for line in lost:
        if line.act != "cover_photo":
            continue
        code, areas = line.subject.removeprefix("notice "), areas_of(line.facts["areas"])
        digest = now_called.get(line.facts["photo"], line.facts["photo"])
        painted, data = sound(beside, line.facts["covered"]), sound(site.files, digest)
        if painted is None and data is not None:
            painted = covered(data, areas)
        if painted is None or notice_queries.notice_by_code(session, code) is None:
            continue
        now_called[line.facts["covered"]] = sha256_hex(painted)
        kept = site.files.put(painted)
        put_in_place(session, operator, code, digest, now, painted=kept, areas=areas)
