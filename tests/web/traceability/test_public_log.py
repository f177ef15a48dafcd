"""What strangers read of the log, and the proof of a stamp they take home."""

import hashlib
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from core import clock
from core.work import COMMAND, reading, transaction
from tests.makers import make_batch, make_person, make_practice
from traceability import service
from traceability.log.checking import Outcome, Step, check_stamp, later_acts
from traceability.log.policy import parse_policy
from traceability.log.proofs import parse_stamp_proof
from traceability.log_place import log_place
from traceability.models import Stamp, StampCheck
from traceability.publishing import publish
from traceability.rules import VoidReason, serial_text
from traceability.service import Told


@pytest.fixture
def batch_id(app: Flask) -> int:
    """A published batch of 300 stamps."""
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=300)
    publish()
    return batch.id


def serial_at(batch_id: int, ordinal: int) -> str:
    with reading() as session:
        wished = select(Stamp.serial).where(Stamp.batch_id == batch_id, Stamp.ordinal == ordinal)
        return serial_text(session.scalars(wished).one())


def test_checkpoint_tiles_and_entries_are_those_of_the_folder(
    client: FlaskClient, batch_id: int
) -> None:
    note = client.get("/log/checkpoint")
    tile = client.get("/log/tile/0/000.p/2")
    entries = client.get("/log/tile/entries/000.p/2")

    assert note.text.startswith("goc.example/log\n2\n")
    assert note.content_type == "text/plain; charset=utf-8"
    assert note.headers["Cache-Control"] == "public, max-age=1"
    first = int.from_bytes(entries.data[:2], "big")
    assert hashlib.sha256(b"\0" + entries.data[2 : 2 + first]).digest() == tile.data[:32]
    assert len(tile.data) == 64
    for answer in (tile, entries):
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "0/000",
        "0/000.p/1",
        "0/000.p/3",
        "0/001.p/1",
        "1/000.p/1",
        "0/../../../log-key",
        "0/%2e%2e/%2e%2e/%2e%2e/log-key",
        "..%2f..%2flog-key",
        "entries/000.p/02",
        "promise",
        "0/" + "x999/" * 2_000 + "999",
    ],
)
def test_what_is_not_published_or_no_tile_is_not_found(
    client: FlaskClient, batch_id: int, path: str
) -> None:
    assert client.get(f"/log/tile/{path}").status_code in {404, 308}
    assert client.get("/log/log-key").status_code == 404


def test_before_the_first_publication_there_is_a_page_and_nothing_else(client: FlaskClient) -> None:
    assert client.get("/log").status_code == 200
    assert client.get("/log/checkpoint").status_code == 404
    assert client.get("/log/policy").status_code == 404
    assert client.get("/log/tile/0/000.p/1").status_code == 404


def test_the_page_says_how_far_the_log_goes_and_how_to_check_it(
    client: FlaskClient, batch_id: int
) -> None:
    page = client.get("/log").text

    assert "Sổ có 2 dòng." in page
    assert "Chưa có nhân chứng nào ký" in page
    assert "python -m traceability.audit https://goc.example/log" in page
    assert "The record has 2 lines." in client.get("/log?lang=en").text


@pytest.mark.parametrize("ordinal", [1, 256, 257, 300])
def test_a_stamps_proof_holds_for_whoever_has_our_policy(
    client: FlaskClient, batch_id: int, ordinal: int
) -> None:
    serial = serial_at(batch_id, ordinal)

    answer = client.get(f"/s/{serial.lower()}/proof")

    proof = parse_stamp_proof(answer.text)
    check = check_stamp(proof, parse_policy(client.get("/log/policy").text))
    assert check.outcome is Outcome.PENDING  # No witnesses are named: the log alone signed.
    assert check.passed == (Step.STAMP, Step.ENTRY, Step.LOG, Step.MAKER, Step.LATER)
    assert (proof.uri, proof.index) == (f"HTTPS://GOC.EXAMPLE/S/{serial}", ordinal - 1)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={serial}.tlog-proof"
    with reading() as session:
        assert session.scalars(select(StampCheck.token)).all() == []


def test_what_happened_later_to_this_stamp_alone_stands_in_its_proof(
    client: FlaskClient, batch_id: int
) -> None:
    with transaction(by=COMMAND) as work:
        for first, last in ((5, 9), (20, 30)):
            told = Told(batch_id, first, last, clock.now())
            service.tell_void(work, told, reason=VoidReason.LOST)
    publish()

    proof = parse_stamp_proof(client.get(f"/s/{serial_at(batch_id, 7)}/proof").text)

    check = check_stamp(proof, parse_policy(client.get("/log/policy").text))
    assert Step.LATER in check.passed
    assert [(one["first"], one["reason"]) for one in later_acts(proof)] == [(5, "lost")]


def test_a_proof_is_not_found_for_numbers_that_are_none_and_batches_not_published(
    app: Flask, client: FlaskClient, batch_id: int
) -> None:
    with transaction(by=COMMAND) as work:
        waiting = make_batch(work)
        practised = make_batch(work, enterprise=make_practice(work, person=make_person(work)))

    assert client.get("/s/7K3MQ9T2XB40G/proof").status_code == 404
    assert client.get("/s/7K3MQ9T2XB40/proof").status_code == 400
    assert client.get(f"/s/{serial_at(practised.id, 1)}/proof").status_code == 404
    pending = client.get(f"/s/{serial_at(waiting.id, 1)}/proof")
    assert pending.status_code == 404
    assert "chưa được công bố vào sổ" in pending.text


def test_guessing_proofs_is_limited_as_guessing_stamps_is(
    client: FlaskClient, batch_id: int
) -> None:
    tries = [client.get("/s/7K3MQ9T2XB40G/proof").status_code for _ in range(62)]

    assert set(tries[:60]) == {404}
    assert tries[-1] == 429
    assert client.get(f"/s/{serial_at(batch_id, 1)}/proof").status_code == 200


def test_the_stamps_page_says_when_its_batch_was_published_and_hands_the_proof_out(
    client: FlaskClient, batch_id: int
) -> None:
    serial = serial_at(batch_id, 1)

    page = client.get(f"/s/{serial}").text

    assert "Đợt tem này đã công bố trong sổ công khai lúc" in page
    assert f'href="/s/{serial}/proof"' in page
    assert 'href="/log"' in page


def test_the_stamps_page_says_that_publication_is_pending(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_batch(work)

    page = client.get(f"/s/{serial_at(batch.id, 1)}").text

    assert "chưa công bố vào sổ công khai" in page
    assert "/proof" not in page


def test_a_proof_asks_a_fixed_number_of_statements(
    client: FlaskClient, batch_id: int, statements: Callable[[], list[str]]
) -> None:
    serial = serial_at(batch_id, 300)
    before = len(statements())

    client.get(f"/s/{serial}/proof")

    assert len(statements()) - before <= 1 + 4  # BEGIN; stamp, entries, tree, tiles.


def test_the_folder_is_what_other_tools_read(batch_id: int) -> None:
    names = {path.name for path in log_place().folder.iterdir()}

    assert {"checkpoint", "tile", "policy"} <= names
