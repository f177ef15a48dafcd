"""A lost or older database: the log goes on where it was, and what was published still proves."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from catalog.models import Lot
from core import clock
from core.database import Base, writing_engine
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_batch,
    make_certificate,
    make_enterprise,
    make_lot,
    make_product,
)
from tests.service.traceability.log.witnessed import any_proof, issue
from traceability import audit, queries, recovering, service
from traceability.log.checking import Outcome, Step, check_stamp
from traceability.log.errors import LogContradicts
from traceability.log.folder import FolderLog
from traceability.log.policy import parse_policy
from traceability.log.proofs import StampProof
from traceability.log_errors import LogBegun, LogFolderUnlike, LogNotPublished, LogRecordsBehind
from traceability.log_place import init_log, log_place
from traceability.models import LogEntry
from traceability.publishing import publish
from traceability.recovering import begin_log, take_back
from traceability.rules import Side, VoidReason
from traceability.rules.entries import MAKER
from traceability.rules.recalls import Advice, RecallReason
from traceability.service import Judge, RecallNotice, Told
from traceability.service.stamping_keys import end_stamping_key, new_stamping_key
from traceability.service.taking_back import Missed

Copy = Mapping[str, Sequence[Mapping[str, Any]]]


def copied() -> Copy:
    """A copy of the whole database."""
    with writing_engine().begin() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }


def restore(copy: Copy | None) -> None:
    """Put a copy in the place of the database; None: it is empty."""
    with writing_engine().begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(delete(table))
        for table in Base.metadata.sorted_tables:
            if copy and copy[table.name]:
                connection.execute(table.insert(), list(copy[table.name]))


def rows() -> list[tuple[str, int | None, bool]]:
    """Kind, place, and whether it is known to be published, of each entry."""
    with reading() as session:
        found = session.execute(
            select(LogEntry.kind, LogEntry.leaf_index, LogEntry.published_at).order_by(
                LogEntry.leaf_index.is_(None), LogEntry.leaf_index, LogEntry.id
            )
        )
        return [(kind, index, at is not None) for kind, index, at in found]


def outcome(proof: StampProof, folder: Path) -> tuple[Outcome, bool]:
    """What a proof comes to by a log's policy, and whether all but witnesses held."""
    check = check_stamp(proof, parse_policy((folder / "policy").read_text()))
    return check.outcome, Step.LATER in check.passed


HOLDS = (Outcome.PENDING, True)  # No witnesses are named in these tests.


def test_an_older_copy_takes_back_what_was_published_and_publishes_on(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work, name="Hợp tác xã Mẫu", kind="cooperative")
        batch = make_batch(work, enterprise=maker)
    publish()
    proof, yesterday = any_proof(), copied()
    with transaction(by=COMMAND) as work:
        told = Told(batch.id, 2, 3, clock.now())
        service.tell_void(work, told, reason=VoidReason.LOST)
        service.replace_key(work, enterprise_id=maker.id, revoked=False)
        make_batch(work, enterprise=maker, count=7)
        lost = make_batch(work, count=5).public_id
    publish()
    before = log_place().log.entries(0, 8)
    restore(yesterday)
    with pytest.raises(LogRecordsBehind):
        publish()
    with transaction(by=COMMAND) as work:  # Nobody has noticed yet: stamps are issued on.
        make_batch(work, enterprise=maker, count=9)

    done = app.test_cli_runner().invoke(args=["log", "take-back"])
    published = publish()

    told_lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0, done.stderr
    named = [(one.get("lost") or one.get("do_again"), one.get("count")) for one in told_lines[:-1]]
    assert named == [("void", None), ("batch", 7), ("batch", 5)]
    assert (told_lines[0]["first"], told_lines[0]["last"]) == (2, 3)
    assert told_lines[2]["batch"] == lost
    assert told_lines[-1] == {
        "ok": True,
        "size": 8,
        "taken_back": 6,
        "batches_lost": 2,
        "stamps_lost": 12,
        "acts_to_do_again": 1,
        "keys_ended": 2,  # The maker's newer one, and that of the maker who is lost.
        "signed_anew": 1,  # What was issued meanwhile, by a key that was over.
    }
    log = log_place().log
    assert log.entries(0, 8) == before
    assert published.size == 12  # Two ends of keys, a key and the batch that was issued meanwhile.
    assert audit.main([str(log_place().folder)]) == 0
    assert outcome(proof, log_place().folder) == HOLDS
    assert outcome(any_proof(), log_place().folder) == HOLDS
    assert all(is_published for _, _, is_published in rows())


