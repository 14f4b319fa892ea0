"""The plain-file copy of the public site: which addresses it must answer, and its folder."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.codes import Scan
from bulletin.domain.days import village_day
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refusal, Refused
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.public_url import name_of
from bulletin.services.site import Site
from bulletin.store.notice_queries import notices_of
from bulletin.store.notices import Notice
from bulletin.store.places import townships
from bulletin.store.print_runs import last_run
from bulletin.store.register import LostCode
from bulletin.store.villages import merged_by

LIST = "SHA256SUMS"  # what the folder holds of ours, so that nothing else is ever deleted


@dataclass(frozen=True)
class Copied:
    """What became of a folder: how many files are new, changed, gone, and as they were."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0


def site_of_copy(site: Site, address: str) -> Site:
    """The site as it speaks in a copy that is published at an address.

    Raises:
        Refused: the address is no name of its own. Codes are printed in upper case, and folders
            of a web server tell upper case from lower.
    """
    if not name_of(address):
        raise Refused(
            Refusal(
                "no_name_of_its_own", f"{address}: 网址要单独一个域名，像 https://gk.example.cn"
            )
        )
    return replace(site, copied=True)


def addresses(site: Site, now: datetime) -> Iterator[str]:
    """Every address that is printed or typed from paper, whatever became of the notice."""
    with site.sessions.reading() as session:
        for township in townships(session):
            yield f"/T/{township.code}"
            for village in session.scalars(merged_by(township.id, village_day(now))):
                yield f"/V/{village.code}"  # on boards and posters still
            for notice in session.scalars(notices_of(township.id)):
                if NoticeView(site, notice, now).page_state() is not None:
                    yield from _addresses_of(session, notice)
        for lost in session.scalars(select(LostCode)):
            yield from (f"/N/{lost.code}", f"/N/{lost.code}.1", f"/N/{lost.digits}")


def _addresses_of(session: Session, notice: Notice) -> Iterator[str]:
    yield f"/N/{notice.code}"
    yield f"/N/{notice.digits}"
    for edition in notice.editions:
        if edition.closes_on is None:  # never approved, so on no paper
            continue
        yield f"/N/{Scan(notice.code, edition.number).tail}"
        run = session.scalar(last_run(edition.id))
        for page in range(1, run.pages + 1) if run else ():
            yield f"/N/{Scan(notice.code, edition.number, page).tail}"


def write_copy(folder: Path, files: Iterable[tuple[str, bytes]]) -> Copied:
    """Make a folder hold these files and nothing older of ours.

    A run that is cut off is completed by the next: every file is noted before it is written.

    Args:
        files: (path inside the folder with /, content).

    Raises:
        Refused: the folder holds something else, which would be published along.
    """
    known = _known(folder)
    folder.mkdir(parents=True, exist_ok=True)
    fresh: dict[str, str] = {}
    new = changed = 0
    with (folder / LIST).open("a", encoding="utf-8") as journal:
        for path, data in files:
            fresh[path] = digest = sha256_hex(data)
            if known.get(path) == digest:
                continue
            journal.write(_line(path, digest))
            journal.flush()
            _write(folder / path, data)
            new, changed = new + (path not in known), changed + (path in known)
    gone = known.keys() - fresh.keys()
    for path in gone:
        _delete(folder, path)
    listing = "".join(_line(path, digest) for path, digest in sorted(fresh.items()))
    _write(folder / LIST, listing.encode())
    return Copied(new, changed, len(gone), len(fresh) - new - changed)


def _known(folder: Path) -> dict[str, str]:
    """Path → SHA-256 of what an earlier run left here."""
    if (folder / LIST).exists():
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
        parts = (line.partition("  ") for line in lines)
        return {path: digest for digest, _gap, path in parts if (folder / path).is_file()}
    if folder.is_dir() and any(folder.iterdir()):
        raise Refused(
            Refusal("folder_in_use", f"{folder} 里有别的文件，请换一个空文件夹，免得一起公开出去。")
        )
    return {}


def _line(path: str, digest: str) -> str:
    return f"{digest}  {path}\n"


def _write(file: Path, data: bytes) -> None:
    """Whole or not at all: somebody may be uploading the folder right now."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(".half")
    half.write_bytes(data)
    half.replace(file)


def _delete(folder: Path, path: str) -> None:
    (folder / path).unlink(missing_ok=True)
    for parent in (folder / path).parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
