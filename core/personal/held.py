"""The line one table has in the lists of what is held of a person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_

from core.database import Base
from core.periods import Period

_BETWEEN_DIGITS = (" ", "\u00a0", ".", "-", "(", ")")

NOW = object()  # In `Blank`: the moment of erasing, where nothing stands yet.


@dataclass(frozen=True)
class Subject:
    """Whom is asked about: the person, their number or address, where they decide."""

    person_id: int
    number: str | None  # As a stored sign-in name.
    typed: tuple[str, ...] = ()  # Every way to type it, without spaces and signs between digits.
    directs: tuple[int, ...] = ()  # Enterprises whose director they are.
    keeps_books: tuple[int, ...] = ()  # Those, and where they are the accountant.


@dataclass(frozen=True)
class Gone:
    """Erasing deletes the rows."""


@dataclass(frozen=True)
class Blank:
    """Erasing keeps the rows and writes these values over what says whose they are."""

    values: Mapping[str, object]


@dataclass(frozen=True)
class Held:
    """What one table holds of a person, found by `people`, `numbers`, `typed` or `where`.

    `shown` columns are handed out; `inner` ones never, each with the reason (a secret, a number of
    ours). What erasing does is `erasing`; where nothing, or not all, is erased, `kept` is why.
    Rows found by `where` (those of an enterprise) are handed out but never erased: they belong to
    the enterprise, which was handed over.
    """

    table: type[Base]
    title: str
    people: tuple[str, ...] = ()  # Columns with the person's id.
    numbers: tuple[str, ...] = ()  # Columns with their number or address, as it is stored.
    typed: tuple[str, ...] = ()  # Columns with it as somebody typed it.
    where: Callable[[Subject], ColumnElement[bool]] | None = None
    shown: tuple[str, ...] = ()
    inner: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    erasing: Gone | Blank | None = None
    kept: Period | None = None

    @property
    def columns(self) -> frozenset[str]:
        """Every column this line accounts for."""
        return frozenset({*self.people, *self.numbers, *self.typed, *self.shown, *self.inner})

    def own(self, subject: Subject) -> ColumnElement[bool]:
        """Whether a row is the person's own: what erasing may touch."""
        columns = self.table.__table__.columns
        by_number = [] if subject.number is None else self.numbers
        return or_(
            false(),
            *(columns[name] == subject.person_id for name in self.people),
            *(columns[name] == subject.number for name in by_number),
            *(_is_typed(columns[name], subject.typed) for name in self.typed),
        )

    def told(self, subject: Subject) -> ColumnElement[bool]:
        """Whether a row is told to the person: their own, and those of where they decide."""
        more = [self.where(subject)] if self.where is not None else []
        return or_(self.own(subject), *more)


def _is_typed(column: ColumnElement[str], forms: Sequence[str]) -> ColumnElement[bool]:
    """Whether a column as typed is one of the forms: an address as it is, a number as digits."""
    address = digits = func.lower(func.trim(column))
    for sign in _BETWEEN_DIGITS:
        digits = func.replace(digits, sign, "")
    return or_(address.in_(forms), digits.in_(forms))
