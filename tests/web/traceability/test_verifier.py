"""The page that checks proofs, and the same as one file to keep."""

import re

from flask import Flask
from flask.testing import FlaskClient

from core.pages import integrity
from core.work import COMMAND, transaction
from tests.makers import make_batch
from tests.statements import counted_statements
from traceability.publishing import publish


def publish_something() -> None:
    with transaction(by=COMMAND) as work:
        make_batch(work, count=1)
    publish()


def test_the_page_holds_the_logs_keys_and_pinned_scripts(app: Flask, client: FlaskClient) -> None:
    publish_something()

    with counted_statements() as statements:
        page = client.get("/log/verify").text

    assert statements == []
    assert client.get("/log/policy").text in page
    for name in ("traceability/proof.js", "traceability/verify.js"):
        assert f'integrity="{integrity(name)}" defer' in page
    assert "<script>" not in page


def test_before_the_first_publication_there_are_no_keys_to_show(client: FlaskClient) -> None:
    assert client.get("/log/verify").status_code == 200
    assert client.get("/log/verify.html").status_code == 200


def test_the_file_is_whole_in_itself(app: Flask, client: FlaskClient) -> None:
    publish_something()

    answer = client.get("/log/verify.html?lang=en")

    assert answer.headers["Content-Disposition"] == "attachment; filename=verify.html"
    assert "Check the proof of a stamp" in answer.text
    assert client.get("/log/policy").text in answer.text
    assert re.findall(r'(?:src|href)="([^"]+)"', answer.text) == []
    assert "data:text/javascript;base64," in answer.text


def test_a_page_kept_by_a_reader_is_answered_anew_when_the_keys_change(
    app: Flask, client: FlaskClient
) -> None:
    before = client.get("/log/verify")
    again = client.get("/log/verify", headers={"If-None-Match": before.headers["ETag"]})
    publish_something()
    after = client.get("/log/verify", headers={"If-None-Match": before.headers["ETag"]})

    assert (again.status_code, after.status_code) == (304, 200)
