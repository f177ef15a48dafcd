"""A maker's lot in the reader's words."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from catalog.queries import ManagedLot
from catalog.routes.showing import pack_words
from core import display
from core.errors import sentence

_MADE = {
    "made": sentence("Làm ra"),
    "harvested": sentence("Thu hoạch"),
    "packed": sentence("Đóng gói"),
    "caught": sentence("Đánh bắt"),
}


@dataclass(frozen=True)
class LotWords:
    """A lot as its maker reads it; empty where there is nothing."""

    code: str
    uri_code: str  # Only where it differs from the code.
    pack: str
    units: str
    made: str
    best_before: str
    is_past: bool
    on_hold_since: str
    recalled_since: str


def lot_words(lot: ManagedLot, locale: str, today: date) -> LotWords:
    """The lot for the templates of /manage."""
    return LotWords(
        code=display.lot_code(lot.code),
        uri_code=lot.uri_code if lot.uri_code != lot.code else "",
        pack=pack_words(lot.pack_words) if lot.pack_words else "",
        units=display.number(lot.declared_units, locale),
        made=display.day(lot.made_on, locale),
        best_before=_day(lot.best_before_on, locale),
        is_past=lot.is_past(today),
        on_hold_since=_day(lot.on_hold_since, locale),
        recalled_since=_day(lot.recalled_since, locale),
    )


def made_words(kind: str) -> str:
    """What the first day of a lot is the day of."""
    return str(gettext(_MADE.get(kind, "")))


def _day(value: date | None, locale: str) -> str:
    return display.day(value, locale) if value else ""
