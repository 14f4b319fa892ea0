"""归档: a sealed volume of a year and place, of plain files that are read without this software."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bulletin.domain.days import day_words, village_day
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.operations.archive.contents import VolumeScope, archived_files
from bulletin.services.site import Site
from bulletin.services.transparency.checkpoint import checkpoint, verifier_key
from bulletin.store.places import Township, Village
from bulletin.store.whole_files import written_whole
from bulletin.writers.archive_volume import volume_writer

NOTES = (
    "内部档案，含有办理人、申请人的姓名和有期限的名单，不上网、不张贴。",
    "公开件是PDF/A，表格是CSV（UTF-8），照片是当时收到的原样；都不用本软件就能打开。",
    "核对：在这个文件夹里运行 sha256sum -c SHA256SUMS。",
    "SHA256SUMS自己的指纹记在网站的历史里，checkpoint是记进以后签的存证，checkpoint.key是公钥。",
    "因含个人信息移除了内容的版不在内，登记簿的说明写着。",
)


@dataclass(frozen=True)
class ArchivedVolume:
    title: str
    files: int
    parts: dict[str, int]  # how many files each part has
    seal: str  # SHA-256 of the list of checksums


def archive_year(
    site: Site, actor: Actor, year: int, village_id: int | None, target: Path, now: datetime
) -> ArchivedVolume:
    """Write a volume; its seal goes into the history.

    Args:
        village_id: None for the township itself, with its ledgers and letters.
        target: a ZIP by its name, else a folder that is not there yet or is empty.

    Raises:
        Refused: the year is not over, or the folder holds something.
    """
    if year >= village_day(now).year:
        raise refuse("year_not_over", "一年过完了才归档。")
    if target.is_dir() and any(target.iterdir()):
        raise refuse("folder_not_empty", f"{target} 里已经有东西，请换一个空的文件夹。")
    scope = _scope(site, actor, year, village_id)
    if target.suffix.lower() != ".zip":
        return _write(site, actor, scope, target, now, zipped=False)
    with written_whole(target) as unfinished:
        return _write(site, actor, scope, unfinished, now, zipped=True)


def _scope(site: Site, actor: Actor, year: int, village_id: int | None) -> VolumeScope:
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        name = session.get_one(Village, village_id).name if village_id else ""
        return VolumeScope(f"{township.name}{name}", village_id, year)


def _write(
    site: Site, actor: Actor, scope: VolumeScope, target: Path, now: datetime, *, zipped: bool
) -> ArchivedVolume:
    title = f"{scope.place}{scope.year}年公开档案"
    made = f"{day_words(village_day(now))}归档。"
    parts = Counter[str]()
    with volume_writer(target, zipped=zipped) as volume:
        for file in archived_files(site, actor, scope, now):
            volume.put(file, file.data)
            parts[file.part] += 1
        seal = volume.close(title, (made, *NOTES))
        with site.sessions.writing() as session:
            subject = f"archive {scope.year} {scope.village_id or 'township'}"
            record(session, actor, "archive_year", subject, now, sums=seal, files=parts.total())
        volume.put_beside("checkpoint", checkpoint(site).encode())
        volume.put_beside("checkpoint.key", f"{verifier_key(site)}\n".encode())
    return ArchivedVolume(title, parts.total(), dict(parts), seal)
