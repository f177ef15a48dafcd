"""A batch's tree and leaf are there with its last stamp, or not at all."""

import base64
import json
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask
from sqlalchemy import delete, func, select, update

from catalog.models import Lot
from core import gs1
from core.work import COMMAND, Work, transaction
from tests.makers import (
    lot_of,
    make_batch,
    make_enterprise,
    make_lot,
    make_person,
    make_practice,
    make_product,
)
from traceability import audit, service, tasks
from traceability.log.makers import signed_part
from traceability.log.merkle import inclusion_path_at, leaf_hash, tile_reader, verify_inclusion
from traceability.log.proofs import stamp_leaf
from traceability.log_errors import StampsMissing
from traceability.log_place import log_place
from traceability.models import (
    EnterpriseKey,
    LogEntry,
    LogSalt,
    Stamp,
    StampBatch,
    StampBatchTile,
    StampCommitment,
)
from traceability.publishing import publish
from traceability.queries import batch_tiles
from traceability.rules import Side, VoidReason, serial_text
from traceability.rules.batch_trees import path_tiles
from traceability.rules.entries import MAKER, salted
from traceability.rules.recalls import Advice, RecallReason
from traceability.service import Told, tell_correction
from traceability.service.committing import blinding_of


def entries(work: Work) -> list[dict[str, object]]:
    found = work.session.scalars(select(LogEntry).order_by(LogEntry.id)).all()
    return [json.loads(entry.body) for entry in found]


def count_of(work: Work, table: type) -> int:
    return work.session.scalar(select(func.count()).select_from(table)) or 0


def test_each_stamp_of_a_batch_leads_to_the_root_its_leaf_in_the_log_tells(work: Work) -> None:
    batch = make_batch(work, count=300)

    commitment = work.session.get_one(StampCommitment, batch.id)
    root = bytes.fromhex(str(entries(work)[-1]["root"]))
    assert commitment.root == root
    assert commitment.leaves == 300
    blinding = blinding_of(commitment, batch.gtin)
    stored = select(Stamp).where(Stamp.batch_id == batch.id, Stamp.ordinal.in_([1, 256, 300]))
    for stamp in work.session.scalars(stored):
        uri = gs1.stamp_uri("https://goc.example", batch.gtin, serial_text(stamp.serial))
        tiles = batch_tiles(work.session, batch.id, path_tiles(stamp.ordinal - 1, 300))
        read = tile_reader(lambda level, at, tiles=tiles: tiles[level, at])  # type: ignore[misc]  # mypy infers no defaults.
        verify_inclusion(
            leaf=leaf_hash(stamp_leaf(uri, blinding.of(stamp.serial))),
            index=stamp.ordinal - 1,
            size=300,
            path=inclusion_path_at(stamp.ordinal - 1, 300, read),
            root=root,
        )
        assert len(tiles) <= 3


def test_a_batchs_leaf_says_what_may_be_known_and_is_signed_by_its_makers_key(work: Work) -> None:
    firm = make_enterprise(work, name="Mẫu – Công ty Chè", kind="company")
    lot = make_lot(work, product=make_product(work, enterprise=firm, name="Chè"), code="26-11A")
    batch = service.issue_stamps(work, lot_id=lot.id, count=3, gtin="08935000000019")

    key, leaf = entries(work)
    signature = leaf.pop("signature")
    assert key["kind"] == "key"
    assert key["state"] == "valid"
    assert leaf == {
        "v": 1,
        "kind": "batch",
        "at": work.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "batch": batch.public_id,
        "product": leaf["product"],
        "product_name": "Chè",
        "gtin": "08935000000019",
        "lot": "26-11A",
        "lot_units": 640,
        "stars": None,
        "count": 3,
        "root": leaf["root"],
        "key": key["key"],
        "enterprise": firm.public_id,
        "enterprise_name": "Mẫu – Công ty Chè",
    }
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(str(key["public"])))
    said = {name: leaf[name] for name in leaf if name not in {"v", "kind", "at"}}
    public.verify(base64.b64decode(str(signature)), signed_part(said))
    with pytest.raises(InvalidSignature):
        public.verify(base64.b64decode(str(signature)), signed_part({**said, "count": 4}))


def test_what_a_household_calls_itself_its_goods_and_its_lots_is_no_word_of_the_log(
    work: Work,
) -> None:
    maker = make_enterprise(work, name="Hộ bà Nông Thị Hà")
    product = make_product(work, enterprise=maker, name="Dao bà Hà")
    lot, other = (make_lot(work, product=product, code=code) for code in ("BA-HA-1", "BA-HA-2"))
    batch = make_batch(work, lot=lot)

    tell_correction(work, Told(batch.id, 1, 2, work.now), from_lot_id=lot.id, to_lot_id=other.id)

    _, leaf, moved = entries(work)
    salt = work.session.get_one(LogSalt, maker.id).salt
    said = json.dumps([leaf, moved], ensure_ascii=False)
    assert [word for word in ("Nông", "Dao", "BA-HA") if word in said] == []
    assert leaf["enterprise_name_hmac"] == salted("Hộ bà Nông Thị Hà", salt)
    assert leaf["product_name_hmac"] == salted("Dao bà Hà", salt)
    assert leaf["lot_hmac"] == moved["from_lot_hmac"] == salted("BA-HA-1", salt)
    assert moved["to_lot_hmac"] == salted("BA-HA-2", salt)
    assert leaf["count"] == 10


