"""Starting and ending the shop, with real processes."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.run import CannotStartError, prepare
from app.settings import ROOT
from core.work import COMMAND, transaction
from tests.makers import make_enterprise, make_person
from tests.servers.processes import free_port

SECONDS = 120  # Until a wait is given up; on a busy machine nothing is late before.
NAMES = ("web", "worker", "witness")

# A stand-in for each child: writes its process id, then sleeps until it is told to end.
CHILD = """
import os, pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
(folder / f"{sys.argv[2]}-{os.getpid()}").touch()
time.sleep(60)
"""
SUPERVISED = """
import sys
from app.supervisor import Supervisor
child, folder = sys.argv[1:]
web, worker, *witnesses = (
    [sys.executable, "-c", child, folder, name] for name in ("web", "worker", "witness", "witness")
)
sys.exit(Supervisor(web, worker, witnesses).keep())
"""


def run_shop(**environment: str) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith("GOC_")}
    return subprocess.run(
        [sys.executable, "-m", "app.run"],
        cwd=ROOT,
        env={**given, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def test_production_that_could_sign_the_log_from_its_web_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "log-key").touch(mode=0o600)

    done = run_shop(
        GOC_MODE="production",
        GOC_BIND=f"127.0.0.1:{free_port()}",
        GOC_PUBLIC_URL="https://goc.example",
        GOC_SECRET_KEY="k" * 32,
        GOC_DATABASE_URL=f"sqlite:///{tmp_path / 'goc.sqlite3'}",
        GOC_INSTANCE=str(tmp_path),
    )

    assert done.returncode == 1
    assert "can be read by the web" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "goc.sqlite3").exists()


def test_a_port_in_use_is_named_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        bind = f"127.0.0.1:{other.getsockname()[1]}"

        ended = run_shop(GOC_BIND=bind, GOC_INSTANCE=str(tmp_path))

    assert ended.returncode == 1
    assert ended.stderr == (
        f"Cannot listen on {bind} (Address already in use): set GOC_BIND to another port,"
        " for example GOC_BIND=127.0.0.1:8001.\n"
    )
    assert not (tmp_path / "goc.sqlite3").exists()


def test_settings_that_do_not_hold_are_named_a_line_each() -> None:
    ended = run_shop(GOC_MODE="production", GOC_WORKERS="many")

    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 4
    assert ended.stderr.startswith("'many' is not a number")


def test_a_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    ended = run_shop(
        GOC_BIND=f"127.0.0.1:{free_port()}",
        GOC_INSTANCE=str(tmp_path),
        GOC_DATABASE_URL=f"postgresql://goc@127.0.0.1:{free_port()}/goc",
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("The database cannot be prepared: ")
    assert len(ended.stderr.splitlines()) == 1


def _production(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    live = replace(app.config["SETTINGS"], mode="production")
    monkeypatch.setitem(app.config, "SETTINGS", live)


def test_production_does_not_open_on_a_database_with_a_demo_person_who_signs_in(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _production(app, monkeypatch)
    with transaction(by=COMMAND) as work:
        make_person(work, sign_in="ha@goc.example").password_hash = "h"

    with pytest.raises(CannotStartError) as refused:
        prepare(app)

    assert str(refused.value) == (
        "The database holds the demo's people or sample enterprises: set GOC_DATABASE_URL"
        " to a database of production's own."
    )


def test_production_does_not_open_on_a_database_with_a_sample_enterprise(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _production(app, monkeypatch)
    with transaction(by=COMMAND) as work:
        make_enterprise(work).is_sample = True

    with pytest.raises(CannotStartError):
        prepare(app)


def test_production_opens_with_real_people_and_enterprises(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _production(app, monkeypatch)
    with transaction(by=COMMAND) as work:
        make_person(work, sign_in="paper@goc.example")
        make_person(work, sign_in="lan@thuc.vn").password_hash = "h"
        make_enterprise(work).is_sample = False

    prepare(app)


class Supervised:
    """A supervisor of four sleeping children: two of them witnesses."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self.process = process
        self._folder = folder

    def started(self, name: str) -> list[int]:
        """Ids of all processes ever started under a name."""
        return [int(path.name.split("-")[1]) for path in self._folder.glob(f"{name}-*")]

    def living(self) -> list[int]:
        """Ids of the children that are still there."""
        return [id_ for name in NAMES for id_ in self.started(name) if _lives(id_)]


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[Supervised]:
    with (
        Path("/dev/full").open("w") as full,
        subprocess.Popen(
            [sys.executable, "-c", SUPERVISED, CHILD, str(tmp_path)],
            cwd=ROOT,
            start_new_session=True,
            stdout=full,  # What it says of a dead worker finds no room.
        ) as process,
    ):
        one = Supervised(process, tmp_path)
        try:
            wait_until(lambda: len(one.living()) == 4)
            yield one
        finally:
            for id_ in (process.pid, *one.living()):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(id_, signal.SIGKILL)


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _lives(process_id: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{process_id}/stat").read_text()
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_ends_all_and_leaves_nothing(
    supervised: Supervised, number: signal.Signals
) -> None:
    supervised.process.send_signal(number)

    assert supervised.process.wait(SECONDS) == 0
    assert supervised.living() == []


def test_a_terminals_ctrl_c_reaches_the_children_through_it_alone(supervised: Supervised) -> None:
    groups = [os.getpgid(child) for child in supervised.living()]

    assert len(set(groups)) == 4
    assert os.getpgid(supervised.process.pid) not in groups


@pytest.mark.parametrize(("name", "count"), [("worker", 1), ("witness", 2)])
def test_a_dead_worker_or_witness_is_started_again(
    supervised: Supervised, name: str, count: int
) -> None:
    first = supervised.started(name)
    assert len(first) == count

    os.kill(first[0], signal.SIGKILL)

    wait_until(lambda: len(supervised.started(name)) == count + 1)
    assert supervised.process.poll() is None
    assert len(supervised.started("web")) == 1


def test_without_the_web_all_ends_and_says_so_by_its_exit_code(supervised: Supervised) -> None:
    os.kill(supervised.started("web")[0], signal.SIGKILL)

    assert supervised.process.wait(SECONDS) == 1
    assert supervised.living() == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_even_killed_it_leaves_nothing_running(supervised: Supervised) -> None:
    supervised.process.kill()

    wait_until(lambda: supervised.living() == [])
