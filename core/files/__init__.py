"""Files the application makes or is given: one small port with two adapters, chosen by settings."""

from pathlib import Path

from flask import Flask, current_app

from core.files.folder import FolderFiles
from core.files.port import Files, FilesAway
from core.files.s3 import S3Files, S3Place

__all__ = ["Files", "FilesAway", "FolderFiles", "S3Files", "S3Place", "files", "init_files"]

EXTENSION = "goc-files"


def init_files(app: Flask, *, place: Path | S3Place) -> None:
    """Keep the application's files in a folder, or in a bucket. Asks nothing of either."""
    app.extensions[EXTENSION] = S3Files(place) if isinstance(place, S3Place) else FolderFiles(place)


def files() -> Files:
    """The application's files."""
    kept: Files = current_app.extensions[EXTENSION]
    return kept
