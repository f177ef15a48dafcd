import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from core.text.amounts import amount
from core.text.days import day
from core.text.dong import dong
from core.text.lines import many_lines, one_line
from core.text.numbers import count
from core.text.refusal import Unreadable
from core.text.typed import Count, Day, Dong, ManyLines, OneLine


class Form(BaseModel):
    name: Annotated[str, OneLine(20)] = "Trà"
    story: Annotated[str, ManyLines(30, at_least=0)] = ""
    price_vnd: Annotated[int, Dong(at_most=10**9)] = 0
    declared_units: Annotated[int, Count(at_most=10**6)] = 1
    made_on: Annotated[date | None, Day()] = None


def test_a_form_understands_what_people_type() -> None:
    form = Form.model_validate(
        {
            "name": "  Trà\u00a0 Sho\u0323\u0302t\u200b ",
            "story": "Một\r\n\r\n\r\n\r\nhai \n",
            "price_vnd": "150k",
            "declared_units": "1.000",
            "made_on": "5/11/26",
        }
    )

    assert form == Form.model_construct(
        name="Trà Shột",
        story="Một\n\nhai",
        price_vnd=150_000,
        declared_units=1_000,
        made_on=date(2026, 11, 5),
    )


def test_numbers_dates_and_null_of_the_api_pass() -> None:
    form = Form.model_validate_json('{"price_vnd": 500, "made_on": null, "declared_units": 3}')

    assert (form.price_vnd, form.made_on, form.declared_units) == (500, None, 3)
    assert Form(made_on=date(2026, 11, 5)).made_on == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("field", "typed", "code", "values"),
    [
        ("name", " ", "empty", {}),
        ("name", "x" * 21, "too_long", {"at_most": 20}),
        ("name", 7, "not_text", {}),
        ("price_vnd", "1.5", "dong_ambiguous", {"text": "1.5", "readings": (1_500, 1_500_000)}),
        ("price_vnd", "2 tỷ", "above", {"at_most": 10**9}),
        ("price_vnd", -1, "below", {"at_least": 0}),
        ("price_vnd", 1.5, "not_text", {}),
        ("price_vnd", True, "not_text", {}),
        ("declared_units", "0", "below", {"at_least": 1}),
        ("declared_units", "-1", "count_negative", {"text": "-1"}),
        ("declared_units", "1000000000000", "above", {"at_most": 10**6}),
        ("made_on", "1/1/0001", "below", {"at_least": date(2000, 1, 1)}),
        ("made_on", "1/1/9999", "above", {"at_most": date(2099, 12, 31)}),
        ("made_on", "", "empty", {}),
    ],
)
def test_a_refusal_is_a_code_with_values(
    field: str, typed: object, code: str, values: dict[str, object]
) -> None:
    with pytest.raises(ValidationError) as refused:
        Form.model_validate({field: typed})

    (error,) = refused.value.errors()
    assert error["loc"] == (field,)
    assert error["type"] == code
    assert error.get("ctx", {}) == values
    assert error["input"] == typed


def test_the_api_describes_plain_types() -> None:
    fields = Form.model_json_schema()["properties"]

    assert fields["price_vnd"]["type"] == "integer"
    assert fields["name"]["type"] == "string"
    assert fields["made_on"]["anyOf"] == [{"type": "string", "format": "date"}, {"type": "null"}]


def line_of_20(text: str) -> str:
    return one_line(text, at_most=20)


def lines_of_20(text: str) -> str:
    return many_lines(text, at_most=20)


PARSERS: list[Callable[[str], Any]] = [dong, amount, count, day, line_of_20, lines_of_20]


@pytest.mark.parametrize("parse", PARSERS)
@given(text=st.text() | st.text(alphabet="0123456789., kgtrđ'/-", max_size=20))
def test_any_text_is_understood_or_refused(parse: Callable[[str], Any], text: str) -> None:
    with suppress(Unreadable):
        assert parse(text) is not None


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("character", ["1", "1.", "1 ", " ", "\n", "\u0323", "\ufdfa", "🐟"])
def test_ten_thousand_characters_take_bounded_work(
    parse: Callable[[str], Any], character: str
) -> None:
    started = time.thread_time()
    with pytest.raises(Unreadable):
        parse(character * 10_000)

    assert time.thread_time() - started < 0.1


@given(st.text(max_size=60))
def test_cleaned_words_stay_as_they_are(text: str) -> None:
    for clean in (line_of_20, lines_of_20):
        try:
            kept = clean(text)
        except Unreadable:
            continue
        assert clean(kept) == kept
        assert 1 <= len(kept) <= 20


def test_lines_keep_their_paragraphs() -> None:
    assert many_lines("\n\na\u2028b\n \n\n\nc\n", at_most=20) == "a\nb\n\nc"
    assert one_line("a\nb\tc\x00", at_most=20) == "a b c"
