"""Every route of the application × every role × own and foreign objects, from the route table."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from accounts.models import Enterprise, Person
from accounts.rules import OFFICE_ACTS, OFFICES, OWN_ACTS, TABLE, Act, Role
from app import create_app
from app.settings import Settings
from core.guard import SAFE_METHODS
from core.work import COMMAND, By, Work, transaction
from tests.makers import (
    make_consent,
    make_enterprise,
    make_member,
    make_officer,
    make_person,
    make_practice,
    make_sign_in,
)
from tests.web.matrix_objects import OBJECTS, PUBLIC
from tests.web.signed_in import SignedIn

PLAIN = create_app(Settings(secret_key="only for the route table"))
OURS, ELSEWHERE = "4", "1"  # Provinces: the officer's, and another.
ROLES = [*Role, None]  # None: signed in and nothing else, as a buyer is.


@dataclass(frozen=True)
class _Route:
    """A guarded route and method, and what it names."""

    rule: Rule
    method: str
    act: Act

    def path(self, identity: str) -> str:
        """Its address for one object."""
        return self.rule.build(dict.fromkeys(self.rule.arguments, identity))[1]  # type: ignore[index]  # Never None for its own arguments.

    def __str__(self) -> str:
        """Its name in a failure."""
        return f"{self.method} {self.rule.rule}"

    @property
    def kind(self) -> str | None:
        """The word before the first variable part; None for a route about no object."""
        words = self.rule.rule.split("/")
        at = next((place for place, word in enumerate(words) if word.startswith("<")), None)
        return None if at is None else words[at - 1]


def _rules() -> Iterator[tuple[Rule, Act | None]]:
    for rule in PLAIN.url_map.iter_rules():
        if hasattr(PLAIN.view_functions[rule.endpoint], "token_act"):
            continue  # The API's have a matrix of their own: tests/web/api/test_api_matrix.py.
        yield rule, getattr(PLAIN.view_functions[rule.endpoint], "act", None)


GUARDED = [
    _Route(rule, method, act)
    for rule, act in _rules()
    if act is not None
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
]


def test_every_route_names_its_act_or_is_listed_as_public() -> None:
    unguarded = {rule.endpoint for rule, act in _rules() if act is None}

    assert unguarded == PUBLIC


def test_everything_below_manage_and_office_is_guarded_by_an_act_of_its_kind() -> None:
    for rule, act in _rules():
        if rule.rule.startswith("/manage"):
            assert act is not None, rule
            assert act not in OFFICE_ACTS, rule
        if rule.rule.startswith("/office"):
            assert act in OFFICE_ACTS, rule


def _may(role: Role | None, route: _Route) -> bool:
    return route.act in OWN_ACTS or (role is not None and route.act in TABLE[role])


ALLOWED = [(role, route) for route in GUARDED for role in ROLES if _may(role, route)]


def test_nobody_is_asked_to_sign_in(client: FlaskClient) -> None:
    def is_asked(route: _Route) -> bool:
        answer = client.open(route.path("7K3MQ9T2XB"), method=route.method)
        if route.method in SAFE_METHODS:
            return answer.status_code == 303 and answer.location.startswith("/sign-in?next=")
        return answer.status_code == 401

    assert [str(route) for route in GUARDED if not is_asked(route)] == []


@pytest.mark.parametrize(("role", "route"), ALLOWED, ids=str)
def test_a_role_does_its_acts_to_its_own_objects_alone(
    role: Role | None, route: _Route, app: Flask
) -> None:
    with transaction(by=COMMAND) as work:
        browser, ours, theirs = _cast(work, app, role)
        own, foreign = (_identity(work, route, one) for one in (ours, theirs))

    if foreign is not None and role is not Role.OPERATOR:  # The operator's area is the country.
        assert _ask(browser, route, foreign).status_code == 404
    answer = _ask(browser, route, own or "")
    assert answer.status_code not in {401, 403, 404}
    assert answer.status_code < 500


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_refused_every_other_act(role: Role | None, app: Flask) -> None:
    refused = [route for route in GUARDED if not _may(role, route)]
    with transaction(by=COMMAND) as work:
        browser, ours, theirs = _cast(work, app, role)
        # A refusal changes nothing, so that one object of each kind serves all its routes.
        about = {route.kind: route for route in refused}
        own = {kind: _identity(work, route, ours) for kind, route in about.items()}
        foreign = {kind: _identity(work, route, theirs) for kind, route in about.items()}

    told = [(str(one), _ask(browser, one, own[one.kind] or "").status_code) for one in refused]
    assert [answer for answer in told if answer[1] != 403] == []
    if role is not Role.OPERATOR:  # The operator's area is the country.
        of_others = [(one, identity) for one in refused if (identity := foreign[one.kind])]
        told = [(str(one), _ask(browser, one, identity).status_code) for one, identity in of_others]
        assert [answer for answer in told if answer[1] not in {403, 404}] == []


def _cast(work: Work, app: Flask, role: Role | None) -> tuple[SignedIn, Enterprise, Enterprise]:
    """Whoever has the role, signed in, with their enterprise; and another one, elsewhere."""
    ours = make_enterprise(work)
    theirs = make_enterprise(work, name="Mẫu – HTX khác")
    theirs.province_code = ELSEWHERE
    person = make_person(work)
    browser = _browser(work, app, role, person, ours)
    work.by = By("person", person.id)
    return browser, ours, theirs


def _browser(
    work: Work, app: Flask, role: Role | None, person: Person, ours: Enterprise
) -> SignedIn:
    if role in OFFICES:
        make_officer(
            work,
            person=person,
            role=str(role),
            province_code=None if role is Role.OPERATOR else OURS,
        )
        return SignedIn(app, make_sign_in(work, person=person))
    if role is Role.HELPER:
        make_consent(work, enterprise=ours, helper=person)
    elif role is Role.LEARNER:
        make_practice(work, person=person, enterprise=ours)
    elif role is not None:
        make_member(work, enterprise=ours, person=person, role=str(role))
    key = make_sign_in(work, person=person, enterprise=ours if role else None)
    return SignedIn(app, key, for_enterprise=ours.public_id)


def _identity(work: Work, route: _Route, enterprise: Enterprise) -> str | None:
    work.by = replace(work.by, enterprise_id=enterprise.id)
    return OBJECTS[route.kind](work, enterprise) if route.kind else None


def _ask(browser: SignedIn, route: _Route, identity: str) -> TestResponse:
    if route.method in SAFE_METHODS:
        return browser.get(route.path(identity))
    return browser.post(route.path(identity))
