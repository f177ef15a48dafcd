"""What every form of /manage is guarded by, tried on routes of the test's own."""

import re
from collections.abc import Iterator

import pytest
from apiflask import APIBlueprint
from flask import Flask, Response, request
from sqlalchemy import func, select

from accounts import passwords
from accounts.drafts import opened
from accounts.models import Enterprise, Person
from accounts.queries import ground
from accounts.rules import Act
from accounts.web import acting, allow, answer_once, requires
from app import create_app
from app.settings import Settings
from core.answers import KeptAnswer
from core.audit import AuditEntry, record
from core.database import db
from core.errors import NotFound
from core.forms import Form, Refused, read
from core.pages import page
from core.work import COMMAND, By, Work, reading, transaction
from tests.makers import make_enterprise, make_member, make_officer, make_person, make_sign_in
from tests.web.signed_in import SignedIn

bp = APIBlueprint("trial", __name__, enable_openapi=False)


class _Words(Form):
    words: str


@bp.post("/manage/trial")
@requires(Act.DECLARE_LOT)
def trial() -> Response:
    form = read(_Words, request.form)
    if isinstance(form, Refused):
        return page("accounts/password.html", status=422, form=form)

    def effect(work: Work) -> str:
        record(work, act="trial", object_kind="trial", object_id=1, enterprise_id=None)
        return "/manage?done=1"

    return answer_once(effect)


@bp.post("/manage/trial/once")
@requires(Act.DECLARE_LOT)
def once() -> Response:
    """Done, its effect stands in its own way: as a page where `words` say so, else as a refusal."""
    if _effects():
        if request.form["words"] == "page":
            return page("app/error.html", status=422, status_code=422, text="")
        raise NotFound
    return trial()


@bp.post("/office/trial/<int:enterprise_id>")
@requires(Act.PUBLISH_PRODUCT)
def judge(enterprise_id: int) -> Response:
    with reading() as session:
        allow(ground(session, enterprise_id))
    return Response(repr(acting()))


@pytest.fixture(scope="module")
def trial_app(settings: Settings, migrated_app: Flask) -> Iterator[Flask]:
    app = create_app(settings)
    app.register_blueprint(bp)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def browser(app: Flask, trial_app: Flask) -> SignedIn:
    with transaction(by=COMMAND) as work:
        person = make_person(work)
        enterprise = make_enterprise(work)
        make_member(work, enterprise=enterprise, person=person)
        key = make_sign_in(work, person=person, enterprise=enterprise)
    return SignedIn(trial_app, key, for_enterprise=enterprise.public_id)


def _effects() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_a_form_sent_twice_has_one_effect_and_one_answer(browser: SignedIn) -> None:
    fields = {"words": "a", "request_id": "R1"}

    answers = [browser.post("/manage/trial", fields) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert {answer.location for answer in answers} == {"/manage?done=1"}
    assert _effects() == 1


@pytest.mark.parametrize("words", ["page", "refusal"])
def test_a_form_whose_own_effect_is_in_the_way_is_answered_as_before(
    browser: SignedIn, words: str
) -> None:
    fields = {"words": words, "request_id": "R1"}

    answers = [browser.post("/manage/trial/once", fields) for _ in range(2)]
    anew = browser.post("/manage/trial/once", {"words": words})

    assert [answer.status_code for answer in answers] == [303, 303]
    assert {answer.location for answer in answers} == {"/manage?done=1"}
    assert anew.status_code == (422 if words == "page" else 404)
    assert _effects() == 1


@pytest.mark.parametrize("words", ["page", "refusal"])
def test_a_colleagues_kept_answer_is_not_given(
    browser: SignedIn, trial_app: Flask, words: str
) -> None:
    fields = {"words": words, "request_id": "R1"}
    browser.post("/manage/trial/once", fields)
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="lan@goc.example", name="Lan")
        enterprise = work.session.scalars(select(Enterprise)).one()
        make_member(work, enterprise=enterprise, person=person)
        key = make_sign_in(work, person=person, enterprise=enterprise, key="lan")
    # Of the same enterprise: the form is the same, word for word.
    other = SignedIn(trial_app, key, for_enterprise=enterprise.public_id)

    answer = other.post("/manage/trial/once", fields)

    assert answer.status_code == (422 if words == "page" else 404)


def test_the_same_id_with_other_words_is_refused_and_not_lost_in_silence(
    browser: SignedIn,
) -> None:
    browser.post("/manage/trial", {"words": "a", "request_id": "R1"})

    answer = browser.post("/manage/trial", {"words": "b", "request_id": "R1"})

    assert answer.status_code == 409
    assert _effects() == 1


