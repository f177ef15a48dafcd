from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.models import Enterprise
from catalog.models import Offer, Pack, Product, ProductPhoto, ProductReview
from core.audit import AuditEntry
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_pack, make_person, make_product
from tests.pictures import make_photo
from tests.statements import counted_statements
from tests.web.api.program import Program, forge

TEA = {
    "name": "Chè móc câu",
    "group": "thuc_pham",
    "summary": "Hái tay.",
    "pack_content": 200,
    "pack_unit": "g",
    "pack_words": "hộp 200 g",
    "price_vnd": 120_000,
}


def knife(state: str = "draft", enterprise: Enterprise | None = None) -> str:
    """The public id of a knife with one pack, of the forge unless a test says otherwise."""
    with transaction(by=COMMAND) as work:
        product = make_product(work, enterprise=enterprise or forge(work), state=state)
        make_pack(work, product=product)
        return product.public_id


def count(table: type[Any]) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_product_is_entered_as_a_draft_and_read_again(program: Program) -> None:
    answer = program.post("/products", TEA)

    assert answer.status_code == 201
    made = dict(answer.json)
    [pack] = made.pop("packs")
    assert made == {
        "public_id": made["public_id"],
        "name": "Chè móc câu",
        "group": "thuc_pham",
        "summary": "Hái tay.",
        "story": "",
        "state": "draft",
        "submitted_at": None,
        "published_at": None,
        "photos": [],
        "reason": "",
        "version": 1,
    }
    assert pack == {
        "public_id": pack["public_id"],
        "pack_content": 200,
        "pack_unit": "g",
        "pack_words": "hộp 200 g",
        "price_vnd": 120_000,
        "is_illustrative": False,
        "gtin": None,
        "size_words": None,
        "weight_g": None,
    }
    assert answer.location == f"/api/v1/products/{made['public_id']}"
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Cache-Control"] == "no-store"
    again = program.get(f"/products/{made['public_id']}")
    assert again.json == answer.json
    assert again.headers["ETag"] == '"1"'


def test_role_status_and_stars_in_a_body_are_ignored(program: Program) -> None:
    sent = {**TEA, "role": "operator", "status": "published", "state": "published", "stars": 5}
    sent |= {"enterprise_id": 1, "version": 9, "published_at": "2026-01-01T00:00:00Z"}

    made = program.post("/products", sent).json

    assert (made["state"], made["version"], made["published_at"]) == ("draft", 1, None)


def test_each_wrong_field_has_its_sentence(program: Program) -> None:
    answer = program.post("/products", {**TEA, "name": "", "price_vnd": 0, "gtin": "123"})

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"] == "fields_refused"
    assert answer.json["errors"] == [
        {"field": "name", "detail": "Xin điền ô này."},
        {"field": "price_vnd", "detail": "Nhỏ nhất là 1."},
        {"field": "gtin", "detail": "Mã vạch có 8, 12, 13 hoặc 14 chữ số. Xin đếm lại."},
    ]
    assert count(Product) == 0


@pytest.mark.parametrize("between", [" ", "\u0007", "\u200b", "\x00"])
def test_a_text_is_as_long_as_it_was_sent(between: str, program: Program) -> None:
    answer = program.post("/products", {**TEA, "name": f"Chè {between * 300}đinh"})

    assert answer.status_code == 422
    [refused] = answer.json["errors"]
    assert refused["field"] == "name"
    assert refused["detail"].startswith("Xin viết ngắn hơn: nhiều nhất")


def test_a_text_may_have_as_many_letters_as_the_document_says(program: Program) -> None:
    longest = program.post("/products", {**TEA, "name": "Chè " + "ệ" * 116})
    longer = program.post("/products", {**TEA, "name": "Chè " + "ệ" * 117})

    assert (longest.status_code, longer.status_code) == (201, 422)


