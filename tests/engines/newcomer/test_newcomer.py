import os
import signal
from pathlib import Path

import pytest
from flask import Flask

from tests import newcomer
from tests.newcomer import NewcomerError
from tests.servers.web import serving

PAGES = {
    "/": '<h1>Gốc</h1><a href="/products/che">Chè</a><a href="https://elsewhere.example/s/X">x</a>',
    "/products/che": '<h1>Chè</h1><a href="/lots/7">Lô</a>',
    "/lots/7": '<h1>Lô</h1><a href="/s/0123">Tem</a>',
    "/s/0123": '<html data-verdict="first_check">',
}

SHOP = """
run:
\t@{command}
"""
SERVE = (
    'python3 -c "import http.server, os; '
    "host, port = os.environ['GOC_BIND'].split(':'); "
    'http.server.test(http.server.SimpleHTTPRequestHandler, port=int(port), bind=host)"'
)


def site(pages: dict[str, str]) -> Flask:
    app = Flask(__name__)
    for number, (path, text) in enumerate(pages.items()):
        app.add_url_rule(path, str(number), lambda text=text: text)
    return app


def make_clone(tmp_path: Path, command: str) -> Path:
    clone = tmp_path / "clone"
    clone.mkdir()
    (clone / "Makefile").write_text(SHOP.format(command=command))
    return clone


def test_the_stamp_is_found_through_product_and_lot() -> None:
    with serving(site(PAGES)) as address:
        found = newcomer.find_pages(address)

    paths = {kind: visit.path for kind, visit in found.items()}
    assert paths == {"home": "/", "product": "/products/che", "stamp": "/s/0123"}


def test_a_shop_without_stamps_is_refused_by_name() -> None:
    with (
        serving(site(PAGES | {"/lots/7": "<h1>Lô</h1>"})) as address,
        pytest.raises(NewcomerError, match="no link leads to: stamp"),
    ):
        newcomer.find_pages(address)


def test_a_stamp_page_without_a_verdict_is_refused() -> None:
    with (
        serving(site(PAGES | {"/s/0123": "<html>"})) as address,
        pytest.raises(NewcomerError, match="/s/0123: no data-verdict= in the page"),
    ):
        newcomer.find_pages(address)


def test_a_page_that_does_not_answer_200_is_refused() -> None:
    broken = {path: text for path, text in PAGES.items() if path != "/lots/7"}
    with (
        serving(site(broken)) as address,
        pytest.raises(NewcomerError, match="/lots/7: HTTP Error 404"),
    ):
        newcomer.find_pages(address)


def test_a_shop_that_stops_at_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    clone = make_clone(tmp_path, SERVE)

    with newcomer.shop_running(clone, start_seconds=20) as address:
        assert "Makefile" in newcomer.fetch(address, "/").text
        assert newcomer.running_in(clone) != []

    assert newcomer.running_in(clone) == []


def test_a_process_left_by_the_shop_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newcomer, "STOP_SECONDS", 0.5)
    clone = make_clone(tmp_path, f"setsid sleep 321 & {SERVE}")
    left: list[str] = []

    try:
        with (
            pytest.raises(NewcomerError, match=r"still running after Ctrl-C: \['\d+ sleep 321'\]"),
            newcomer.shop_running(clone, start_seconds=20),
        ):
            pass
    finally:
        left = newcomer.running_in(clone)
        for process in left:
            os.kill(int(process.split()[0]), signal.SIGKILL)

    assert len(left) == 1


def test_a_shop_that_does_not_start_is_refused_with_its_last_words(tmp_path: Path) -> None:
    clone = make_clone(tmp_path, "echo python3-venv is missing; exit 1")

    with (
        pytest.raises(NewcomerError, match="python3-venv is missing"),
        newcomer.shop_running(clone, start_seconds=20),
    ):
        pass
