"""The demo's carrier: a line in a file and in the log; nothing leaves the machine."""

import json
from pathlib import Path

from structlog import get_logger

from core.dispatch.port import Outgoing

log = get_logger()


class FileCarrier:
    """Appends each message to a file as one line of JSON."""

    keeps_words = True  # Shown on /demo/messages, so that the demo needs no phone.

    def __init__(self, path: Path) -> None:
        """The file is made with the first message, for its owner alone."""
        self._path = path

    def deliver(self, message: Outgoing) -> None:
        """See Carrier."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._path.exists():
            self._path.touch(mode=0o600)
        line = {"to": message.target, "subject": message.subject, "words": message.words}
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        log.info("message of the demo", words=message.words)
