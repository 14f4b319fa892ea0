"""The files of those who move: by their content, so that copying them twice or too early does no harm."""

from sqlalchemy.orm import Session

from bulletin.services.notices.redact import removed_digests
from bulletin.services.operations.move.order import FilesToMove
from bulletin.services.site import Site
from bulletin.store.file_references import kept_digests
from bulletin.store.files.store import sound
from bulletin.store.one_township import narrowed


def copy_files(
    source: Site, target: Site, session: Session, township_id: int | None, *, rehearse: bool
) -> FilesToMove:
    """Copy what the new house does not have yet, each checked against its digest. A rehearsal only reads."""
    digests, size, missing = _digests(session, township_id), 0, []
    # One list of a store far away takes less time than as many questions as there are files.
    there = set() if rehearse else {file.path.name for file in target.files.stored()}
    for digest in digests:
        if digest in there:
            continue
        data = sound(source.files, digest)
        if data is None:
            missing.append(digest)
            continue
        size += len(data)
        if not rehearse:
            target.files.put(data)
    return FilesToMove(digests=digests, size=size, missing=tuple(missing))


def _digests(session: Session, township_id: int | None) -> tuple[str, ...]:
    """What has to be there; words that were removed are not brought along."""
    if township_id is None:
        return _kept(session)
    with narrowed(session, township_id) as one:
        return _kept(one)


def _kept(session: Session) -> tuple[str, ...]:
    removed = removed_digests(session)
    return tuple(each for each in kept_digests(session) if each not in removed)
