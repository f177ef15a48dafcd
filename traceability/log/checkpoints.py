"""Checkpoints (c2sp.org/tlog-checkpoint): what a log says it holds, for keys to sign."""

from dataclasses import dataclass

from traceability.log.encoding import base64_bytes, base64_text, decimal_number
from traceability.log.errors import CheckpointRefused
from traceability.log.merkle import HASH_BYTES

FIRST_LINES = 3  # Origin, size, root; what follows are extensions of others.


@dataclass(frozen=True)
class Checkpoint:
    """A log's name, the number of its leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The text of the note that says so."""
        return f"{self.origin}\n{self.size}\n{base64_text(self.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint from the text of an opened note; extension lines say nothing to us.

    Raises:
        CheckpointRefused: the text is none.
    """
    lines = text.split("\n")
    if len(lines) <= FIRST_LINES or lines.pop() or not all(lines):
        raise CheckpointRefused("a checkpoint is at least three lines, none of them empty")
    origin, size, root = lines[:FIRST_LINES]
    raw = base64_bytes(root, CheckpointRefused)
    if len(raw) != HASH_BYTES:
        raise CheckpointRefused("a root has 32 bytes")
    return Checkpoint(origin, decimal_number(size, CheckpointRefused), raw)
