import gzip

from flask import Flask
from flask.testing import FlaskClient

from core.work import COMMAND, transaction
from tests.makers import make_person, make_sign_in
from tests.web.signed_in import SignedIn

GZIP = {"Accept-Encoding": "gzip"}


def test_public_pages_are_sent_compressed_where_asked_for(client: FlaskClient) -> None:
    plain = client.get("/")
    packed = client.get("/", headers=GZIP)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


def test_a_compressed_copy_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/", headers=GZIP)

    again = client.get("/", headers=GZIP | {"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304


def test_pages_with_a_secret_are_not_compressed(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        key = make_sign_in(work, person=make_person(work))
    browser = SignedIn(app, key)

    answer = browser.get("/manage", headers=GZIP)

    assert "Content-Encoding" not in answer.headers


def test_style_sheets_are_compressed_for_everybody(client: FlaskClient) -> None:
    answer = client.get("/static/ui/look.css", headers=GZIP)

    assert answer.headers["Content-Encoding"] == "gzip"
