import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self

import pytest
from flask import Flask
from pydantic import Field, model_validator
from werkzeug.datastructures import MultiDict

from core.errors import AppError
from core.form_sentences import SENTENCES
from core.forms import Form, Refused, Unfit, blank, read, refused
from core.language import english
from core.text.typed import Day, Dong, OneLine

ROOT = Path(__file__).parents[3]


class _Goods(Form):
    name: Annotated[str, OneLine(at_most=10)]
    price_vnd: Annotated[int, Dong(at_least=1_000)]
    made_on: Annotated[date | None, Day()] = None
    group: Literal["a", "b"] = "a"
    kinds: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _not_too_dear(self) -> Self:
        if self.price_vnd > 10**9:
            raise Unfit("Đắt quá %(price)s.", field="price_vnd", price=self.price_vnd)
        return self


@pytest.fixture(autouse=True)
def _request(migrated_app: Flask) -> Iterator[None]:
    with migrated_app.test_request_context():
        yield


def _sent(*pairs: tuple[str, str]) -> MultiDict[str, str]:
    return MultiDict(pairs)


def test_a_form_is_read_as_people_type_it() -> None:
    form = read(
        _Goods,
        _sent(("name", " Dao "), ("price_vnd", "150k"), ("made_on", "5/11/26"), ("stars", "5")),
    )

    assert form == _Goods(name="Dao", price_vnd=150_000, made_on=date(2026, 11, 5))


def test_several_choices_of_one_field_are_all_read() -> None:
    form = read(
        _Goods, _sent(("name", "Dao"), ("price_vnd", "5000"), ("kinds", "x"), ("kinds", "y"))
    )

    assert isinstance(form, _Goods)
    assert form.kinds == ["x", "y"]


def test_a_refused_form_keeps_everything_typed_and_says_why_beside_each_field() -> None:
    form = read(
        _Goods,
        _sent(("group", "z"), ("price_vnd", "1 đồng rưỡi"), ("name", ""), ("made_on", "31/2/2026")),
    )

    assert isinstance(form, Refused)
    assert not form
    assert form.value("price_vnd") == "1 đồng rưỡi"
    assert form.value("group") == "z"
    assert form.value("unknown") == ""
    assert form.summary == [
        ("name", "Xin điền ô này."),
        ("price_vnd", "Không đọc được số tiền. Viết như 150.000 hoặc 150k."),
        ("made_on", "Không có ngày 31/2/2026."),
        ("group", "Xin chọn một trong các mục có sẵn."),
    ]
    assert form.error("kinds") == ""


def test_bounds_are_said_in_the_readers_way() -> None:
    form = read(_Goods, _sent(("name", "Dao phay rất dài"), ("price_vnd", "999 đ")))

    assert isinstance(form, Refused)
    assert form.error("name") == "Xin viết ngắn hơn: nhiều nhất 10 chữ cái."
    assert form.error("price_vnd") == "Nhỏ nhất là 1.000."


def test_a_features_own_refusal_stands_at_the_field_it_names() -> None:
    form = read(_Goods, _sent(("name", "Dao"), ("price_vnd", "2000000000")))

    assert isinstance(form, Refused)
    assert form.errors == {"price_vnd": "Đắt quá 2000000000."}


def test_a_refusal_of_the_service_keeps_what_was_typed() -> None:
    class OutOfReach(AppError):
        sentence = "Còn %(left)s."

    sent = _sent(("name", "Dao"), ("price_vnd", "5k"))

    form = refused(sent, _Goods, OutOfReach("log", left=3), at="price_vnd")

    assert form.errors == {"price_vnd": "Còn 3."}
    assert form.value("price_vnd") == "5k"


def test_a_form_from_before_a_new_sign_in_comes_back_as_typed() -> None:
    form = read(_Goods, _sent(("name", "Dao"), ("price_vnd", "5k"), ("redraw", "1")))

    assert form == Refused(
        {"name": "Dao", "price_vnd": "5k", "made_on": "", "group": "", "kinds": []}
    )


def test_a_nul_never_reaches_the_database() -> None:
    form = read(_Goods, _sent(("name", "D\x00ao"), ("price_vnd", "5k"), ("kinds", "a\x00\r\nb")))

    assert isinstance(form, _Goods)
    assert form.name == "Dao"
    assert form.kinds == ["a\nb"]


def test_a_blank_form_shows_what_is_known() -> None:
    form = blank(name="Dao", price_vnd=5, made_on=None, kinds=["x"])

    assert form.value("price_vnd") == "5"
    assert form.value("made_on") == ""
    assert form.chosen("kinds") == ["x"]
    assert form.summary == []


def test_every_code_of_typed_text_has_a_sentence_in_both_languages() -> None:
    source = "".join(path.read_text() for path in (ROOT / "core" / "text").glob("*.py"))
    codes = set(re.findall(r'Unreadable\(\s*"(\w+)"', source)) | {"day_unreadable"}

    assert len(codes) > 15
    assert codes - {"not_text"} <= set(SENTENCES)
    texts = english()
    assert [text for text in SENTENCES.values() if texts.gettext(text) == text] == []
