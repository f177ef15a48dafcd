import pytest

from tests.service.core.clock import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time stands still at a moment of 20 November 2026."""
    return Clock(monkeypatch)