def test_no_serial_stands_in_any_entry(work: Work) -> None:
    batch = make_batch(work, count=20)

    said = " ".join(work.session.scalars(select(LogEntry.body)))
    stored = select(Stamp.serial).where(Stamp.batch_id == batch.id)
    for serial in work.session.scalars(stored):
        assert serial_text(serial) not in said
        assert str(serial) not in said


def test_a_second_batch_is_signed_by_the_same_key_and_keyed_with_the_same_salt(work: Work) -> None:
    maker = make_enterprise(work)
    make_batch(work, enterprise=maker)
    make_batch(work, enterprise=maker)

    key, first, second = entries(work)
    assert [key["kind"], first["kind"], second["kind"]] == ["key", "batch", "batch"]
    assert first["key"] == second["key"] == key["key"]
    assert first["enterprise_name_hmac"] == second["enterprise_name_hmac"]
    assert count_of(work, EnterpriseKey) == 1


def test_a_key_sealed_under_a_lost_secret_ends_and_another_signs(work: Work) -> None:
    maker = make_enterprise(work)
    make_batch(work, enterprise=maker)
    work.session.execute(update(EnterpriseKey).values(sealed="1.AAAA"))
    work.session.expire_all()

    make_batch(work, enterprise=maker)

    old, _, ended, new, leaf = entries(work)
    assert (ended["key"], ended["state"]) == (old["key"], "ended")
    assert (new["state"], leaf["key"]) == ("valid", new["key"])
    assert new["key"] != old["key"]


def test_a_revoked_key_says_so_in_the_log(work: Work) -> None:
    maker = make_enterprise(work)
    make_batch(work, enterprise=maker)

    service.replace_key(work, enterprise_id=maker.id, revoked=True)

    assert [entry.get("state") for entry in entries(work)] == ["valid", None, "revoked", "valid"]
    living = select(EnterpriseKey.revoked_at).order_by(EnterpriseKey.id)
    assert work.session.scalars(living).all() == [work.now, None]


def test_the_private_part_of_a_key_is_not_in_the_database(work: Work) -> None:
    batch = make_batch(work)

    key = work.session.scalars(select(EnterpriseKey)).one()
    assert key.enterprise_id == batch.enterprise_id
    assert key.sealed.startswith("1.")
    assert len(base64.urlsafe_b64decode(key.sealed[2:])) == 12 + 44 + 16  # Nonce, base64, tag.


def test_a_key_drawn_while_its_end_waited_ends_when_it_began(work: Work) -> None:
    maker = make_enterprise(work)
    make_batch(work, enterprise=maker)
    soon = work.now + timedelta(seconds=2)  # Of a rival that looked at the clock after us.
    work.session.execute(update(EnterpriseKey).values(from_at=soon))
    work.session.expire_all()

    service.replace_key(work, enterprise_id=maker.id, revoked=True)

    ended = select(EnterpriseKey).where(EnterpriseKey.until_at.is_not(None))
    [key] = work.session.scalars(ended).all()
    assert (key.until_at, key.revoked_at) == (soon, soon)


def test_stamps_of_somebodys_practice_are_never_told(work: Work) -> None:
    practice = make_practice(work, person=make_person(work))

    make_batch(work, enterprise=practice)

    assert entries(work) == []
    assert count_of(work, StampCommitment) == 0
    assert count_of(work, EnterpriseKey) == 0


def uncommit(work: Work, batch: StampBatch) -> bytes | None:
    """Leave a batch as those that were issued before there were trees; gives its root."""
    root = work.session.get_one(StampCommitment, batch.id).root
    for table in (LogEntry, StampBatchTile, StampCommitment):
        work.session.execute(table.__table__.delete())  # type: ignore[attr-defined]  # A Table.
    for known in list(work.session):
        if isinstance(known, StampCommitment):
            work.session.expunge(known)
    return root


def test_batches_issued_before_there_were_trees_are_committed_later(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=600)
        uncommit(work, batch)
        practice = make_practice(work, person=make_person(work))
        make_batch(work, enterprise=practice)

    tasks.commit_batches()
    tasks.commit_batches()

    with transaction(by=COMMAND) as work:
        [leaf] = entries(work)
        [commitment] = work.session.scalars(select(StampCommitment)).all()
    assert (leaf["kind"], leaf["batch"], leaf["count"]) == ("batch", batch.public_id, 600)
    assert commitment.root is not None
    assert leaf["root"] == commitment.root.hex()


