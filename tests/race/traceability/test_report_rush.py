from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.limits import Limit, Misses
from core.work import reading
from tests.race.crowd import rush
from traceability import rules
from traceability.models import StampReport

SERIAL = rules.serial_text(37 * 1000 + 5)  # Well formed; nobody issued it.
HANDS = 8


def test_of_many_reports_at_once_only_as_many_as_are_borne_are_taken(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["misses"] = Misses()
    all_asked = Barrier(HANDS)
    refuse = Misses.refuse

    def refuse_together(self: Misses, limit: Limit, key: str) -> None:
        refuse(self, limit, key)
        all_asked.wait(30)  # Nobody goes on before everybody was told that there is room.

    monkeypatch.setattr(Misses, "refuse", refuse_together)

    def send(_hand: int) -> int:
        words: dict[str, Any] = {"text": "Tem rách"}
        return app.test_client().post(f"/s/{SERIAL}/report", data=words).status_code

    answers, _ = rush(app, send, people=HANDS)

    assert sorted(answers) == [303] * 3 + [429] * (HANDS - 3)
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(StampReport)) == 3
