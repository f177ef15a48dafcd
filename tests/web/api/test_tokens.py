from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, select, update

from accounts.api.guard import BAD_TOKENS, CALLS
from accounts.models import ApiToken, Enterprise, Membership, Person
from accounts.service import remove_member
from core import clock
from core.audit import AuditEntry
from core.guard import SESSION_COOKIE
from core.limits import misses
from core.work import COMMAND, reading, transaction
from tests.makers import make_consent, make_enterprise, make_member, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.api.program import READING, Program, director_with, forge, said, token_of
from tests.web.api.test_products import TEA
from tests.web.signed_in import SignedIn

DEAD = "goc_" + 26 * "0"


def test_without_a_token_the_api_says_what_it_needs(app: Flask) -> None:
    answer = said(app.test_client().get("/api/v1/products"))

    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="goc"'
    assert answer.json["code"] == "token_needed"
    assert answer.json["title"] == "Unauthorized"
    assert answer.json["request_id"] == answer.headers["X-Request-ID"]
    assert "Set-Cookie" not in answer.headers


def test_a_cookie_opens_nothing_here(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise, person = make_enterprise(work), make_person(work)
        make_member(work, enterprise=enterprise, person=person)
        make_sign_in(work, person=person, enterprise=enterprise, key="hers")
    client = app.test_client()
    client.set_cookie(SESSION_COOKIE, "hers")

    assert client.get("/manage").status_code == 200
    assert client.get("/api/v1/products").status_code == 401
    assert client.post("/api/v1/products", json={}).status_code == 401


def test_a_token_beside_a_foreign_cookie_needs_no_form_token(program: Program) -> None:
    program.client.set_cookie(SESSION_COOKIE, "somebody's")

    answer = program.post("/products", {})

    assert answer.status_code == 422  # Read and judged, not refused as a forged form.


def test_pages_of_other_sites_are_let_nowhere(program: Program) -> None:
    answer = program.get("/products", Origin="https://evil.example")

    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_wrong_ended_and_old_tokens_answer_alike(app: Flask, program: Program) -> None:
    answers = [Program(program.client, DEAD).get("/products")]
    answers.append(Program(program.client, "goc_short").get("/products"))
    with transaction(by=COMMAND) as work:
        work.session.execute(update(ApiToken).values(ended_at=work.now))
    answers.append(program.get("/products"))
    with transaction(by=COMMAND) as work:
        past = work.now - timedelta(days=100)
        values = {"ended_at": None, "created_at": past, "expires_at": work.now}
        work.session.execute(update(ApiToken).values(**values))
    answers.append(program.get("/products"))

    told = [{**one.json, "request_id": ""} for one in answers]
    assert [one.status_code for one in answers] == [401] * 4
    assert told == [told[0]] * 4
    assert told[0]["code"] == "token_refused"


def test_misses_end_in_a_pause_and_hits_from_the_same_network_go_on(
    app: Flask, program: Program
) -> None:
    stranger = Program(program.client, DEAD)
    for _ in range(20):
        assert stranger.get("/products").status_code == 401

    answer = stranger.get("/products")

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 60
    assert answer.json["code"] == "too_many_tries"
    assert program.get("/products").status_code == 200
    assert BAD_TOKENS.name != CALLS.name


def test_one_token_that_calls_too_often_waits(app: Flask, program: Program) -> None:
    with reading() as session:
        [public_id] = session.scalars(select(ApiToken.public_id)).all()
    for _ in range(600):
        misses().count(CALLS, public_id)

    answer = program.get("/products")

    assert answer.status_code == 429
    assert answer.json["code"] == "too_many_calls"
    assert "Retry-After" in answer.headers


def test_a_missing_scope_is_named(reader: Program) -> None:
    answer = reader.post("/products", {"name": "Chè"})

    assert answer.status_code == 403
    assert answer.json["code"] == "scope_missing"
    assert answer.json["scope"] == "products:write"
    assert 'error="insufficient_scope"' in answer.headers["WWW-Authenticate"]
    assert 'scope="products:write"' in answer.headers["WWW-Authenticate"]


def test_a_role_that_changed_counts_at_the_next_request(app: Flask, program: Program) -> None:
    assert program.post("/products", {}).status_code == 422
    with transaction(by=COMMAND) as work:
        work.session.execute(update(Membership).values(role="grower"))

    answer = program.post("/products", {})

    assert answer.status_code == 403
    assert answer.json["code"] == "not_allowed"
    assert program.get("/products").status_code == 200


def test_a_token_dies_with_the_membership_and_stays_dead(app: Flask, program: Program) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = forge(work)
        other = make_person(work, sign_in="lan@goc.example", name="Lan")
        make_member(work, enterprise=enterprise, person=other)
        token = token_of(work, other, enterprise)
    lan = Program(program.client, token)
    assert lan.get("/products").status_code == 200

    with transaction(by=COMMAND) as work:
        remove_member(work, enterprise_id=enterprise.id, person_id=other.id)
    assert lan.get("/products").status_code == 401

    with transaction(by=COMMAND) as work:
        mine = update(Membership).where(Membership.person_id == other.id)
        work.session.execute(mine.values(ended_at=None))
    assert lan.get("/products").status_code == 401
    assert program.get("/products").status_code == 200


def test_helping_an_enterprise_gives_a_token_nothing_there(app: Flask, program: Program) -> None:
    with transaction(by=COMMAND) as work:
        person = work.session.scalars(select(Person)).one()
        there = make_enterprise(work, name="Mẫu – HTX khác")
        make_consent(work, enterprise=there, helper=person)
        make_member(work, enterprise=there, person=person)
        token = token_of(work, person, there)
        work.session.execute(
            update(Membership).where(Membership.enterprise_id == there.id).values(ended_at=work.now)
        )

    assert Program(program.client, token).get("/products").status_code == 401


def test_a_suspended_enterprise_reads_and_writes_nothing(app: Flask, program: Program) -> None:
    with transaction(by=COMMAND) as work:
        values = {"state": "suspended", "suspended_at": work.now}
        work.session.execute(update(Enterprise).values(**values))

    assert program.get("/products").status_code == 200
    answer = program.post("/products", {})
    assert (answer.status_code, answer.json["code"]) == (403, "enterprise_suspended")


def test_the_day_of_use_is_kept_once(app: Flask, program: Program) -> None:
    program.get("/products")
    with reading() as session:
        assert session.scalars(select(ApiToken.last_used_on)).one() == clock.today()

    with counted_statements() as statements:
        program.get("/products")

    assert not [one for one in statements if one.startswith("UPDATE")]
    assert len(statements) <= 5


def test_nothing_stored_opens_anything(app: Flask) -> None:
    program = director_with(app, READING)

    with reading() as session:
        row = session.scalars(select(ApiToken)).one()

    assert program.token not in repr(vars(row))
    assert len(row.token_hash) == 64


def test_what_a_program_did_is_recorded_with_its_token_and_outlives_it(app: Flask) -> None:
    program = director_with(app)
    assert program.post("/products", TEA).status_code == 201
    with transaction(by=COMMAND) as work:
        person = work.session.scalars(select(Person)).one()
        enterprise = work.session.scalars(select(Enterprise)).one()
        key = make_sign_in(work, person=person, enterprise=enterprise)
        work.session.execute(delete(ApiToken))
    browser = SignedIn(app, key, for_enterprise=enterprise.public_id)
    browser.post("/manage/enterprise/phone", {"phone": "0912 345 678", "version": "1"})

    page = browser.get("/manage/acts").text

    with reading() as session:
        acts = session.execute(select(AuditEntry.act, AuditEntry.details))
        tokens = {act: details.get("token") for act, details in acts}
    assert tokens == {
        "make_token": None,
        "add_product": "phần mềm kế toán",
        "tell_phone": None,
    }
    assert page.count("bằng mã API «phần mềm kế toán»") == 1
