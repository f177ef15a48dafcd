"""Guiding on two devices: the producer's and the helper's."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from accounts.models import Enterprise, Guiding, Person
from app.guiding_words import FIELDS, PLACES
from core.database import db
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_member, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn


@pytest.fixture
def producer(app: Flask) -> SignedIn:
    """Hà, director of a smithy."""
    with transaction(by=COMMAND) as work:
        ha, smithy = make_person(work), make_enterprise(work)
        make_member(work, enterprise=smithy, person=ha)
        key = make_sign_in(work, person=ha, enterprise=smithy)
    return SignedIn(app, key, for_enterprise=smithy.public_id)


@pytest.fixture
def helper(app: Flask) -> SignedIn:
    """Minh, who belongs nowhere."""
    with transaction(by=COMMAND) as work:
        minh = make_person(work, sign_in="minh@goc.example", name="Minh")
        return SignedIn(app, make_sign_in(work, person=minh, key="minh"))


def paired(producer: SignedIn) -> Guiding:
    """The guiding, begun by the right pair."""
    producer.post("/manage/guiding", {"helper": "minh@goc.example"})
    with reading() as session:
        asked = session.scalars(select(Guiding)).one()
    assert producer.post("/manage/guiding/pair", {"pair": asked.pairs[0]}).location == "/manage"
    return asked


def test_a_producer_is_guided_without_script(producer: SignedIn, helper: SignedIn) -> None:
    assert "Ai chỉ cho bạn?" in producer.get("/manage/guiding").text
    assert "Chưa có ai nhờ" in helper.get("/help/guiding").text
    producer.post("/manage/guiding", {"helper": "minh@goc.example"})
    with reading() as session:
        asked = session.scalars(select(Guiding)).one()
    page = f"/help/guiding/{asked.public_id}"
    assert page in helper.get("/help/guiding").text
    assert asked.pairs[0] in helper.get(page).text
    for pair in asked.pairs:
        assert f'value="{pair}"' in producer.get("/manage/guiding").text
    producer.post("/manage/guiding/pair", {"pair": asked.pairs[0]})

    assert "Minh đang chỉ cho bạn" in producer.get("/manage/products/quick").text
    assert "Thêm hàng mới" in helper.get(page).text
    sent = helper.post(f"{page}/say", {"words": "Gõ 150k", "field": "price_vnd"})
    assert sent.location == page
    bar = producer.get("/manage/products/quick").text
    assert "Gõ 150k → Giá một gói" in bar
    assert 'data-field="price_vnd"' in bar


def test_the_script_is_told_names_alone(producer: SignedIn, helper: SignedIn) -> None:
    one = paired(producer)
    told = {"place": "manage_products.quick", "field": "name", "value": "Dao phay", "text": "Dao"}

    assert producer.post("/manage/guiding/at", told).status_code == 204
    producer.post("/manage/guiding/at", {"place": "not a page", "field": "group"})
    producer.post("/manage/guiding/at", {"place": "manage_products.quick", "field": "Dao phay 1"})

    with reading() as session:
        kept = session.get_one(Guiding, one.id)
    assert (kept.place, kept.field) == ("manage_products.quick", "")
    now = helper.get(f"/help/guiding/{one.public_id}/now")
    assert set(now.json or {}) == {"on", "place", "field", "at"}
    assert (now.json or {})["place"] == "manage_products.quick"
    assert len(now.data) < 200
    helper.post(f"/help/guiding/{one.public_id}/say", {"words": "Đúng rồi"})
    answer = producer.get("/manage/guiding/now")
    assert answer.json == {"on": True, "notes": 1, "note": "Đúng rồi", "field": ""}


def test_ending_takes_effect_at_the_next_request_of_both(
    producer: SignedIn, helper: SignedIn
) -> None:
    one = paired(producer)
    page = f"/help/guiding/{one.public_id}"

    assert producer.post("/manage/guiding/end").location == "/manage/guiding"

    assert helper.get(page).status_code == 404
    assert helper.get(f"{page}/now").status_code == 404
    assert helper.post(f"{page}/say", {"words": "Chờ đã"}).status_code == 404
    assert producer.get("/manage/guiding/now").json == {"on": False}
    assert "đang chỉ cho bạn" not in producer.get("/manage").text


def test_a_wrong_pair_shows_nobody_anything(producer: SignedIn, helper: SignedIn) -> None:
    producer.post("/manage/guiding", {"helper": "minh@goc.example"})
    with reading() as session:
        asked = session.scalars(select(Guiding)).one()

    answer = producer.post("/manage/guiding/pair", {"pair": asked.pairs[1]})

    assert answer.location == "/manage/guiding?wrong=1"
    assert "không khớp" in producer.get(answer.location).text
    assert "Chưa có ai nhờ" in helper.get("/help/guiding").text


def test_the_helper_writes_nothing_and_points_only_at_what_is_there(
    producer: SignedIn, helper: SignedIn
) -> None:
    one = paired(producer)
    page = f"/help/guiding/{one.public_id}"

    assert helper.get("/manage/products").status_code == 403
    assert "Xin viết một câu" in helper.post(f"{page}/say").text
    helper.post(f"{page}/say", {"words": "Xem ô này", "field": "bank"})
    assert helper.post(f"{page}/leave").location == "/help/guiding"

    with reading() as session:
        kept = session.get_one(Guiding, one.id)
        assert (kept.note, kept.note_field) == ("Xem ô này", "")
        assert kept.ended_at is not None
        assert len(session.scalars(select(Enterprise)).all()) == 1
        assert len(session.scalars(select(Person)).all()) == 2


def test_every_page_named_is_there_and_its_fields_have_words(app: Flask) -> None:
    assert set(PLACES) <= set(app.view_functions)
    assert {name for _, fields in PLACES.values() for name in fields} == set(FIELDS)


def test_oneself_and_an_empty_field_are_refused(producer: SignedIn) -> None:
    assert producer.post("/manage/guiding").status_code == 422
    answer = producer.post("/manage/guiding", {"helper": "ha@goc.example"})

    assert answer.status_code == 422
    assert "số của chính bạn" in answer.text


def test_a_database_that_takes_nothing_leaves_the_page_and_the_last_place(
    producer: SignedIn, helper: SignedIn
) -> None:
    paired(producer)
    producer.get("/manage/lots")

    with nobody_writes(), capture_logs() as lines:
        page = producer.get("/manage/products")

    assert page.status_code == 200
    assert "Minh đang chỉ cho bạn" in page.text
    [noted] = [line for line in lines if line["event"] == "page of the guided not noted"]
    assert noted["reason"] == "OperationalError"
    with reading() as session:
        assert session.scalars(select(Guiding.place)).one() == "manage_lots.listed"


@contextmanager
def nobody_writes() -> Iterator[None]:
    """While it lasts no transaction that writes begins: the database is full, busy or gone."""

    def refuse(connection: Connection) -> None:
        if connection.get_execution_options().get("writing", False):
            raise OperationalError("BEGIN", {}, Exception("no writer"))

    event.listen(db.engine, "begin", refuse)
    try:
        yield
    finally:
        event.remove(db.engine, "begin", refuse)


def test_who_is_not_guided_pays_no_statement(producer: SignedIn, helper: SignedIn) -> None:
    with counted_statements() as before:
        producer.get("/manage/products")
    paired(producer)
    with counted_statements() as guided:
        producer.get("/manage/products")
    with counted_statements() as helping:
        helper.get("/help/guiding")

    assert not [one for one in before if "guiding" in one]
    assert len(guided) <= len(before) + 2
    assert len(helping) <= 4
