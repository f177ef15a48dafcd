import pytest
from flask.testing import FlaskClient

from app.settings import ROOT

FONT = "/static/vendor/be-vietnam-pro-5.3.0/be-vietnam-pro-latin-400.woff2"


@pytest.mark.parametrize("path", [FONT, "/static/ui/look.css?v=1"])
def test_a_file_that_bears_its_version_is_asked_for_once(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_without_a_version_is_asked_for_again(client: FlaskClient) -> None:
    with client.get("/static/ui/look.css") as answer:
        assert "immutable" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/static/vendor/fetch.py", "/static/ui/draw_icons.py"])
def test_the_programs_that_made_a_file_are_not_served(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_served_folder_holds_no_program_of_the_server() -> None:
    found = [path for path in (ROOT / "static").rglob("*") if path.suffix in {".py", ".pyc", ".sh"}]

    assert found == []
