"""How a fault is tried: in a fork of a warm session, by the tests that reach it, quickest first.

All tests run once without any fault while a tracer notes which reaches which line; each mutant then
gets a fork of that session, in which functions of the imported module carry the faulty code. What
is worked out on import cannot be exchanged: that is imported anew, with the fault. No file changes.
"""

import ast
import functools
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
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from functools import cached_property
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, TextIO
from unittest import mock

import flask_migrate
import hypothesis
import pytest
from flask import current_app
from sqlalchemy import Engine

from tests.mutant_codes import (
    OURS,
    Place,
    Target,
    faulty_codes,
    faulty_constants,
    outline,
    place_of,
    put,
    statement,
)
from tests.mutations import Mutant

MEMORY = 4 << 30  # Bytes a mutant may have: some would fill the machine.
PROCESSOR_SECONDS = 15  # For the tests of one mutant: one that loops for ever is noticed too.
WAITING_SECONDS = 300  # One that waits for ever too; a busy machine is not a fault.
MOST_TESTS = 60  # Of services: of those that reach a fault, the quickest.
QUIETLY = (
    "-q",
    "--assert=plain",
    "--no-header",
    "--tb=no",
    "-p",
    "no:xdist",
    "-p",
    "no:unraisableexception",
)


def warm_up() -> None:
    """Import what others wrote, once for all forks; our own modules come fresh into each."""
    loaded = (  # Without a spec, others put it there as they were imported: it has no file.
        "import sys, numpy, sqlalchemy.dialects.sqlite, tests.conftest, wsgi;"
        "print(*[name for name, one in sys.modules.items() if getattr(one, '__spec__', None)])"
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
    hypothesis.settings.register_profile(
        "mutants",
        phases=phases,
        database=None,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutants")


def migrate_once(made: Path) -> None:
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


def fork(act: Callable[[], int]) -> int:
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


def try_all(targets: Sequence[Target], tests: Sequence[str], told: TextIO) -> int:
    """Try all mutants; tell of each module, in a line of JSON, who lives or is to be imported.

    Each is told by its place, with the tests to try it by when it is imported; none: it lives.
    """
    session = WarmSession(targets, told)
    sys.settrace(session.trace)
    return pytest.main([*QUIETLY, *tests], plugins=[session])


def import_lives(target: Target, mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether these tests pass where nothing of ours was imported before the fault."""

    def try_it() -> int:
        _limit()
        mock.patch.object(SourceFileLoader, "get_code", get_faulty_code).start()
        return pytest.main([*QUIETLY, "-x", *tests])

    get_code = SourceFileLoader.get_code

    def get_faulty_code(loader: SourceFileLoader, name: str) -> CodeType | None:
        if name != target.name:
            return get_code(loader, name)
        return compile(mutant.source, loader.path, "exec")

    return not tests or fork(try_it) == 0


class WarmSession:
    """A plugin of pytest: runs all tests once, then the mutants, each in a fork of its own."""

    def __init__(self, targets: Sequence[Target], told: TextIO) -> None:
        self._targets = {target.file: target for target in targets}
        self._told = told
        self._items: list[pytest.Item] = []
        self._now: int | None = None  # The test that runs; none while modules are imported.
        self._failed = False
        self._seconds: dict[int, float] = {}
        self._functions: dict[str, list[FunctionType]] = defaultdict(list)
        self._reached: dict[tuple[str, int], set[int | None]] = defaultdict(set)

    def trace(self, frame: FrameType, event: str, _argument: object) -> Any:
        """Note the line of a target that is run."""
        file = frame.f_code.co_filename
        if file not in self._targets:
            return None
        if event in {"call", "line"}:
            self._reached[file, frame.f_lineno].add(self._now)
        return self.trace

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that the test that runs has failed."""
        self._failed |= report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests without a fault, then with each."""
        self._items = session.items
        for place in range(len(session.items)):
            began = time.process_time()
            self._now = place
            if not self._passes(place):
                session.shouldfail = self._items[place].nodeid
                raise session.Failed(session.shouldfail)
            self._seconds[place] = time.process_time() - began
        sys.settrace(None)
        databases = {path: path.read_bytes() for path in _databases()}
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType):
                self._functions[thing.__code__.co_filename].append(thing)
        gc.freeze()  # What is there already is not looked through again in every fork.
        for target in self._targets.values():
            json.dump(self._try(target, databases), self._told)
            self._told.write("\n")
            self._told.flush()
        return True

    def _passes(self, place: int) -> bool:
        """Whether a test passes. Afterwards only what the whole session shares still stands."""
        for thing in self._caches:
            thing.cache_clear()
        item = self._items[place]
        item.ihook.pytest_runtest_protocol(item=item, nextitem=item.session)
        return not self._failed

    @cached_property
    def _caches(self) -> list[Any]:
        names = {target.name for target in self._targets.values()}
        return [
            thing
            for thing in gc.get_objects()
            if isinstance(thing, functools._lru_cache_wrapper) and thing.__module__ in names
        ]

    def _try(self, target: Target, databases: dict[Path, bytes]) -> dict[int, list[str]]:
        shape = outline(target.source)
        doubtful = {}
        for place, mutant in enumerate(target.mutants):
            lines = statement(target.source, mutant.line)
            reached = {each for line in lines for each in self._reached[target.file, line]}
            faulty = faulty_codes(target, mutant)
            constants: dict[str, Any] = {}
            on_import = outline(mutant.source) != shape or not faulty or reached == {None}
            if on_import:
                constants = faulty_constants(target, mutant)
            nearest = self._users(target, mutant.line) if on_import else self._nearest(reached)
            if on_import and not constants:
                doubtful[place] = self._names(nearest)
            elif self._lives(target, nearest, faulty, constants):
                doubtful[place] = self._names(nearest) if on_import or None in reached else []
            for path, content in databases.items():
                path.write_bytes(content)
                for rest in ("-wal", "-shm"):
                    Path(f"{path}{rest}").unlink(missing_ok=True)
        return doubtful

    def _lives(
        self,
        target: Target,
        tests: Sequence[int],
        faulty: dict[Place, CodeType],
        constants: dict[str, Any],
    ) -> bool:
        def try_it() -> int:
            _limit()
            put(target, constants)
            for function in self._functions[target.file]:
                function.__code__ = faulty.get(place_of(function.__code__), function.__code__)
            return 0 if all(self._passes(place) for place in tests) else 1

        return not tests or fork(try_it) == 0

    def _users(self, target: Target, line: int) -> list[int]:
        """The tests of what a line of the module defines, those that reach its users first.

        Then all of the files whose tests reach the module: one that makes a class of its alone, or
        reads a limit by a form, reaches no line of it.
        """
        tree = ast.parse(target.source)
        top = next(node for node in tree.body if line <= (node.end_lineno or 0))
        names = {
            node.id
            for node in ast.walk(top)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        using = {
            each
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names
            for near in statement(target.source, node.lineno)
            for each in self._reached[target.file, near]
        }
        files = {
            self._items[each].path
            for (file, _line), reached in self._reached.items()
            if file == target.file
            for each in reached
            if each is not None
        }
        around = {place for place, item in enumerate(self._items) if item.path in files}
        return [*dict.fromkeys([*self._nearest(using), *self._nearest(around)])]

    def _nearest(self, reached: AbstractSet[int | None]) -> list[int]:
        """All tests of rules, then the quickest of services."""
        places = sorted(reached - {None}, key=lambda place: self._seconds[place or 0])
        slow = [place for place in places if place is not None and self._needs_application(place)]
        quick = [place for place in places if place is not None and place not in slow]
        return quick + slow[:MOST_TESTS]

    def _needs_application(self, place: int) -> bool:
        return "migrated_app" in getattr(self._items[place], "fixturenames", ())

    def _names(self, places: Sequence[int]) -> list[str]:
        """As pytest is asked for them; rules alone need nothing of the application."""
        alone = not any(self._needs_application(place) for place in places)
        names = [self._items[place].nodeid for place in places]
        return ["--noconftest", *names] if alone and names else names


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.setitimer(signal.ITIMER_PROF, PROCESSOR_SECONDS)
    signal.alarm(WAITING_SECONDS)


def _databases() -> Iterator[Path]:
    """The files of all engines, closed: a fork must open its own."""
    for engine in [thing for thing in gc.get_objects() if isinstance(thing, Engine)]:
        engine.dispose()
        path = Path(engine.url.database or "")
        with suppress(OSError):
            if path.is_file():
                yield path
