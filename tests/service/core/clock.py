"""A clock that tests move."""

from datetime import UTC, datetime, timedelta

import pytest

from core import clock


class Clock:
    """Stands still until it is moved on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
