"""The database's disk is full: what writes is refused in a clear sentence, what reads goes on."""

import sqlite3
from collections.abc import Iterator

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from accounts import passwords
from accounts.models import SignIn
from catalog.models import Product
from core import ids
from core.answers import KeptAnswer
from core.database import db
from core.work import COMMAND, reading, transaction
from tests.makers import make_enterprise, make_member, make_person
from tests.web.catalog.test_manage_products import TEA
from tests.web.signed_in import SignedIn

SENTENCE = "Máy chủ hết chỗ ghi nên việc vừa rồi chưa được lưu. Các trang vẫn xem được"
PASSWORD = "demo-goc"
HASH = passwords.hash_of(PASSWORD)


class Disk:
    """The disk below the database; while it is full every statement that writes fails."""

    is_full = False

    def refuse(self, _c: object, _cursor: object, statement: str, *_: object) -> None:
        if self.is_full and statement.startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError(statement, {}, _said())


def _said() -> Exception:
    """What the driver of the database under test says."""
    if db.engine.dialect.name == "postgresql":
        return psycopg.errors.DiskFull("could not extend file: No space left on device")
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(sqlite3.OperationalError, match="full") as full:
        connection.execute("CREATE TABLE lot (id)")
    connection.close()
    return full.value


@pytest.fixture
def disk(app: Flask) -> Iterator[Disk]:
    disk = Disk()
    event.listen(db.engine, "before_cursor_execute", disk.refuse)
    yield disk
    event.remove(db.engine, "before_cursor_execute", disk.refuse)


@pytest.fixture
def browser(app: Flask) -> SignedIn:
    """Hà, signed in for her smithy."""
    with transaction(by=COMMAND) as work:
        person = make_person(work)
        person.password_hash = HASH
        enterprise = make_enterprise(work)
        make_member(work, enterprise=enterprise, person=person)
    signed_in = app.test_client().post(
        "/sign-in",
        data={"sign_in": "ha@goc.example", "password": PASSWORD},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    key = signed_in.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    return SignedIn(app, key, for_enterprise=enterprise.public_id)


def count(table: type[Product | SignIn | KeptAnswer]) -> int:
    with reading() as session:
        return session.scalars(select(func.count()).select_from(table)).one()


def test_a_form_is_refused_leaves_nothing_and_takes_effect_once_there_is_room(
    browser: SignedIn, disk: Disk
) -> None:
    form = {**TEA, "request_id": ids.token()}

    disk.is_full = True
    refused = browser.post("/manage/products", form)
    assert refused.status_code == 507
    assert SENTENCE in refused.text
    assert (count(Product), count(KeptAnswer)) == (0, 0)

    disk.is_full = False
    done, again = (browser.post("/manage/products", form) for _ in range(2))
    assert (done.status_code, again.location) == (303, done.location)
    assert count(Product) == 1


def test_signing_in_is_refused_and_those_signed_in_read_on(browser: SignedIn, disk: Disk) -> None:
    disk.is_full = True

    refused = browser.client.post(
        "/sign-in?lang=en", data={"sign_in": "ha@goc.example", "password": PASSWORD}
    )

    assert refused.status_code == 507
    assert "The server has no room left, so nothing was saved just now." in refused.text
    assert "Set-Cookie" not in refused.headers
    assert count(SignIn) == 1
    for path in ("/", "/products", "/sign-in", "/manage", "/manage/products", "/readyz"):
        assert browser.get(path).status_code in {200, 303}, path
