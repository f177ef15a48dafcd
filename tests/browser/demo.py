"""The demo as a newcomer gets it, on a port of its own: one for all browser tests of a worker."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from app import create_app
from app.duties import DUTIES
from app.run import prepare
from app.settings import Settings
from catalog.search import catch_up
from core.database import db
from core.worker import events, jobs
from tests.browser.samples import make_samples
from tests.servers.processes import free_port
from tests.servers.web import serving
from traceability.tasks import keep_months

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/142.0.0.0 Mobile Safari/537.36"
)
CRASH = "/browser-tests/crash"  # The one path of our own: a page that fails must look well too.


@dataclass(frozen=True)
class Demo:
    """The served demo. `samples` fills the names in braces of the table of pages."""

    app: Flask
    address: str  # Without a last slash; what its stamps carry.
    samples: dict[str, str] = field(default_factory=dict)

    def url(self, path: str) -> str:
        """The whole address of a path that may name samples: `/lots/{lot}`."""
        return self.address + path.format_map(self.samples)

    def work_off(self) -> None:
        """Do what the worker would: events and jobs that wait, then what search must follow."""
        with self.app.app_context():
            while events.deliver_next(DUTIES.reactions) or jobs.run_next(DUTIES.kinds):
                pass
            catch_up()


@contextlib.contextmanager
def served_demo(folder: Path) -> Iterator[Demo]:
    """Load the demo into `folder`, add the samples, serve both until the end.

    It trusts one proxy, so that a test can be another network by `X-Forwarded-For`.
    """
    port = free_port()
    settings = Settings(
        public_url=f"http://127.0.0.1:{port}",
        secret_key="only for tests",
        proxies=1,
        instance=folder,
    )
    app = create_app(settings)
    app.add_url_rule(CRASH, endpoint="crash", view_func=_crash)
    prepare(app)
    with serving(app, port=port) as address:
        demo = Demo(app, address)
        with app.app_context():
            demo.samples.update(make_samples())
        demo.work_off()
        with app.app_context():
            keep_months()
        demo.samples.update(_found(app))
        demo.samples.update(_check_stamps(app, demo.samples))
        yield demo
    with app.app_context():
        db.engine.dispose()


def _found(app: Flask) -> dict[str, str]:
    """The first product of each kind of page, and its maker's page, as the lists lead there."""
    client = app.test_client()
    lists = {
        "tea": "/products?q=che+moc+cau",
        "in_force": "/products?stars=5",
        "unverified": "/products?stars=unverified",
        "lapsed": "/products?stars=lapsed",
        "service": "/products?group=du_lich",
    }
    found = {
        name: re.findall(r'href="(/products/[^"?]+)"', client.get(path).text)[0]
        for name, path in lists.items()
    }
    makers = re.findall(r'href="(/producers/[^"?]+)"', client.get(found["tea"]).text)
    return {**found, "maker": makers[0]}


def _check_stamps(app: Flask, samples: dict[str, str]) -> dict[str, str]:
    """Check one stamp once and one often, each time from another network; gives a result page."""
    client = app.test_client()
    checks = [("stamp_once", 1), *(("stamp_many", network) for network in range(5))]
    for name, network in checks:
        answer = client.get(
            f"/s/{samples[name]}",
            headers={
                "User-Agent": PHONE,
                "Accept": "application/json",
                "X-Forwarded-For": f"10.9.{network}.1",
            },
        )
    return {"past_check": urlsplit(answer.get_json()["check"]).path}


def _crash() -> str:
    raise RuntimeError("asked for by a test")
