"""The copy where it lies: files written whole, noted before they are written, and nothing of others deleted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bulletin.domain.days import village_day
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.open_data.copy_parts import PartFiles, is_tile
from bulletin.services.static_copy.former_copy import open_former
from bulletin.services.static_copy.journal import journal_text, read_journal
from bulletin.services.static_copy.known_parts import KnownPart
from bulletin.services.static_copy.lists import CopyLists
from bulletin.services.static_copy.manifest import manifest_json, read_manifest
from bulletin.store.copies.place import CopyPlace

REMEMBERED = timedelta(days=400)  # that a file had to vanish
FOR_EVER = datetime.max.replace(tzinfo=UTC)


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
        _ensure_ours(place)
        self._place, self._now = place, now
        manifest = read_manifest(place.manifest())
        if manifest is None:
            self.manifest, self.lists, self._journal = open_former(place)
        else:
            self.manifest, self.lists = manifest, CopyLists(place, manifest)
            self._journal = read_journal(place.journal())
        self._is_known = manifest is None or self._journal.is_of_parts
        # By a run that was cut off: what became of these nobody knows, so that they are written again.
        self._doubted = self._journal.begun
        self._absent = self._doubted - place.present(self._doubted)
        self._begun_as = _by_blind_name(self._doubted)
        self._written: set[str] = set()
        self._held: set[str] = set()  # by the parts that were put
        self._new = self._changed = self._gone = 0

    def is_made_otherwise(self, made_by: str) -> bool:
        """Whether every part is to be made anew: another program or setting, a clock that was set back."""
        is_ahead = self.manifest.written_at is not None and self.manifest.written_at > self._now
        return self.manifest.made_by != made_by or is_ahead or not self._is_known

    def begin_anew(self) -> None:
        """Every part is about to be made anew; should this run be cut off, the next one does so too."""
        if self.manifest.made_by:
            self.manifest.made_by = ""
            self.lists.save()  # of the last release
            self._place.write_manifest(manifest_json(self.manifest))

    def was_looked_over_today(self) -> bool:
        at = self.manifest.looked_at
        return at is not None and village_day(at) == village_day(self._now)

    def look_over(self) -> None:
        """Look whether all files are there: what somebody deleted is written again.

        It takes long where there are many, and a bucket is asked for the names of all it holds.
        """
        for key, gone in self.lists.not_there().items():
            self._journal.keys.add(key)
            self._doubted |= gone
            self._absent |= gone
        self.manifest.looked_at = self._now

    def unsound(self) -> set[str]:
        """The parts that are not as the last run left them: another one was cut off since, or files are missing."""
        return self._journal.keys

    def sound_files(self, key: str) -> set[str]:
        """The files of a part that are as the last run left them."""
        return self._known(key).keys() - self._doubted

    def put_all(self, parts: Sequence[PartFiles]) -> list[PartFiles]:
        """Write parts, after noting of all of them at once that they are begun.

        Returns:
            Those of which anything changed since the last run that came to its end.
        """
        self.lists.load(part.key for part in parts)
        digests = [{path: sha256_hex(data) for path, data in part.files.items()} for part in parts]
        ahead = list(zip(parts, digests, strict=True))
        if lines := journal_text({part.key: self._touched(part, each) for part, each in ahead}):
            # Before anything is done to them: after a power cut, too, the next run knows of it.
            self._place.note(lines)
        return [part for part, of_part in ahead if self._put(part, of_part)]

    def _touched(self, part: PartFiles, digests: Mapping[str, str]) -> list[str]:
        gone = self._gone_of(part) | self._begun_beside(part)
        return [*sorted(gone), *self._changed_of(part.key, digests)]

    def _known(self, key: str) -> Mapping[str, str]:
        known = self.lists.part(key)
        return known.files if known else {}

    def _gone_of(self, part: PartFiles) -> set[str]:
        return self._known(part.key).keys() - part.files.keys() - part.as_before - self._held

    def _begun_beside(self, part: PartFiles) -> set[str]:
        """What a cut-off run wrote under a name that some disks take for one of these."""
        if not self._begun_as:
            return set()
        begun = set().union(*(self._begun_as.get(path.casefold(), set()) for path in part.files))
        return begun - part.files.keys() - self._written

    def _changed_of(self, key: str, digests: Mapping[str, str]) -> list[str]:
        known, doubted = self._known(key), self._doubted
        return [p for p, digest in digests.items() if known.get(p) != digest or p in doubted]

    def _put(self, part: PartFiles, digests: Mapping[str, str]) -> bool:
        """Delete what a part held before and holds no more, and write it.

        In this order, because on some disks `A.pdf` is `a.pdf`, and what was a file may be a folder now.
        For the same reason what a cut-off run wrote as `a.pdf` goes before `A.pdf` is written.
        """
        gone = self._gone_of(part)
        self._delete(gone | self._begun_beside(part))
        self._held.update(part.files, part.as_before)  # in place: `|=` makes a new set of all
        known, changed = self._known(part.key), self._changed_of(part.key, digests)
        self._write({path: part.files[path] for path in changed}, known)
        files = {**digests, **{path: known[path] for path in part.as_before}}
        self.lists.put(part.key, _known_part(part, files) if files else None)
        return bool(gone or changed)

    def close(self, made_by: str, entry: int, head: str = "") -> Copied:
        """Delete what no part holds, and write down what there is: all before an entry of the history, with its hash."""
        noted = self._journal.digests.keys()
        self._delete(noted - self.lists.holds(noted))
        # Before the lists vouch for it, and these before the manifest names them.
        self._place.settle(self._written)
        self.lists.save()
        self.manifest.made_by, self.manifest.entry, self.manifest.head = made_by, entry, head
        self.manifest.written_at = self._now
        self._forget_vanished()
        self._place.write_manifest(manifest_json(self.manifest))
        lists = self.manifest.lists.values()
        self._place.end({each.file for each in lists})
        same = sum(each.files for each in lists) - self._new - self._changed
        until = min((each.until for each in lists), default=FOR_EVER)
        return Copied(self._new, self._changed, self._gone, same, entry, until)

    def _write(self, files: Mapping[str, bytes], known: Mapping[str, str]) -> None:
        self._place.write(files)
        noted = self._journal.digests
        new = sum(p in self._absent or (p not in known and p not in noted) for p in files)
        self._new, self._changed = self._new + new, self._changed + len(files) - new
        self._written.update(files)
        self._doubted.difference_update(files)
        self._absent.difference_update(files)

    def _delete(self, paths: Collection[str]) -> None:
        """Delete files; each is noted as vanished, also if a run deleted it that could not write it down."""
        self.manifest.vanished |= {path: self._now for path in paths if not is_tile(path)}
        there = set(paths) - self._absent
        self._gone += len(there)
        self._place.delete(there)
        self._written -= there
        self._doubted |= there
        self._absent |= there

    def _forget_vanished(self) -> None:
        """What is there again, and what vanished so long ago that nobody asks any more."""
        since = self._now - REMEMBERED
        self.manifest.vanished = {
            path: at
            for path, at in self.manifest.vanished.items()
            if path not in self._held and at >= since
        }


def _known_part(part: PartFiles, files: Mapping[str, str]) -> KnownPart:
    return KnownPart(until=part.until, files=files, notices=part.notices, static=part.static)


def _by_blind_name(paths: Iterable[str]) -> dict[str, set[str]]:
    """Paths by what they are called on a disk that doesn't tell upper case from lower."""
    named: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        named[path.casefold()].add(path)
    return dict(named)


def _ensure_ours(place: CopyPlace) -> None:
    if place.is_foreign():
        words = f"{place.where} 里有别的文件，请换一个空文件夹，免得一起公开出去。"
        raise Refused(Refusal("folder_in_use", words))
