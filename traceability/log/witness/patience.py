"""A connection that may take only so long, and send only so much, for each request."""

import io
import socket
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class PatientReader(io.RawIOBase):
    """What a connection sends, within the limits `begin` set: a drip of bytes cannot hold us."""

    def __init__(self, connection: socket.socket) -> None:
        """Reads nothing until `begin`."""
        super().__init__()
        self._connection = connection
        self._ends_at = 0.0
        self._bytes_left = 0

    def begin(self, *, seconds: float, most_bytes: int) -> None:
        """Start counting anew."""
        self._ends_at = monotonic() + seconds
        self._bytes_left = most_bytes

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer with what comes next; 0 at the end.

        Raises:
            TimeoutError: the time or the bytes of this request are used up.
        """
        seconds_left = self._ends_at - monotonic()
        if seconds_left <= 0 or self._bytes_left <= 0:
            raise TimeoutError("this request is over")
        self._connection.settimeout(seconds_left)
        with memoryview(buffer) as view:
            count = self._connection.recv_into(view[: self._bytes_left])
        self._bytes_left -= count
        return count
