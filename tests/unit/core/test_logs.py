import io
import json
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import logging, sys, warnings
from structlog import get_logger
from core.logs import set_up_logs
log = get_logger()
set_up_logs(sys.stderr)
log.debug("unseen")
log.info("Tem", lot="26-11A")
logging.getLogger("library").info("unseen")
logging.getLogger("library").warning("beware")
password = "hidden"
try:
    raise RuntimeError("no paper")
except RuntimeError:
    log.exception("failed")
"""


def test_every_line_is_one_json_object_and_keeps_local_values_to_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )

    lines = [json.loads(line) for line in io.StringIO(done.stderr)]
    assert [line["event"] for line in lines] == ["Tem", "beware", "failed"]
    assert lines[0] == {
        "event": "Tem",
        "lot": "26-11A",
        "level": "info",
        "timestamp": lines[0]["timestamp"],
    }
    assert lines[2]["exception"].endswith("RuntimeError: no paper")
    assert "hidden" not in done.stderr
    assert done.stdout == ""


def test_a_log_on_a_full_disk_stops_nobody() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", f"{SCRIPT}\nprint('went on')"],
            stdout=subprocess.PIPE,
            stderr=full,
            text=True,
            check=False,
        )

    assert done.stdout == "went on\n"
