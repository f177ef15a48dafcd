"""Mutants of rules and services: each a small fault that some test should notice (`make mutants`).

A module's tests run on each fault in a fork of one warm process, not in a fresh interpreter, and
no file is changed. `python -m tests.mutants --most 40 MODULE …` tries 40 faults of each named one.
"""

import argparse
import ast
import gc
import importlib
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from unittest import mock

import flask_migrate
import hypothesis
import pytest
from flask import current_app

from tests.mutations import Mutant, mutants_of

MEMORY = 4 << 30  # Bytes a mutant may have: some would fill the machine.
SECONDS = 20  # For the tests of one mutant: one that loops for ever is noticed too.
ENOUGH = 85  # Per cent of a module's mutants must be noticed.
OURS = {"accounts", "app", "catalog", "core", "static", "tests", "traceability", "wsgi"}
FOLDERS = (  # Of the modules to try, and the tests that should notice, the quickest first.
    ("traceability/service", "service/traceability"),
    ("traceability/rules", "unit/traceability"),
    ("catalog/rules", "unit/catalog"),
    ("accounts", "unit/accounts"),
    ("accounts/service", "service/accounts"),
    ("catalog/service", "service/catalog"),
)
CATALOG, STAMPS = "service/catalog/", "service/traceability/"
NEAREST = {  # Where a few files notice, the others need not run.
    "accounts/rules.py": "unit/accounts/test_rules.py",
    "accounts/service/enterprises.py": "service/accounts/test_enterprises.py",
    "accounts/service/forgetting.py": "service/accounts/test_forgetting.py",
    "accounts/service/people.py": "service/accounts/test_people.py",
    "accounts/service/sign_ins.py": "service/accounts/test_people.py",
    "catalog/rules/listing.py": "unit/catalog/test_listing_rules.py",
    "catalog/rules/standing.py": "unit/catalog/test_standing.py",
    "catalog/service/declaring.py": f"{CATALOG}test_declaring.py {CATALOG}test_neighbours.py",
    "catalog/service/decisions.py": "unit/catalog/test_decisions.py",
    "catalog/service/entries.py": f"{CATALOG}test_imports.py {CATALOG}test_products_by_form.py",
    "catalog/service/imports.py": f"{CATALOG}test_imports.py",
    "catalog/service/known.py": f"{CATALOG}test_imports.py",
    "catalog/service/lot_entries.py": f"{CATALOG}test_imports.py",
    "catalog/service/lots.py": f"{CATALOG}test_declaring.py {CATALOG}test_neighbours.py",
    "catalog/service/packs.py": f"{CATALOG}test_products_by_form.py {CATALOG}test_neighbours.py",
    "catalog/service/parts.py": f"{CATALOG}test_imports.py {CATALOG}test_products_by_form.py",
    "catalog/service/products.py": f"{CATALOG}test_products_by_form.py {CATALOG}test_neighbours.py",
    "catalog/service/publishing.py": f"{CATALOG}test_publishing.py {CATALOG}test_neighbours.py",
    "catalog/service/retelling.py": f"{CATALOG}test_imports.py",
    "catalog/service/sheet_lines.py": f"unit/catalog/test_sheets.py {CATALOG}test_imports.py",
    "catalog/service/sheets.py": f"unit/catalog/test_sheets.py {CATALOG}test_imports.py",
    "traceability/rules/codes.py": "unit/traceability/test_codes.py",
    "traceability/rules/occasions.py": "unit/traceability/test_occasions.py",
    "traceability/rules/ranges.py": "unit/traceability/test_ranges.py",
    "traceability/rules/serials.py": "unit/traceability/test_serials.py",
    "traceability/rules/verdicts.py": "unit/traceability/test_verdicts.py",
    "traceability/rules/visits.py": "unit/traceability/test_visits.py",
    "traceability/service/checking.py": f"{STAMPS}test_record_check.py"
    f" {STAMPS}test_what_a_check_finds.py",
    "traceability/service/forgetting.py": f"{STAMPS}test_forget_devices.py",
    "traceability/service/issuing.py": f"{STAMPS}test_issue_stamps.py",
    "traceability/service/labels.py": f"{STAMPS}test_labels.py",
    "traceability/service/pieces.py": f"{STAMPS}test_pieces.py",
    "traceability/service/ranges.py": f"{STAMPS}test_ranges.py",
    "traceability/service/reading.py": f"{STAMPS}test_reading.py",
    "traceability/service/reports.py": f"{STAMPS}test_reports.py",
}
QUIETLY = (
    "-x",
    "-q",
    "--assert=plain",
    "--no-header",
    "--tb=no",
    "-p",
    "no:xdist",
    "-p",
    "no:unraisableexception",
)


@dataclass(frozen=True)
class Target:
    """A module and the tests that should notice its faults."""

    path: str
    tests: tuple[str, ...]
    source: str

    @property
    def name(self) -> str:
        """As it is imported."""
        return self.path.removesuffix(".py").replace("/", ".")


