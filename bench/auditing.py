"""Auditing a log of a million entries from a folder, beside the root over as many hashes."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from bench.results import Result
from bench.servers import Bench
from traceability.log.canonical import canonical_text
from traceability.log.files import DiskFiles
from traceability.log.folder import FolderLog
from traceability.log.merkle import root_of
from traceability.log.notes import SigningKey, sign_note

WHOLE, QUICK = 2**20, 2**17
ROUNDS = 3
REACH_SECONDS = 5
ROOT = Path(__file__).resolve().parent.parent
ORIGIN = "goc.example/log"
NUMBER = "NUMBER9999"
ENTRY = {  # As long as what a batch of a cooperative says.
    "v": 1,
    "kind": "batch",
    "at": "2026-11-22T03:04:05Z",
    "batch": NUMBER,
    "product": "P7K3MQ9T2X",
    "product_name": "Trà Shan tuyết Suối Giàng",
    "gtin": "09521234543213",
    "lot": "L2611A",
    "count": 5000,
    "root": "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "key": "0123456789abcdef",
    "enterprise": "E7K3MQ9T2X",
    "enterprise_name": "Mẫu – HTX Chè Suối Giàng",
    "signature": "A" * 86 + "==",
}


class Hurried(DiskFiles):
    """Leaves it to the system when to write: the log is thrown away."""

    def write(self, path: Path, content: bytes) -> None:
        """Without syncing."""
        path.write_bytes(content)

    def sync_folder(self, path: Path) -> None:
        """Nothing is to outlive a crash."""


def audit_a_million_entries(bench: Bench) -> Result:
    """Processor seconds of each core: entries, tiles and root; no network, no makers' keys.

    A smaller log is reckoned up to a million entries: each costs the same.
    """
    leaves = bench.size(WHOLE, QUICK)
    root_seconds = _root_seconds(leaves) * (WHOLE / leaves)
    with tempfile.TemporaryDirectory() as folder:
        _write_log(Path(folder), leaves)
        seconds = tuple(_seconds_a_core(folder, leaves) * WHOLE / leaves for _ in range(ROUNDS))
    floor = f"root of 2²⁰ hashes in memory: {root_seconds:.2f} s"
    work = "audit 2²⁰ entries, each core" + ("" if leaves == WHOLE else f", by {leaves:,}")
    return Result(work, floor, seconds, REACH_SECONDS, at_least=False, unit=" s")


def _root_seconds(leaves: int) -> float:
    hashes = [sha256(b"%d" % number).digest() for number in range(leaves)]
    began = time.process_time()
    root_of(hashes)
    return time.process_time() - began


def _write_log(folder: Path, leaves: int) -> None:
    text = canonical_text(ENTRY).encode()
    entries = [text.replace(NUMBER.encode(), b"B%09d" % number) for number in range(leaves)]
    log = FolderLog(folder, origin=ORIGIN, files=Hurried())
    checkpoint = log.extend(entries, after=0)
    log.publish(sign_note(checkpoint.text(), [SigningKey.generate(ORIGIN)]))


def _seconds_a_core(folder: str, leaves: int) -> float:
    """By the command itself: processes started from here would load the application first."""
    before = _processor_seconds()
    command = [sys.executable, "-m", "traceability.audit", folder, "--tree-only"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1])["kinds"] == {"batch": leaves}
    return (_processor_seconds() - before) / (os.cpu_count() or 1)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
