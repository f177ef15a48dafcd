import pytest
from flask.testing import FlaskClient

FONT = "/static/vendor/be-vietnam-pro-5.3.0/be-vietnam-pro-latin-400.woff2"


@pytest.mark.parametrize("path", [FONT, "/static/ui/look.css?v=1"])
def test_a_file_that_bears_its_version_is_asked_for_once(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_without_a_version_is_asked_for_again(client: FlaskClient) -> None:
    with client.get("/static/ui/look.css") as answer:
        assert "immutable" not in answer.headers["Cache-Control"]
