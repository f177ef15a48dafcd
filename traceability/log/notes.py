"""Signed notes (c2sp.org/signed-note): texts under which known keys have set their signature.

Two algorithms are known: plain Ed25519, by which a log signs, and timestamped cosignatures, by
which a witness does (c2sp.org/tlog-cosignature).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from traceability.log.encoding import base64_bytes, base64_text
from traceability.log.errors import KeyRefused, NoteRefused

ED25519, COSIGNATURE = 1, 4  # Signature types assigned by c2sp.org/signed-note.
MOST_BYTES = 1_000_000  # The limits of golang.org/x/mod/sumdb/note.
MOST_SIGNATURES = 100
KEY_BYTES = 32
SIGNATURE_BYTES = 64
TIME_BYTES = 8  # What a cosignature says before its signature: the POSIX time, big-endian.
ID_BYTES = 4
PRIVATE = "PRIVATE+KEY+"  # How golang.org/x/mod/sumdb/note begins a private key.
DASH = "— "  # What a signature line begins with: U+2014 and a space.


@dataclass(frozen=True)
class VerifyingKey:
    """By which a signature is checked: a name, 32 bytes of Ed25519, and how it signs."""

    name: str
    public: bytes
    algorithm: int = ED25519

    @classmethod
    def from_text(cls, text: str) -> "VerifyingKey":
        """Read `name+id+base64`, as tools hand such keys on.

        Raises:
            KeyRefused: it is none, or its id is not that of its name and bytes.
        """
        name, key_id, algorithm, public = _parts(text)
        if algorithm not in (ED25519, COSIGNATURE):
            raise KeyRefused(f"unknown algorithm {algorithm}")
        key = cls(name, public, algorithm)
        if key.key_id.hex() != key_id:
            raise KeyRefused("the id is not that of the key")
        return key

    @property
    def key_id(self) -> bytes:
        """The four bytes that name the key in a signature line."""
        named = f"{self.name}\n".encode() + bytes([self.algorithm]) + self.public
        return sha256(named).digest()[:ID_BYTES]

    @property
    def text(self) -> str:
        """The key as `from_text` reads it."""
        encoded = base64_text(bytes([self.algorithm]) + self.public)
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    def verify(self, text: str, signature: bytes) -> None:
        """Check the bytes of a signature line, without the key's id, over a note's text.

        Raises:
            NoteRefused: this key did not sign this text.
        """
        try:
            message, bare = _signed(self.algorithm, text, signature)
            Ed25519PublicKey.from_public_bytes(self.public).verify(bare, message)
        except (InvalidSignature, ValueError) as wrong:
            raise NoteRefused(f"{self.name} did not sign this text") from wrong


@dataclass(frozen=True, repr=False)
class SigningKey:
    """By which a log or a witness signs. Its private bytes appear nowhere but in `text`."""

    name: str
    private: bytes

    @classmethod
    def generate(cls, name: str) -> "SigningKey":
        """A new key under this name.

        Raises:
            KeyRefused: a key cannot bear this name.
        """
        _require_name(name)
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_text(cls, text: str) -> "SigningKey":
        """Read `PRIVATE+KEY+name+id+base64`, as Go's tools keep such keys.

        Raises:
            KeyRefused: it is none, or its id is not that of its name and bytes.
        """
        if not text.startswith(PRIVATE):
            raise KeyRefused("not a private key")
        name, key_id, algorithm, private = _parts(text.removeprefix(PRIVATE))
        key = cls(name, private)
        if algorithm != ED25519 or key.verifying_key.key_id.hex() != key_id:
            raise KeyRefused("the id is not that of the key")
        return key

    def __repr__(self) -> str:
        return f"SigningKey({self.name!r})"

    @property
    def text(self) -> str:
        """The key as `from_text` reads it: a secret."""
        encoded = base64_text(bytes([ED25519]) + self.private)
        return f"{PRIVATE}{self.name}+{self.verifying_key.key_id.hex()}+{encoded}"

    @property
    def verifying_key(self) -> VerifyingKey:
        """By which the notes it signs are checked."""
        return VerifyingKey(self.name, self._ed25519.public_key().public_bytes_raw())

    @property
    def witness_key(self) -> VerifyingKey:
        """By which the cosignatures it gives are checked."""
        return VerifyingKey(self.name, self.verifying_key.public, COSIGNATURE)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of Ed25519 over `message`."""
        return self._ed25519.sign(message)

    @property
    def _ed25519(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.private)


