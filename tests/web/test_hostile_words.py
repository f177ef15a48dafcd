"""NUL and other words no column holds, wherever an address or a form takes words."""

import re

import pytest
from flask import Flask

from app import create_app
from app.settings import Settings
from core.work import COMMAND, By, transaction
from tests.makers import make_enterprise, make_member, make_officer, make_person, make_sign_in
from tests.web.matrix_objects import OBJECTS
from tests.web.signed_in import SignedIn

PLAIN = create_app(Settings(secret_key="only for the route table"))
READ = [rule.rule for rule in PLAIN.url_map.iter_rules() if "GET" in (rule.methods or ())]
ARGUMENT = re.compile(r"<[^>]+>")
NAMED = ("q", "lot", "product", "page", "province", "stamp", "gtin", "first", "state", "next")
HOSTILE = ["%00", "7K3MQ9T2%00", "%00" * 10, "%ED%A0%80", "ab%00-7K3MQ9"]


def _browsers(app: Flask) -> tuple[SignedIn, SignedIn]:
    """A director and an operator."""
    with transaction(by=COMMAND) as work:
        person, other = make_person(work), make_person(work, sign_in="lan@goc.example")
        ours = make_enterprise(work)
        make_member(work, enterprise=ours, person=person)
        director = make_sign_in(work, person=person, enterprise=ours)
        make_officer(work, person=other, role="operator", province_code=None)
        operator = make_sign_in(work, person=other, key="O" * 26)
    return SignedIn(app, director, for_enterprise=ours.public_id), SignedIn(app, operator)


@pytest.mark.parametrize("rule", [rule for rule in READ if ARGUMENT.search(rule)])
def test_no_word_in_a_path_is_a_failure(app: Flask, rule: str) -> None:
    browsers = _browsers(app)

    for hostile in HOSTILE:
        path = ARGUMENT.sub(hostile, rule)
        for browser in browsers:
            assert browser.get(path).status_code < 500, path


@pytest.mark.parametrize("rule", [rule for rule in READ if not ARGUMENT.search(rule)])
def test_no_word_in_a_question_is_a_failure(app: Flask, rule: str) -> None:
    browsers = _browsers(app)

    for name in NAMED:
        for browser in browsers:
            answer = browser.get(f"{rule}?{name}=%00")
            assert answer.status_code != 500, name


@pytest.mark.parametrize(
    "path", ["/lots/7K3MQ9T2X", "/lots/7K3MQ9T2XU", "/reports/7K3MQ9T2XBB", "/reports/cho-xem"]
)
def test_what_is_no_public_id_is_no_page(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


@pytest.mark.parametrize("kind", ["jobs", "lots", "packs", "products", "stamps"])
def test_a_public_id_opens_its_page_in_small_letters_too(app: Flask, kind: str) -> None:
    with transaction(by=COMMAND) as work:
        person, ours = make_person(work), make_enterprise(work)
        make_member(work, enterprise=ours, person=person)
        browser = SignedIn(app, make_sign_in(work, person=person, enterprise=ours))
        work.by = By("person", person.id, ours.id)
        id_ = OBJECTS[kind](work, ours)

    assert browser.get(f"/manage/{kind}/{id_.lower()}").status_code == 200


def test_a_form_with_hostile_words_is_refused_and_not_a_failure(app: Flask) -> None:
    director, _ = _browsers(app)

    for path in ("/manage/lots", "/manage/stamps", "/manage/stamps/activate", "/manage/products"):
        for name in ("lot", "product", "request_id", "name", "code", "up_to"):
            answer = director.post(path, {name: "\x00"})
            assert answer.status_code < 500, (path, name)
