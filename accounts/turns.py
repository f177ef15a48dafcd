"""With which office something sent for checking lies today, and until when. Pure.

Nobody moves it: commune, province and operator each have TURN_DAYS working days, one after the
other, counted from the day it was sent; an office nobody holds is passed over.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.working_days import working_day_after

TURN_DAYS = 2  # Working days; what the producer is promised.


class Level(StrEnum):
    """On whose behalf an officer looks, the smallest area first."""

    COMMUNE = "commune"
    PROVINCE = "province"
    COUNTRY = "country"


@dataclass(frozen=True)
class Served:
    """Which offices of a place are held by somebody who may judge the enterprise asked about."""

    commune: bool
    province: bool


@dataclass(frozen=True)
class Turn:
    """The office whose turn it is, its last day, and whether even the operator let it pass."""

    level: Level
    until_on: date
    is_late: bool


def turn(sent_on: date, *, today: date, served: Served) -> Turn:
    """Whose turn it is today with what was sent on a day."""
    levels = [Level.COMMUNE] * served.commune + [Level.PROVINCE] * served.province
    until_on = sent_on
    for level in levels:
        until_on = working_day_after(until_on, TURN_DAYS)
        if today <= until_on:
            return Turn(level, until_on, is_late=False)
    until_on = working_day_after(until_on, TURN_DAYS)
    return Turn(Level.COUNTRY, until_on, is_late=today > until_on)


def is_on_time(sent_on: date, decided_on: date) -> bool:
    """Whether the producer had an answer within the days promised, whoever gave it."""
    return days_left(sent_on, decided_on) >= 0


def days_left(sent_on: date, decided_on: date) -> int:
    """Days from the answer to the last day promised: 0 on that day, below 0 after it."""
    return (working_day_after(sent_on, TURN_DAYS) - decided_on).days
