import pytest
from sqlalchemy import select

from catalog.models import Certificate, ProductText
from core.work import COMMAND, reading, transaction
from tests.makers import make_product
from tests.web.api.program import Program, forge

PAPER = {
    "name": "VietGAP",
    "issuer": "Vinacert",
    "number": "VG-01",
    "valid_from": "2026-01-02",
    "valid_until": "2028-01-01",
}
RANK = {
    "stars": 4,
    "score": "85.5",
    "decision": "377/QĐ-UBND",
    "decided_on": "2026-03-15",
    "authority": "UBND tỉnh Cao Bằng",
}


def knife(state: str) -> str:
    with transaction(by=COMMAND) as work:
        return make_product(work, enterprise=forge(work), state=state).public_id


def test_a_rank_is_entered_corrected_and_removed(program: Program) -> None:
    made = program.post(f"/products/{knife('draft')}/recognitions", RANK)
    assert made.status_code == 201
    assert made.json["review"] == "waiting"
    assert (made.json["score"], made.json["valid_until"]) == ("85.50", "2029-03-14")
    path = made.location.removeprefix("/api/v1")

    corrected = program.patch(path, {"stars": 3, "version": 1})
    assert (corrected.status_code, corrected.json["stars"]) == (200, 3)
    assert corrected.json["score"] == "85.50"
    assert program.delete(path, if_match='"2"').status_code == 204
    assert program.get(path).status_code == 404


@pytest.mark.parametrize("score", [85.5, "101", "8,123", "-1", "x"])
def test_points_are_text_within_a_hundred(score: object, program: Program) -> None:
    answer = program.post(f"/products/{knife('draft')}/recognitions", {**RANK, "score": score})

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == ["score"]


def test_a_certificate_of_a_draft_stands_at_once(program: Program) -> None:
    product = knife("draft")
    made = program.post(f"/products/{product}/certificates", PAPER)
    assert made.status_code == 201
    path = made.location.removeprefix("/api/v1")
    assert program.get(path).json == made.json
    assert program.get(f"/products/{product}/certificates").json["items"] == [made.json]

    corrected = program.patch(path, {"number": "VG-02", "valid_until": None, "version": 1})

    assert corrected.json == {**made.json, "number": "VG-02", "valid_until": None, "version": 2}
    assert program.delete(path, if_match='"2"').status_code == 204


def test_goods_on_sale_ask_for_another_certificate(program: Program) -> None:
    product = knife("published")

    answer = program.post(f"/products/{product}/certificates", PAPER)

    assert answer.status_code == 202
    assert [one["number"] for one in answer.json["certificates"]] == ["VG-01"]
    assert program.get(f"/products/{product}/certificates").json["items"] == []
    with reading() as session:
        assert session.scalars(select(Certificate)).all() == []


def test_words_of_goods_on_sale_become_a_change_that_waits(program: Program) -> None:
    path = f"/products/{knife('published')}"
    assert program.get(f"{path}/change").status_code == 404

    asked = program.patch(path, {"name": "Dao bầu", "version": 1})
    assert asked.status_code == 202
    assert (asked.json["name"], asked.json["state"]) == ("Dao bầu", "waiting")
    assert program.get(path).json["name"] == "Dao phay"
    assert program.get(f"{path}/change").json == asked.json
    with reading() as session:
        assert session.scalars(select(ProductText.name)).all() == ["Dao phay"]

    over = program.patch(path, {"name": "Dao khác", "version": 1})
    assert over.status_code == 409
    version = asked.json["version"]
    reworded = program.patch(f"{path}/change", {"summary": "Rèn tay.", "version": version})
    assert reworded.status_code == 202
    assert (reworded.json["name"], reworded.json["summary"]) == ("Dao bầu", "Rèn tay.")
    tag = reworded.headers["ETag"]
    assert program.post(f"{path}/change/withdraw", if_match='"99"').status_code == 412
    assert program.post(f"{path}/change/withdraw", if_match=tag).status_code == 204
    assert program.get(f"{path}/change").status_code == 404
