import pytest
from flask import Flask

from core.guard import SESSION_COOKIE


def _post(app: Flask, headers: dict[str, str]) -> int:
    client = app.test_client()
    return client.post("/sign-in", data={}, headers=headers).status_code


@pytest.mark.parametrize(
    "origin",
    [
        "http://[bad",
        "https://evil.example",
        "http://goc.example",
        "https://goc.example.evil.example",
        "https://goc.example@evil.example",
        "null",
        "",
        "\u0000",
        "//localhost",
    ],
)
def test_a_form_of_another_origin_is_refused_however_it_is_spelt(app: Flask, origin: str) -> None:
    assert _post(app, {"Origin": origin}) == 403


@pytest.mark.parametrize("origin", ["https://goc.example", "http://localhost"])
def test_a_form_of_ours_is_read(app: Flask, origin: str) -> None:
    assert _post(app, {"Origin": origin}) == 422


@pytest.mark.parametrize("host", ["[bad", "a b", "goc.example:x", "\u00e9"])
def test_a_malformed_host_is_no_failure(app: Flask, host: str) -> None:
    assert _post(app, {"Origin": "https://evil.example", "Host": host}) in {400, 403}


def test_what_the_browser_says_of_itself_wins_over_the_origin(app: Flask) -> None:
    ours = {"Origin": "https://goc.example"}

    assert _post(app, {**ours, "Sec-Fetch-Site": "cross-site"}) == 403
    assert _post(app, {"Origin": "http://[bad", "Sec-Fetch-Site": "same-origin"}) == 422


def test_neither_header_passes_without_a_session_alone(app: Flask) -> None:
    assert _post(app, {}) == 422
    signed_in = app.test_client()
    signed_in.set_cookie(SESSION_COOKIE, "x")
    assert signed_in.post("/sign-in", data={}).status_code == 403
