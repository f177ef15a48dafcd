"""The body of add-checkpoint (c2sp.org/tlog-witness), written by logs and read by witnesses."""

from dataclasses import dataclass

from traceability.log.encoding import base64_bytes, base64_text, decimal_number
from traceability.log.merkle import HASH_BYTES
from traceability.log.witness.refusals import MalformedRequest

PATH = "/add-checkpoint"
SIZE_TYPE = "text/x.tlog.size"  # What the body of a 409 says: the size cosigned last.
MOST_HASHES = 63  # The client must not send more.
MOST_BODY_BYTES = 128 * 1024  # The hashes, and sixteen signatures of the longest kind.
OLD = "old "


@dataclass(frozen=True)
class AddCheckpoint:
    """The size the log believes was cosigned last, the proof from there, and the signed note."""

    old_size: int
    path: tuple[bytes, ...]
    note: str

    def body(self) -> bytes:
        """The bytes to send."""
        hashes = "".join(f"{base64_text(one)}\n" for one in self.path)
        return f"{OLD}{self.old_size}\n{hashes}\n{self.note}".encode()


def parse_request(body: bytes) -> AddCheckpoint:
    """Read the body of a request; its note is not opened.

    Raises:
        MalformedRequest: it is none.
    """
    try:
        head, blank, note = body.decode().partition("\n\n")
    except UnicodeDecodeError as wrong:
        raise MalformedRequest("not UTF-8") from wrong
    first, *hashes = head.split("\n")
    if not blank or not first.startswith(OLD):
        raise MalformedRequest("an old size, hashes and an empty line come before the checkpoint")
    if len(hashes) > MOST_HASHES:
        raise MalformedRequest(f"more than {MOST_HASHES} hashes")
    old_size = decimal_number(first.removeprefix(OLD), MalformedRequest)
    return AddCheckpoint(old_size, tuple(_hash(line) for line in hashes), note)


def _hash(line: str) -> bytes:
    raw = base64_bytes(line, MalformedRequest)
    if len(raw) != HASH_BYTES:
        raise MalformedRequest("a hash has 32 bytes")
    return raw
