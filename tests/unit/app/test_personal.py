"""Every column that may hold something of a person is exported and erased, or named as kept."""

import re
from datetime import date
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import JSON, Column, ColumnElement, Table

from app.personal import HELD, NOT_PERSONAL
from app.personal_words import COLUMNS, LOOKED_AT_WORDS, value_words
from core.database import Base
from core.personal import Blank, Gone, Held

# What a column of something personal is called, here and by whoever writes the next table.
PERSONAL = re.compile(
    r"(^|_)(person|who|name|holder|hamlet|phone|mail|email|contact|target|sign_in|subject|address"
    r"|device|network|number|bank|pin|password|secret|code_hash|token_hash|key_hash|asked_of|text"
    r"|texts|words|ip|agent|officer|helper|learner|trainer|caretaker|birth|sub|issuer_sub)(_|$)"
)
HERE = (
    "Name it in `personal.py` of its feature (accounts/, catalog/, traceability/, or"
    " core/personal/tables.py): as a column of a `Held` line — `people`, `numbers` or `typed` if it"
    " says whose the row is, `shown` if it is handed out, `inner` with the reason if never — which"
    " also says what erasing does (`erasing`) or why it is kept (`kept`, of core/periods.py). If it"
    " is nothing of a person: in NOT_PERSONAL, with the reason."
)


def may_be_personal(column: Column[object]) -> bool:
    points_to_person = any(key.target_fullname == "person.id" for key in column.foreign_keys)
    return (
        points_to_person
        or column.name.endswith("_by_id")
        or bool(PERSONAL.search(column.name))
        or (isinstance(column.type, JSON) and column.name != "scopes")
    )


def test_every_column_that_may_hold_something_of_a_person_is_named() -> None:
    named = {f"{line.table.__tablename__}.{name}" for line in HELD for name in line.columns}
    forgotten = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if may_be_personal(column) and f"{table.name}.{column.name}" not in {*named, *NOT_PERSONAL}
    ]

    assert forgotten == [], f"{forgotten} may hold something of a person. {HERE}"


def test_what_is_named_exists() -> None:
    columns = {f"{t.name}.{c.name}" for t in Base.metadata.sorted_tables for c in t.columns}
    named = {f"{line.table.__tablename__}.{name}" for line in HELD for name in line.columns}

    assert named | set(NOT_PERSONAL) <= columns


@pytest.mark.parametrize("line", HELD, ids=lambda line: f"{line.table.__tablename__}/{line.title}")
def test_each_line_is_erased_or_says_why_it_is_kept(line: Held) -> None:
    assert line.erasing is not None or line.kept is not None
    assert line.people or line.numbers or line.typed or line.where is not None
    assert set(line.shown).isdisjoint(line.inner)
    if isinstance(line.erasing, Gone):
        assert line.kept is None


def test_everything_handed_out_has_its_words() -> None:
    handed_out = {name for line in HELD for name in (*line.shown, *line.also)}

    assert handed_out - set(COLUMNS) == set(), "see app/personal_words.py COLUMNS"
    assert set(COLUMNS) - handed_out == set()


def sample(column: ColumnElement[object], name: str) -> object:
    """A value as it comes out of the database and into the file."""
    if isinstance(column.type, JSON):
        return sorted(LOOKED_AT_WORDS) if name == "looked_at" else [{"place": "Phúc Sen"}]
    kind = column.type.python_type
    known = {bool: True, int: 7, str: "chữ", date: "2026-11-22"}
    return known.get(kind, "2026-11-22T07:45:30+00:00")


@pytest.mark.parametrize("line", HELD, ids=lambda line: f"{line.table.__tablename__}/{line.title}")
def test_everything_handed_out_can_be_read(app: Flask, line: Held) -> None:
    columns = line.table.__table__.columns
    with app.test_request_context("/?lang=vi"):
        read = {
            name: value_words(line.table.__tablename__, name, sample(columns[name], name))
            for name in line.shown
        }

    assert all(read.values())
    if "looked_at" in read:
        assert read["looked_at"] == "tên và nhóm hàng, giấy tờ, nơi làm, người bán"


def test_no_secret_is_handed_out() -> None:
    shown = {f"{line.table.__tablename__}.{name}" for line in HELD for name in line.shown}

    assert [
        name for name in shown if re.search("hash|secret|pairs|token", name.split(".")[1])
    ] == []


def test_the_persons_own_row_is_blanked_last_so_that_numbers_are_still_known() -> None:
    *others, last = [line.table.__tablename__ for line in HELD]

    assert last == "person"
    assert "person" not in others
    assert isinstance(HELD[-1].erasing, Blank)


def test_codes_of_stamps_are_told_in_words() -> None:
    raw = []
    for held in HELD:
        if not held.table.__module__.startswith("traceability."):
            continue
        for constraint in cast("Table", held.table.__table__).constraints:
            said = str(getattr(constraint, "sqltext", ""))
            for column, listed in re.findall(r"(\w+) IN \(([^)]*)\)", said):
                codes = re.findall(r"'(\w+)'", listed) if column in held.shown else []
                table = held.table.__tablename__
                raw += [
                    (column, code) for code in codes if value_words(table, column, code) == code
                ]

    assert raw == []


@pytest.mark.parametrize(
    ("table", "column", "value", "read"),
    [
        ("stamp_range", "reason", "spoiled", "in hỏng"),
        ("lot_recall", "reason", "spoiled", "hàng bị mốc, ôi hoặc hỏng"),
        ("stamp_range", "reason", "replaced", "đã dán tem khác"),
        ("account_change", "outcome", "replaced", "thay bằng yêu cầu sau"),
        ("label_print", "reprint_reason", "other", "lý do khác"),
        ("team", "kind", "other", "đội khác"),
        ("lot", "code", "label", "label"),
        ("stamp_report", "text", "new", "new"),
    ],
)
def test_a_code_says_what_it_says_in_its_table(
    table: str, column: str, value: str, read: str
) -> None:
    assert value_words(table, column, value) == read
