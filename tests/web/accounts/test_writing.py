"""A consent that ends after its helper's form arrived, and before anything of it is written."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from accounts import service
from accounts.errors import ConsentOver
from accounts.rules import Act
from accounts.web import act_as, answer_once, who, writing
from core.answers import KeptAnswer
from core.audit import AuditEntry, record
from core.guard import SESSION_COOKIE
from core.work import COMMAND, Work, reading, transaction
from tests.makers import make_consent, make_enterprise, make_person, make_sign_in


def write(work: Work) -> str:
    record(work, act="trial", object_kind="trial", object_id=1, enterprise_id=None)
    return "/manage"


def write_at_once() -> None:
    with writing() as work:
        write(work)


def write_once() -> None:
    answer_once(write)


@pytest.mark.parametrize("way", [write_at_once, write_once])
def test_what_was_asked_for_before_a_consent_ended_is_not_written_after_it(
    app: Flask, way: Callable[[], None]
) -> None:
    with transaction(by=COMMAND) as work:
        enterprise, minh = make_enterprise(work), make_person(work)
        consent = make_consent(work, enterprise=enterprise, helper=minh)
        key = make_sign_in(work, person=minh, enterprise=enterprise)
    cookie = {"Cookie": f"{SESSION_COOKIE}={key}"}

    with app.test_request_context("/manage/products", method="POST", headers=cookie):
        helper = who()
        assert helper is not None
        act_as(helper, Act.EDIT_PRODUCT, token="")
        write_at_once()  # While it lives.
        with transaction(by=COMMAND) as work:
            service.end_consent(work, public_id=consent.public_id)
        with pytest.raises(ConsentOver):
            way()

    with reading() as session:
        acts = session.scalars(select(AuditEntry.act)).all()
        assert sorted(acts) == ["end_consent", "trial"]
        assert session.scalars(select(KeptAnswer)).all() == []
