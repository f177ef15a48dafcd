from flask import Flask
from sqlalchemy import select, update

from accounts.models import Enterprise, Invitation, Membership
from core.answers import KeptAnswer
from core.dispatch.models import Dispatch
from core.places import communes
from core.work import COMMAND, reading, transaction
from tests.makers import make_member, make_person
from tests.web.api.program import READING, Program, director_with, forge, token_of

MAI = {"name": "chị Mai", "role": "seller", "way": "link"}


def test_the_enterprise_is_told_piece_by_piece_and_sent(program: Program) -> None:
    with transaction(by=COMMAND) as work:
        work.session.execute(update(Enterprise).values(state="draft", province_code=None))
    told = program.get("/enterprise")
    assert (told.json["name"], told.json["state"]) == ("Mẫu – Lò rèn Hà", "draft")
    assert told.json["missing"] == ["place"]

    named = program.patch("/enterprise", {"name": "Lò rèn Hà", "version": 1})
    assert (named.status_code, named.json["name"], named.json["version"]) == (
        200,
        "Lò rèn Hà",
        2,
    )
    placed = program.patch("/enterprise/place", {"commune": next(iter(communes()))}, if_match='"2"')
    assert placed.status_code == 200, placed.json
    assert placed.json["province"] is not None
    phoned = program.patch("/enterprise/phone", {"phone": "0912 345 678", "version": 3})
    assert (phoned.json["phone"], phoned.json["shown"]) == ("+84912345678", None)
    sent = program.post("/enterprise/submit", {"version": 4})
    assert (sent.status_code, sent.json["state"]) == (200, "submitted")
    closed = program.patch("/enterprise", {"name": "Khác", "version": 5})
    assert (closed.status_code, closed.json["code"]) == (409, "enterprise_closed")
    back = program.post("/enterprise/take-back", {"version": 5})
    assert (back.status_code, back.json["state"]) == (200, "draft")


def test_an_unknown_commune_and_a_wrong_number_are_refused(program: Program) -> None:
    with transaction(by=COMMAND) as work:
        work.session.execute(update(Enterprise).values(state="draft"))

    place = program.patch("/enterprise/place", {"commune": "x", "version": 1})
    number = program.patch("/enterprise", {"kind": "company", "number": "1", "version": 1})

    assert (place.status_code, place.json["code"]) == (422, "not_a_commune")
    assert [one["field"] for one in number.json["errors"]] == ["number"]
    assert program.get("/enterprise").json["version"] == 1


def test_a_verified_enterprise_verifies_nothing_itself(program: Program) -> None:
    with transaction(by=COMMAND) as work:
        work.session.execute(update(Enterprise).values(state="draft"))

    body = {"state": "verified", "status": "verified", "role": "operator", "version": 1}

    assert program.patch("/enterprise", body).json["state"] == "draft"


def test_members_are_listed_given_another_role_and_removed(program: Program) -> None:
    with transaction(by=COMMAND) as work:
        mai = make_person(work, sign_in="mai@goc.example", name="Mai")
        make_member(work, enterprise=forge(work), person=mai, role="seller")
        token = token_of(work, mai, forge(work))
    hers = Program(program.client, token)
    listed = program.get("/members").json["items"]
    assert {(one["name"], one["role"]) for one in listed} == {("Hà", "director"), ("Mai", "seller")}
    path = f"/members/{mai.public_id}"

    assert hers.patch(path, {"role": "director"}).status_code == 403
    changed = program.patch(path, {"role": "warehouse"})
    assert (changed.status_code, changed.json["role"]) == (200, "warehouse")
    assert hers.get("/members").status_code == 200
    assert program.delete(path).status_code == 204
    assert hers.get("/members").status_code == 401
    assert program.get(path).status_code == 404


def test_the_last_director_stays(program: Program) -> None:
    [only] = program.get("/members").json["items"]

    answers = [
        program.patch(f"/members/{only['public_id']}", {"role": "seller"}),
        program.delete(f"/members/{only['public_id']}"),
    ]

    assert {one.json["code"] for one in answers} == {"last_director"}
    with reading() as session:
        row = session.scalars(select(Membership)).one()
        assert (row.role, row.ended_at) == ("director", None)


def test_somebody_is_invited_and_the_invitation_withdrawn(program: Program) -> None:
    made = program.post("/invitations", MAI, idempotency_key="I-1")
    assert made.status_code == 201
    path = f"/invitations/{made.json['public_id']}"
    assert program.get("/invitations").json["items"] == [made.json]
    link = program.get(f"{path}/link").json["link"]
    assert link.startswith(f"https://goc.example/invitations/{made.json['public_id']}")
    with reading() as session:
        kept = session.scalars(select(KeptAnswer.location)).one()
    assert link not in kept

    assert program.delete(path).status_code == 204
    assert program.delete(path).status_code == 404
    with reading() as session:
        assert session.scalars(select(Invitation.answer)).all() == ["withdrawn"]


def test_whoever_is_invited_by_address_gets_a_letter(program: Program) -> None:
    answer = program.post("/invitations", {**MAI, "way": "sign_in", "sign_in": "mai@goc.example"})

    assert answer.status_code == 201
    with reading() as session:
        assert session.scalars(select(Dispatch.target)).all() == ["mai@goc.example"]


def test_whoever_only_reads_gets_no_link_that_lets_in(app: Flask) -> None:
    reader = director_with(app, READING)

    answer = reader.get("/invitations/7K3MQ9T2XB/link")

    assert (answer.status_code, answer.json["scope"]) == (403, "members:write")


def test_somebody_without_a_phone_belongs_at_once(program: Program) -> None:
    answer = program.post("/invitations", {"name": "bà Tư", "role": "grower", "way": "paper"})

    assert answer.status_code == 200
    assert (answer.json["name"], answer.json["sign_in"]) == ("bà Tư", None)
    assert len(program.get("/members").json["items"]) == 2
