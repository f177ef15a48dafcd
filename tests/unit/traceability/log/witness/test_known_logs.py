"""The list of logs a witness watches: a policy file, read anew when it changes."""

from pathlib import Path

import pytest

from tests.unit.traceability.log.witness.makers import ORIGIN, SmallLog
from traceability.log.errors import KeyRefused
from traceability.log.notes import SigningKey
from traceability.log.witness.known_logs import KnownLogs, parse_logs


def test_only_the_lines_of_logs_count() -> None:
    log = SmallLog()
    key = log.key.verifying_key
    text = f"# a policy\n\n \tlog {key.text}  https://goc.example/log \nquorum none\nlogs x\n"

    assert parse_logs(text) == {ORIGIN: [key]}


@pytest.mark.parametrize(
    "line",
    [
        "log",
        "log goc.example",
        "log goc.example+00000000+AAAA",
        f"log {SigningKey('witness.example', bytes(32)).witness_key.text}",
    ],
)
def test_a_wrong_line_is_named_by_its_number(line: str) -> None:
    with pytest.raises(KeyRefused, match=r"^line 2: "):
        parse_logs(f"\n{line}\n")


def test_a_log_added_to_the_file_is_watched_without_a_new_start(tmp_path: Path) -> None:
    path = tmp_path / "logs"
    path.write_text("", encoding="utf-8")
    logs = KnownLogs(path)
    assert logs.keys_of(ORIGIN) == []

    log = SmallLog()
    path.write_text(log.policy, encoding="utf-8")

    assert logs.keys_of(ORIGIN) == [log.key.verifying_key]
    assert logs.origins() == [ORIGIN]


def test_a_file_broken_or_gone_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "logs"
    log = SmallLog()
    path.write_text(log.policy, encoding="utf-8")
    logs = KnownLogs(path)

    path.write_text("log nonsense\n", encoding="utf-8")
    assert logs.origins() == logs.origins() == [ORIGIN]
    path.unlink()

    assert logs.origins() == [ORIGIN]
    assert capsys.readouterr().err.count("stays as it was") == 1


def test_a_missing_file_refuses_the_start(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        KnownLogs(tmp_path / "nothing")
