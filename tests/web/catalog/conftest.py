"""The makers and officers of the catalog's pages, each in a browser."""

from collections.abc import Callable

import pytest
from flask import Flask

from core import ids
from core.work import COMMAND, transaction
from tests.makers import (
    make_enterprise,
    make_member,
    make_officer,
    make_person,
    make_sign_in,
)
from tests.web.signed_in import SignedIn


@pytest.fixture
def browser(app: Flask) -> SignedIn:
    """Hà, director of a smithy in Cao Bằng."""
    with transaction(by=COMMAND) as work:
        person = make_person(work)
        enterprise = make_enterprise(work)
        make_member(work, enterprise=enterprise, person=person)
        key = make_sign_in(work, person=person, enterprise=enterprise)
        return SignedIn(app, key, for_enterprise=enterprise.public_id)


@pytest.fixture
def officer(app: Flask) -> SignedIn:
    """Lan, officer of the province."""
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="lan@goc.example", name="Lan")
        make_officer(work, person=person)
        return SignedIn(app, make_sign_in(work, person=person, key="lan"))


@pytest.fixture
def other(app: Flask) -> Callable[[], SignedIn]:
    """Bình, director of another enterprise."""

    def sign_in() -> SignedIn:
        with transaction(by=COMMAND) as work:
            key = f"binh{ids.public_id()}"
            person = make_person(work, sign_in=f"{key}@goc.example", name="Bình")
            enterprise = make_enterprise(work, name="Mẫu – Tổ đan Bình")
            make_member(work, enterprise=enterprise, person=person)
            make_sign_in(work, person=person, enterprise=enterprise, key=key)
            return SignedIn(app, key, for_enterprise=enterprise.public_id)

    return sign_in
