"""Files in an S3-compatible store, for installations of several machines.

A file is read to its end before the first byte is handed on, and sent only when it is whole: a
store that dies halfway is a sentence, never half a page. One that hangs is left alone after two
time-outs in a row, so that pages of pictures do not wait for each of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import Any, BinaryIO, Self, cast
from urllib.parse import parse_qs, urlsplit

from structlog import get_logger

from core.breaker import Breaker
from core.clock import steady_seconds
from core.files.port import PLAIN, FilesAway, checked

log = get_logger()
CONNECT_SECONDS = 1.0
READ_SECONDS = 3.0  # Between two pieces of an answer; a store beside us answers in 0.05 s.
WHOLE_SECONDS = 20.0  # For all of a file: one that trickles must not hold a page for ever.
IN_MEMORY_BYTES = 1_048_576  # More goes to a file of this machine.
PIECE_BYTES = 65_536
MISSING = frozenset({"NoSuchKey", "404"})


@dataclass(frozen=True)
class S3Place:
    """A bucket, and where it is: `endpoint` empty is Amazon's own."""

    bucket: str
    endpoint: str = ""

    @classmethod
    def parse(cls, url: str) -> Self | None:
        """Read `s3://BUCKET?endpoint=URL`; None where it is none."""
        parts = urlsplit(url)
        asked = parse_qs(parts.query, keep_blank_values=True)
        endpoint = asked.pop("endpoint", [""])[-1]
        if parts.scheme != "s3" or not parts.netloc or parts.path not in {"", "/"} or asked:
            return None
        if endpoint and urlsplit(endpoint).scheme not in {"http", "https"}:
            return None
        return cls(parts.netloc, endpoint)


class S3Files:
    """Files of one bucket; see `core.files.port.Files`. Keys, region: the usual AWS_* variables."""

    def __init__(self, place: S3Place, *, breaker: Breaker | None = None) -> None:
        """Asks nothing of the network."""
        self._place = place
        self._breaker = breaker or Breaker(steady_seconds)
        self._making = Lock()

    @contextmanager
    def writing(self, key: str, *, content_type: str = PLAIN) -> Iterator[BinaryIO]:
        """See Files."""
        checked(key)
        with SpooledTemporaryFile(IN_MEMORY_BYTES) as spool:
            yield cast("BinaryIO", spool)
            spool.seek(0)
            with self._asking(key):
                # No ACL is named: what the bucket grants by default is nothing.
                self._client.put_object(
                    Bucket=self._place.bucket, Key=key, Body=spool, ContentType=content_type
                )

    def reading(self, key: str) -> BinaryIO:
        """See Files."""
        checked(key)
        spool = SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115  # Whoever reads closes it.
        try:
            with self._asking(key):
                answer = self._client.get_object(Bucket=self._place.bucket, Key=key)
                _copy(answer["Body"], spool)
        except BaseException:
            spool.close()
            raise
        spool.seek(0)
        return cast("BinaryIO", spool)

    def delete(self, key: str) -> None:
        """See Files."""
        checked(key)
        with self._asking(key):
            self._client.delete_object(Bucket=self._place.bucket, Key=key)

    @contextmanager
    def _asking(self, key: str) -> Iterator[None]:
        """Turn whatever the store or the way to it refuses into FilesAway."""
        from botocore.exceptions import (  # noqa: PLC0415  # Loaded with such a store alone.
            BotoCoreError,
            ClientError,
        )
        from urllib3.exceptions import HTTPError  # noqa: PLC0415

        if not self._breaker.may_ask():
            raise FilesAway("the store is left alone")
        try:
            yield
        except ClientError as error:
            self._breaker.answered()
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in MISSING:
                raise FileNotFoundError(key) from None
            log.warning("store of files refused", reason=code)
            raise FilesAway(code) from None
        except (BotoCoreError, HTTPError, OSError) as error:
            self._breaker.failed()
            log.warning("store of files away", reason=type(error).__name__)
            raise FilesAway(type(error).__name__) from None
        self._breaker.answered()

    @property
    def _client(self) -> Any:
        with self._making:  # Two threads would read the library's models twice.
            return self._made_client

    @cached_property
    def _made_client(self) -> Any:
        import boto3  # noqa: PLC0415  # 25 MB and 0.3 s: only where such a store is set.
        from botocore.config import Config  # noqa: PLC0415

        config = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": 1},  # Jobs try again by themselves; pages do not wait.
            # Other stores know neither the newest checksums nor buckets as host names.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path" if self._place.endpoint else "auto"},
        )
        return boto3.session.Session().client(
            "s3", endpoint_url=self._place.endpoint or None, config=config
        )


def _copy(body: Any, target: SpooledTemporaryFile[bytes]) -> None:
    deadline = steady_seconds() + WHOLE_SECONDS
    for piece in body.iter_chunks(PIECE_BYTES):
        target.write(piece)
        if steady_seconds() > deadline:
            raise TimeoutError
