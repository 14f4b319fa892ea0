"""What every place of a copy promises."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

JOURNAL = "SHA256SUMS"  # the last release had its list of all files there
MANIFEST = "manifest.json"
LISTS = ".lists/"


class CopyPlace(Protocol):
    """Files by their paths with `/`, which strangers read at any moment, and lists that tell what there is.

    Raises:
        OSError: by everything, where the place can't be reached or written.
    """

    @property
    def where(self) -> str:
        """A folder, or the address of a bucket."""

    def holds_files(self) -> bool:
        """Whether anything is there but our lists: who empties a folder seldom sees what begins with a dot."""

    def is_foreign(self) -> bool:
        """Whether it holds files and nothing tells that they are ours."""

    def journal(self) -> str:
        """What was noted since a run came to its end; '' for nothing."""

    def manifest(self) -> bytes:
        """As it was written last; b'' for none."""

    def list_files(self) -> list[str]:
        """The names of the lists that lie there, also of runs that were cut off."""

    def lists(self, files: Collection[str]) -> dict[str, str]:
        """Lists by their names, without those that are not there."""

    def present(self, paths: Collection[str]) -> set[str]:
        """Which of these files are there."""

    def note(self, lines: str) -> None:
        """Add to the journal what is about to happen: on the disk before it does."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Each whole or not at all, in place of what was there."""

    def delete(self, paths: Collection[str]) -> None:
        """Of what is not there, nothing is said."""

    def settle(self, paths: Iterable[str]) -> None:
        """What was written outlives a power cut from here on."""

    def write_lists(self, lists: Mapping[str, str]) -> None:
        """Lists by their names; on the disk before the manifest names them."""

    def write_manifest(self, manifest: bytes) -> None: ...

    def end(self, files: Collection[str]) -> None:
        """Forget what was noted, and every list but these."""
