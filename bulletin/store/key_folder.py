"""What a site signs with, in its data folder: its secret, the key of its checkpoints, what earlier keys said of the next.

No backup holds the private key: who holds it can sign another history.
"""

import secrets
from hashlib import sha256
from pathlib import Path

from bulletin.domain.errors import Misconfigured
from bulletin.domain.transparency.successions import KeySuccession
from bulletin.keys.signed_note import (
    SignerKey,
    VerifierKey,
    new_key,
    read_signer_key,
    sign,
)
from bulletin.store.whole_files import write_once, write_whole

KEY_FILE = "checkpoint.key"  # private: mode 0600
SUCCESSIONS_FILE = "checkpoint.keys"  # public: served as it is
SECRET_FILE = "secret"  # noqa: S105 - its name; private: signs forms and who is signed in
FOLDER_FILE = "folder-id"  # tells it from the data folders of other machines
_FINGERPRINT = 16  # hexadecimal digits


class KeyFolder:
    """Makes a site's key, keeps it, and replaces it."""

    def __init__(self, folder: Path) -> None:
        self._key, self._successions = folder / KEY_FILE, folder / SUCCESSIONS_FILE
        self._secret, self._folder = folder / SECRET_FILE, folder / FOLDER_FILE

    def secret(self) -> bytes:
        """What signs forms and who is signed in; made once, by whichever process comes first.

        Raises:
            Misconfigured: the file is there and empty.
        """
        if not self._secret.exists():
            write_once(self._secret, secrets.token_hex(32))
        secret = self._secret.read_text(encoding="ascii").strip().encode()
        if not secret:
            raise Misconfigured(
                f"{self._secret} is empty; delete it, and sign in again after the start"
            )
        return secret

    def signer(self, name: str) -> SignerKey:
        """The key that signs today; made under this name by whichever process asks first.

        Raises:
            UnreadableNote: the file is there and holds no key.
        """
        if not self._key.exists():
            write_once(self._key, f"{new_key(name)}\n")
        return read_signer_key(self._key.read_text(encoding="ascii"))

    def verifier(self, name: str) -> VerifierKey:
        return self.signer(name).verifier

    def rotate(self, name: str, size: int) -> VerifierKey:
        """A new key from entry `size` on; the old one says so under its signature and is gone.

        The statement is written first: cut off in between, the old key still signs.
        """
        old = self.signer(name)
        new = new_key(old.name)
        statement = sign(str(KeySuccession(old.name, size, str(new.verifier))), old)
        write_whole(self._successions, f"{self.successions()}{statement}")
        write_whole(self._key, f"{new}\n")
        return new.verifier

    def name_folder(self) -> str:
        """The id of the data folder, made once: containers have a new name each time and share their folder."""
        if not self._folder.exists():
            write_once(self._folder, secrets.token_hex(8))
        return self.folder_id

    @property
    def folder_id(self) -> str:
        """'' before it was named."""
        return self._folder.read_text(encoding="ascii").strip() if self._folder.exists() else ""

    def fingerprints(self) -> dict[str, str]:
        """By which two machines see whether they have the same, and nobody learns what: by file, of those that are there."""
        private = [each for each in (self._secret, self._key) if each.exists()]
        return {
            each.name: sha256(b"bulletin\0" + each.read_bytes().strip()).hexdigest()[:_FINGERPRINT]
            for each in private
        }

    @property
    def files(self) -> tuple[Path, ...]:
        """Where they are, or would be."""
        return self._secret, self._key, self._successions

    def successions(self) -> str:
        """What the keys before said of the next one, oldest first; '' when there was one key only."""
        file = self._successions
        return file.read_text(encoding="utf-8") if file.exists() else ""
