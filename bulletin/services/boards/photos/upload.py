"""Sending a photograph in pieces, so that a lost signal costs one piece and not the whole."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bulletin.domain.boards.sheet_verdicts import MAX_PHOTO_BYTES
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.site import Site
from bulletin.store.uploads import UploadPiece, pieces_of

PIECE_BYTES = 256 * 1024
KEPT_FOR = timedelta(days=1)
MAX_KEY = 200  # characters
WHOLE = "whole-"  # begins the key of a file that came in one
TOO_LARGE = "照片太大，最多20 MB。请用手机的普通画质重新拍一张。"
MAX_WAITING = 12 * MAX_PHOTO_BYTES  # of one person


def arrived(site: Site, actor: Actor, key: str) -> int:
    """How many bytes of a file are here; the next piece starts there."""
    with site.sessions.reading() as session:
        return _length(session, actor, key)


def add_piece(site: Site, actor: Actor, key: str, start: int, data: bytes, now: datetime) -> int:
    """Take the next piece of a file. A piece that came twice counts once.

    Returns:
        How many bytes are here now. When that is not what the sender thinks, it goes on there.

    Raises:
        Refused: the file, or all that the person sent, is larger than photographs are.
    """
    if not key or len(key) > MAX_KEY or not 0 < len(data) <= PIECE_BYTES:
        raise refuse("piece_shape", "这一段照片传坏了，请重新选照片。")
    with site.sessions.writing() as session:
        _forget_old(session, now)
        have = _length(session, actor, key)
        if start != have:
            return have
        _add(session, actor, key, start, data, now)
        return have + len(data)


def keep_whole(site: Site, actor: Actor, files: Iterable[bytes], now: datetime) -> list[str]:
    """Keep files that came whole, in a form, all or none; returns their keys.

    Raises:
        Refused: one of them, or all that the person sent, is larger than photographs are.
    """
    whole = iter(files)
    first = next(whole, None)
    if first is None:  # all came in pieces: nobody needs to wait for the one writer
        return []
    keys = []
    with site.sessions.writing() as session:
        _forget_old(session, now)
        for data in chain([first], whole):
            keys.append(f"{WHOLE}{secrets.token_hex(16)}")
            _add(session, actor, keys[-1], 0, data, now)
    return keys


def _forget_old(session: Session, now: datetime) -> int:
    """Nobody finishes what was begun a day ago. Returns how many pieces went."""
    old = delete(UploadPiece).where(UploadPiece.arrived_at < now - KEPT_FOR)
    return len(session.execute(old.returning(UploadPiece.id)).all())


def _add(session: Session, actor: Actor, key: str, start: int, data: bytes, now: datetime) -> None:
    """The next bytes of a file, within what one person may leave here."""
    if start + len(data) > MAX_PHOTO_BYTES:
        raise refuse("photo_too_large", TOO_LARGE)
    if _waiting(session, actor) + len(data) > MAX_WAITING:
        raise refuse("too_many_uploads", "没传完的照片太多了，请明天再传。")
    session.add(
        UploadPiece(
            township_id=actor.township_id,
            person_id=actor.id,
            key=key,
            start=start,
            data=data,
            arrived_at=now,
        )
    )


def take_files(site: Site, actor: Actor, keys: Sequence[str]) -> Iterator[bytes]:
    """The whole of some files, one after the other.

    They stay until `forget`, so that a refused form loses nothing.
    """
    for key in keys:
        with site.sessions.reading() as session:
            pieces = session.scalars(pieces_of(actor.id or 0, key))
            file = b"".join(piece.data for piece in pieces)
        if not file:
            raise refuse("upload_gone", "照片没有传完，请重新选照片。")
        yield file


def forget(site: Site, actor: Actor, keys: Sequence[str]) -> None:
    """The files were used."""
    with site.sessions.writing() as session:
        session.execute(
            delete(UploadPiece).where(
                UploadPiece.person_id == actor.id, UploadPiece.key.in_(list(keys))
            )
        )


def clear_old(site: Site, now: datetime) -> int:
    """Pieces of photographs that nobody finishes are no evidence. Returns how many went."""
    with site.sessions.writing() as session:
        return _forget_old(session, now)


def _length(session: Session, actor: Actor, key: str) -> int:
    mine = (UploadPiece.person_id == actor.id, UploadPiece.key == key)
    return session.scalar(select(func.sum(func.length(UploadPiece.data))).where(*mine)) or 0


def _waiting(session: Session, actor: Actor) -> int:
    mine = UploadPiece.person_id == actor.id
    return session.scalar(select(func.sum(func.length(UploadPiece.data))).where(mine)) or 0