def test_a_program_reads_the_sentences_in_english_too(program: Program) -> None:
    answer = program.post("/products?lang=en", {**TEA, "price_vnd": "120k"})

    assert answer.json["errors"] == [{"field": "price_vnd", "detail": "Send a whole number."}]
    assert count(Product) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("price_vnd", "120.000"),
        ("price_vnd", 1.5),
        ("price_vnd", True),
        ("pack_content", "200"),
        ("name", 7),
        ("name", ["Chè"]),
        ("group", {"a": 1}),
        ("weight_g", "450 g"),
    ],
)
def test_what_only_people_write_is_not_taken_from_programs(
    field: str, value: object, program: Program
) -> None:
    answer = program.post("/products", {**TEA, field: value})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == [field]
    assert count(Product) == 0


def test_a_refusal_of_the_service_stands_beside_its_field(program: Program) -> None:
    program.post("/products", {**TEA, "gtin": "8938505970028"})

    answer = program.post("/products", {**TEA, "gtin": "8938505970028"})

    assert answer.status_code == 422
    assert answer.json["code"] == "gtin_taken"
    assert [one["field"] for one in answer.json["errors"]] == ["gtin"]
    assert count(Product) == 1


def test_words_change_by_what_is_sent_and_the_rest_stays(program: Program) -> None:
    made = program.post("/products", TEA).json

    answer = program.patch(
        f"/products/{made['public_id']}", {"name": "Chè búp", "version": made["version"]}
    )

    assert answer.status_code == 200
    assert answer.json["name"] == "Chè búp"
    assert answer.json["summary"] == "Hái tay."
    assert answer.json["version"] == 2
    assert answer.headers["ETag"] == '"2"'


def test_the_story_is_told_and_stays_when_other_words_change(program: Program) -> None:
    made = program.post("/products", {**TEA, "story": "Bà tôi trồng."}).json

    told = program.patch(f"/products/{made['public_id']}", {"name": "Chè búp", "version": 1}).json
    anew = program.patch(f"/products/{made['public_id']}", {"story": "Mẹ kể.", "version": 2}).json

    assert (made["story"], told["story"], anew["story"]) == ("Bà tôi trồng.",) * 2 + ("Mẹ kể.",)


def test_null_takes_away_what_need_not_be(program: Program) -> None:
    made = program.post("/products", TEA).json

    answer = program.patch(f"/products/{made['public_id']}", {"summary": None, "version": 1})

    assert answer.json["summary"] == ""


def test_a_change_says_which_version_it_is_meant_for(program: Program) -> None:
    path = f"/products/{knife()}"

    unsaid = program.patch(path, {"name": "Dao"})
    old = program.patch(path, {"name": "Dao", "version": 7})
    old_tag = program.patch(path, {"name": "Dao"}, if_match='"7"')
    any_tag = program.patch(path, {"name": "Dao"}, if_match="*")
    foreign = program.patch(path, {"name": "Dao"}, if_match='"abc"')
    done = program.patch(path, {"name": "Dao"}, if_match='"1"')

    assert (unsaid.status_code, unsaid.json["code"]) == (428, "version_needed")
    assert (old.status_code, old.json["code"]) == (409, "product_changed")
    assert (old_tag.status_code, old_tag.json["code"]) == (412, "version_old")
    assert (any_tag.status_code, foreign.status_code) == (428, 400)
    assert (done.status_code, done.json["version"]) == (200, 2)


def test_a_price_changes_alone(program: Program) -> None:
    product = program.get(f"/products/{knife('published')}").json
    [pack] = product["packs"]

    answer = program.patch(f"/packs/{pack['public_id']}", {"price_vnd": 90_000, "version": 1})

    assert answer.status_code == 200
    assert answer.json["packs"] == [{**pack, "price_vnd": 90_000}]
    assert answer.json["version"] == 2
    with reading() as session:
        assert session.scalars(select(Offer.price_vnd)).one() == 90_000


