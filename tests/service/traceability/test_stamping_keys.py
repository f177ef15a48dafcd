"""Keys that sign stamps: drawn into files, told to the log, ended and revoked."""

import base64
import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask
from sqlalchemy import func, select

from core.audit import AuditEntry
from core.work import COMMAND, Work, transaction
from tests.makers import make_batch, make_lot, make_person, make_practice, make_product
from traceability import queries, service
from traceability.adapters.outputs import Output
from traceability.log.makers import MakerKeys
from traceability.log_place import LogPlace, init_log, log_place
from traceability.models import LabelPrint, LogEntry, StampBatch, StampingKey
from traceability.rules.signatures import signature_bytes, signed_message
from traceability.signature_errors import NoStampingKey, NotASigningKey, NotSignedInPractice

SITE, GTIN, SERIAL = "https://goc.example", "09521234543213", "7K3MQ9T2XB40G"


@pytest.fixture
def place(tmp_path: Path) -> LogPlace:
    return LogPlace(tmp_path / "log", tmp_path / "log-key", SITE)


def told(work: Work) -> list[tuple[object, ...]]:
    bodies = work.session.scalars(
        select(LogEntry.body).where(LogEntry.kind == "key").order_by(LogEntry.id)
    )
    said = [json.loads(body) for body in bodies]
    return [(one["use"], one["key"], one["public"], one["state"]) for one in said if "use" in one]


def vouches(key: StampingKey, digits: str, message: bytes) -> None:
    signature = signature_bytes(digits)
    assert signature is not None
    Ed25519PublicKey.from_public_bytes(base64.b64decode(key.public)).verify(signature, message)


def test_a_key_is_a_file_of_this_user_alone_a_row_and_an_entry(work: Work, place: LogPlace) -> None:
    key = service.new_stamping_key(work, place)

    (file,) = place.stamping_keys.iterdir()
    assert file.name == key.key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.stamping_keys.stat().st_mode) == 0o700
    assert key.public not in file.read_text()
    assert told(work) == [("stamps", key.key, key.public, "valid")]


def test_the_newest_living_key_signs(work: Work, place: LogPlace) -> None:
    old, new = (service.new_stamping_key(work, place) for _ in range(2))
    message = signed_message(SITE, GTIN, SERIAL)

    digits = service.label_signer(work, place, base_url=SITE, gtin=GTIN)(SERIAL)
    service.end_stamping_key(work, key=new.key, revoked=False)
    before = service.label_signer(work, place, base_url=SITE, gtin=GTIN)(SERIAL)

    vouches(new, digits, message)
    vouches(old, before, message)


def test_without_a_key_of_this_machine_nothing_is_signed(work: Work, place: LogPlace) -> None:
    elsewhere = replace(place, stamping_folder=place.folder / "elsewhere")
    service.new_stamping_key(work, elsewhere)

    with pytest.raises(NoStampingKey):
        service.label_signer(work, place, base_url=SITE, gtin=GTIN)
    assert not place.stamping_keys.exists()


@pytest.mark.parametrize("holds", ["another key", "nothing"])
def test_a_file_that_holds_something_else_signs_nothing(
    work: Work, place: LogPlace, holds: str
) -> None:
    old, new = (service.new_stamping_key(work, place) for _ in range(2))
    other = (place.stamping_keys / old.key).read_text() if holds == "another key" else ""
    (place.stamping_keys / new.key).write_text(other)

    digits = service.label_signer(work, place, base_url=SITE, gtin=GTIN)(SERIAL)
    service.end_stamping_key(work, key=old.key, revoked=False)

    vouches(old, digits, signed_message(SITE, GTIN, SERIAL))
    with pytest.raises(NoStampingKey):
        service.label_signer(work, place, base_url=SITE, gtin=GTIN)


def test_the_demo_draws_its_first_key_and_no_second(work: Work, place: LogPlace) -> None:
    demo = replace(place, draws_key=True)

    first = service.label_signer(work, demo, base_url=SITE, gtin=GTIN)(SERIAL)
    again = service.label_signer(work, demo, base_url=SITE, gtin=GTIN)(SERIAL)

    assert first == again
    assert work.session.scalar(select(func.count()).select_from(StampingKey)) == 1


def test_a_key_ends_and_may_be_revoked_later_each_once(work: Work, place: LogPlace) -> None:
    key = service.new_stamping_key(work, place)

    service.end_stamping_key(work, key=key.key, revoked=False)
    with pytest.raises(NotASigningKey):
        service.end_stamping_key(work, key=key.key, revoked=False)
    service.end_stamping_key(work, key=key.key, revoked=True)
    with pytest.raises(NotASigningKey):
        service.end_stamping_key(work, key=key.key, revoked=True)

    (card,) = queries.stamping_keys(work.session)
    assert (card.until_at, card.revoked_at) == (work.now, work.now)
    assert [state for _, _, _, state in told(work)] == ["valid", "ended", "revoked"]
    acts = set(work.session.scalars(select(AuditEntry.act)))
    assert acts == {"draw_stamping_key", "end_stamping_key", "revoke_stamping_key"}


def test_whoever_audits_makers_keys_passes_over_those_of_stamps(
    work: Work, place: LogPlace
) -> None:
    key = service.new_stamping_key(work, place)
    service.end_stamping_key(work, key=key.key, revoked=True)
    make_batch(work)

    makers = MakerKeys()
    for body in work.session.scalars(select(LogEntry.body).order_by(LogEntry.id)):
        makers.take(body.encode())


def test_signed_labels_are_ordered_only_where_a_key_signs(app: Flask) -> None:
    init_log(app, replace(log_place(), draws_key=False))
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=3)

        with pytest.raises(NoStampingKey):
            _order(work, batch)
        assert work.session.scalar(select(func.count()).select_from(LabelPrint)) == 0
        service.new_stamping_key(work, log_place())
        _order(work, batch)

        assert work.session.scalars(select(LabelPrint.signed)).all() == [True]


def test_a_practice_has_no_signed_labels(work: Work) -> None:
    learner = make_practice(work, person=make_person(work))
    batch = make_batch(work, lot=make_lot(work, product=make_product(work, enterprise=learner)))

    with pytest.raises(NotSignedInPractice):
        _order(work, batch)


def test_the_clerk_draws_and_ends_keys_at_the_terminal(app: Flask) -> None:
    runner = app.test_cli_runner()

    drawn = json.loads(runner.invoke(args=["stamps", "new-key"]).stdout)
    ended = runner.invoke(args=["stamps", "end-key", drawn["key"], "--revoked"])
    again = runner.invoke(args=["stamps", "end-key", drawn["key"]])

    assert json.loads(ended.stdout) == {"key": drawn["key"], "state": "revoked"}
    assert (again.exit_code, again.stdout) == (1, "")
    assert drawn["key"] in again.stderr
    with transaction(by=COMMAND) as work:
        (card,) = queries.stamping_keys(work.session)
    assert (card.key, card.public) == (drawn["key"], drawn["public"])
    assert card.revoked_at is not None


def _order(work: Work, batch: StampBatch) -> None:
    service.order_labels(work, batch, first=1, last=1, paper="a4-25", output=Output(signed=True))
