"""Importing 5,000 products as the jobs do: seconds, memory above idle, the longest transaction."""

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from sqlalchemy import Connection, Engine, event, select

from accounts.models import Enterprise
from app import create_app
from app.duties import KINDS
from bench import goods
from bench.results import Result
from bench.servers import Bench, migrate, settings_for
from catalog.models import ImportRun
from catalog.service import import_runs as runs
from catalog.service.sheets import open_table
from catalog.sheets import guess, write_table
from catalog.sheets.products import PRODUCT_COLUMNS
from core.database import db
from core.files import files
from core.garbage import keep_what_stands
from core.work import COMMAND, By, transaction
from core.worker.jobs import run_next

LINES = 5_000
MOST_SECONDS, MOST_MEGABYTES, MOST_HELD_SECONDS = 15, 150, 0.25
HEADING = ("Tên sản phẩm", "Nhóm", "Quy cách", "Giá bán", "Mô tả")
KEY = "imports/bench"


@dataclass(frozen=True)
class _Import:
    """What one import took, from the file to its last line, looked over and written."""

    seconds: float
    megabytes: float
    held_seconds: float


def import_seconds(_bench: Bench) -> Result:
    """Look over and write a workbook of 5,000 new products on SQLite."""
    took = _measured()
    return Result(
        "import 5,000 products, SQLite: seconds", "-", (took.seconds,), MOST_SECONDS, at_least=False
    )


def import_memory(_bench: Bench) -> Result:
    """The worker's memory above idle meanwhile."""
    took = _measured()
    return Result(
        "import 5,000 products: MB above idle",
        "-",
        (took.megabytes,),
        MOST_MEGABYTES,
        at_least=False,
    )


def import_longest_transaction(_bench: Bench) -> Result:
    """The longest time the one writer of SQLite was held."""
    took = _measured()
    return Result(
        "import 5,000 products, SQLite: longest transaction, s",
        "-",
        (took.held_seconds,),
        MOST_HELD_SECONDS,
        at_least=False,
    )


def _measured() -> _Import:
    if not _KEPT:
        _KEPT.append(_import())
    return _KEPT[0]


_KEPT: list[_Import] = []  # One import gives all three figures.


def _import() -> _Import:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/goc.sqlite3"
        settings = settings_for(url, Path(folder))
        migrate(settings)
        goods.fill(url)
        app = create_app(settings)
        with app.app_context():
            _begin()
            keep_what_stands()  # As the worker does.
            with _longest_transaction(db.engine) as longest, _peak_megabytes() as peak:
                began = time.perf_counter()
                while run_next(KINDS):
                    _write_when_checked()
                seconds = time.perf_counter() - began
            return _Import(seconds, peak(), longest())


def _begin() -> None:
    """Keep a workbook of 5,000 products and ask for it to be looked over."""
    rows = [
        (
            f"Chè vụ {at}",
            "Thực phẩm",
            "hộp 200 g",
            f"{at % 400 + 50}.000 đ",
            "Hái tay, sao chảo gang.",
        )
        for at in range(LINES)
    ]
    with files().writing(KEY) as stream:
        write_table(stream, HEADING, rows, kind="xlsx")
    with files().reading(KEY) as stream:
        table = open_table(BytesIO(stream.read()), PRODUCT_COLUMNS)
    chosen = guess(table.heading, PRODUCT_COLUMNS)
    with transaction(by=COMMAND) as work:
        enterprise_id = work.session.scalars(select(Enterprise.id).limit(1)).one()
        work.by = By("person", 1, enterprise_id)
        upload = runs.Upload("products", "a.xlsx", KEY, table.heading, (), chosen, LINES)
        run = runs.begin_import(work, enterprise_id=enterprise_id, upload=upload)
        runs.check_columns(work, run_id=run.id, chosen=chosen)


def _write_when_checked() -> None:
    with transaction(by=COMMAND) as work:
        run = work.session.scalars(select(ImportRun)).one()
        if run.state == "checked":
            work.by = By("person", 1, run.enterprise_id)
            runs.start_writing(work, run_id=run.id, all_or_none=True)


@contextmanager
def _longest_transaction(engine: Engine) -> Iterator[Callable[[], float]]:
    """How long the longest writing transaction lasted, from its BEGIN to its end."""
    begun: dict[int, float] = {}
    lasted = [0.0]

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing", False):
            begun[threading.get_ident()] = time.perf_counter()

    def end(_connection: object) -> None:
        at = begun.pop(threading.get_ident(), None)
        if at is not None:
            lasted[0] = max(lasted[0], time.perf_counter() - at)

    # Told after `core.sqlite`, which waits for the writer's place: waiting is not holding.
    event.listen(engine, "begin", begin)
    event.listen(engine, "commit", end)
    event.listen(engine, "rollback", end)
    yield lambda: lasted[0]
    event.remove(engine, "begin", begin)
    event.remove(engine, "commit", end)
    event.remove(engine, "rollback", end)


@contextmanager
def _peak_megabytes() -> Iterator[Callable[[], float]]:
    """The most this process grew by, looked at fifty times a second."""
    before, most, done = _resident(), [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            most[0] = max(most[0], _resident() - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield lambda: most[0]
    done.set()
    watcher.join()


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
