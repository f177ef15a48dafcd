"""The counters' files: written through memory, so their room is taken beforehand."""

import subprocess
import sys
from pathlib import Path

# Each process decides once, when `core.metrics` is first imported.
COUNTING = """
import os, resource, sys
if sys.argv[1] != "roomy":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from core.metrics import Counter, exposition
Counter("goc_plain", "Made when its module is imported.").inc(7)
from core.metrics import REQUESTS
REQUESTS.labels("GET", "/", 200).inc(5)
sys.stdout.write(exposition().decode())
"""


def count(folder: Path, room: str) -> str:
    """What a process says of its counters that may write files of `room` bytes."""
    return subprocess.run(
        [sys.executable, "-c", COUNTING, room],
        env={"PROMETHEUS_MULTIPROC_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_the_files_bytes_are_on_the_disk_before_anything_is_counted(tmp_path: Path) -> None:
    said = count(tmp_path, "roomy")

    assert 'goc_requests_total{method="GET",route="/",status="200"} 5.0' in said
    files = sorted(tmp_path.iterdir())
    assert [file.name.split("_")[0] for file in files] == ["counter", "histogram"]
    for file in files:
        assert file.stat().st_blocks * 512 >= file.stat().st_size > 500_000


def test_without_room_a_process_counts_in_memory_alone(tmp_path: Path) -> None:
    said = count(tmp_path, "100000")

    assert 'goc_requests_total{method="GET",route="/",status="200"} 5.0' in said
    assert "goc_plain_total 7.0" in said
    assert list(tmp_path.iterdir()) == []
