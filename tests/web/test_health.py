import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from app.pages import health
from core import clock
from core.limits import Misses
from core.worker import beats


def test_the_process_says_it_lives(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json == {"status": "ok"}


def test_readiness_names_what_it_depends_on(client: FlaskClient) -> None:
    before = client.get("/readyz")
    beats.beat("a worker")

    answer = client.get("/readyz")

    assert answer.status_code == 200
    rest = {"database": "ok", "log": "ok", "search_embedded": "ok"}
    assert before.json == {"status": "degraded", "worker": "never seen", **rest}
    assert answer.json == {"status": "ok", "worker": "ok", **rest}


@pytest.mark.parametrize(
    ("changes", "said"), [(3, "3 changes behind"), (None, "does not answer"), (0, "ok")]
)
def test_readiness_tells_how_far_an_index_is_behind(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, changes: int | None, said: str
) -> None:
    beats.beat("a worker")
    monkeypatch.setattr(health, "behind", lambda: {"embedded": changes})

    answer = client.get("/readyz")

    assert answer.json is not None
    assert answer.json["search_embedded"] == said
    assert answer.json["status"] == ("ok" if said == "ok" else "degraded")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("answers", "said"),
    [(True, "ok"), (False, "does not answer, each process counts for itself"), (None, None)],
)
def test_readiness_names_the_shared_counters_where_they_are_set(
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    *,
    answers: bool | None,
    said: str | None,
) -> None:
    beats.beat("a worker")
    monkeypatch.setattr(Misses, "answers", lambda _misses: answers)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json.get("limits") == said
    assert answer.json["status"] == ("degraded" if answers is False else "ok")


def test_a_worker_that_fell_silent_is_said_to_be(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    beats.beat("a worker")
    later = clock.now() + timedelta(seconds=75)
    monkeypatch.setattr(clock, "now", lambda: later)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["status"] == "degraded"
    assert answer.json["worker"] == "last seen 75 s ago"


def test_without_the_database_nothing_is_ready(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(health, "reading", refuse)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {"status": "not ready", "database": "OperationalError"}


def with_settings(app: Flask, monkeypatch: pytest.MonkeyPatch, **changed: str) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], **changed))


def test_counters_are_read_from_this_machine_alone(client: FlaskClient) -> None:
    client.get("/healthz")

    answer = client.get("/metrics")

    assert answer.status_code == 200
    counted = r'goc_requests_total{method="GET",route="/healthz",status="200"} [1-9]'
    assert re.search(counted, answer.text)
    abroad = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrics", environ_overrides=abroad).status_code == 404


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_counters_are_not_shown_to_whom_an_unknown_proxy_speaks_for(
    client: FlaskClient, name: str
) -> None:
    assert client.get("/metrics", headers={name: "203.0.113.9"}).status_code == 404


def test_counters_in_production_need_the_token(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_settings(app, monkeypatch, mode="production")
    assert client.get("/metrics").status_code == 404

    with_settings(app, monkeypatch, metrics_token="s3cret")
    statuses = [
        client.get("/metrics", headers=headers).status_code
        for headers in ({}, {"Authorization": "Bearer no"}, {"Authorization": "Bearer s3cret"})
    ]

    assert statuses == [404, 404, 200]


def test_a_request_leaves_one_line_that_tells_nothing_of_who_asked(client: FlaskClient) -> None:
    with capture_logs([merge_contextvars]) as lines:
        answer = client.get("/language/en?next=/products&phone=0912345678")

    (line,) = lines
    assert line.pop("ms") >= 0
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "route": "/language/<language>",
        "status": 303,
        "request_id": answer.headers["X-Request-ID"],
    }


def test_a_request_id_is_ours_and_never_the_visitors(client: FlaskClient) -> None:
    first = client.get("/healthz", headers={"X-Request-ID": "mine"})
    second = client.get("/healthz")

    assert re.fullmatch(r"[0-9A-Z]{10}", first.headers["X-Request-ID"])
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


def test_what_a_visitor_typed_into_a_path_is_not_written_down(client: FlaskClient) -> None:
    with capture_logs() as lines:
        client.open("/0912345678", method="BREW")

    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["route"], line["method"], line["status"]) == ("(none)", "other", 404)


def test_the_language_switch_sets_the_cookie_and_goes_back(client: FlaskClient) -> None:
    answer = client.get("/language/en?next=/products")

    assert answer.status_code == 303
    assert answer.location == "/products"
    assert client.get("/").text.count('lang="en"') == 1


def test_the_language_switch_never_leaves_the_site(client: FlaskClient) -> None:
    for evil in ("https://evil.example", "//evil.example", "/\\evil.example", "/\r\nX: y"):
        assert client.get("/language/en", query_string={"next": evil}).location == "/"


def test_a_form_of_another_site_is_refused(client: FlaskClient) -> None:
    answer = client.post("/", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/")

    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.data == b""
