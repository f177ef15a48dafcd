"""A small log, and witnesses of it, for the tests of witnesses."""

from datetime import UTC, datetime
from pathlib import Path

from traceability.log.checkpoints import Checkpoint
from traceability.log.merkle import consistency_path, leaf_hash, root_of
from traceability.log.notes import SigningKey, sign_note
from traceability.log.witness.__main__ import create_witness, open_witness
from traceability.log.witness.places import WitnessPlace
from traceability.log.witness.requests import AddCheckpoint
from traceability.log.witness.witness import Witness

ORIGIN = "goc.example/log"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class SmallLog:
    """A log whose entries are `{word} 0`, `{word} 1`, …: another word, another history."""

    def __init__(self, origin: str = ORIGIN) -> None:
        self.key = SigningKey.generate(origin)
        self.policy = f"log {self.key.verifying_key.text}\n"

    def note(self, size: int, *, word: str = "entry", key: SigningKey | None = None) -> str:
        root = root_of(self._hashes(size, word))
        return sign_note(Checkpoint(self.key.name, size, root).text(), [key or self.key])

    def path(self, old_size: int, size: int, *, word: str = "entry") -> list[bytes]:
        return consistency_path(old_size, self._hashes(size, word)) if old_size else []

    def asking(self, old_size: int, size: int, *, word: str = "entry") -> AddCheckpoint:
        path = self.path(old_size, size, word=word) if old_size <= size else []
        return AddCheckpoint(old_size, tuple(path), self.note(size, word=word))

    def body(self, old_size: int, size: int, *, word: str = "entry") -> bytes:
        return self.asking(old_size, size, word=word).body()

    def _hashes(self, size: int, word: str) -> list[bytes]:
        return [leaf_hash(f"{word} {number}".encode()) for number in range(size)]


def make_files(folder: Path, log: SmallLog, *, name: str = "witness.example/1") -> SigningKey:
    """Key, memory and list of logs of a new witness in `folder`."""
    folder.mkdir(exist_ok=True)
    (folder / "logs").write_text(log.policy, encoding="utf-8")
    return create_witness(folder / "key", folder / "memory", name=name, owner=f"Nhân chứng {name}")


def reopen(folder: Path) -> Witness:
    """The witness of a folder, as after a new start."""
    return open_witness(folder / "key", folder / "memory", folder / "logs")


def make_witness(folder: Path, log: SmallLog) -> Witness:
    make_files(folder, log)
    return reopen(folder)


def place_of(key: SigningKey, url: str) -> WitnessPlace:
    return WitnessPlace(key.witness_key, url, key.name)
