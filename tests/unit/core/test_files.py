from pathlib import Path

import pytest

from core.files import FolderFiles


def test_a_file_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    kept = FolderFiles(tmp_path / "files")

    with kept.writing("labels/a.pdf") as stream:
        stream.write(b"first")
    with kept.writing("labels/a.pdf") as stream:
        stream.write(b"second")

    with kept.reading("labels/a.pdf") as stream:
        assert stream.read() == b"second"


def test_a_file_whose_writing_failed_leaves_the_old_one_and_no_rest(tmp_path: Path) -> None:
    kept = FolderFiles(tmp_path)
    with kept.writing("a") as stream:
        stream.write(b"old")

    def write_half() -> None:
        with kept.writing("a") as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()

    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    with kept.reading("a") as stream:
        assert stream.read() == b"old"


def test_a_deleted_file_is_gone_and_may_be_deleted_again(tmp_path: Path) -> None:
    kept = FolderFiles(tmp_path)
    with kept.writing("a") as stream:
        stream.write(b"x")

    kept.delete("a")
    kept.delete("a")

    with pytest.raises(FileNotFoundError):
        kept.reading("a")


def test_a_key_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        FolderFiles(tmp_path / "files").reading("../secret_key")
