"""Bring all files from the former store to the one in use, while the site runs."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from bulletin.services.notices.redact import removed_digests
from bulletin.services.site import Site
from bulletin.store.file_references import all_digests
from bulletin.store.files.relocation import Copying, MovingFiles

AT_ONCE = 8  # files: most of the time is spent waiting for an answer
REPORTED_AFTER = 200  # files


@dataclass
class Moved:
    """What a run did."""

    total: int = 0  # files that records speak of
    copied: int = 0
    damaged: list[str] = field(default_factory=list)  # digests
    missing: list[str] = field(default_factory=list)  # in neither store

    @property
    def there(self) -> int:
        """Files that this run found where they belong."""
        return self.total - self.copied - len(self.damaged) - len(self.missing)

    @property
    def is_complete(self) -> bool:
        return not self.damaged and not self.missing


def move_files(
    site: Site, moving: MovingFiles, tell: Callable[[int, int], None] = lambda _done, _total: None
) -> Moved:
    """Copy what records speak of and the store in use lacks; cut off, it goes on with the next run.

    Nothing is taken away from the former store.

    Args:
        tell: is told now and then how many of this run's files are dealt with, and of how many.

    Raises:
        OSError: one of the stores can't be reached; what was copied is.
    """
    moved = Moved()
    failed: dict[str, Copying] = {}
    left = _lacking(site, moving, moved)
    while todo := [each for each in left if each not in failed]:
        found = _copy_all(moving, todo, tell)
        failed |= {each: how for each, how in found.items() if how is not Copying.COPIED}
        moved.copied += Counter(found.values())[Copying.COPIED]
        left = _lacking(site, moving, moved)
    moved.damaged = [each for each in left if failed[each] is Copying.DAMAGED]
    moved.missing = [each for each in left if failed[each] is Copying.MISSING]
    return moved


def _lacking(site: Site, moving: MovingFiles, moved: Moved) -> list[str]:
    """Asked again until nothing is: files come in and are removed meanwhile."""
    with site.sessions.reading() as session:
        wanted = all_digests(session) - removed_digests(session)
    moved.total = len(wanted)
    return sorted(wanted - {file.path.name for file in moving.current.stored()})


def _copy_all(
    moving: MovingFiles, todo: list[str], tell: Callable[[int, int], None]
) -> dict[str, Copying]:
    found: dict[str, Copying] = {}
    waiting = iter(todo)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        while digests := list(islice(waiting, REPORTED_AFTER)):
            found |= zip(digests, threads.map(moving.copy, digests), strict=True)
            tell(len(found), len(todo))
    return found
