"""What runs of the copy noted before they touched it, since the last one that came to its end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bulletin.services.static_copy.known_parts import sum_line

UNFINISHED = "0" * 64  # instead of a digest: the file is being written or deleted
OF_PART = "# of "


@dataclass
class Journal:
    """The files of a run that was cut off, and the parts that it was about to put."""

    digests: dict[str, str] = field(default_factory=dict)  # path → as it was noted last
    keys: set[str] = field(default_factory=set)
    is_of_parts: bool = True  # each of the files is noted with its part

    @property
    def begun(self) -> set[str]:
        """What became of these nobody knows."""
        return {path for path, digest in self.digests.items() if digest == UNFINISHED}


def read_journal(text: str) -> Journal:
    """Also of the last release, which noted no parts, and before it all files of the copy."""
    journal, is_of_part = Journal(), False
    for line in text.split("\n"):
        if line.startswith(OF_PART):
            journal.keys.add(line[len(OF_PART) :])
            is_of_part = True
            continue
        digest, _gap, path = line.partition("  ")
        if path:
            journal.digests[path] = digest
            journal.is_of_parts &= is_of_part or digest != UNFINISHED
    return journal


def journal_text(paths: Mapping[str, Iterable[str]]) -> str:
    """What is about to be touched, by the keys of the parts."""
    return "".join(
        f"{OF_PART}{key}\n{lines}"
        for key, of_part in paths.items()
        if (lines := "".join(sum_line(path, UNFINISHED) for path in of_part))
    )
