import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from accounts.models import ApiToken, Person, SignIn
from accounts.service.people import new_password_link, set_password
from accounts.service.tokens import MOST_TOKENS
from core.answers import KeptAnswer
from core.audit import AuditEntry
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_consent,
    make_enterprise,
    make_member,
    make_person,
    make_sign_in,
)
from tests.statements import counted_statements
from tests.web.api.program import Program, token_of
from tests.web.signed_in import SignedIn

PATH = "/account/tokens"
FORM = {"name": "phần mềm kế toán", "products": "write", "members": "read", "days": "30"}


@pytest.fixture
def browser(app: Flask) -> SignedIn:
    """Hà, director of the forge, helper of another enterprise."""
    with transaction(by=COMMAND) as work:
        forge, person = make_enterprise(work), make_person(work)
        make_member(work, enterprise=forge, person=person)
        helped = make_enterprise(work, name="Mẫu – HTX khác")
        make_consent(work, enterprise=helped, helper=person)
        key = make_sign_in(work, person=person, enterprise=forge)
        return SignedIn(app, key, for_enterprise=forge.public_id)


def enterprise_of(browser: SignedIn) -> dict[str, str]:
    return {"enterprise": browser.for_enterprise}


def shown_once(text: str) -> str:
    found = re.search(r"goc_[0-9A-Z]{26}", text)
    assert found is not None, "no token on the page"
    return found[0]


def tokens() -> list[ApiToken]:
    with reading() as session:
        return list(session.scalars(select(ApiToken)))


def test_a_token_is_made_shown_once_and_opens_what_was_chosen(
    app: Flask, browser: SignedIn
) -> None:
    answer = browser.post(PATH, {**FORM, **enterprise_of(browser)})

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    program = Program(app.test_client(), shown_once(answer.text))
    assert program.get("/products").status_code == 200
    [token] = tokens()
    assert token.scopes == ["products:read", "products:write", "members:read"]
    assert token.expires_at - token.created_at == timedelta(days=30)
    listed = browser.get(PATH).text
    assert program.token not in listed
    assert "phần mềm kế toán" in listed
    assert "Hàng, giá, giấy tờ (xem và sửa); Thành viên (chỉ xem)" in listed
    assert "Dùng gần nhất ngày" in listed


def test_a_token_for_stamps_opens_stamps_alone(app: Flask, browser: SignedIn) -> None:
    form = {"name": "máy in tem", "stamps": "write", "days": "30"}
    program = Program(
        app.test_client(), shown_once(browser.post(PATH, {**form, **enterprise_of(browser)}).text)
    )

    assert tokens()[0].scopes == ["stamps:read", "stamps:write"]
    assert program.get("/stamps/batches").status_code == 200
    assert program.get("/lots").json["scope"] == "lots:read"
    assert "Tem (xem và sửa)" in browser.get(PATH).text


def test_who_signed_in_long_ago_is_asked_again_and_makes_none(browser: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        work.session.execute(update(SignIn).values(confirmed_at=work.now - timedelta(minutes=16)))

    answer = browser.post(PATH, {**FORM, **enterprise_of(browser)})

    assert answer.status_code == 403
    assert 'href="/sign-in/code"' in answer.text  # Who has no password shows it by a code.
    assert tokens() == []


def test_the_form_sent_twice_makes_one_token_and_shows_it_no_second_time(
    browser: SignedIn,
) -> None:
    form = {**FORM, **enterprise_of(browser), "request_id": "R1"}
    first = browser.post(PATH, form)

    again = browser.post(PATH, form)

    assert first.status_code == 200
    assert (again.status_code, again.location) == (303, PATH)
    assert len(tokens()) == 1
    with reading() as session:
        kept = session.scalars(select(KeptAnswer.location)).all()
    assert kept == [PATH]


def test_ending_a_token_counts_at_the_next_request(app: Flask, browser: SignedIn) -> None:
    made = browser.post(PATH, {**FORM, **enterprise_of(browser)})
    program = Program(app.test_client(), shown_once(made.text))
    [token] = tokens()

    answer = browser.post(f"{PATH}/end", {"token": token.public_id})

    assert (answer.status_code, answer.location) == (303, PATH)
    assert program.get("/products").status_code == 401
    assert "Khóa đang có" not in browser.get(PATH).text
    with reading() as session:
        acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.at)).all()
    assert acts == ["make_token", "end_token"]


