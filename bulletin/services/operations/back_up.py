"""备份: one file that holds the whole site, taken while it runs; and the daily ones in a second folder."""

import json
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.orm import Session

from bulletin import __version__
from bulletin.domain.days import village_day
from bulletin.domain.retention import to_keep
from bulletin.domain.ticks import BACKUP_TICK
from bulletin.services.notices.redact import destroy_removed, removed_digests
from bulletin.services.one_by_one import one_by_one
from bulletin.services.site import Site
from bulletin.store import dump, heartbeat, history, schema
from bulletin.store.file_references import kept_digests
from bulletin.store.files.folder import FolderFiles
from bulletin.store.files.store import FileStore, sound
from bulletin.store.places import the_township
from bulletin.store.whole_files import written_whole

FORMAT = 1
MANIFEST = "manifest.json"
STEM = "bulletin"


def backup(site: Site, file: Path, now: datetime, *, with_files: bool = True) -> int:
    """Write one file with everything: every table, as of one moment, and every kept file.

    It appears whole or not at all. Returns its size in bytes.
    """
    with written_whole(file) as unfinished, ZipFile(unfinished, "w", ZIP_DEFLATED) as archive:
        with site.sessions.reading() as session:
            archive.writestr(MANIFEST, json.dumps(_manifest(session, now), ensure_ascii=False))
            for name in dump.tables():
                with archive.open(f"tables/{name}.jsonl", "w") as lines:
                    for line in dump.rows_of(session, name):
                        lines.write(line.encode() + b"\n")
            digests = kept_digests(session)
        for digest in digests if with_files else ():
            if (data := sound(site.files, digest)) is not None:
                archive.writestr(f"files/{digest}", data)
    return file.stat().st_size


def _manifest(session: Session, now: datetime) -> dict[str, object]:
    township, head = the_township(session), history.head(session)
    return {
        "format": FORMAT,
        "release": __version__,
        "revision": schema.newest_revision(),
        "taken_at": now.isoformat(timespec="seconds"),
        "township": township.name if township else "",
        "entries": head.number,
        "checkpoint": head.hash,
    }


def daily(site: Site, now: datetime) -> str:
    """The day's backup in the second folder, once; older ones go as the rule has it.

    Its files lie beside it once for all days, so that a year of backups is not a year of copies.

    Raises:
        SomeFailed: files could not be copied or destroyed; the rows are backed up all the same.
    """
    with one_by_one() as steps:
        with steps.turn_of("销毁清除了的文件"):
            destroy_removed(site)
        folder = site.backup_dir
        if folder is None:
            return "no second folder"
        file = folder / f"{STEM}-{village_day(now).isoformat()}.zip"
        if file.exists():
            return f"{file.name} is there"
        with steps.turn_of("备份文件"):  # the rows are backed up without them, too
            _copy_files(site, FolderFiles(folder / "files"))
        backup(site, file, now, with_files=False)
        _drop_old(folder)
        with site.sessions.writing() as session:
            heartbeat.beat(session, BACKUP_TICK, now, file.name)
    return f"wrote {file.name}"


def _copy_files(site: Site, second: FileStore) -> None:
    with site.sessions.reading() as session:
        digests, removed = kept_digests(session), removed_digests(session)
    for digest in digests:
        if digest not in removed and not second.has(digest):
            data = sound(site.files, digest)  # `verify` names what is damaged
            if data is not None:
                second.put(data)
    for digest in removed:
        second.destroy(digest)


def _drop_old(folder: Path) -> None:
    dated = {day: file for file in folder.glob(f"{STEM}-*.zip") if (day := _day_of(file))}
    for day in dated.keys() - to_keep(dated):
        dated[day].unlink()


def _day_of(file: Path) -> date | None:
    try:
        return date.fromisoformat(file.stem.removeprefix(f"{STEM}-"))
    except ValueError:
        return None
