"""SMS of one telephone that come at once: the limits of its day hold."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from core.inbound import Incoming, Readers, init_inbound, receive
from core.inbound.models import InboundSender
from core.inbound.port import EXTENSION
from core.inbound.service import HELPS_A_DAY
from core.inbound.tasks import forget_inbound
from core.work import VISITOR, reading, transaction
from tests.race.crowd import rush

PHONE = "+84912345678"


@pytest.fixture
def read_by_nobody(migrated_app: Flask) -> Iterator[None]:
    before = migrated_app.extensions[EXTENSION]
    init_inbound(migrated_app, Readers((), "Goc chua hieu.", is_open=False))
    yield
    migrated_app.extensions[EXTENSION] = before


def test_ten_at_once_are_helped_three_times_while_their_rows_are_written_anew(
    app: Flask, read_by_nobody: None
) -> None:
    def send(person: int) -> str | None:
        if person >= 10:
            forget_inbound()
            return None
        with transaction(by=VISITOR) as work:
            return receive(work, Incoming(f"P-{person}", PHONE, "?"))

    answers, refusals = rush(app, send, people=12)

    assert refusals == []
    assert sum(answer is not None for answer in answers) == HELPS_A_DAY
    with reading() as session:
        [sender] = session.scalars(select(InboundSender))
    assert (sender.taken, sender.helped) == (10, 3)