def test_nobody_ends_anothers_token(app: Flask, browser: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        other = make_person(work, sign_in="lan@goc.example", name="Lan")
        enterprise = make_enterprise(work, name="Mẫu – Chè Lan")
        make_member(work, enterprise=enterprise, person=other)
        token_of(work, other, enterprise)
    [token] = tokens()

    answer = browser.post(f"{PATH}/end", {"token": token.public_id})

    assert answer.status_code == 404
    assert tokens()[0].ended_at is None
    assert "Chè Lan" not in browser.get(PATH).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Xin điền ô này."),
        ({"days": "9999"}, "Xin chọn một trong các mục có sẵn."),
        ({"products": "", "members": ""}, "Xin chọn ít nhất một việc khóa được làm."),
        ({"products": "admin"}, "Xin chọn một trong các mục có sẵn."),
    ],
)
def test_a_refused_form_keeps_what_was_typed(
    fields: dict[str, str], said: str, browser: SignedIn
) -> None:
    answer = browser.post(PATH, {**FORM, **enterprise_of(browser), **fields})

    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{fields.get("name", FORM["name"])}"' in answer.text
    assert tokens() == []


def test_an_enterprise_one_helps_or_does_not_know_gets_no_token(browser: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        stranger = make_enterprise(work, name="Mẫu – Chè Lan").public_id
    page = browser.get(PATH).text
    helped = re.findall(r'value="([0-9A-Z]{10})"', page)
    assert helped.count(browser.for_enterprise) >= 1

    answer = browser.post(PATH, {**FORM, "enterprise": stranger})

    assert answer.status_code == 409
    assert tokens() == []
    assert "Mẫu – HTX khác" not in re.sub(r"(?s)<header.*?</header>", "", page)


def test_more_tokens_than_anybody_needs_are_refused(app: Flask, browser: SignedIn) -> None:
    for number in range(MOST_TOKENS):
        form = {**FORM, **enterprise_of(browser), "name": f"máy {number}"}
        assert browser.post(PATH, form).status_code == 200

    answer = browser.post(PATH, {**FORM, **enterprise_of(browser)})

    assert answer.status_code == 422
    assert f"Bạn đã có {MOST_TOKENS} khóa" in answer.text
    assert len(tokens()) == MOST_TOKENS


def test_a_new_password_ends_every_token(app: Flask, browser: SignedIn) -> None:
    made = browser.post(PATH, {**FORM, **enterprise_of(browser)})
    program = Program(app.test_client(), shown_once(made.text))
    with transaction(by=COMMAND) as work:
        [person_id] = work.session.scalars(select(Person.id)).all()
        link = new_password_link(work, person_id=person_id)
        set_password(work, token=link, password_hash="argon2…")

    assert program.get("/products").status_code == 401


def test_an_expired_token_says_so(browser: SignedIn) -> None:
    browser.post(PATH, {**FORM, **enterprise_of(browser)})
    with transaction(by=COMMAND) as work:
        past = work.now - timedelta(days=31)
        work.session.execute(update(ApiToken).values(created_at=past, expires_at=work.now))

    assert "đã hết hạn" in browser.get(PATH).text


def test_who_sells_nothing_is_told_what_keys_are_for(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        key = make_sign_in(work, person=make_person(work))
    page = SignedIn(app, key).get(PATH).text

    assert "Chưa cần khóa nào" in page
    assert "<form" not in re.sub(r"(?s)<header.*?</header>", "", page)


def test_the_page_asks_little_of_the_database(browser: SignedIn) -> None:
    with counted_statements() as statements:
        browser.get(PATH)

    assert len(statements) <= 5


def test_the_account_leads_to_the_keys_in_both_languages(browser: SignedIn) -> None:
    assert 'href="/account/tokens"' in browser.get("/account").text
    assert "Keys for programs" in browser.get(f"{PATH}?lang=en").text
    with reading() as session:
        assert session.scalars(select(Person.name)).all() == ["Hà"]
