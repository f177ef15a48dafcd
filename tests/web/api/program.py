"""A program that asks the API with a token, for the tests of every resource."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from accounts.models import Enterprise, Person
from accounts.service import NewToken, make_token
from accounts.token_scopes import TokenScope
from core.work import COMMAND, By, Work, transaction
from tests.makers import make_enterprise, make_member, make_person

EVERYTHING = tuple(TokenScope)
READING = tuple(scope for scope in TokenScope if scope.value.endswith(":read"))


@dataclass(frozen=True)
class Said:
    """An answer of the API."""

    status_code: int
    json: Any
    headers: Headers

    @property
    def content_type(self) -> str:
        """What kind it is."""
        return self.headers["Content-Type"]

    @property
    def location(self) -> str:
        """Where what was made stands."""
        return self.headers["Location"]


def said(answer: TestResponse) -> Said:
    """What an answer says."""
    return Said(answer.status_code, answer.get_json(silent=True), answer.headers)


@dataclass(frozen=True)
class Program:
    """Sends JSON with its token; no cookie, no form field of ours."""

    client: FlaskClient
    token: str

    def get(self, path: str, **headers: str) -> Said:
        """Ask for something."""
        return self.ask("GET", path, None, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Said:
        """Make or do something."""
        return self.ask("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Said:
        """Change something."""
        return self.ask("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Said:
        """Remove something."""
        return self.ask("DELETE", path, None, **headers)

    def ask(self, method: str, path: str, body: Any, **headers: str) -> Said:
        """Send a request; `if_match="3"` is the header If-Match with that ETag."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Authorization": f"Bearer {self.token}", **sent}
        answer = self.client.open(f"/api/v1{path}", method=method, json=body, headers=sent)
        return said(answer)


def token_of(
    work: Work,
    person: Person,
    enterprise: Enterprise,
    scopes: Iterable[TokenScope] = EVERYTHING,
) -> str:
    """A token of somebody for an enterprise they belong to."""
    by, work.by = work.by, replace(work.by, kind="person", person_id=person.id)
    new = NewToken("phần mềm kế toán", tuple(scopes), 90)
    secret = make_token(work, enterprise_id=enterprise.id, new=new)
    work.by = by
    return secret


def director_with(app: Flask, scopes: Iterable[TokenScope] = EVERYTHING) -> Program:
    """The program of Hà, director of the forge."""
    with transaction(by=COMMAND) as work:
        enterprise, person = make_enterprise(work), make_person(work)
        make_member(work, enterprise=enterprise, person=person)
        return Program(app.test_client(), token_of(work, person, enterprise, scopes))


def named_in(path: str) -> str:
    """What kind of thing an address names: the word before its id; "" for a list."""
    before, _, found = path.partition("/{")
    return before.rsplit("/", 1)[1] if found else ""


def forge(work: Work) -> Enterprise:
    """The enterprise `director_with` made."""
    return work.session.scalars(select(Enterprise).order_by(Enterprise.id)).first()  # type: ignore[return-value]  # It was made.


def by_hand(work: Work) -> By:
    """Whoever stands first among the people, acting for the forge."""
    person = work.session.scalars(select(Person).order_by(Person.id)).first()
    assert person is not None
    return By("person", person.id, enterprise_id=forge(work).id)
