"""The floor and the application, served alike, on one PostgreSQL with 10,000 products."""

import contextlib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask_migrate import upgrade

from app import create_app
from app.settings import Settings
from app.supervisor import web_command
from bench import floor
from catalog.search.following import reindex
from core import ids
from tests.servers import postgres, processes

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
START_SECONDS = 60


@dataclass(frozen=True)
class Bench:
    """What a measurement may ask: both servers, and the database behind them."""

    floor: str
    shop: str
    database_url: str
    whole: bool = False

    def size(self, whole: int, quick: int) -> int:
        """How much of something to measure: all that was asked for takes minutes."""
        return whole if self.whole else quick


@contextlib.contextmanager
def bench_running(*, fill: Sequence[Callable[[str], None]], whole: bool = False) -> Iterator[Bench]:
    """Lend both servers on one database; each of `fill` gets its URL before they start.

    Raises:
        UnavailableError: PostgreSQL or a server did not start.
    """
    with (
        postgres.running_postgres() as cluster,
        processes.server_folder("bench") as folder,
        contextlib.ExitStack() as stack,
    ):
        url = postgres.fresh(cluster, "goc_bench")
        stack.callback(postgres.drop, cluster, "goc_bench")
        floor.fill(url)
        settings = settings_for(url, folder)
        migrate(settings)
        for rows in fill:
            rows(url)
        index(settings)
        floor_address = stack.enter_context(
            _served(
                "bench.floor:create_server", {floor.DATABASE: url}, folder / "floor", factory=True
            )
        )
        shop_address = stack.enter_context(
            _served("wsgi:server", environment_of(settings), folder / "shop")
        )
        yield Bench(floor_address, shop_address, url, whole)


def settings_for(url: str, folder: Path) -> Settings:
    """Give the application's settings for a benchmark on the database at `url`."""
    plain = url.replace("+psycopg", "")  # The application names the driver itself.
    return Settings(
        database_url=plain,
        secret_key=ids.token(),
        instance=folder / "instance",
        proxies=1,  # The load says who visits in X-Forwarded-For.
    )


def environment_of(settings: Settings) -> dict[str, str]:
    """Give the variables that make another process run by these settings."""
    names = ("database_url", "secret_key", "instance", "proxies")
    return {f"GOC_{name.upper()}": str(getattr(settings, name)) for name in names}


def migrate(settings: Settings) -> None:
    """Make the application's tables in an empty database."""
    with create_app(settings).app_context():
        upgrade()


def index(settings: Settings) -> None:
    """Build the embedded index of what was filled in behind the services' backs."""
    with create_app(settings).app_context():
        reindex()


@contextlib.contextmanager
def _served(
    target: str, environment: Mapping[str, str], folder: Path, *, factory: bool = False
) -> Iterator[str]:
    """Serve an application behind our gateway as `python -m app.run` does, with two workers."""
    folder.mkdir()
    port = processes.free_port()
    *command, _ours = web_command("127.0.0.1", str(port), str(WORKERS))
    command += ["--working-dir", str(ROOT), *(["--factory"] if factory else []), target]
    with processes.running(
        command, folder=folder, environment=environment, as_ourselves=True
    ) as process:
        address = f"http://127.0.0.1:{port}"
        processes.wait_until_ready(
            lambda: _answers(address), process=process, folder=folder, seconds=START_SECONDS
        )
        yield address


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=2).close()  # noqa: S310  # Our own http address.
    except urllib.error.HTTPError as refused:
        refused.close()  # The floor has no page there; it answers all the same.
        return True
    except OSError:
        return False
    return True
