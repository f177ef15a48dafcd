"""Asking Go's own packages (`tests/interop/log/go`) about notes, proofs and trees."""

import base64
import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.servers.addresses import GO_TOOLS, address_of

Answer = dict[str, Any]
SECONDS = 60
_FAULT = re.compile(r"[EF]\d{4} ")  # Errors and worse in klog's lines.


def ask(questions: Sequence[dict[str, Any]]) -> list[Answer]:
    """Go's answer to each question."""
    asked = "".join(f"{json.dumps(question, default=_encoded)}\n" for question in questions)
    done = subprocess.run(
        [f"{address_of(GO_TOOLS)}/log-opinions"],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def hashes(answer: Answer) -> list[bytes]:
    """The hashes of a proof in an answer."""
    return [base64.b64decode(one) for one in answer.get("Proof") or ()]


def fsck(url: str, key: str, folder: Path) -> str:
    """What Tessera's `fsck` complains of in a served log; nothing when it finds no fault.

    Its exit code is 0 either way (Tessera 1.0.4): it says `fsck failed` in its log.
    """
    (folder / "key").write_text(key)
    command = [
        f"{address_of(GO_TOOLS)}/fsck",
        f"--storage_url={url}",
        f"--public_key={folder / 'key'}",
        "--ui=false",
        "--v=1",
        "--N=2",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS)
    assert "Completed ranges" in done.stderr
    return "\n".join(line for line in done.stderr.splitlines() if _FAULT.match(line))


def _encoded(raw: object) -> str:
    assert isinstance(raw, bytes), raw
    return base64.b64encode(raw).decode()
