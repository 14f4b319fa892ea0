"""遮住照片上的旧纸: what was removed from the record goes from its photographs too, or stays for a reason.

The area is painted over in the file that is kept and the file of before is destroyed; the history names both.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.photo_areas import Outline, area_words
from bulletin.domain.errors import Conflict, NotFoundError, refuse
from bulletin.domain.people import Actor
from bulletin.services.boards.photos.photos_seen import PhotoSeen, photos_seen
from bulletin.services.boards.photos.recalled import recalled_photo
from bulletin.services.history import record
from bulletin.services.notices.redact import destroy_soon
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.sheets.board_photos import read_photo
from bulletin.sheets.covered_photos import covered, paper_outline, paper_shapes
from bulletin.store.notice_queries import notice_by_code
from bulletin.store.recalled_photos import RecalledPhoto, replace_photo

GONE = "这张照片刚刚被别人处理过，请刷新后再看。"


def cover(
    site: Site,
    actor: Actor,
    code: str,
    digest: str,
    now: datetime,
    *,
    outlines: Sequence[Outline] = (),
) -> None:
    """Paint over the recalled paper on one photograph, for good.

    Args:
        outlines: the areas that a person drew; none: where the paper was read. A photograph on which nothing was
            read yet, or before corners were kept, is read now.

    Raises:
        Refused: the paper is not found on it: a person has to say where it is.
        NotFoundError: no such photograph, or none of this person's.
        Conflict: somebody else settled it meanwhile.
    """
    photo = recalled_photo(site, actor, code, digest)
    data = site.files.get(digest)
    if data is None:
        raise NotFoundError("没有这张照片。")
    areas = tuple(outlines) or _found(photo, data)
    if not areas:
        sentence = (
            "照片上没有认出这张纸的二维码。请在照片上框出它，或整张遮住；没有拍到它，就留着。"
        )
        raise refuse("not_found_on_photo", sentence)
    painted = site.files.put(covered(data, areas))  # takes its time; no writer waits for it
    with site.sessions.writing() as session:
        if not any(p.digest == digest for p in photos_seen(session, actor.township_id, code)):
            raise Conflict(GONE)
        put_in_place(session, actor, code, digest, now, painted=painted, areas=areas)
    destroy_soon(site)


def _found(photo: PhotoSeen, data: bytes) -> tuple[Outline, ...]:
    """Where the paper lies, as surely as it can be told."""
    if photo.read and photo.sure:
        return photo.outlines
    reading = read_photo(data)
    size = reading.width, reading.height
    found = tuple(
        paper_outline(seen.corners, size, paper_shapes(photo.printed, seen.scan.page))
        for seen in reading.codes
        if seen.scan.code == photo.code
    )
    return found if len(found) >= len(photo.outlines) else (*found, *photo.outlines)


def put_in_place(
    session: Session,
    actor: Actor,
    code: str,
    digest: str,
    now: datetime,
    *,
    painted: str,
    areas: Sequence[Outline],
) -> None:
    """The painted photograph takes the place of the other wherever that is named; both by their SHA-256."""
    replace_photo(session, digest, painted)
    _settle(session, actor, code, painted, now, destroyed=digest)
    record(
        session,
        actor,
        "cover_photo",
        f"notice {code}",
        now,
        photo=digest,
        covered=painted,
        areas=area_words(areas),
    )


def keep(site: Site, actor: Actor, code: str, digest: str, reason: str, now: datetime) -> None:
    """The photograph stays as it is: the paper is not on it, or nothing on it can be read.

    Raises:
        Refused: no reason.
        NotFoundError: no such photograph, or none of this person's.
    """
    photo = recalled_photo(site, actor, code, digest)
    if not reason.strip():
        raise refuse("reason_missing", "请写明为什么不用遮，不要写出个人信息本身。")
    with site.sessions.writing() as session:
        reason = ensure_text_is_clean(session, actor, reason, "原因")
        _settle(session, actor, code, photo.digest, now, reason=reason)
        record(session, actor, "keep_photo", f"notice {code}", now, photo=photo.digest)


def _settle(
    session: Session,
    actor: Actor,
    code: str,
    digest: str,
    now: datetime,
    *,
    destroyed: str = "",
    reason: str = "",
) -> None:
    notice = notice_by_code(session, code)
    if notice is None:
        raise NotFoundError(GONE)
    session.add(
        RecalledPhoto(
            township_id=notice.township_id,
            notice_id=notice.id,
            digest=digest,
            destroyed=destroyed,
            reason=reason,
            settled_at=now,
            settled_by=actor.id,
        )
    )
