import os
import socket

import pytest

from tests.servers import processes
from tests.servers.processes import UnavailableError

STUBBORN = ["bash", "-c", "trap '' TERM; sleep 60 & echo up; wait; sleep 60"]


def test_a_server_that_ignores_the_polite_end_goes_with_all_it_started() -> None:
    with (
        processes.server_folder("stubborn") as folder,
        processes.running(STUBBORN, folder=folder) as process,
    ):
        processes.wait_until_ready(
            lambda: (folder / processes.LOG).read_text() == "up\n",
            process=process,
            folder=folder,
            seconds=10,
        )
        assert os.getpgid(process.pid) == process.pid  # Not ours: a Ctrl-C does not reach it.

        processes.end_group(process, patience_seconds=0.3)

        assert process.returncode == -9
        assert not processes.group_lives(process.pid)


def test_a_servers_folder_is_gone_at_the_end() -> None:
    with processes.server_folder("short") as folder:
        (folder / "state").write_text("kept while running")

    assert not folder.exists()


def test_a_server_that_ends_at_once_is_named_with_its_last_words() -> None:
    command = ["bash", "-c", "echo the port is taken; exit 1"]
    with (
        processes.server_folder("broken") as folder,
        processes.running(command, folder=folder) as process,
        pytest.raises(UnavailableError, match="ended at once: the port is taken"),
    ):
        processes.wait_until_ready(lambda: False, process=process, folder=folder, seconds=10)


def test_a_free_port_can_be_listened_on() -> None:
    port = processes.free_port()

    with socket.create_server(("127.0.0.1", port)) as server:
        assert server.getsockname()[1] == port


def test_a_command_that_fails_says_why() -> None:
    with (
        processes.server_folder("command") as folder,
        pytest.raises(UnavailableError, match=r"^bash: no room left$"),
    ):
        processes.run(["bash", "-c", "echo no room left >&2; exit 1"], folder=folder)
