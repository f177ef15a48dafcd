"""A real Elasticsearch for tests: the core server from Maven Central, one node, local."""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers import packages, processes
from tests.servers.processes import UnavailableError

VERSION = "8.19.21"
SHA256 = "215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
JAVA = 17  # Elasticsearch 8 runs on no older one.
START_SECONDS = 240  # 9–25 s on two idle cores; over a minute where others use them.
ANSWER_SECONDS = 2

# Instead of the distribution's: the serial collector and the first compiler start faster and
# idle at half the memory; no gc log, no vector module.
JVM_OPTIONS = """\
-Xms256m
-Xmx512m
-XX:+UseSerialGC
-XX:TieredStopAtLevel=1
-Djava.io.tmpdir=${ES_TMPDIR}
-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1
-XX:+ExitOnOutOfMemoryError
"""


@dataclass(frozen=True)
class Node:
    """A node of our own, which a test may hang or kill."""

    url: str
    process: subprocess.Popen[bytes]

    def freeze(self) -> None:
        """Hang the node: it takes connections and never answers."""
        os.killpg(self.process.pid, signal.SIGSTOP)
        while _is_yellow(self.url):
            pass  # The signal reaches a busy machine's threads one by one.

    def thaw(self) -> None:
        """Let a frozen node go on."""
        os.killpg(self.process.pid, signal.SIGCONT)

    def kill(self) -> None:
        """End the node at once, as a power cut does."""
        processes.end_group(self.process, gently=signal.SIGKILL)


@contextlib.contextmanager
def running_elasticsearch() -> Iterator[str]:
    """Lend the URL of an Elasticsearch 8: GOC_TEST_SEARCH_URL, or a node of our own.

    Raises:
        UnavailableError: no Java or Maven, no download, or it does not start.
    """
    given = os.environ.get("GOC_TEST_SEARCH_URL")
    if given:
        yield given
        return
    with own_node() as node:
        yield node.url


@contextlib.contextmanager
def own_node() -> Iterator[Node]:
    """Lend a fresh node whose process the caller may stop.

    Raises:
        UnavailableError: as `running_elasticsearch`.
    """
    java = _java_home()
    archive = _fetched()
    with processes.server_folder("elasticsearch") as folder:
        home = _unpacked(archive, folder)
        port = processes.free_port()
        _configure(home, folder, port)
        processes.hand_over(folder)
        environment = {
            "ES_JAVA_HOME": str(java),
            "ES_PATH_CONF": str(home / "config"),
            "ES_TMPDIR": str(folder / "temporary"),
            "HOME": str(folder),
        }
        command = [str(home / "bin" / "elasticsearch")]
        with processes.running(command, folder=folder, environment=environment) as process:
            url = f"http://127.0.0.1:{port}"
            processes.wait_until_ready(
                lambda: _is_yellow(url), process=process, folder=folder, seconds=START_SECONDS
            )
            yield Node(url, process)


def _java_home() -> Path:
    if shutil.which("java") is None or shutil.which("mvn") is None:
        packages.apt_install("openjdk-17-jre-headless", "maven")
    java = Path(shutil.which("java") or "/usr/bin/java").resolve()
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < JAVA:
        raise UnavailableError(f"Java {JAVA} or newer is needed")
    return java.parent.parent


def _fetched() -> Path:
    """Find the distribution in the cache, fetched there once."""
    archive = packages.cache_folder() / f"elasticsearch-{VERSION}.zip"
    with packages.cache_lock("elasticsearch"):
        if not archive.exists() or _sha256(archive) != SHA256:
            _fetch(archive)
    return archive


def _fetch(archive: Path) -> None:
    arriving = archive.with_suffix(".arriving")
    command = ["mvn", "-B", "-q", COPY, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={arriving}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    fetched = arriving / archive.name
    try:
        if done.returncode or not fetched.exists():
            said = [line for line in done.stdout.splitlines() if "ERROR" in line] or ["no file"]
            raise UnavailableError(f"mvn: {said[0]}")
        if _sha256(fetched) != SHA256:
            raise UnavailableError(f"{archive.name} is not the file we know (sha256)")
        fetched.replace(archive)
    finally:
        shutil.rmtree(arriving, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unpacked(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as distribution:
        distribution.extractall(folder)
    home = folder / f"elasticsearch-{VERSION}"
    for script in (home / "bin").iterdir():
        script.chmod(0o755)  # zipfile forgets what may be run.
    return home


def _configure(home: Path, folder: Path, port: int) -> None:
    (folder / "temporary").mkdir()
    settings = {
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": processes.free_port(),
        "discovery.type": "single-node",
        "path.data": folder / "indices",
        "path.logs": folder / "logs",
        "xpack.security.enabled": "false",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    lines = "".join(f"{name}: {value}\n" for name, value in settings.items())
    (home / "config" / "elasticsearch.yml").write_text(lines)
    (home / "config" / "jvm.options").write_text(JVM_OPTIONS)


def _is_yellow(url: str) -> bool:
    """Ask for the cluster's health; an index with a replica stays yellow on one node."""
    address = f"{url}/_cluster/health?wait_for_status=yellow&timeout=1s"
    try:
        with urllib.request.urlopen(address, timeout=ANSWER_SECONDS) as answer:  # noqa: S310  # Our own http address.
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
