"""witness: keep watch over another site's history, in a folder of plain files."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bulletin.domain.errors import BulletinError
from bulletin.domain.transparency.merkle import TILE_WIDTH
from bulletin.domain.transparency.successions import read_succession
from bulletin.domain.transparency.tiles import HASH_BYTES, tile_of
from bulletin.domain.transparency.tree_head import TreeHead, UnreadableNote, read_tree_head
from bulletin.domain.transparency.witness import CONTRADICTIONS, Continuation, compare
from bulletin.keys.signed_note import (
    SignedNote,
    VerifierKey,
    read_note,
    read_notes,
    read_verifier_key,
)
from bulletin.readers.web_address import fetch
from bulletin.store.whole_files import write_whole

KEY_FILE, CHECKPOINT_FILE, SEEN_FILE = "key", "checkpoint", "seen.txt"
CONTRADICTION = "contradiction-{size}-{root}.txt"


class UnknownSigner(BulletinError):
    """A checkpoint that nobody signed whom this witness knows. English."""


@dataclass(frozen=True)
class Witnessed:
    continuation: Continuation
    seen: TreeHead | None
    shown: TreeHead
    key: VerifierKey
    evidence: Path | None = None  # the note that contradicts the one that was kept

    @property
    def is_sound(self) -> bool:
        return self.continuation not in CONTRADICTIONS


def witness(
    url: str, folder: Path, now: datetime, key: str = "", *, also_private: bool = False
) -> Witnessed:
    """Compare the history that a site shows with the one that it showed before, and remember it.

    The first visit trusts the key it is given, or the one that the site names. A note that contradicts
    is kept beside the one before, which stays: both are signed, and together they prove it.

    Args:
        key: the site's public key as people gave it, for the first visit.
        also_private: this machine and private networks too, as the person said.

    Raises:
        UnknownSigner: the site's key is not the one of before, and no known key names it.
        UnreadableNote: what the site or the folder holds is no checkpoint.
        BulletinError: the site is not reached. Nothing is said about its history then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    site = _RemoteTree(url.rstrip("/"), also_private=also_private)
    trusted = _kept_key(folder) or (read_verifier_key(key) if key else site.named_key())
    note = site.note()
    signer = _signer(note, trusted, site)
    shown, seen = read_tree_head(note.text), _kept_head(folder)
    continuation = compare(seen, shown, site.nodes(shown.size))
    evidence = None
    if continuation in CONTRADICTIONS:
        evidence = folder / CONTRADICTION.format(size=shown.size, root=shown.root.hex()[:16])
        write_whole(evidence, str(note))
    else:
        write_whole(folder / KEY_FILE, f"{signer}\n")
        _remember(folder, note, shown, continuation, now)
    return Witnessed(continuation, seen, shown, signer, evidence)


class _RemoteTree:
    """The tree as another site serves it."""

    def __init__(self, url: str, *, also_private: bool) -> None:
        self._url, self._also_private = url, also_private
        self._tiles: dict[str, bytes] = {}

    def note(self) -> SignedNote:
        return read_note(self._text("checkpoint"))

    def named_key(self) -> VerifierKey:
        return read_verifier_key(self._text("checkpoint.key"))

    def successions(self) -> str:
        return self._text("checkpoint.keys")

    def nodes(self, size: int) -> Callable[[int, int, int], Sequence[bytes]]:
        def read(level: int, first: int, count: int) -> Sequence[bytes]:
            tile = tile_of(level, first, size)
            data = self._tile(tile.address, tile.width)
            start = (first % TILE_WIDTH) * HASH_BYTES
            ends = range(start, start + count * HASH_BYTES, HASH_BYTES)
            return [data[at : at + HASH_BYTES] for at in ends]

        return read

    def _tile(self, address: str, width: int) -> bytes:
        if address not in self._tiles:
            data = self._bytes(f"tile/{address}")
            if len(data) != width * HASH_BYTES:
                raise UnreadableNote(f"{self._url}/tile/{address} is no tile of {width} hashes")
            self._tiles[address] = data
        return self._tiles[address]

    def _text(self, name: str) -> str:
        try:
            return self._bytes(name).decode()
        except UnicodeDecodeError as error:
            raise UnreadableNote(f"{self._url}/{name} is no text") from error

    def _bytes(self, name: str) -> bytes:
        return fetch(f"{self._url}/{name}", also_private=self._also_private).data


def _signer(note: SignedNote, trusted: VerifierKey, site: _RemoteTree) -> VerifierKey:
    """The key that signed: the trusted one, or one to which it leads from statement to statement."""
    if note.is_signed_by(trusted):
        return trusted
    for statement in read_notes(site.successions()):
        if statement.is_signed_by(trusted):
            trusted = read_verifier_key(read_succession(statement.text).key)
            if note.is_signed_by(trusted):
                return trusted
    raise UnknownSigner(
        f"the checkpoint is not signed by the key that was known ({trusted.name}+{trusted.id.hex()}), "
        "and that key names no other; ask the township in person what became of it"
    )


def _kept_key(folder: Path) -> VerifierKey | None:
    file = folder / KEY_FILE
    return read_verifier_key(file.read_text(encoding="utf-8")) if file.exists() else None


def _kept_head(folder: Path) -> TreeHead | None:
    file = folder / CHECKPOINT_FILE
    if not file.exists():
        return None
    return read_tree_head(read_note(file.read_text(encoding="utf-8")).text)


def _remember(
    folder: Path, note: SignedNote, shown: TreeHead, continuation: Continuation, now: datetime
) -> None:
    """The newest note, and a line for what grew: moment, entries, root."""
    if continuation is not Continuation.SAME:
        line = f"{now.isoformat(timespec='seconds')} {shown.size} {_base64(shown.root)}\n"
        with (folder / SEEN_FILE).open("a", encoding="utf-8") as seen:
            seen.write(line)
    write_whole(folder / CHECKPOINT_FILE, str(note))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
