import gzip

import pytest
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


@pytest.mark.parametrize("asked_by", ["same-origin", "none"])
def test_a_page_with_a_secret_is_compressed_for_our_own_pages_and_the_person(
    app: Flask, asked_by: str
) -> None:
    browser = _signed_in(app)
    browser.client.environ_base["HTTP_SEC_FETCH_SITE"] = asked_by

    answer = browser.get("/account", headers=GZIP)

    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "csrf_token" in gzip.decompress(answer.data).decode()


@pytest.mark.parametrize("asked_by", ["cross-site", "same-site", ""])
def test_a_page_with_a_secret_is_not_compressed_where_a_stranger_may_have_asked(
    app: Flask, asked_by: str
) -> None:
    browser = _signed_in(app)
    browser.client.environ_base["HTTP_SEC_FETCH_SITE"] = asked_by  # Empty: it does not say.

    answer = browser.get("/account", headers=GZIP)

    assert "csrf_token" in answer.text
    assert "Content-Encoding" not in answer.headers


def _signed_in(app: Flask) -> SignedIn:
    with transaction(by=COMMAND) as work:
        key = make_sign_in(work, person=make_person(work))
    return SignedIn(app, key)


def test_style_sheets_are_compressed_for_everybody(client: FlaskClient) -> None:
    answer = client.get("/static/ui/look.css", headers=GZIP)

    assert answer.headers["Content-Encoding"] == "gzip"
