from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from core.photos.models import Photo
from core.work import reading
from tests.pictures import draw_waiting, from_a_phone, send_photo


def name_of(photo: Photo) -> str:
    with reading() as session:
        return str(session.get_one(Photo, photo.id).content_hash)


def test_a_public_photo_is_kept_for_ever_and_asks_the_database_nothing(
    app: Flask, client: FlaskClient, statements: Callable[[], list[str]]
) -> None:
    photo = send_photo(from_a_phone())
    draw_waiting()
    name = name_of(photo)
    before = len(statements())

    webp, jpg = client.get(f"/photos/{name}/320.webp"), client.get(f"/photos/{name}/320.jpg")

    assert len(statements()) == before
    assert (webp.status_code, webp.mimetype) == (200, "image/webp")
    assert (jpg.status_code, jpg.mimetype) == (200, "image/jpeg")
    assert webp.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert webp.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in webp.headers


@pytest.mark.parametrize("name", ["0" * 32 + "/320.webp", "../secret_key", "a", "x/320.svg", "/"])
def test_what_is_no_photo_is_not_found(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/photos/{name}")

    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("kind", ["report", "paper"])
def test_a_private_photo_has_no_public_address(app: Flask, client: FlaskClient, kind: str) -> None:
    photo = send_photo(from_a_phone(), kind=kind)
    draw_waiting()

    for path in (f"/photos/{name_of(photo)}/320.jpg", f"/private/{name_of(photo)}/320.jpg"):
        assert client.get(path).status_code == 404
