from flask.testing import FlaskClient


def test_the_process_says_it_lives(client: FlaskClient) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json == {"status": "ok"}


def test_readiness_names_the_database(client: FlaskClient) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["database"] == "ok"


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
