"""Where the public log lies, and under which name: decided by the settings."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, current_app

_EXTENSION = "goc-log"


@dataclass(frozen=True)
class LogPlace:
    """The folder that is published, the file of the key that signs it, our public address."""

    folder: Path
    key_file: Path
    public_url: str

    @property
    def origin(self) -> str:
        """The log's name on its checkpoints: host and path, as C2SP wants it."""
        return f"{urlsplit(self.public_url).netloc}/log"


def init_log(app: Flask, place: LogPlace) -> None:
    """Give the application its log. Opens nothing."""
    app.extensions[_EXTENSION] = place


def log_place() -> LogPlace:
    """The application's log."""
    return cast("LogPlace", current_app.extensions[_EXTENSION])
