"""Two texts of one form: only what differs is asked, and nothing typed is lost."""

from typing import Annotated

from pydantic import Field

from core.both_texts import Choice, both_texts
from core.forms import Form, blank
from core.text.typed import Dong, OneLine


class Goods(Form):
    """A form as editing forms are."""

    name: Annotated[str, OneLine(at_most=60)]
    price_vnd: Annotated[int, Dong(at_least=1, at_most=10**9)]
    kind: Annotated[str, Field(alias="goods_kind")] = "goods"
    version: int


HERE = blank(name="Dao A", price_vnd="150.000", goods_kind="goods", version=4)


def test_only_what_differs_is_asked_and_the_rest_goes_along_as_it_is_kept() -> None:
    typed = blank(name="Dao B", price_vnd="150k", goods_kind="goods", version=3)

    both = both_texts(Goods, typed, HERE)

    assert both.choices == (Choice("name", "Dao A", "Dao B", "Dao A", "Dao B"),)
    assert both.agreed == (("price_vnd", "150.000"), ("goods_kind", "goods"))
    assert both.version == "4"


def test_what_was_emptied_is_a_choice_too() -> None:
    typed = blank(name="", price_vnd="150.000", goods_kind="goods", version=3)

    both = both_texts(Goods, typed, HERE)

    assert [(each.name, each.here, each.typed) for each in both.choices] == [("name", "Dao A", "")]


def test_codes_are_shown_in_words() -> None:
    typed = blank(name=" Dao A ", price_vnd="150.000", goods_kind="service", version=3)

    both = both_texts(Goods, typed, HERE, said={"goods_kind": str.upper})

    assert both.choices == (Choice("goods_kind", "goods", "service", "GOODS", "SERVICE"),)


def test_a_stored_text_no_form_would_take_is_compared_as_it_stands() -> None:
    here = blank(name="Dao A", price_vnd="", goods_kind="goods", version=4)
    typed = blank(name="Dao A", price_vnd="150k", goods_kind="goods", version=3)

    both = both_texts(Goods, typed, here)

    assert [(each.here, each.typed) for each in both.choices] == [("", "150k")]


def test_the_same_change_made_twice_leaves_nothing_to_ask() -> None:
    assert both_texts(Goods, HERE, HERE).choices == ()