def main() -> int:
    """Try the mutants of the named modules, of all without any name; 1 where too many live."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutants")
    asked.add_argument("paths", nargs="*", metavar="MODULE")
    asked.add_argument("--most", type=int, help="a fixed sample of so many faults of each module")
    options = asked.parse_args()
    _warm_up()
    too_many = 0
    with tempfile.TemporaryDirectory() as folder:
        _migrate_once(Path(folder) / "goc.sqlite3")
        for target in _targets():
            if not options.paths or target.path in options.paths:
                too_many += not _try(target, options.most)
    return int(too_many > 0)


def _targets() -> list[Target]:
    found = []
    for folder, tests in FOLDERS:
        pattern = "rules.py" if folder == "accounts" else "*.py"
        for path in sorted(Path(folder).glob(pattern)):
            if path.name != "__init__.py":
                nearest = NEAREST.get(str(path), tests)
                files = tuple(f"tests/{name}" for name in nearest.split())
                found.append(Target(str(path), files, path.read_text(encoding="utf-8")))
    return found


def _warm_up() -> None:
    """Import what others wrote, once for all forks; our own modules come fresh into each."""
    loaded = (
        "import sys, numpy, sqlalchemy.dialects.sqlite, tests.conftest, wsgi; print(*sys.modules)"
    )
    names = subprocess.run(
        [sys.executable, "-c", loaded], check=True, capture_output=True, text=True
    ).stdout.split()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            if name.split(".")[0] not in {*OURS, "__main__"}:
                importlib.import_module(name)
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # A fault need not be shrunk.
    hypothesis.settings.register_profile("mutants", phases=phases, database=None, derandomize=True)
    hypothesis.settings.load_profile("mutants")


def _migrate_once(made: Path) -> None:
    """Have all tests start from copies of the first migrated database."""
    upgrade = flask_migrate.upgrade

    def copy() -> None:
        path = current_app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
        if made.exists():
            shutil.copyfile(made, path)
            return
        upgrade()
        with sqlite3.connect(path) as database:
            database.execute("VACUUM INTO ?", (str(made),))
        database.close()

    mock.patch.object(flask_migrate, "upgrade", copy).start()


def _try(target: Target, most: int | None) -> bool:
    """Try the mutants of a module and tell who lives; whether enough of them died."""
    mutants = sorted(mutants_of(target.source), key=lambda mutant: mutant.rank)[:most]
    mutants.sort(key=lambda mutant: mutant.line)
    living = [each for each in _doubtful(target, mutants) if _lives(target, each, _import)]
    died = len(mutants) - len(living)
    percent = 100 * died // len(mutants) if mutants else 100
    lines = [f"{target.path}: {died} of {len(mutants)} died, {percent} %"]
    lines += [f"    {mutant.line}: {mutant.fault}" for mutant in living]
    sys.stdout.write("\n".join([*lines, ""]))
    sys.stdout.flush()
    return percent >= ENOUGH


def _doubtful(target: Target, mutants: Sequence[Mutant]) -> list[Mutant]:
    """The mutants that live where all else was imported before, or cannot be tried so.

    What is worked out on import does not see their fault: these are tried again from the start.
    """
    with tempfile.TemporaryFile("w+") as told:

        def judge() -> int:
            failed = pytest.main([*QUIETLY, *target.tests])
            _functions(sys.modules[target.name].__file__)
            gc.freeze()  # What is there already is not looked through again in every fork.
            outline = _outline(target.source)
            doubtful = [
                place
                for place, mutant in enumerate(mutants)
                if _outline(mutant.source) != outline or _lives(target, mutant, _exchange)
            ]
            json.dump(doubtful, told)
            told.flush()
            return failed

        if _fork(judge) != 0:
            sys.exit(f"{target.path}: its tests fail without any fault")
        told.seek(0)
        return [mutants[place] for place in json.load(told)]


def _lives(target: Target, mutant: Mutant, put: Callable[[Target, Mutant], None]) -> bool:
    """Whether the tests pass with this fault put in, in a fork that ends with them."""

    def try_it() -> int:
        signal.alarm(SECONDS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        put(target, mutant)
        return pytest.main([*QUIETLY, *target.tests])

    return _fork(try_it) == 0


def _fork(act: Callable[[], int]) -> int:
    """Do it in a silent fork; its exit code, or the signal that ended it as a negative number."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, sys.stdout.fileno())
        os.dup2(silence, sys.stderr.fileno())
        code = act()
    finally:
        os._exit(code)


def _import(target: Target, mutant: Mutant) -> None:
    """Have the module imported with the fault: nothing of ours is imported yet."""
    get_code = SourceFileLoader.get_code

    def get_faulty_code(loader: SourceFileLoader, name: str) -> CodeType | None:
        if name != target.name:
            return get_code(loader, name)
        return compile(mutant.source, loader.path, "exec")

    mock.patch.object(SourceFileLoader, "get_code", get_faulty_code).start()


def _exchange(target: Target, mutant: Mutant) -> None:
    """Give the functions of the imported module the code with the fault."""
    file = sys.modules[target.name].__file__
    assert file is not None, target
    faulty = {code.co_qualname: code for code in _codes(compile(mutant.source, file, "exec"))}
    for function in _functions(file):
        function.__code__ = faulty.get(function.__code__.co_qualname, function.__code__)


@cache
def _functions(file: str | None) -> list[FunctionType]:
    return [
        thing
        for thing in gc.get_objects()
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == file
    ]


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _outline(source: str) -> str:
    """A module without the bodies of its functions: what happens as it is imported."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = [ast.Pass()]
    return ast.dump(tree)


if __name__ == "__main__":
    sys.exit(main())
