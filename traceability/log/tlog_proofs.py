"""Proofs that an entry stands in a log (c2sp.org/tlog-proof), to be checked without network."""

from dataclasses import dataclass

from traceability.log.encoding import base64_bytes, base64_text, decimal_number
from traceability.log.errors import ProofRefused
from traceability.log.merkle import HASH_BYTES
from traceability.log.notes import MOST_BYTES

HEADER = "c2sp.org/tlog-proof@v1"
LONGEST_PATH = 64  # Sizes are 63-bit numbers.


@dataclass(frozen=True)
class TlogProof:
    """Where an entry stands, the path to the root, and the signed checkpoint with that root.

    `extra` is what the application adds; nothing of the proof itself vouches for it.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def text(self) -> str:
        """The file, whose name ends in `.tlog-proof`."""
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {base64_text(self.extra)}")
        lines += [f"index {self.index}", *map(base64_text, self.path), ""]
        return "\n".join(lines) + f"\n{self.checkpoint}"


def parse_tlog_proof(text: str) -> TlogProof:
    """Read a proof; whether it proves anything is not looked at.

    Raises:
        ProofRefused: the text is none.
    """
    if len(text) > MOST_BYTES:
        raise ProofRefused("too large for a proof")
    head, blank, checkpoint = text.partition("\n\n")
    header, *lines = head.split("\n")
    if header != HEADER or not blank or not lines:
        raise ProofRefused(f"not a proof: it begins with {HEADER}")
    extra = None
    if lines[0].startswith("extra "):
        extra = base64_bytes(lines.pop(0).removeprefix("extra "), ProofRefused)
    if not lines or not lines[0].startswith("index "):
        raise ProofRefused("no index")
    index = decimal_number(lines.pop(0).removeprefix("index "), ProofRefused)
    return TlogProof(index, read_path(lines), checkpoint, extra)


def read_path(lines: list[str]) -> tuple[bytes, ...]:
    """The hashes of a path, each written in base64.

    Raises:
        ProofRefused: there are too many, or one is no hash.
    """
    if len(lines) > LONGEST_PATH:
        raise ProofRefused("a path longer than any tree is high")
    path = tuple(base64_bytes(line, ProofRefused) for line in lines)
    if any(len(one) != HASH_BYTES for one in path):
        raise ProofRefused("a hash has 32 bytes")
    return path
