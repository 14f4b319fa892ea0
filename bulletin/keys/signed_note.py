"""Signed notes with Ed25519 (C2SP signed-note): a text that ends with a line, and who stands for it.

<text>
<empty line>
— <name> <base64 of 4 bytes that tell the key, and 64 bytes of signature>
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bulletin.domain.transparency.tree_head import UnreadableNote

ED25519 = b"\x01"
ID_BYTES = 4
KEY_BYTES = 32
DASH = "\N{EM DASH} "
MAX_SIGNATURES = 100
_PRIVATE = "PRIVATE+KEY+"


@dataclass(frozen=True)
class VerifierKey:
    """The public half: `name+a1b2c3d4+base64`."""

    name: str
    public: bytes  # 32 bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart; they prove nothing."""
        return hashlib.sha256(f"{self.name}\n".encode() + ED25519 + self.public).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"


@dataclass(frozen=True)
class SignerKey:
    """The private half: `PRIVATE+KEY+name+a1b2c3d4+base64`."""

    name: str
    seed: bytes  # 32 bytes

    @property
    def verifier(self) -> VerifierKey:
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return VerifierKey(self.name, private.public_key().public_bytes_raw())

    def __str__(self) -> str:
        rest = base64.b64encode(ED25519 + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{rest}"


@dataclass(frozen=True)
class NoteSignature:
    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True)
class SignedNote:
    text: str  # with the end of its last line
    signatures: tuple[NoteSignature, ...]

    def __str__(self) -> str:
        lines = (
            f"{DASH}{each.name} {base64.b64encode(each.key_id + each.value).decode()}\n"
            for each in self.signatures
        )
        return f"{self.text}\n{''.join(lines)}"

    def is_signed_by(self, key: VerifierKey) -> bool:
        """Whether a signature of the key is there and right."""
        public = Ed25519PublicKey.from_public_bytes(key.public)
        for each in self.signatures:
            if (each.name, each.key_id) == (key.name, key.id):
                try:
                    public.verify(each.value, self.text.encode())
                except InvalidSignature:
                    return False
                return True
        return False


def new_key(name: str) -> SignerKey:
    """A key from the machine's own randomness.

    Raises:
        UnreadableNote: a name that a note can't bear: empty, or with a blank or a plus.
    """
    if not _is_name(name):
        raise UnreadableNote(f"{name!r} can't be the name of a key: no blanks and no +")
    return SignerKey(name, Ed25519PrivateKey.generate().private_bytes_raw())


def sign(text: str, key: SignerKey) -> SignedNote:
    """A note with one signature. The text ends with a line end and has no other control characters."""
    value = Ed25519PrivateKey.from_private_bytes(key.seed).sign(text.encode())
    return SignedNote(text, (NoteSignature(key.name, key.verifier.id, value),))


def read_note(text: str) -> SignedNote:
    """A note as it is served.

    Raises:
        UnreadableNote: it has no signature, or one that can't be read.
    """
    body, gap, tail = text.rpartition("\n\n")
    lines = tail.splitlines(keepends=True)
    control = any(ord(each) < ord(" ") and each != "\n" for each in text)
    if not gap or not lines or len(lines) > MAX_SIGNATURES or control:
        raise UnreadableNote("this is no signed note")
    return SignedNote(f"{body}\n", tuple(_read_signature(line) for line in lines))


def read_notes(text: str) -> Iterator[SignedNote]:
    """Notes that stand one behind the other.

    Raises:
        UnreadableNote: one of them is none.
    """
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        if lines and lines[-1].startswith(DASH) and not line.startswith(DASH):
            yield read_note("".join(lines))
            lines = []
        lines.append(line)
    if lines:
        yield read_note("".join(lines))


def read_verifier_key(text: str) -> VerifierKey:
    """The public key that `bulletin checkpoint key` prints.

    Raises:
        UnreadableNote: it is none, or was not copied whole.
    """
    name, key_id, public = _key_parts(text.strip())
    key = VerifierKey(name, public)
    if key.id != key_id:
        raise UnreadableNote("this key was not copied whole")
    return key


def read_signer_key(text: str) -> SignerKey:
    """The private key as it lies in its file.

    Raises:
        UnreadableNote: it is none.
    """
    text = text.strip()
    name, key_id, seed = _key_parts(text.removeprefix(_PRIVATE))
    key = SignerKey(name, seed)
    if not text.startswith(_PRIVATE) or key.verifier.id != key_id:
        raise UnreadableNote("this is no private key")
    return key


def _is_name(name: str) -> bool:
    return bool(name) and not any(each.isspace() or each == "+" for each in name)


def _key_parts(text: str) -> tuple[str, bytes, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, data = rest.partition("+")
    try:
        value, told = base64.b64decode(data, validate=True), bytes.fromhex(key_id)
    except (binascii.Error, ValueError):
        value, told = b"", b""
    if not _is_name(name) or value[:1] != ED25519 or len(value) != 1 + KEY_BYTES:
        raise UnreadableNote("this is no Ed25519 key of a signed note")
    return name, told, value[1:]


def _read_signature(line: str) -> NoteSignature:
    name, _, data = line.removeprefix(DASH).removesuffix("\n").partition(" ")
    try:
        value = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        value = b""
    whole = line.startswith(DASH) and line.endswith("\n")
    if not whole or not _is_name(name) or len(value) <= ID_BYTES:
        raise UnreadableNote("a signature of this note can't be read")
    return NoteSignature(name, value[:ID_BYTES], value[ID_BYTES:])


def signed_by(note: SignedNote, keys: Sequence[VerifierKey]) -> VerifierKey | None:
    """The first of the keys that signed a note; None when none did."""
    return next((key for key in keys if note.is_signed_by(key)), None)
