import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from catalog import queries
from catalog.models import Product
from core.work import reading
from tests.web.api.program import Program, said
from tests.web.api.test_products import TEA

JSON = "application/json"


def send(program: Program, body: bytes | str, kind: str = JSON, **headers: str) -> tuple[int, str]:
    """Status and code of a product sent as these bytes."""
    headers = {"Authorization": f"Bearer {program.token}", **headers}
    answer = said(
        program.client.post("/api/v1/products", data=body, content_type=kind, headers=headers)
    )
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == answer.status_code
    assert answer.json["detail"]
    return answer.status_code, answer.json["code"]


def products() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Product)) or 0


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"1",
        b'"x"',
        b"\xff\xfe",
        b'{"name": "\\ud800"}',
        b'{"price_vnd": NaN}',
        b'{"price_vnd": Infinity}',
        b"[" * 100_000,
        b'{"a":' * 40_000,
    ],
)
def test_what_is_no_json_object_is_refused(body: bytes, program: Program) -> None:
    assert send(program, body) == (400, "json_unreadable")
    assert products() == 0


def test_other_kinds_and_too_much_are_refused(program: Program) -> None:
    assert send(program, "name=Che", "application/x-www-form-urlencoded") == (415, "json_needed")
    assert send(program, b"x", "text/plain") == (415, "json_needed")
    assert send(program, json.dumps({**TEA, "x": "y" * 300_000})) == (413, "json_too_large")
    assert products() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"price_vnd": 10**400},
        {"price_vnd": -1},
        {"pack_content": 10**4000},
        {"pack_content": 0},
        {"name": "x" * 200_000},
        {"gtin": "١٢٣٤٥٦٧٨"},
        {"weight_g": 10**30},
        {"group": "\x00"},
    ],
)
def test_monstrous_values_are_refused_in_their_field(
    fields: dict[str, object], program: Program
) -> None:
    answer = program.post("/products", {**TEA, **fields})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == list(fields)


def test_of_a_field_of_nul_alone_nothing_is_left_as_if_it_had_not_been_sent(
    program: Program,
) -> None:
    answer = program.post("/products", {**TEA, "gtin": "\x00"})

    assert answer.status_code == 201
    assert [one["gtin"] for one in answer.json["packs"]] == [None]


def test_addresses_and_methods_nobody_serves_are_problems_too(
    client: FlaskClient, program: Program
) -> None:
    gone = said(client.get("/api/v1/nothing"))
    assert (gone.status_code, gone.json["code"]) == (404, "not_found")
    assert client.get("/api").status_code == 404
    wrong = program.ask("DELETE", "/products", None)
    assert (wrong.status_code, wrong.json["code"]) == (405, "method_not_allowed")
    assert set(wrong.headers["Allow"].split(", ")) >= {"GET", "POST"}
    assert client.get("/products/x").content_type.startswith("text/html")


def test_a_failure_of_ours_tells_nothing_of_the_inside(
    app: Flask, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_a: object, **_k: object) -> list[object]:
        raise RuntimeError("the inside")

    monkeypatch.setattr(queries, "products_after", broken)

    answer = program.get("/products")

    assert (answer.status_code, answer.json["code"]) == (500, "internal_server_error")
    assert answer.content_type == "application/problem+json"
    assert "inside" not in str(answer.json)


def test_the_same_key_gives_the_same_answer_and_one_product(program: Program) -> None:
    first = program.post("/products", TEA, idempotency_key="K-1")
    path = f"/products/{first.json['public_id']}"
    program.patch(path, {"name": "Chè búp", "version": 1})

    again = program.post("/products", TEA, idempotency_key="K-1")

    assert (again.status_code, again.json) == (201, first.json)
    assert again.location == first.location
    assert again.headers["ETag"] == first.headers["ETag"] == '"1"'
    assert products() == 1
    assert program.get(path).json["name"] == "Chè búp"


def test_a_key_with_another_body_or_address_is_refused(program: Program) -> None:
    first = program.post("/products", TEA, idempotency_key="K-1")

    other = program.post("/products", {**TEA, "name": "Chè khác"}, idempotency_key="K-1")
    elsewhere = program.post(
        f"/products/{first.json['public_id']}/submit", {"version": 1}, idempotency_key="K-1"
    )

    assert (other.status_code, other.json["code"]) == (409, "key_reused")
    assert (elsewhere.status_code, elsewhere.json["code"]) == (409, "key_reused")
    assert products() == 1


def test_a_key_of_a_refused_request_is_free(program: Program) -> None:
    refused = program.post("/products", {**TEA, "name": ""}, idempotency_key="K-1")
    assert refused.status_code == 422

    assert program.post("/products", TEA, idempotency_key="K-1").status_code == 201


def test_a_change_done_twice_by_one_key_is_answered_as_the_first_time(program: Program) -> None:
    made = program.post("/products", TEA).json
    path, body = f"/products/{made['public_id']}", {"name": "Chè búp", "version": 1}

    first = program.patch(path, body, idempotency_key="K-2")
    again = program.patch(path, body, idempotency_key="K-2")

    assert (first.status_code, first.json["version"]) == (200, 2)
    assert (again.status_code, again.json) == (200, first.json)


@pytest.mark.parametrize("key", ["", "é", "a b", "a" * 65, "a\x01"])
def test_a_key_that_could_not_be_kept_is_refused(key: str, program: Program) -> None:
    answer = program.post("/products", TEA, idempotency_key=key)

    assert (answer.status_code, answer.json["code"]) == (400, "key_malformed")
    assert products() == 0
