"""Where something lies and until when, in words: for whoever sent it and whoever checks it."""

from dataclasses import dataclass

from flask_babel import gettext

from accounts.turns import Level, Turn
from core import display
from core.places import commune_name, province_name


@dataclass(frozen=True)
class Lying:
    """An office as people call it, and the last day of its turn."""

    office: str
    until: str
    is_late: bool


def lying(
    turn: Turn, *, province_code: str | None, commune_code: str | None, language: str
) -> Lying:
    """A turn in words; the codes are those of the enterprise's place."""
    until = display.day(turn.until_on, language)
    return Lying(office_words(turn.level, province_code, commune_code), until, turn.is_late)


def office_words(level: Level, province_code: str | None, commune_code: str | None) -> str:
    """An office as people call it: "cán bộ Xã Nguyên Bình"."""
    if level is Level.COUNTRY:
        return str(gettext("người vận hành Gốc"))
    place = commune_name(commune_code) if level is Level.COMMUNE else province_name(province_code)
    return str(gettext("cán bộ %(place)s", place=place))
