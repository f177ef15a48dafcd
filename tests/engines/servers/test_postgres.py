from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from tests.servers import postgres


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    engine = create_engine(url)
    with engine.begin() as connection:
        answer = connection.execute(text(statement))
        found = [tuple(row) for row in answer] if answer.returns_rows else []
    engine.dispose()
    return found


def test_the_server_is_durable_speaks_utf8_and_sorts_by_code_point(postgres_url: str) -> None:
    kept = rows(postgres_url, "SELECT current_setting('fsync'), current_setting('server_encoding')")
    sorting = rows(postgres_url, "SELECT datcollate FROM pg_database WHERE datname = 'template1'")

    assert kept == [("on", "UTF8")]
    assert sorting == [("C.UTF-8",)]


def test_a_clone_has_the_templates_rows_and_keeps_its_own(postgres_url: str) -> None:
    template, name = f"template_{uuid4().hex}", f"clone_{uuid4().hex}"
    fills: list[str] = []

    def fill(url: str) -> None:
        fills.append(url)
        rows(url, "CREATE TABLE goods AS SELECT 'chè' AS name")

    postgres.make_template(postgres_url, template, fill)
    postgres.make_template(postgres_url, template, fill)
    first = postgres.clone(postgres_url, template, name)
    rows(first, "INSERT INTO goods VALUES ('mật ong')")
    assert rows(first, "SELECT count(*) FROM goods") == [(2,)]

    again = postgres.clone(postgres_url, template, name)

    assert rows(again, "SELECT name FROM goods") == [("chè",)]
    assert len(fills) == 1
    for database in (name, template):
        postgres.drop(postgres_url, database)


def test_a_template_whose_filling_failed_is_not_there(postgres_url: str) -> None:
    template = f"template_{uuid4().hex}"

    def fill(url: str) -> None:
        rows(url, "CREATE TABLE half (id BIGINT)")
        raise RuntimeError("the migration broke")

    with pytest.raises(RuntimeError, match="the migration broke"):
        postgres.make_template(postgres_url, template, fill)

    names = rows(postgres_url, "SELECT datname FROM pg_database")
    assert (template,) not in names
    postgres.drop(postgres_url, f"{template}_making")
