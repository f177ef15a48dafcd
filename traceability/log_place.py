"""Where the public log lies, under which name, and who watches it: decided by the settings."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from flask import Flask, current_app

from traceability.log.folder import FolderLog, origin_of
from traceability.log.notes import VerifyingKey
from traceability.log.policy import policy_text
from traceability.log.witness.places import WitnessPlace

POLICY_FILE = "policy"  # Beside the checkpoint: whom a verifier believes. Everybody may read it.
_EXTENSION = "goc-log"


@dataclass(frozen=True)
class LogPlace:
    """The folder that is published, the file of the key that signs it, our public address."""

    folder: Path
    key_file: Path
    public_url: str
    draws_key: bool = False  # Where no key is: the demo's worker draws one.
    witnesses: tuple[WitnessPlace, ...] = ()
    told_quorum: int = 0  # 0: more than half of the witnesses.
    stamping_folder: Path | None = None  # None: beside the log's key.

    @property
    def origin(self) -> str:
        """The log's name on its checkpoints: host and path, as C2SP wants it.

        A log whose site moved keeps the name it was born with: under another it were another log.
        """
        return origin_of(self.folder) or f"{urlsplit(self.public_url).netloc}/log"

    @property
    def stamping_keys(self) -> Path:
        """The folder of the keys that sign stamps, a file each: of the worker's user alone."""
        return self.stamping_folder or self.key_file.parent / "stamping-keys"

    @property
    def quorum(self) -> int:
        """How many witnesses a verifier asks for: as told, else more than half of them."""
        if not self.witnesses:
            return 0
        return self.told_quorum or len(self.witnesses) // 2 + 1

    @property
    def log(self) -> FolderLog:
        """The log in its folder."""
        return FolderLog(self.folder, origin=self.origin)

    def policy(self, key: VerifyingKey) -> str:
        """Whom to believe, as C2SP's tools and ours read it."""
        known = {place.key.name: place.key for place in self.witnesses}
        return policy_text(key, known, self.quorum)


def init_log(app: Flask, place: LogPlace) -> None:
    """Give the application its log. Opens nothing."""
    app.extensions[_EXTENSION] = place


def log_place() -> LogPlace:
    """The application's log."""
    return cast("LogPlace", current_app.extensions[_EXTENSION])