def test_what_was_stopped_in_the_middle_had_told_of_all_it_took_back(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue()
    publish()
    yesterday = copied()
    issue(3)
    publish()
    restore(yesterday)
    monkeypatch.setattr(recovering, "TAKEN_AT_ONCE", 2)  # A maker's key and its batch.
    told: list[int] = []

    def stop_at_the_second(one: Missed) -> None:
        told.append(one.index)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_back(tell=stop_at_the_second)
    assert len(rows()) == 4
    take_back(tell=lambda one: told.append(one.index))

    assert told == [3, 5, 5, 7]
    assert [index for _, index, _ in rows() if index is not None] == list(range(8))


def test_taking_back_again_changes_nothing(app: Flask) -> None:
    issue()
    publish()
    yesterday = copied()
    issue()
    publish()
    restore(yesterday)
    assert take_back().entries == 2

    before = rows()
    again = take_back()

    assert (again.entries, again.missed, again.keys_ended, again.signed_anew) == (0, (), 0, 0)
    assert rows() == before


def test_a_recall_without_stamps_and_a_paper_are_to_be_done_again_too(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work)
        stamped = make_lot(work, product=product)
        make_batch(work, lot=stamped)
        bare = make_lot(work, product=product, code="26-11B")
    publish()
    yesterday = copied()
    with transaction(by=COMMAND) as work:
        version = work.session.get_one(Lot, bare.id).version
        notice = RecallNotice(RecallReason.SPOILED, Advice.KEEP)
        judge = Judge(Side.MAKER, MAKER)
        service.recall_lot(work, lot_id=bare.id, version=version, judge=judge, notice=notice)
        make_certificate(work, product=product)
        make_batch(work, lot=stamped)
    publish()
    restore(yesterday)

    done = take_back()

    assert [one.kind for one in done.missed] == ["recall", "cert", "batch"]
    assert "batch" not in done.missed[0].said


def test_an_empty_database_goes_on_with_the_log(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        place = replace(log_place(), stamping_folder=log_place().folder.with_name("stamping"))
        key, revoked = (new_stamping_key(work, place).key for _ in range(2))
        end_stamping_key(work, key=revoked, revoked=True)
    issue(2)
    publish()
    proof = any_proof()
    restore(None)

    done = take_back()
    issue()
    published = publish()

    assert done.entries == 7
    assert [one.kind for one in done.missed] == ["batch", "batch"]
    assert (done.keys_ended, published.size) == (2, 7 + 2 + 2)
    assert audit.main([str(log_place().folder)]) == 0
    assert outcome(proof, log_place().folder) == HOLDS
    with reading() as session:
        known = {one.key: one.revoked_at is not None for one in queries.stamping_keys(session)}
    assert known == {key: False, revoked: True}


def test_a_key_that_a_clock_ahead_had_told_is_known_again(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        place = replace(log_place(), stamping_folder=log_place().folder.with_name("stamping"))
        ahead = replace(work, now=work.now + timedelta(days=2))
        key = new_stamping_key(ahead, place).key
        end_stamping_key(work, key=key, revoked=False)
    publish()
    restore(None)

    take_back()

    with reading() as session:
        [known] = queries.stamping_keys(session)
    assert (known.key, known.until_at) == (key, known.from_at)


def test_what_waited_when_the_copy_was_made_gets_its_place_and_is_not_told_twice(
    app: Flask,
) -> None:
    issue(2)
    waiting = copied()
    publish()
    restore(waiting)

    done = take_back()

    assert (done.entries, done.missed, done.keys_ended) == (4, (), 0)
    assert [(kind, index) for kind, index, _ in rows()] == [
        ("key", 0),
        ("batch", 1),
        ("key", 2),
        ("batch", 3),
    ]
    assert publish().size == 4


def test_a_batch_told_anew_after_the_copy_gives_way_to_the_published_one(app: Flask) -> None:
    issue()
    waiting = copied()
    publish()
    restore(waiting)
    with transaction(by=COMMAND) as work:
        batch = work.session.scalars(select(LogEntry).where(LogEntry.kind == "batch")).one()
        batch.body = batch.body.replace('"at":"20', '"at":"19')

    done = take_back()

    assert done.missed == ()
    assert [(kind, index) for kind, index, _ in rows()] == [("key", 0), ("batch", 1)]
    assert outcome(any_proof(), log_place().folder) == HOLDS


def test_a_batch_in_the_making_when_the_copy_was_made_is_lost_and_made_anew(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        batch_id = service.begin_batch(work, lot_id=make_lot(work).id, count=10).id
        service.add_stamps(work, batch_id=batch_id, first=1, count=4)
    copy = copied()
    finish_and_publish(batch_id)
    with transaction(by=COMMAND) as work:
        told = Told(batch_id, 2, 3, clock.now())
        service.tell_void(work, told, reason=VoidReason.LOST)
    publish()
    restore(copy)

    done = take_back()
    published = finish_and_publish(batch_id)

    assert [one.kind for one in done.missed] == ["batch"]  # What was void is lost with it.
    assert [kind for kind, _, _ in rows()] == ["key", "batch", "void", "key", "key", "batch"]
    assert published == 6
    with reading() as session:
        about_ours = select(LogEntry.leaf_index).where(LogEntry.batch_id == batch_id)
        assert session.scalars(about_ours).all() == [5]
    assert audit.main([str(log_place().folder)]) == 0
    assert outcome(any_proof(), log_place().folder) == HOLDS


def finish_and_publish(batch_id: int) -> int:
    """Make the stamps a batch lacks, and publish it; the log's size."""
    with transaction(by=COMMAND) as work:
        service.add_next_stamps(work, batch_id=batch_id)
    return publish().size


def test_the_database_of_another_log_is_refused_and_left_as_it_is(app: Flask) -> None:
    issue()
    publish()
    restore(None)
    issue()
    with transaction(by=COMMAND) as work:
        service.place_entries(work, limit=10)
    before = rows()

    with pytest.raises(LogFolderUnlike):
        take_back()

    assert rows() == before


def test_of_a_damaged_log_nothing_is_taken_back(app: Flask) -> None:
    issue()
    publish()
    restore(None)
    bundle = next(
        path for path in (log_place().folder / "tile/entries").rglob("*") if path.is_file()
    )
    bundle.write_bytes(bundle.read_bytes().replace(b'"count":10', b'"count":99'))

    with pytest.raises(LogContradicts):
        take_back()

    assert rows() == []


def test_a_promise_that_goes_on_from_other_entries_than_were_signed_is_not_believed(
    app: Flask, tmp_path: Path
) -> None:
    issue()
    publish()
    place = log_place()
    entries = place.log.entries(0, 2)
    restore(None)
    forged = [one.replace(b'"count":10', b'"count":99') for one in (*entries, entries[-1])]
    FolderLog(tmp_path / "forged", origin=place.origin).extend(forged, after=0)
    shutil.copytree(tmp_path / "forged", place.folder, dirs_exist_ok=True)

    with pytest.raises(LogContradicts):
        take_back()

    assert rows() == []


def test_where_no_log_is_nothing_can_be_taken_back(app: Flask) -> None:
    with pytest.raises(LogNotPublished):
        take_back()

    assert not log_place().key_file.exists()


def test_another_log_begins_with_every_entry_and_the_old_one_stays(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        lot = make_lot(work, product=make_product(work))
        make_batch(work, lot=lot, count=3)
    publish()
    old, proof = log_place(), any_proof()
    entries = old.log.entries(0, 2)
    init_log(app, replace(old, folder=old.folder.with_name("log-2"), key_file=old.folder / "key-2"))

    done = app.test_cli_runner().invoke(args=["log", "begin", "goc.example/log-2"])
    published = publish()

    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("goc.example/log-2+")
    assert published.size == 2
    assert log_place().log.entries(0, 2) == entries
    assert [audit.main([str(one.folder)]) for one in (old, log_place())] == [0, 0]
    assert outcome(any_proof(), log_place().folder) == HOLDS
    assert outcome(proof, old.folder) == HOLDS
    assert outcome(proof, log_place().folder)[0] is Outcome.MISMATCH


def test_a_log_is_never_begun_over_another(app: Flask) -> None:
    issue()
    publish()
    before = sorted(log_place().folder.rglob("*"))

    with pytest.raises(LogBegun):
        begin_log("goc.example/log-2")
    init_log(app, replace(log_place(), folder=log_place().folder.with_name("log-2")))
    with pytest.raises(LogBegun):  # The old key is in the way: it may be the only one.
        begin_log("goc.example/log-2")

    assert sorted(log_place().folder.with_name("log").rglob("*")) == before
    assert not log_place().folder.exists()
    assert all(is_published for _, _, is_published in rows())
