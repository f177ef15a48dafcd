from dataclasses import replace

from flask.testing import FlaskClient

from app import create_app
from app.settings import Settings


def test_the_demo_shows_every_component(client: FlaskClient) -> None:
    answer = client.get("/ui")

    assert answer.status_code == 200
    assert answer.text.count("<svg") >= 12


def test_production_has_no_such_page(settings: Settings) -> None:
    production = create_app(replace(settings, mode="production", public_url="https://goc.example"))

    assert production.test_client().get("/ui").status_code == 404