def test_two_forms_have_two_effects(browser: SignedIn) -> None:
    browser.post("/manage/trial", {"words": "a"})
    browser.post("/manage/trial", {"words": "a"})

    assert _effects() == 2


@pytest.mark.parametrize("request_id", ["", "\x00", "a\x00", "R 1", "R" * 65])
def test_a_request_id_that_is_none_is_as_if_it_were_not_sent(
    browser: SignedIn, request_id: str
) -> None:
    fields = {"words": "a", "request_id": request_id}

    answers = [browser.post("/manage/trial", fields) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert _effects() == 2


def test_acts_are_signed_with_the_person_and_whom_they_act_for(browser: SignedIn) -> None:
    browser.post("/manage/trial", {"words": "a"})

    with reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        enterprise = session.scalars(select(Enterprise)).one()
        kept = session.scalars(select(KeptAnswer)).one()
    assert (entry.by_kind, entry.by_enterprise_id) == ("person", enterprise.id)
    assert kept.who == f"person:{entry.by_person_id}:{enterprise.id}"


@pytest.mark.parametrize("drawn_for", ["", "0000000000"])
def test_a_form_drawn_for_another_enterprise_changes_nothing(
    browser: SignedIn, drawn_for: str
) -> None:
    answer = browser.post("/manage/trial", {"words": "a", "for_enterprise": drawn_for})

    assert answer.status_code == 409
    assert _effects() == 0


@pytest.mark.parametrize("token", ["", "wrong"])
def test_a_form_without_its_token_changes_nothing(browser: SignedIn, token: str) -> None:
    answer = browser.post("/manage/trial", {"words": "a", "csrf_token": token})

    assert answer.status_code == 400
    assert _effects() == 0


def test_the_token_of_another_sign_in_is_refused(browser: SignedIn, trial_app: Flask) -> None:
    other = SignedIn(trial_app, "another key")

    answer = browser.post("/manage/trial", {"words": "a", "csrf_token": other.csrf_token})

    assert answer.status_code == 400
    assert _effects() == 0


def test_an_officer_acts_for_no_enterprise_even_as_a_member_of_one(
    app: Flask, trial_app: Flask
) -> None:
    with transaction(by=COMMAND) as work:
        person = make_person(work)
        own = make_enterprise(work)
        other = make_enterprise(work, name="Mẫu – HTX")
        make_member(work, enterprise=own, person=person)
        make_officer(work, person=person)
        key = make_sign_in(work, person=person, enterprise=own)
    officer = SignedIn(trial_app, key)

    allowed = officer.post(f"/office/trial/{other.id}")
    own_one = officer.post(f"/office/trial/{own.id}")

    assert allowed.text == repr(By("person", person.id))
    assert own_one.status_code == 403
    assert "Đây là đơn vị của chính bạn, nên phải để cán bộ khác xem." in own_one.text


def test_what_was_typed_when_a_sign_in_ended_comes_back_after_the_next(
    browser: SignedIn, trial_app: Flask
) -> None:
    with transaction(by=COMMAND) as work:
        person = work.session.scalars(select(Person)).one()
        person.password_hash = passwords.hash_of("demo-goc")
    trial_app.extensions["misses"] = type(trial_app.extensions["misses"])()
    browser.post("/sign-out")

    asked = browser.post("/manage/trial", {"words": "rất <dài>", "password": "never carried"})
    assert asked.status_code == 401
    assert "phần vừa gửi chưa được ghi" in asked.text
    draft = _hidden(asked.text, "draft")

    wrong = browser.client.post(
        "/sign-in", data={"sign_in": "ha@goc.example", "password": "x", "draft": draft}
    )
    assert _hidden(wrong.text, "draft") == draft  # A slip of the finger loses nothing either.

    back = browser.client.post(
        "/sign-in", data={"sign_in": "ha@goc.example", "password": "demo-goc", "draft": draft}
    )
    assert back.status_code == 200
    assert 'action="/manage/trial"' in back.text
    assert 'name="words" value="rất &lt;dài&gt;"' in back.text
    assert "never carried" not in back.text

    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', back.text))
    again = browser.client.post("/manage/trial", data={**fields, "words": "rất <dài>"})
    assert again.status_code == 422  # The form is drawn again; nothing was written yet.
    assert _effects() == 0

    del fields["redraw"]
    assert browser.client.post("/manage/trial", data=fields).status_code == 303
    assert _effects() == 1


def test_a_foreign_draft_is_ignored(browser: SignedIn, trial_app: Flask) -> None:
    with trial_app.test_request_context():
        assert opened("") is None
        assert opened("WyIvbWFuYWdlIixbXV0.forged") is None


def _hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found is not None
    return found[1]
