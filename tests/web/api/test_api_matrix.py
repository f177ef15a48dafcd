"""Every operation of the API × every role × own and foreign objects, and × every scope."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from flask import Flask

from accounts.models import Enterprise
from accounts.rules import TABLE, Role
from accounts.token_scopes import TokenScope
from app import create_app
from app.settings import Settings
from core import ids
from core.api.description import Operation, operations
from core.work import COMMAND, By, Work, transaction
from tests.makers import (
    make_change,
    make_enterprise,
    make_lot,
    make_member,
    make_person,
    make_product,
)
from tests.web.api.program import EVERYTHING, Program, Said, named_in, token_of
from tests.web.matrix_objects import OBJECTS

PLAIN = create_app(Settings(secret_key="only for the route table"))
OPERATIONS = sorted(
    (one for one in operations(PLAIN) if not one.described.is_public),
    key=lambda one: (one.path, one.method),
)
MEMBERS = tuple(Role(name) for name in ("director", "seller", "warehouse", "accountant", "grower"))
_CASES = pytest.mark.parametrize("one", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")


def _product_with_a_change(work: Work, enterprise: Enterprise) -> str:
    product = make_product(work, enterprise=enterprise)
    make_change(work, product=product)
    return product.public_id


def _lot(work: Work, enterprise: Enterprise) -> str:
    product = make_product(work, enterprise=enterprise)
    return make_lot(work, product=product, code=f"M-{ids.public_id()}").public_id


KINDS: Mapping[str, Callable[[Work, Enterprise], str]] = {
    **{kind: OBJECTS[kind] for kind in ("products", "packs", "recognitions", "certificates")},
    "lots": _lot,
    "batches": OBJECTS["stamps"],
    "acts": OBJECTS["stamp-acts"],
    "askings": OBJECTS["activations"],
    "labels": OBJECTS["labels"],
    "deliveries": OBJECTS["deliveries"],
    "print-codes": OBJECTS["print-codes"],
    "members": OBJECTS["people"],
    "invitations": OBJECTS["invited"],
}


def _identity(work: Work, one: Operation, enterprise: Enterprise) -> str:
    if not one.rule.arguments:
        return ""
    work.by = By("person", work.by.person_id, enterprise_id=enterprise.id)
    if "/change" in one.path:
        return _product_with_a_change(work, enterprise)
    return KINDS[named_in(one.path)](work, enterprise)


def _ask(program: Program, one: Operation, identity: str) -> Said:
    path = one.path.removeprefix("/api/v1").replace("{public_id}", identity)
    return program.ask(one.method, path, None if one.method == "GET" else {})


def test_everything_below_api_names_its_act_and_scope() -> None:
    named = {one.rule.rule for one in OPERATIONS}
    served = {rule.rule for rule in PLAIN.url_map.iter_rules() if rule.rule.startswith("/api")}

    assert served - named == {"/api/v1/openapi.json"}
    for one in OPERATIONS:
        scope: TokenScope = one.view.token_scope
        reads = one.method == "GET" and not one.path.endswith("/link")
        assert scope.value.endswith(":read" if reads else ":write"), one.path


@_CASES
def test_without_a_token_nothing_answers(one: Operation, app: Flask) -> None:
    answer = _ask(Program(app.test_client(), ""), one, "7K3MQ9T2XB")

    assert (answer.status_code, answer.json["code"]) == (401, "token_needed")


@_CASES
def test_a_token_without_the_scope_is_told_which(one: Operation, app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        ours, person = make_enterprise(work), make_person(work)
        make_member(work, enterprise=ours, person=person)
        others = [scope for scope in EVERYTHING if scope is not one.view.token_scope]
        program = Program(app.test_client(), token_of(work, person, ours, others))
        work.by = replace(work.by, kind="person", person_id=person.id)
        identity = _identity(work, one, ours)

    answer = _ask(program, one, identity)

    assert (answer.status_code, answer.json["code"]) == (403, "scope_missing")
    assert answer.json["scope"] == one.view.token_scope.value


@_CASES
def test_a_role_does_its_acts_to_its_own_alone(one: Operation, app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        ours, theirs = make_enterprise(work), make_enterprise(work, name="Mẫu – HTX khác")
        director = make_person(work, sign_in="lan@goc.example", name="Lan")
        make_member(work, enterprise=ours, person=director)
    for role in MEMBERS:
        with transaction(by=COMMAND) as work:
            person = make_person(work, sign_in=f"{role}@goc.example")
            make_member(work, enterprise=ours, person=person, role=str(role))
            program = Program(app.test_client(), token_of(work, person, ours))
            work.by = replace(work.by, kind="person", person_id=person.id)
            own, foreign = (_identity(work, one, each) for each in (ours, theirs))
        may = one.view.token_act in TABLE[role]
        if foreign:
            answer = _ask(program, one, foreign)
            assert answer.status_code == (404 if may else 403), (role, answer.json)
        answer = _ask(program, one, own)
        if may:
            assert answer.status_code not in {401, 403, 404}, (role, answer.json)
            assert answer.status_code < 500
        else:
            assert (answer.status_code, answer.json["code"]) == (403, "not_allowed"), role