@dataclass(frozen=True)
class Note:
    """A note that at least one known key signed: its text, and the signature of each such key."""

    text: str
    signatures: dict[VerifyingKey, bytes]


def sign_note(text: str, keys: Sequence[SigningKey]) -> str:
    """The note of `text`, signed by each key.

    Raises:
        NoteRefused: the text cannot be a note's: it does not end its last line, or holds
            control characters.
    """
    _require_text(text)
    lines = [signature_line(key.verifying_key, key.sign(text.encode())) for key in keys]
    return f"{text}\n{''.join(lines)}"


def signature_line(key: VerifyingKey, signature: bytes) -> str:
    """The line that says `key` gave this signature, with its line end."""
    return f"{DASH}{key.name} {base64_text(key.key_id + signature)}\n"


def add_lines(note: str, lines: Iterable[str]) -> str:
    """The note with further signature lines, each with its line end."""
    return note + "".join(lines)


def open_note(note: str, known: Iterable[VerifyingKey]) -> Note:
    """Give the text of a note that a known key signed; unknown keys are passed over.

    Raises:
        NoteRefused: it is malformed or too large, a known key's signature is wrong, or no known
            key signed it.
    """
    text, lines = split_note(note)
    keys = {(key.name, key.key_id): key for key in known}
    signatures: dict[VerifyingKey, bytes] = {}
    for name, key_id, signature in map(_read_line, lines):
        key = keys.get((name, key_id))
        if key is None or key in signatures:  # A second signature of a key says nothing more.
            continue
        key.verify(text, signature)
        signatures[key] = signature
    if not signatures:
        raise NoteRefused("no known key signed this note")
    return Note(text, signatures)


def split_note(note: str) -> tuple[str, list[str]]:
    """The text of a note and its signature lines, none of them checked.

    Raises:
        NoteRefused: it is no note, or larger than notes are.
    """
    if len(note) > MOST_BYTES or len(note.encode(errors="replace")) > MOST_BYTES:
        raise NoteRefused("too large for a note")
    _require_text(note)
    text, blank, rest = note.removesuffix("\n").rpartition("\n\n")
    if not blank:
        raise NoteRefused("no signatures after an empty line")
    lines = rest.split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteRefused("too many signatures")
    return f"{text}\n", lines


def cosigned_message(text: str, posix: int) -> bytes:
    """What a witness signs over a checkpoint's text at a POSIX time."""
    return f"cosignature/v1\ntime {posix}\n{text}".encode()


def _signed(algorithm: int, text: str, signature: bytes) -> tuple[bytes, bytes]:
    """The message a signature is over, and the bare signature.

    Raises:
        ValueError: the signature is shorter or longer than those of its kind.
    """
    said = b"" if algorithm == ED25519 else signature[:TIME_BYTES]
    bare = signature[len(said) :]
    if len(bare) != SIGNATURE_BYTES:
        raise ValueError("wrong length")
    if algorithm == ED25519:
        return text.encode(), bare
    return cosigned_message(text, int.from_bytes(said, "big")), bare


def _read_line(line: str) -> tuple[str, bytes, bytes]:
    """Key name, key id and signature of a signature line."""
    name, space, encoded = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not space or not _is_name(name):
        raise NoteRefused("not a signature line")
    raw = base64_bytes(encoded, NoteRefused)
    if len(raw) <= ID_BYTES:
        raise NoteRefused("a signature line without signature")
    return name, raw[:ID_BYTES], raw[ID_BYTES:]


def _parts(text: str) -> tuple[str, str, int, bytes]:
    """Name, id in hexadecimal, algorithm and 32 bytes of a key's text."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    _require_name(name)
    raw = base64_bytes(encoded, KeyRefused)
    if len(raw) != 1 + KEY_BYTES:
        raise KeyRefused("an Ed25519 key has 32 bytes")
    return name, key_id, raw[0], raw[1:]


def _require_name(name: str) -> None:
    if not _is_name(name):
        raise KeyRefused("a key's name has neither spaces nor plus signs")


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(letter.isspace() for letter in name)


def _require_text(text: str) -> None:
    if not text.endswith("\n") or any(letter < " " and letter != "\n" for letter in text):
        raise NoteRefused("a note is lines without control characters")
    try:
        text.encode()
    except UnicodeEncodeError as wrong:
        raise NoteRefused("not Unicode") from wrong
