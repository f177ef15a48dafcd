"""What is published with witnesses at work: proved, asked for again, never a second history."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from core.work import COMMAND, transaction
from tests.service.traceability.log.witnessed import (
    any_proof,
    at_work,
    checked,
    issue,
    three_witnesses,
)
from tests.unit.traceability.log.witness.serving import replying, saying
from traceability import tasks
from traceability.log.checking import Outcome
from traceability.log.witness.places import WitnessPlace
from traceability.log.witness.requests import SIZE_TYPE
from traceability.log_errors import LogForked
from traceability.log_place import init_log, log_place
from traceability.models import LogEntry
from traceability.publishing import lacks_witnesses, publish


@pytest.mark.parametrize(("lost", "new"), [(2, 1), (1, 1), (1, 2)])
def test_a_machine_restored_to_yesterday_publishes_no_second_history(
    app: Flask, tmp_path: Path, lost: int, new: int
) -> None:
    """The second history is shorter than what witnesses saw, as long, or longer."""
    witnesses = three_witnesses(tmp_path)
    with at_work(app, witnesses):
        issue()
        assert publish().size == 2
        shutil.copytree(log_place().folder, tmp_path / "yesterday")
        issue(lost)
        publish()
        _restore(tmp_path / "yesterday", size=2)
        issue(new)

        with pytest.raises(LogForked) as refused:
            publish()

    assert refused.value.values == {"count": 3}
    published = log_place().log.published()
    assert published is not None
    assert published.size == 2


def test_one_witness_that_lies_holds_nothing_up(app: Flask, tmp_path: Path) -> None:
    more = replying("409 Conflict", b"999\n", content_type=SIZE_TYPE)
    witnesses = three_witnesses(tmp_path)
    with at_work(app, witnesses[:2]), saying(more) as url:
        liar = WitnessPlace(witnesses[2].key.witness_key, url, "liar")
        init_log(app, replace(log_place(), witnesses=(*log_place().witnesses, liar)))
        issue()

        assert publish().witnesses == ("w1.example", "w2.example")


def test_one_that_lies_holds_nothing_up_while_the_others_are_away(
    app: Flask, tmp_path: Path
) -> None:
    more = replying("409 Conflict", b"999\n", content_type=SIZE_TYPE)
    witnesses = three_witnesses(tmp_path)
    with at_work(app, [], asleep=witnesses[:2]), saying(more) as url:
        liar = WitnessPlace(witnesses[2].key.witness_key, url, "liar")
        init_log(app, replace(log_place(), witnesses=(*log_place().witnesses, liar)))
        issue()

        done = publish()

    assert (done.witnesses, done.is_witnessed) == ((), False)
    assert done.size == 2


def test_two_of_three_witnesses_prove_a_stamp_to_whoever_has_our_policy(
    app: Flask, tmp_path: Path
) -> None:
    witnesses = three_witnesses(tmp_path)
    with at_work(app, witnesses[:2], asleep=witnesses[2:]):
        issue()

        done = publish()

        assert (done.witnesses, done.is_witnessed) == (("w1.example", "w2.example"), True)
        assert not lacks_witnesses()
        assert checked(any_proof()) is Outcome.PROVED


def test_witnesses_that_were_away_are_asked_again_though_nothing_new_waits(
    app: Flask, tmp_path: Path
) -> None:
    witnesses = three_witnesses(tmp_path)
    with at_work(app, witnesses[:1], asleep=witnesses[1:]):
        issue()
        done = publish()
        assert (done.size, done.witnesses, done.is_witnessed) == (2, ("w1.example",), False)
        assert lacks_witnesses()
        assert checked(any_proof()) is Outcome.PENDING

    with at_work(app, witnesses[1:], asleep=witnesses[:1]):
        tasks.ask_witnesses()

        assert not lacks_witnesses()
        assert checked(any_proof()) is Outcome.PROVED
        said = publish()
        assert (said.size, said.new, said.is_witnessed) == (2, 0, True)
        assert set(said.witnesses) == {"w1.example", "w2.example", "w3.example"}


def _restore(folder: Path, *, size: int) -> None:
    """Both the folder and the database as they were."""
    shutil.rmtree(log_place().folder)
    shutil.copytree(folder, log_place().folder)
    with transaction(by=COMMAND) as work:
        lost = LogEntry.leaf_index.is_(None) | (LogEntry.leaf_index >= size)
        work.session.execute(delete(LogEntry).where(lost))
