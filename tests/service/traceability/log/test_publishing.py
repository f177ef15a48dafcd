"""What was published stays, whatever is restored, killed or asked twice."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.reactions import REACTIONS
from core import clock
from core.outbox import OutboxEvent
from core.work import COMMAND, transaction
from core.worker.events import deliver_next
from tests.makers import make_batch, make_enterprise, make_lot, make_product
from traceability import publishing, service, tasks
from traceability.log.checkpoints import Checkpoint, parse_checkpoint
from traceability.log.files import DiskFiles
from traceability.log.key_file import write_key
from traceability.log.merkle import leaf_hash, root_of
from traceability.log.notes import SigningKey, open_note
from traceability.log_errors import (
    LogFolderBehind,
    LogFolderUnlike,
    LogKeyMissing,
    LogKeyUnlike,
    LogRecordsBehind,
)
from traceability.log_place import init_log, log_place
from traceability.models import LogEntry, LogSalt
from traceability.publishing import publish, signing_key
from traceability.rules import VoidReason


def issue(batches: int = 1) -> None:
    with transaction(by=COMMAND) as work:
        for _ in range(batches):
            make_batch(work)


def bodies() -> list[str]:
    with transaction(by=COMMAND) as work:
        placed = select(LogEntry.body).order_by(LogEntry.leaf_index, LogEntry.id)
        return list(work.session.scalars(placed))


def published_at() -> list[bool]:
    with transaction(by=COMMAND) as work:
        noted = select(LogEntry.published_at).order_by(LogEntry.id)
        return [moment is not None for moment in work.session.scalars(noted)]


def shown() -> Checkpoint:
    """What strangers read, its signature checked."""
    place = log_place()
    note = place.log.published_note()
    assert note is not None
    return parse_checkpoint(open_note(note, [signing_key(place).verifying_key]).text)


def is_true() -> bool:
    """Whether the published log holds what the database does, under one signed root."""
    said = [body.encode() for body in bodies()]
    log, checkpoint = log_place().log, shown()
    hashes = [leaf_hash(entry) for entry in said]
    return (
        log.entries(0, checkpoint.size) == said
        and checkpoint.root == root_of(hashes)
        and checkpoint.size == len(said)
    )


def test_what_waits_is_published_signed_and_in_its_order(app: Flask) -> None:
    issue(2)

    done = publish()

    assert (done.size, done.new, done.witnesses, done.is_witnessed) == (4, 4, (), True)
    assert is_true()
    assert shown().origin == "goc.example/log"
    assert published_at() == [True] * 4


def test_publishing_again_changes_nothing_and_new_entries_come_after(app: Flask) -> None:
    issue()
    publish()
    before = log_place().log.published_note()

    again = publish()

    assert (again.size, again.new) == (2, 0)
    assert log_place().log.published_note() == before
    issue()
    assert publish().size == 4
    assert is_true()


def test_entries_beyond_one_checkpoint_follow_at_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "AT_ONCE", 3)
    issue(5)

    assert publish().new == 10

    assert is_true()


def test_entries_that_come_while_it_publishes_are_left_to_the_next_call(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = publishing._publish_some

    def slowly(*arguments: Any) -> Any:
        issue()
        return whole(*arguments)

    monkeypatch.setattr(publishing, "_publish_some", slowly)
    issue()

    assert publish().new == 2

    monkeypatch.undo()
    assert publish().new == 2
    assert is_true()


def test_the_worker_asks_the_database_once_where_nothing_waits(
    app: Flask, statements: Callable[[], list[str]]
) -> None:
    tasks.publish_log()

    assert len([one for one in statements() if "log_entry" in one]) == 1
    assert not log_place().folder.exists()


def test_a_database_restored_to_yesterday_publishes_nothing(app: Flask) -> None:
    issue(2)
    publish()
    before = log_place().log.published_note()
    with transaction(by=COMMAND) as work:
        for entry in work.session.scalars(select(LogEntry).where(LogEntry.leaf_index >= 2)):
            work.session.delete(entry)

    with pytest.raises(LogRecordsBehind) as refused:
        publish()

    assert refused.value.values == {"log": 4, "records": 2}
    issue()
    with pytest.raises(LogRecordsBehind):
        publish()
    assert log_place().log.published_note() == before


def test_a_database_with_other_entries_publishes_nothing(app: Flask) -> None:
    issue()
    publish()
    with transaction(by=COMMAND) as work:
        work.session.execute(update(LogEntry).values(body="{}"))

    with pytest.raises(LogFolderUnlike):
        publish()


def test_a_folder_restored_to_yesterday_publishes_nothing(app: Flask, tmp_path: Path) -> None:
    issue()
    publish()
    shutil.copytree(log_place().folder, tmp_path / "yesterday")
    issue()
    publish()
    shutil.rmtree(log_place().folder)
    shutil.copytree(tmp_path / "yesterday", log_place().folder)

    with pytest.raises(LogFolderBehind) as refused:
        publish()

    assert refused.value.values == {"folder": 2, "records": 4}


def test_without_its_key_nothing_is_published_and_none_is_drawn(app: Flask) -> None:
    init_log(app, replace(log_place(), draws_key=False))
    issue()

    with pytest.raises(LogKeyMissing):
        publish()

    assert not log_place().key_file.exists()
    assert published_at() == [False, False]


def test_a_broken_key_signs_nothing_and_says_so(app: Flask) -> None:
    issue()
    log_place().key_file.write_text("")

    with pytest.raises(LogKeyMissing):
        publish()

    assert published_at() == [False, False]


def test_the_key_is_its_owners_alone_and_drawn_once(app: Flask) -> None:
    issue()
    publish()
    key = log_place().key_file.read_text()

    publish()

    assert log_place().key_file.stat().st_mode & 0o777 == 0o600
    assert log_place().key_file.read_text() == key


def test_a_key_of_another_log_signs_nothing_here(app: Flask) -> None:
    issue()
    publish()
    before = log_place().log.published_note()
    log_place().key_file.unlink()
    write_key(log_place().key_file, SigningKey.generate("other.example/log"))
    issue()

    with pytest.raises(LogKeyUnlike) as refused:
        publish()

    assert refused.value.values["name"] == "other.example/log"
    assert refused.value.values["origin"] == "goc.example/log"

    assert log_place().log.published_note() == before


def test_a_log_keeps_its_name_when_its_site_moves(app: Flask) -> None:
    issue()
    publish()
    init_log(app, replace(log_place(), public_url="https://other.example"))
    issue()

    assert publish().size == 4

    assert shown().origin == "goc.example/log"
    assert is_true()


class PowerCut(BaseException):
    """The process is gone."""


class Failing(DiskFiles):
    """A file system that does `good` acts more, and then no act ever again."""

    def __init__(self, good: int) -> None:
        self.good = good
        self.is_mended = False

    def mend(self) -> None:
        self.ended_by_itself = self.good >= 0
        self.is_mended = True

    def _act(self) -> None:
        self.good -= 1
        if self.good < 0 and not self.is_mended:
            raise PowerCut

    def write(self, path: Path, content: bytes) -> None:
        self._act()
        super().write(path, content)

    def rename(self, old: Path, new: Path) -> None:
        self._act()
        super().rename(old, new)

    def sync_folder(self, path: Path) -> None:
        self._act()
        super().sync_folder(path)


def cuts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Failing]:
    """Runs that end one act later each, until one ends by itself."""
    for good in range(200):
        files = Failing(good)
        monkeypatch.setattr("traceability.log.folder.DiskFiles", lambda files=files: files)
        yield files
        monkeypatch.undo()
        if files.ended_by_itself:
            return
    pytest.fail("no end of acts")


def test_cut_off_at_each_act_the_log_goes_on_as_one(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue()
    publish()
    ended = 0
    for files in cuts(monkeypatch):
        issue()
        before = shown()
        try:
            publish()
        except PowerCut:
            ended += 1
            with transaction(by=COMMAND) as work:  # Somebody acts between the crash and the next.
                make_enterprise(work)
            issue()
        assert shown().size >= before.size
        files.mend()
        publish()
        assert is_true()
    assert ended > 10


@pytest.mark.parametrize("step", ["_give_places", "_publish_some", "_note", "_show_policy"])
def test_killed_before_or_after_each_step_nothing_is_lost_or_doubled(
    app: Flask, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    whole = getattr(publishing, step)
    issue()
    publish()

    def before(*_arguments: object) -> None:
        raise PowerCut

    def after(*arguments: object) -> None:
        whole(*arguments)
        raise PowerCut

    for cut in (before, after):
        issue()
        monkeypatch.setattr(publishing, step, cut)
        with pytest.raises(PowerCut):
            publish()
        monkeypatch.setattr(publishing, step, whole)
        issue()
        publish()
        assert is_true()
        assert all(published_at())


def test_cancelled_stamps_are_told_once_by_their_ordinals(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=10)
        service.void_stamps(work, batch_id=batch.id, first=3, last=5, reason=VoidReason.LOST)
    while deliver_next(REACTIONS):
        pass
    with transaction(by=COMMAND) as work:  # Delivered again, as after a crash.
        work.session.execute(update(OutboxEvent).values(done_at=None))
    while deliver_next(REACTIONS):
        pass

    *_, last = said = [json.loads(body) for body in bodies()]
    assert [one["kind"] for one in said] == ["key", "batch", "void"]
    del last["at"]
    assert last == {
        "v": 1,
        "kind": "void",
        "batch": batch.public_id,
        "first": 3,
        "last": 5,
        "reason": "lost",
    }


def test_leftovers_that_move_are_told_as_a_correction_by_the_lots_codes(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work, enterprise=make_enterprise(work, kind="company"))
        lot, other = (make_lot(work, product=product, code=code) for code in ("L-1", "L-2"))
        batch = make_batch(work, lot=lot, count=10)
        service.move_stamps(work, batch_id=batch.id, first=9, last=10, lot_id=other.id)
    while deliver_next(REACTIONS):
        pass

    last = json.loads(bodies()[-1])
    assert (last["kind"], last["first"], last["last"]) == ("correct", 9, 10)
    assert (last["from_lot"], last["to_lot"], last["to_lot_units"]) == ("L-1", "L-2", 640)


def test_a_closed_households_salt_is_erased_and_its_entries_stay_as_published(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work)
        make_batch(work, enterprise=maker)
        other = make_batch(work)
    publish()
    before = bodies()
    with transaction(by=COMMAND) as work:
        work.session.merge(maker).state = "closed"
    with transaction(by=COMMAND) as work:
        for one in (maker.id, other.enterprise_id):
            service.forget_salt(work, enterprise_id=one)

    with transaction(by=COMMAND) as work:
        assert work.session.scalars(select(LogSalt.enterprise_id)).all() == [other.enterprise_id]
    assert bodies() == before
    assert is_true()


def test_what_is_told_of_a_closed_household_draws_no_salt_that_stays(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work)
        product = make_product(work, enterprise=maker)
        lot, other = (make_lot(work, product=product, code=code) for code in ("L-1", "L-2"))
        batch = make_batch(work, lot=lot)
        service.move_stamps(work, batch_id=batch.id, first=9, last=10, lot_id=other.id)
    with transaction(by=COMMAND) as work:
        work.session.merge(maker).state = "closed"
    with transaction(by=COMMAND) as work:
        service.forget_salt(work, enterprise_id=maker.id)

    while deliver_next(REACTIONS):  # The move was not told yet.
        pass

    last = json.loads(bodies()[-1])
    assert (last["kind"], len(last["to_lot_hmac"])) == ("correct", 64)
    with transaction(by=COMMAND) as work:
        assert work.session.scalars(select(LogSalt.enterprise_id)).all() == []


def test_the_command_says_what_it_did_and_refuses_in_one_sentence(app: Flask) -> None:
    issue()

    done = app.test_cli_runner().invoke(args=["log", "publish"])
    assert (done.exit_code, json.loads(done.stdout.splitlines()[-1])["size"]) == (0, 2)
    with transaction(by=COMMAND) as work:
        for entry in work.session.scalars(select(LogEntry)):
            work.session.delete(entry)

    refused = app.test_cli_runner().invoke(args=["log", "publish"])

    assert refused.exit_code == 1
    assert json.loads(refused.stdout.splitlines()[-1])["ok"] is False
    assert "Sổ công khai đã có 2 mục" in refused.stderr


def test_readyz_says_when_entries_wait_too_long(app: Flask) -> None:
    issue()
    assert app.test_client().get("/readyz").json["log"] == "ok"  # type: ignore[index]  # JSON.
    with transaction(by=COMMAND) as work:
        an_hour_ago = clock.now() - timedelta(hours=1)
        work.session.execute(update(LogEntry).values(made_at=an_hour_ago))

    said = app.test_client().get("/readyz").json

    assert said is not None
    assert said["log"].startswith("2 entries wait since ")
    assert said["status"] == "degraded"
