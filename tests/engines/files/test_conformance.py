"""What every store of files does alike."""

import hashlib

import pytest

from core.files import Files


def put(kept: Files, key: str, content: bytes) -> None:
    with kept.writing(key, content_type="image/webp") as stream:
        stream.write(content)


def get(kept: Files, key: str) -> bytes:
    with kept.reading(key) as stream:
        return stream.read()


def test_a_file_is_read_back_as_it_was_last_written(kept: Files) -> None:
    put(kept, "labels/a.pdf", b"first")
    put(kept, "labels/a.pdf", b"second")

    assert get(kept, "labels/a.pdf") == b"second"


def test_a_file_is_read_in_pieces_and_from_any_place(kept: Files) -> None:
    put(kept, "a", b"0123456789")

    with kept.reading("a") as stream:
        assert (stream.read(3), stream.read(3), stream.read()) == (b"012", b"345", b"6789")
        stream.seek(8)
        assert stream.read() == b"89"


def test_a_file_that_fits_no_memory_comes_back_whole(kept: Files) -> None:
    piece = bytes(range(256)) * 4_096
    with kept.writing("large") as stream:
        for _ in range(4):
            stream.write(piece)

    digest = hashlib.sha256()
    with kept.reading("large") as stream:
        while read := stream.read(65_536):
            digest.update(read)
    assert digest.hexdigest() == hashlib.sha256(piece * 4).hexdigest()


def test_an_empty_file_is_a_file(kept: Files) -> None:
    put(kept, "empty", b"")

    assert get(kept, "empty") == b""


def test_a_file_whose_writing_failed_leaves_the_old_one(kept: Files) -> None:
    put(kept, "a", b"old")

    def write_half(key: str) -> None:
        with kept.writing(key) as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half("a")
    with pytest.raises(RuntimeError):
        write_half("new")

    assert get(kept, "a") == b"old"
    with pytest.raises(FileNotFoundError):
        kept.reading("new")


def test_a_deleted_file_is_gone_and_may_be_deleted_again(kept: Files) -> None:
    put(kept, "photos/a.webp", b"x")
    put(kept, "photos/b.webp", b"y")

    kept.delete("photos/a.webp")
    kept.delete("photos/a.webp")

    with pytest.raises(FileNotFoundError):
        kept.reading("photos/a.webp")
    assert get(kept, "photos/b.webp") == b"y"


@pytest.mark.parametrize("key", ["../secret_key", "/etc/passwd", "a//b", "a/../b", "", ".a", "ô"])
def test_a_key_is_made_of_plain_names_alone(kept: Files, key: str) -> None:
    with pytest.raises(AssertionError):
        kept.reading(key)
    with pytest.raises(AssertionError):
        put(kept, key, b"x")
    with pytest.raises(AssertionError):
        kept.delete(key)
