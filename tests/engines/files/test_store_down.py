"""A store that refuses us, is away, hangs or breaks off: a sentence in time, never a hung page."""

import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import perf_counter

import pytest

from core.breaker import PAUSE_SECONDS, Breaker
from core.files import FilesAway, S3Files, S3Place, s3
from tests.engines.files.conftest import client_of
from tests.servers.processes import free_port


class Seconds:
    """A clock that a test moves on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def answering(said: bytes) -> Iterator[str]:
    """A server that says the same to everybody and then nothing more; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                taken.append(connection)
                connection.sendall(said)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        for connection in taken:
            connection.close()


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "goc")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "goc")
    monkeypatch.setattr(s3, "READ_SECONDS", 0.3)


def test_a_store_that_hangs_is_left_alone_after_two_waits() -> None:
    seconds = Seconds()
    with answering(b"") as endpoint:
        kept = S3Files(S3Place("goc", endpoint), breaker=Breaker(seconds))
        began = perf_counter()
        for _ in range(20):
            with pytest.raises(FilesAway):
                kept.reading("a")
        took = perf_counter() - began

    assert took < 10, "twenty pictures of a page wait twice, not twenty times"
    seconds.now += PAUSE_SECONDS
    with pytest.raises(FilesAway, match=r"Error$"):
        kept.reading("a")


def test_a_store_that_breaks_off_gives_no_half_file() -> None:
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nContent-Type: image/webp\r\n\r\nhalf"
    with answering(said) as endpoint, pytest.raises(FilesAway):
        S3Files(S3Place("goc", endpoint)).reading("a")


def test_a_store_that_is_away_refuses_writing_and_deleting_too() -> None:
    kept = S3Files(S3Place("goc", f"http://127.0.0.1:{free_port()}"))

    with pytest.raises(FilesAway), kept.writing("a") as stream:
        stream.write(b"x")
    with pytest.raises(FilesAway):
        kept.delete("a")


def test_a_store_that_knows_another_key_refuses_us(
    place: S3Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")

    with pytest.raises(FilesAway, match="SignatureDoesNotMatch"):
        S3Files(place).reading("a")


def test_a_file_is_private_and_carries_its_type(place: S3Place) -> None:
    with S3Files(place).writing("photos/a.webp", content_type="image/webp") as stream:
        stream.write(b"x")

    with closing(client_of(place)) as client:
        head = client.head_object(Bucket=place.bucket, Key="photos/a.webp")
    assert head["ContentType"] == "image/webp"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(  # noqa: S310  # Our own server on this machine.
            f"{place.endpoint}/{place.bucket}/photos/a.webp", timeout=5
        )
    assert refused.value.code == 403
    refused.value.close()
