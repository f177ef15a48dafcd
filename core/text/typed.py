"""Types of form fields that understand what people type, for pydantic models.

`price_vnd: Annotated[int, Dong(at_most=10**9)]`. A refusal is a pydantic error whose `type` is the
stable code of `core.text.refusal` and whose `ctx` holds its values; sentences live with the forms.
The API's JSON numbers and ISO dates pass the same way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from core.text.days import day
from core.text.dong import dong
from core.text.lines import many_lines, one_line
from core.text.numbers import count
from core.text.refusal import Unreadable

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)  # What two-digit years can say.

_Bounded = TypeVar("_Bounded", int, date)


class _Typed:
    """Reads what was typed before pydantic looks at the field's own type."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._look, handler(source))

    def __get_pydantic_json_schema__(
        self, source: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(source), **self.bounds()}

    def bounds(self) -> JsonSchemaValue:
        """What JSON Schema can say of the bounds."""
        return {}

    def _look(self, value: object) -> object:
        try:
            return value if value is None else self.read(value)
        except Unreadable as refused:
            raise PydanticCustomError(refused.code, refused.code, refused.values) from None

    def read(self, value: object) -> object:
        """Give the field's value. Raises: Unreadable."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Dong(_Typed):
    """Whole đồng: "150k", "150.000 đ". See `core.text.dong` for its refusals."""

    at_least: int = 0
    at_most: int = 10**12

    def read(self, value: object) -> int:
        """Give đồng within the bounds. Raises: Unreadable, also `below` and `above`."""
        return within(_whole(value, dong), self.at_least, self.at_most)

    def bounds(self) -> JsonSchemaValue:
        """Give both bounds."""
        return {"minimum": self.at_least, "maximum": self.at_most}


@dataclass(frozen=True, kw_only=True)
class Count(_Typed):
    """A number of whole things: "1.000". See `core.text.numbers.count`."""

    at_least: int = 1
    at_most: int = 10**9

    def read(self, value: object) -> int:
        """Give a count within the bounds. Raises: Unreadable, also `below` and `above`."""
        return within(_whole(value, count), self.at_least, self.at_most)

    def bounds(self) -> JsonSchemaValue:
        """Give both bounds."""
        return {"minimum": self.at_least, "maximum": self.at_most}


@dataclass(frozen=True, kw_only=True)
class Day(_Typed):
    """A day: "5/11/26". Bounds that depend on today are the service's, which is handed `now`."""

    at_least: date = FIRST_DAY
    at_most: date = LAST_DAY

    def read(self, value: object) -> date:
        """Give a day within the bounds. Raises: Unreadable, also `below` and `above`."""
        found = value if type(value) is date else day(_text(value))
        return within(found, self.at_least, self.at_most)


@dataclass(frozen=True)
class OneLine(_Typed):
    """One line of words, of at most this many characters. See `core.text.lines`."""

    at_most: int
    at_least: int = 1

    def read(self, value: object) -> str:
        """Give the line. Raises: Unreadable."""
        return one_line(_text(value), at_most=self.at_most, at_least=self.at_least)

    def bounds(self) -> JsonSchemaValue:
        """Give how many characters there may be."""
        return {"minLength": self.at_least, "maxLength": self.at_most}


@dataclass(frozen=True)
class ManyLines(_Typed):
    """Lines of words, of at most this many characters together. See `core.text.lines`."""

    at_most: int
    at_least: int = 1

    def read(self, value: object) -> str:
        """Give the lines. Raises: Unreadable."""
        return many_lines(_text(value), at_most=self.at_most, at_least=self.at_least)

    def bounds(self) -> JsonSchemaValue:
        """Give how many characters there may be."""
        return {"minLength": self.at_least, "maxLength": self.at_most}


def within(value: _Bounded, at_least: _Bounded, at_most: _Bounded) -> _Bounded:
    """Give `value` when it lies within both bounds.

    Raises:
        Unreadable: `below` (with `at_least`) or `above` (with `at_most`).
    """
    if value < at_least:
        raise Unreadable("below", at_least=at_least)
    if value > at_most:
        raise Unreadable("above", at_most=at_most)
    return value


def _whole(value: object, parse: Callable[[str], int]) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return parse(_text(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Unreadable("not_text")
    return value
