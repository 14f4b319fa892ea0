"""The copy where it lies: files written whole, noted before they are written, and nothing of others deleted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import starmap

from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.open_data.copy_parts import PartFiles
from bulletin.services.static_copy.manifest import KnownPart, manifest_json, read_manifest
from bulletin.store.copies.place import CopyPlace

REMEMBERED = timedelta(days=400)  # that a file had to vanish
FOR_EVER = datetime.max.replace(tzinfo=UTC)
UNFINISHED = "0" * 64  # instead of a digest: the file is being written or deleted


@dataclass(frozen=True)
class Copied:
    """What became of a copy: how many files are new, changed, gone, and as they were."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0
    entry: int = 0  # of the history: all before it are in the copy
    until: datetime = FOR_EVER  # from then on some part says something else by itself


class KeptCopy:
    """A copy where it lies, while a run writes it. A run that is cut off is completed by the next.

    Raises:
        Refused: the place holds something else, which would be published along.
    """

    def __init__(self, place: CopyPlace, now: datetime) -> None:
        self._place, self._now = place, now
        lines = _listed(place)
        self._listed = {path for path, _ in lines}  # with what a run deleted that was cut off
        self._there = place.present(self._listed)
        # By such a run: what became of these nobody knows, so that they are written again.
        self._begun = {path for path, digest in lines if digest == UNFINISHED}
        sound = self._there - self._begun
        self._digests = {path: digest for path, digest in lines if path in sound}
        self._begun_as = _by_blind_name(self._begun)
        self._written: set[str] = set()
        self._held: set[str] = set()  # by the parts that were put
        self._new = self._changed = self._gone = 0
        self.manifest = read_manifest(place.manifest())

    def begin_anew(self) -> None:
        """Every part is about to be made anew; should this run be cut off, the next one does so too."""
        if self.manifest.made_by:
            self.manifest.made_by = ""
            self._place.write_manifest(manifest_json(self.manifest))

    def unsound(self) -> set[str]:
        """The parts that may not be as the last run left them: a run was cut off since, or files are missing."""
        sound = self._digests.keys()
        return {key for key, part in self.manifest.parts.items() if not part.files <= sound}

    def put_all(self, parts: Sequence[PartFiles]) -> list[PartFiles]:
        """Write parts, after noting of all of them at once that they are begun.

        Returns:
            Those of which anything changed since the last run that came to its end.
        """
        digests = [{path: sha256_hex(data) for path, data in part.files.items()} for part in parts]
        ahead = list(zip(parts, digests, strict=True))
        self._note(path for each in ahead for path in self._touched(*each))
        return [part for part, of_part in ahead if self._put(part, of_part)]

    def _touched(self, part: PartFiles, digests: Mapping[str, str]) -> list[str]:
        return [*sorted(self._gone_of(part) | self._begun_beside(part)), *self._changed_of(digests)]

    def _gone_of(self, part: PartFiles) -> frozenset[str]:
        known = self.manifest.parts.get(part.key)
        return known.files - part.files.keys() - self._held if known else frozenset()

    def _begun_beside(self, part: PartFiles) -> set[str]:
        """What a cut-off run wrote under a name that some disks take for one of these."""
        begun = set().union(*(self._begun_as.get(path.casefold(), set()) for path in part.files))
        return begun - part.files.keys() - self._written

    def _changed_of(self, digests: Mapping[str, str]) -> list[str]:
        return [path for path, digest in digests.items() if self._digests.get(path) != digest]

    def _put(self, part: PartFiles, digests: Mapping[str, str]) -> bool:
        """Delete what a part held before and holds no more, and write it.

        In this order, because on some disks `A.pdf` is `a.pdf`, and what was a file may be a folder now.
        For the same reason what a cut-off run wrote as `a.pdf` goes before `A.pdf` is written.
        """
        gone = self._gone_of(part)
        self._delete(gone | self._begun_beside(part))
        self._held.update(part.files)  # in place: `|=` with keys makes a new set of all
        changed = self._changed_of(digests)
        self._write({path: part.files[path] for path in changed}, digests)
        if part.files:
            self.manifest.parts[part.key] = KnownPart(
                until=part.until,
                files=frozenset(part.files),
                notices=part.notices,
                static=part.static,
            )
        else:
            self.manifest.parts.pop(part.key, None)
        return bool(gone or changed)

    def close(self, made_by: str, entry: int) -> Copied:
        """Delete what no part holds, and write down what there is."""
        held: set[str] = set().union(*(part.files for part in self.manifest.parts.values()))
        self._delete((self._listed | self._digests.keys()) - held)
        # Before the list vouches for it.
        self._place.settle(self._written & self._digests.keys())
        self.manifest.made_by, self.manifest.entry = made_by, entry
        self.manifest.written_at = self._now
        self._forget_vanished()
        self._place.write_manifest(manifest_json(self.manifest))
        self._place.write_list("".join(starmap(_line, sorted(self._digests.items()))))
        same = len(self._digests) - self._new - self._changed
        until = min((part.until for part in self.manifest.parts.values()), default=FOR_EVER)
        return Copied(self._new, self._changed, self._gone, same, entry, until)

    def _note(self, paths: Iterable[str]) -> None:
        """Before anything is done to them: after a power cut, too, the next run knows of it."""
        if lines := "".join(_line(path, UNFINISHED) for path in paths):
            self._place.note(lines)

    def _write(self, files: Mapping[str, bytes], digests: Mapping[str, str]) -> None:
        self._place.write(files)
        new = files.keys() - self._there
        self._new, self._changed = self._new + len(new), self._changed + len(files) - len(new)
        self._digests |= {path: digests[path] for path in files}
        self._there.update(files)
        self._written.update(files)

    def _delete(self, paths: Iterable[str]) -> None:
        """Delete files; each is noted as vanished, also if a run deleted it that could not write it down."""
        for path in paths:
            self.manifest.vanished[path] = self._now
            if path not in self._there:
                continue
            self._there.remove(path)
            self._digests.pop(path, None)
            self._gone += 1
            self._place.delete(path)

    def _forget_vanished(self) -> None:
        """What is there again, and what vanished so long ago that nobody asks any more."""
        since = self._now - REMEMBERED
        self.manifest.vanished = {
            path: at
            for path, at in self.manifest.vanished.items()
            if path not in self._digests and at >= since
        }


def _by_blind_name(paths: Iterable[str]) -> dict[str, set[str]]:
    """Paths by what they are called on a disk that doesn't tell upper case from lower."""
    named: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        named[path.casefold()].add(path)
    return dict(named)


def _line(path: str, digest: str) -> str:
    return f"{digest}  {path}\n"


def _listed(place: CopyPlace) -> list[tuple[str, str]]:
    """(path, SHA-256) of what earlier runs wrote here, the newest last; some of it may be deleted already."""
    if place.is_foreign():
        words = f"{place.where} 里有别的文件，请换一个空文件夹，免得一起公开出去。"
        raise Refused(Refusal("folder_in_use", words))
    parts = (line.partition("  ") for line in place.listed().splitlines())
    return [(path, digest) for digest, _gap, path in parts if path]