def test_packs_are_added_and_removed(program: Program) -> None:
    path = f"/products/{knife()}"
    box = {"pack_content": 2, "pack_unit": "piece", "pack_words": "bộ 2 con", "price_vnd": 450_000}

    added = program.post(f"{path}/packs", {**box, "version": 1})
    assert added.status_code == 201
    pack = added.json["packs"][1]
    assert pack["pack_words"] == "bộ 2 con"

    removed = program.delete(f"/packs/{pack['public_id']}", if_match='"2"')
    assert removed.status_code == 200
    assert len(removed.json["packs"]) == 1
    assert removed.json["version"] == 3
    assert program.delete(f"/packs/{pack['public_id']}", if_match='"3"').status_code == 404


def test_a_product_goes_to_the_officers_and_comes_back(program: Program) -> None:
    path = f"/products/{knife()}"

    sent = program.post(f"{path}/submit", {"version": 1})
    assert (sent.status_code, sent.json["state"]) == (200, "submitted")
    assert sent.json["submitted_at"].endswith("Z")
    twice = program.post(f"{path}/submit", {"version": 2})
    assert (twice.status_code, twice.json["code"]) == (409, "product_closed")
    back = program.post(f"{path}/withdraw", if_match='"2"')
    assert (back.status_code, back.json["state"]) == (200, "draft")


def test_an_act_by_a_program_is_written_down_as_its_persons(program: Program) -> None:
    program.post("/products", TEA)

    with reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "add_product")).one()
        enterprise = session.scalars(select(Enterprise)).one()
    assert entry.by_kind == "person"
    assert entry.by_enterprise_id == enterprise.id
    assert entry.by_person_id is not None


def test_another_enterprises_goods_do_not_exist(app: Flask, program: Program) -> None:
    with transaction(by=COMMAND) as work:
        theirs = make_enterprise(work, name="Mẫu – HTX khác")
    public_id = knife(enterprise=theirs)
    with reading() as session:
        pack = session.scalars(select(Pack.public_id)).one()

    answers = [
        program.get(f"/products/{public_id}"),
        program.patch(f"/products/{public_id}", {"name": "Dao", "version": 1}),
        program.post(f"/products/{public_id}/submit", {"version": 1}),
        program.patch(f"/packs/{pack}", {"price_vnd": 1, "version": 1}),
        program.delete(f"/packs/{pack}", if_match='"1"'),
    ]

    assert [one.status_code for one in answers] == [404] * 5
    assert program.get("/products").json == {"items": [], "next": None}


def pages_of(program: Program, path: str) -> Iterator[list[str]]:
    cursor: str | None = ""
    while cursor is not None:
        joint = "&" if "?" in path else "?"
        answer = program.get(f"{path}{joint}cursor={cursor}" if cursor else path).json
        yield [one["public_id"] for one in answer["items"]]
        cursor = answer["next"]


def test_a_list_is_read_to_its_end_by_cursor(program: Program) -> None:
    made = sorted(knife() for _ in range(5))

    pieces = list(pages_of(program, "/products?limit=2"))

    assert [len(one) for one in pieces] == [2, 2, 1]
    assert [public_id for one in pieces for public_id in one] == made


def test_what_comes_or_goes_meanwhile_neither_repeats_nor_hides_the_rest(
    program: Program,
) -> None:
    made = sorted(knife() for _ in range(4))
    first = program.get("/products?limit=2").json
    with transaction(by=COMMAND) as work:
        gone = work.session.scalars(select(Product).where(Product.public_id == made[1])).one()
        gone.public_id = "0" * 10  # As if it were another that comes before all.

    rest = program.get(f"/products?cursor={first['next']}").json

    assert [one["public_id"] for one in rest["items"]] == made[2:]


def test_a_list_shows_one_state_where_asked(program: Program) -> None:
    knife("draft")
    waiting = knife("submitted")

    answer = program.get("/products?state=submitted").json

    assert [one["public_id"] for one in answer["items"]] == [waiting]


@pytest.mark.parametrize(
    "question", ["limit=0", "limit=101", "limit=x", "limit=-1", "state=gone", "limit=²"]
)
def test_a_question_no_list_understands_is_refused(question: str, program: Program) -> None:
    answer = program.get(f"/products?{question}")

    assert (answer.status_code, answer.json["code"]) == (400, "question_malformed")


