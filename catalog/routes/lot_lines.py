"""Lots in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.queries import PublicLot
from core import display


@dataclass(frozen=True)
class LotLine:
    """A lot in a list; days as they are read, empty where there are none."""

    url: str
    code: str
    made_kind: str
    made: str
    best_before: str
    is_past: bool
    on_hold_since: str
    recalled_since: str


def lot_lines(lots: Iterable[PublicLot], locale: str, today: date) -> list[LotLine]:
    """Lots for the templates."""
    return [
        LotLine(
            url=f"/lots/{lot.public_id}",
            code=display.lot_code(lot.code),
            made_kind=lot.made_kind,
            made=display.day(lot.made_on, locale),
            best_before=_day(lot.best_before_on, locale),
            is_past=lot.is_past(today),
            on_hold_since=_day(lot.on_hold_since, locale),
            recalled_since=_day(lot.recalled_since, locale),
        )
        for lot in lots
    ]


def _day(value: date | None, locale: str) -> str:
    return display.day(value, locale) if value else ""
