"""What a copy holds, list by list: read when it is asked for, and written when it changed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.open_data.copy_lists import is_of_notices, list_of, signs_for
from bulletin.services.static_copy.known_parts import KnownPart, list_text, read_list
from bulletin.services.static_copy.manifest import KnownList, Manifest
from bulletin.store.copies.place import CopyPlace

AT_ONCE = 64  # lists that are in memory beside those that a run touches


class CopyLists:
    """The parts of a copy, in lists that its manifest names.

    A list is never written over: under another name lies what another run knew, until the manifest
    names it. So a run that is cut off leaves those of the one before.

    Raises:
        Refused: by reading, where a list is gone or damaged.
    """

    def __init__(self, place: CopyPlace, manifest: Manifest) -> None:
        self._place, self._manifest = place, manifest
        self._read: dict[str, dict[str, KnownPart]] = {}
        self._changed: set[str] = set()

    def part(self, key: str) -> KnownPart | None:
        self.load([key])
        return self._read[self._of(key)].get(key)

    def put(self, key: str, part: KnownPart | None) -> None:
        """None: it holds nothing any more."""
        self.load([key])
        name = self._of(key)
        if self._read[name].get(key) == part:
            return
        if part is None:
            del self._read[name][key]
        else:
            self._read[name][key] = part
        self._changed.add(name)

    def load(self, keys: Iterable[str]) -> None:
        """Those of many parts in one go."""
        names = {self._of(key) for key in keys} - self._read.keys()
        self._read |= {name: {} for name in names} | self._from_place(names)

    def keys(self) -> set[str]:
        return {key for _name, parts in self._all() for key in parts}

    def beside(self, keys: Collection[str]) -> set[str]:
        """The parts in the lists of these: with a village all of its items."""
        self.load(keys)
        return {each for key in keys for each in self._read[self._of(key)]}

    def due(self, now: datetime) -> set[str]:
        """The parts that say something else by themselves by now."""
        names = [name for name, known in self._manifest.lists.items() if known.until <= now]
        parts = chain.from_iterable(of_list.items() for _name, of_list in self._some(names))
        return {key for key, part in parts if part.until <= now}

    def not_there(self) -> dict[str, set[str]]:
        """Key → files which the place does not have any more."""
        found: dict[str, set[str]] = {}
        for _name, parts in self._all():
            files = [path for part in parts.values() for path in part.files]
            gone = set(files) - self._place.present(files)
            if gone:
                found |= {
                    k: each for k, part in parts.items() if (each := gone & part.files.keys())
                }
        return found

    def holds(self, paths: Collection[str]) -> set[str]:
        """Which of these files belong to a part."""
        held: set[str] = set()
        # Most belong to what this run touches; the others may be anybody's.
        for lists in (self._read.values(), (parts for _name, parts in self._all())):
            for parts in lists:
                if len(held) == len(paths):
                    return held
                held |= {path for part in parts.values() for path in part.files.keys() & paths}
        return held

    def static(self) -> frozenset[str]:
        """The style sheets and scripts of all parts."""
        unread = (e.static for n, e in self._manifest.lists.items() if n not in self._changed)
        read = chain.from_iterable(self._read[name].values() for name in self._changed)
        return frozenset().union(*unread, *(part.static for part in read))

    def save(self) -> None:
        """Write what changed; from then on the manifest names it."""
        self._spread()
        for name in self._changed:
            self._manifest.lists.pop(name, None)
        held = sorted(name for name in self._changed if self._read[name])
        for names in _some_at_once(held):
            self._place.write_lists(dict(map(self._written, names)))
        self._changed.clear()

    def _written(self, name: str) -> tuple[str, str]:
        parts = self._read[name]
        text = list_text(parts)
        known = KnownList(
            file=f"{name}.{_digest(text)}",
            until=min(part.until for part in parts.values()),
            parts=len(parts),
            files=sum(len(part.files) for part in parts.values()),
            static=frozenset().union(*(part.static for part in parts.values())),
        )
        self._manifest.lists[name] = known
        return known.file, text

    def _spread(self) -> None:
        """Over more lists, once there are more notices than these should hold."""
        names = {
            name for name in self._manifest.lists.keys() | self._read.keys() if is_of_notices(name)
        }
        signs = signs_for(sum(map(self._count, names)))
        if signs <= self._manifest.signs:
            return
        before = dict(self._some(names))
        for name in names:
            self._manifest.lists.pop(name, None)
            self._read.pop(name, None)
        self._changed -= names
        self._manifest.signs = signs
        for key, part in chain.from_iterable(parts.items() for parts in before.values()):
            self.put(key, part)

    def _count(self, name: str) -> int:
        return len(self._read[name]) if name in self._read else self._manifest.lists[name].parts

    def _of(self, key: str) -> str:
        return list_of(key, self._manifest.signs)

    def _all(self) -> Iterator[tuple[str, dict[str, KnownPart]]]:
        return self._some(self._manifest.lists.keys() | self._read.keys())

    def _some(self, names: Iterable[str]) -> Iterator[tuple[str, dict[str, KnownPart]]]:
        """Lists by their names; of those that no run touches few are in memory at once."""
        for some in _some_at_once(sorted(names)):
            unread = self._from_place(name for name in some if name not in self._read)
            yield from ((name, self._read.get(name) or unread.get(name, {})) for name in some)

    def _from_place(self, names: Iterable[str]) -> dict[str, dict[str, KnownPart]]:
        known = self._manifest.lists
        files = {name: known[name].file for name in names if name in known}
        texts = self._place.lists(list(files.values()))
        return {n: sound_list(self._place, file, texts.get(file, "")) for n, file in files.items()}


def sound_list(place: CopyPlace, file: str, text: str) -> dict[str, KnownPart]:
    """The parts of a list.

    Raises:
        Refused: it is not what was written, or not there.
    """
    if not file.endswith(f".{_digest(text)}"):
        words = (
            f"{place.where} 里的清单 {file} 不在了，或者坏了：把这个地方清空，副本就重新写一遍。"
        )
        raise Refused(Refusal("copy_list_damaged", words))
    return read_list(text)


def _digest(text: str) -> str:
    return sha256_hex(text.encode())[:32]


def _some_at_once(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), AT_ONCE):
        yield names[start : start + AT_ONCE]
