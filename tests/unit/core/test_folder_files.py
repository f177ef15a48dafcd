from pathlib import Path

from core.files import FolderFiles


def test_a_deleted_file_takes_along_what_a_crash_left_of_it(tmp_path: Path) -> None:
    kept = FolderFiles(tmp_path)
    for key in ("exports/A.zip", "exports/AB.zip"):
        with kept.writing(key) as stream:
            stream.write(b"whole")
    for left in ("A.zip.7K3MQ9T2XB.part", "AB.zip.7K3MQ9T2XB.part"):
        (tmp_path / "exports" / left).write_bytes(b"half")

    kept.delete("exports/A.zip")
    kept.delete("exports/gone.zip")
    kept.delete("nowhere/gone.zip")

    left_there = sorted(path.name for path in (tmp_path / "exports").iterdir())
    assert left_there == ["AB.zip", "AB.zip.7K3MQ9T2XB.part"]