@pytest.mark.parametrize("cursor", ["", "x", "%FF", "bG90czowMDAwMDAwMDAw", "é", "a" * 5000])
def test_a_cursor_that_is_none_is_refused(cursor: str, program: Program) -> None:
    answer = program.get(f"/products?cursor={cursor}")

    assert (answer.status_code, answer.json["code"]) == (400, "cursor_malformed")


def test_a_product_names_its_photos_in_every_width_they_were_drawn_in(program: Program) -> None:
    product = knife()
    with transaction(by=COMMAND) as work:
        row = work.session.scalars(select(Product)).one()
        drawn, waiting = (
            make_photo(work, enterprise_id=row.enterprise_id, number=number) for number in (1, 2)
        )
        waiting.state, waiting.content_hash = "waiting", None
        for photo, subject in ((drawn, "gallery"), (waiting, "label")):
            work.session.add(
                ProductPhoto(
                    photo_id=photo.id,
                    product_id=row.id,
                    enterprise_id=row.enterprise_id,
                    subject=subject,
                    position=1,
                )
            )
        address, ids = f"/photos/{drawn.content_hash}", (drawn.public_id, waiting.public_id)

    photos = program.get(f"/products/{product}").json["photos"]

    assert photos == [
        {
            "public_id": ids[0],
            "subject": "gallery",
            "alt": "Ảnh 1",
            "state": "drawn",
            "variants": [
                {
                    "width": width,
                    "webp": f"{address}/{width}.webp",
                    "jpeg": f"{address}/{width}.jpg",
                }
                for width in (320, 640, 960, 1200)
            ],
        },
        {
            "public_id": ids[1],
            "subject": "label",
            "alt": "Ảnh 2",
            "state": "waiting",
            "variants": [],
        },
    ]
    assert program.get("/products").json["items"][0]["photos"] == photos


def test_goods_that_came_back_say_why_until_they_are_sent_again(program: Program) -> None:
    product = knife(state="submitted")
    with transaction(by=COMMAND) as work:
        row = work.session.scalars(select(Product)).one()
        row.state = "returned"
        officer = make_person(work, sign_in="lan@goc.example").id
        for reason in ("Thiếu ảnh nhãn.", "Tên chưa rõ."):
            work.session.add(
                ProductReview(
                    product_id=row.id,
                    enterprise_id=row.enterprise_id,
                    officer_id=officer,
                    level="commune",
                    outcome="returned",
                    looked_at=[],
                    reason=reason,
                    product_version=1,
                    reviewed_at=work.now,
                )
            )
            work.session.flush()

    returned = program.get(f"/products/{product}").json
    assert (returned["state"], returned["reason"]) == ("returned", "Tên chưa rõ.")

    sent = program.post(f"/products/{product}/submit", {"version": returned["version"]})
    assert (sent.json["state"], sent.json["reason"]) == ("submitted", "")


def test_a_hundred_products_cost_no_more_questions_than_one(program: Program) -> None:
    for _ in range(12):
        knife()
    program.get("/products")

    with counted_statements() as statements:
        answer = program.get("/products?limit=100")

    assert len(answer.json["items"]) == 12
    assert len(statements) <= 7  # Photos and last looks, one statement each for all.


def test_an_odd_price_is_a_problem_until_it_is_confirmed(program: Program) -> None:
    odd = {**TEA, "price_vnd": 120_000_000}

    refused = program.post("/products", odd)

    assert refused.status_code == 422
    [problem] = refused.json["errors"]
    assert problem["field"] == "price_confirmed"
    assert "600.000.000\xa0₫/kg" in problem["detail"]
    assert count(Product) == 0

    assert program.post("/products", {**odd, "price_confirmed": False}).status_code == 422
    assert program.post("/products", {**odd, "price_confirmed": True}).status_code == 201
    assert count(Product) == 1
