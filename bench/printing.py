"""A PDF of 10,000 labels, drawn as a job by a worker while the shop's pages keep answering."""

import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import create_app
from app.supervisor import worker_command
from bench import pages
from bench.results import Result
from bench.servers import ROOT, Bench, environment_of, index, settings_for
from core.jobs import jobs_by_id
from core.work import COMMAND, reading, transaction
from tests.servers import processes
from tests.servers.processes import UnavailableError
from traceability import service
from traceability.adapters.papers import DEFAULT_PAPER

LABELS = service.MOST_LABELS  # What one file holds.
LOT = 2
ROUNDS = 3  # Each draws a whole file.
REACH_SECONDS = 60.0
PATIENCE_SECONDS = 300.0
SLOWEST_PAGE_SECONDS = 5.0  # A page that takes longer did not keep answering.
PAUSE_SECONDS = 0.1  # Between two visits: readers, not a load.


def print_labels(bench: Bench) -> Result:
    """Seconds from ordering to the finished file; every page asked meanwhile must answer."""
    with _worker(bench):
        rounds = [_draw(bench) for _ in range(ROUNDS)]
    slowest = max(page for _, page in rounds)
    if slowest > SLOWEST_PAGE_SECONDS:
        raise UnavailableError(f"a page took {slowest:.1f} s while labels were drawn")
    return Result(
        f"PDF of {LABELS:,} labels",
        f"pages in ≤ {slowest:.2f} s",
        tuple(seconds for seconds, _ in rounds),
        reach=REACH_SECONDS,
        at_least=False,
        unit=" s",
    )


@contextmanager
def _worker(bench: Bench) -> Iterator[None]:
    """Run a worker with its own files and index; the application's context is ours meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = settings_for(bench.database_url, folder)
        index(settings)
        environment = {**environment_of(settings), "PYTHONPATH": str(ROOT)}
        with (
            create_app(settings).app_context(),
            processes.running(
                worker_command(), folder=folder, environment=environment, as_ourselves=True
            ),
        ):
            yield


def _draw(bench: Bench) -> tuple[float, float]:
    """Order a file and visit pages until it is there: its seconds, those of the slowest page."""
    job_id = _order()
    began = time.perf_counter()
    slowest = 0.0
    for path in pages.product_paths():
        slowest = max(slowest, _visit(f"{bench.shop}{path}"))
        spent = time.perf_counter() - began
        if _is_done(job_id):
            return spent, slowest
        if spent > PATIENCE_SECONDS:
            break
        time.sleep(PAUSE_SECONDS)
    raise UnavailableError(f"no file after {PATIENCE_SECONDS:.0f} s")


def _order() -> int:
    """Issue the stamps and have their labels drawn, as a producer does."""
    with transaction(by=COMMAND) as work:
        batch = service.begin_batch(work, lot_id=LOT, count=LABELS)
    for first in range(1, LABELS + 1, service.PIECE):
        with transaction(by=COMMAND) as work:
            service.add_stamps(work, batch_id=batch.id, first=first, count=service.PIECE)
    with transaction(by=COMMAND) as work:
        issued = service.publish_batch(work, batch_id=batch.id)
        wanted = service.order_labels(work, issued, first=1, last=LABELS, paper=DEFAULT_PAPER)
        assert wanted.job_id is not None, wanted
        return wanted.job_id


def _visit(address: str) -> float:
    began = time.perf_counter()
    urllib.request.urlopen(address, timeout=PATIENCE_SECONDS).close()  # noqa: S310  # Our own.
    return time.perf_counter() - began


def _is_done(job_id: int) -> bool:
    with reading() as session:
        job = jobs_by_id(session, [job_id])[job_id]
    if job.state == "failed":
        raise UnavailableError(f"the job failed: {job.error}")
    return job.state == "done"
