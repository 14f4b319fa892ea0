"""What every place of a copy promises."""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

LIST = "SHA256SUMS"  # what the place holds of ours, as `sha256sum -c` reads it
MANIFEST = "manifest.json"


class CopyPlace(Protocol):
    """Files by their paths with `/`, which strangers read at any moment, and two lists that tell what there is.

    Raises:
        OSError: by everything, where the place can't be reached or written.
    """

    @property
    def where(self) -> str:
        """A folder, or the address of a bucket."""

    def is_foreign(self) -> bool:
        """Whether it holds something and no list of ours."""

    def listed(self) -> str:
        """The list, and below it what was noted since; '' for none."""

    def manifest(self) -> bytes:
        """As it was written last; b'' for none."""

    def present(self, paths: Collection[str]) -> set[str]:
        """Which of these files are there."""

    def note(self, lines: str) -> None:
        """Add to the list what is about to happen: on the disk before it does."""

    def write(self, files: Mapping[str, bytes]) -> None:
        """Each whole or not at all, in place of what was there."""

    def delete(self, path: str) -> None:
        """Of what is not there, nothing is said."""

    def settle(self, paths: Iterable[str]) -> None:
        """What was written outlives a power cut from here on."""

    def write_manifest(self, manifest: bytes) -> None: ...

    def write_list(self, text: str) -> None:
        """In place of the list and of what was noted."""