def test_what_became_of_stamps_before_they_were_committed_is_told_after_their_batch(
    app: Flask,
) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work, enterprise=make_enterprise(work, kind="company"))
        lot, other = (make_lot(work, product=product, code=code) for code in ("L-1", "L-2"))
        batch = make_batch(work, lot=lot, count=20)
        service.move_stamps(work, batch_id=batch.id, first=11, last=20, lot_id=other.id)
        service.void_stamps(work, batch_id=batch.id, first=3, last=5, reason=VoidReason.LOST)
        uncommit(work, batch)

    tasks.commit_batches()

    with transaction(by=COMMAND) as work:
        leaf, void, correct = entries(work)
    assert leaf["kind"] == "batch"
    assert (void["kind"], void["first"], void["last"]) == ("void", 3, 5)
    assert void["reason"] == "lost"
    assert (correct["kind"], correct["first"], correct["last"]) == ("correct", 11, 20)
    assert (correct["from_lot"], correct["to_lot"]) == ("L-1", "L-2")


def test_committing_goes_on_where_a_crash_left_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service.committing, "COMMITTED_AT_ONCE", 300)
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, lot=make_lot(work, declared=700), count=700)
        uncommit(work, batch)
    with transaction(by=COMMAND) as work:
        assert service.commit_more(work, batch_id=batch.id) is True
        assert work.session.get_one(StampCommitment, batch.id).leaves == 300
        assert entries(work) == []

    tasks.commit_batches()

    with transaction(by=COMMAND) as work:
        commitment = work.session.get_one(StampCommitment, batch.id)
        assert (commitment.leaves, len(entries(work))) == (700, 1)
        assert count_of(work, StampBatchTile) == 3 + 1


def test_a_batch_with_stamps_missing_is_refused_and_not_tried_for_ever(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=20)
        uncommit(work, batch)
        work.session.execute(delete(Stamp).where(Stamp.ordinal > 18))

    tasks.commit_batches()

    with transaction(by=COMMAND) as work:
        assert entries(work) == []
        with pytest.raises(StampsMissing) as refused:
            service.commit_more(work, batch_id=batch.id)
    assert refused.value.values == {"batch": batch.public_id, "stored": 18, "count": 20}


def test_a_recall_before_a_batch_stood_in_the_log_is_told_once_and_after_it(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=20)
        uncommit(work, batch)
        lot = work.session.get_one(Lot, lot_of(batch))
        service.recall_lot(
            work,
            lot_id=lot.id,
            version=lot.version,
            judge=service.Judge(Side.MAKER, MAKER),
            notice=service.RecallNotice(RecallReason.LABEL, Advice.KEEP),
        )

    tasks.commit_batches()

    with transaction(by=COMMAND) as work:
        of_batch = LogEntry.batch_id == batch.id
        told = select(LogEntry.kind).where(of_batch).order_by(LogEntry.id)
        assert work.session.scalars(told).all() == ["batch", "recall"]


def test_a_batch_that_another_worker_committed_meanwhile_is_left_alone(work: Work) -> None:
    batch = make_batch(work, count=20)
    before = entries(work)

    assert service.commit_more(work, batch_id=batch.id) is False

    assert entries(work) == before
    assert work.session.get_one(StampCommitment, batch.id).leaves == 20


def test_a_batch_given_up_leaves_no_tree_and_no_entry(work: Work) -> None:
    lot = make_lot(work)
    batch = service.begin_batch(work, lot_id=lot.id, count=400)
    service.add_stamps(work, batch_id=batch.id, first=1, count=300)
    service.abandon_batch(work, batch_id=batch.id)

    while service.remove_discarded_stamps(work, batch_id=batch.id):
        pass

    assert count_of(work, StampBatchTile) == 0
    assert count_of(work, StampCommitment) == 0
    assert entries(work) == []


def test_a_makers_key_is_replaced_by_the_command_and_both_batches_pass_the_audit(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work)
        make_batch(work, enterprise=maker)
    command = app.test_cli_runner().invoke

    done = command(args=["log", "replace-key", maker.public_id, "--revoked"])

    with transaction(by=COMMAND) as work:
        make_batch(work, enterprise=maker)
        kinds = [(one["kind"], one.get("state"), one["key"]) for one in entries(work)]
        old, new = kinds[0][2], kinds[-1][2]
    assert json.loads(done.stdout) == {"ok": True, "enterprise": maker.public_id, "key": new}
    assert kinds == [
        ("key", "valid", old),
        ("batch", None, old),
        ("key", "revoked", old),
        ("key", "valid", new),
        ("batch", None, new),
    ]
    publish()
    assert audit.main([str(log_place().folder)]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["makers"] == "signed"


def test_no_key_is_replaced_of_nobody_and_of_no_practice(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        practice = make_practice(work, person=make_person(work))
    for named in ("NOBODY0000", practice.public_id):
        refused = app.test_cli_runner().invoke(args=["log", "replace-key", named])

        assert refused.exit_code == 1
        assert f"Không có đơn vị nào mang mã công khai {named}." in refused.stderr
    with transaction(by=COMMAND) as work:
        assert entries(work) == []
