"""Mutants of rules and services: each a small fault that some test should notice (`make mutants`).

`python -m tests.mutants --most 40 MODULE …` tries 40 faults of each named module. What a whole run
found, and why what survives may: docs/mutants.md. How a fault is tried: `tests.mutant_runs`.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.mutant_codes import Target
from tests.mutant_runs import fork, import_lives, migrate_once, try_all, warm_up
from tests.mutations import Mutant, mutants_of

ENOUGH = 85  # Per cent of a module's mutants must be noticed.
FEATURES = ("traceability", "catalog", "accounts")
SLOW = {  # Of what lies above services and draws thousands of codes: none reaches a target's fault.
    "tests/unit/traceability/test_qr_many.py",
    "tests/unit/traceability/test_camera.py",
    "tests/unit/traceability/test_label_files.py",
    "tests/unit/traceability/test_sheets.py",
    "tests/unit/catalog/test_covers.py",
}


def main() -> int:
    """Try the mutants of the named modules, of all without any name; 1 where too many live."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("paths", nargs="*", metavar="MODULE")
    asked.add_argument("--most", type=int, help="a fixed sample of so many faults of each module")
    asked.add_argument("--tests", nargs="*", default=[], help="tests that may notice, besides")
    options = asked.parse_args()
    warm_up()
    enough = True
    with tempfile.TemporaryDirectory() as folder:
        migrate_once(Path(folder) / "goc.sqlite3")
        for feature in FEATURES:
            targets = [
                Target(path, tuple(_chosen(path, options.most)))
                for path in _modules(feature)
                if not options.paths or path in options.paths
            ]
            if targets:
                enough &= _try(targets, [*_tests(feature), *options.tests])
    return int(not enough)


def _modules(feature: str) -> list[str]:
    folder = Path(feature)
    found = [*folder.glob("rules.py"), *folder.glob("rules/*.py"), *folder.glob("service/*.py")]
    return sorted(str(path) for path in found if path.name != "__init__.py")


def _tests(feature: str) -> Iterator[str]:
    """The tests that should notice: the feature's rules and services, asked without pages."""
    for kind in ("unit", "service"):
        for path in sorted(Path("tests", kind, feature).glob("test_*.py")):
            if str(path) not in SLOW:
                yield str(path)


def _chosen(path: str, most: int | None) -> list[Mutant]:
    mutants = mutants_of(Path(path).read_text(encoding="utf-8"))
    chosen = sorted(mutants, key=lambda mutant: mutant.rank)[:most]
    return sorted(chosen, key=lambda mutant: mutant.line)


def _try(targets: Sequence[Target], tests: Sequence[str]) -> bool:
    """Try the mutants of a feature and tell who lives, module by module; whether enough died."""
    reading, writing = os.pipe()
    session = os.fork()
    if not session:
        os.close(reading)
        with os.fdopen(writing, "w") as told:
            code = fork(lambda: try_all(targets, tests, told))
            told.flush()
        os._exit(abs(code))
    os.close(writing)
    enough = True
    with os.fdopen(reading) as answers:
        for target, answer in zip(targets, answers, strict=False):
            enough &= _report(target, json.loads(answer))
    if os.waitstatus_to_exitcode(os.waitpid(session, 0)[1]) != 0:
        sys.exit(f"{targets[0].path}: its tests fail without any fault")
    return enough


def _report(target: Target, answer: dict[str, list[str]]) -> bool:
    """Try again from the start what could not be judged in the warm session; tell who lives."""
    living = [
        mutant
        for place, mutant in enumerate(target.mutants)
        if str(place) in answer and import_lives(target, mutant, answer[str(place)])
    ]
    died = len(target.mutants) - len(living)
    percent = 100 * died // len(target.mutants) if target.mutants else 100
    lines = [f"{target.path}: {died} of {len(target.mutants)} died, {percent} %"]
    lines += [f"    {mutant.line}: {mutant.fault}" for mutant in living]
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()
    return percent >= ENOUGH


if __name__ == "__main__":
    sys.exit(main())
