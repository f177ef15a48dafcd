"""A map of checks: which province stands where, and what may be told of a place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from traceability.rules.figures import FEWEST_SHOWN

MAP_DAYS: Final = 30
MANY_NAMED: Final = 20  # From so many on a place is drawn darkest.
# The 34 provinces as squares of one size, column and row from the north-west: neighbours stay
# neighbours where they can. Areas are not those of the ground.
PROVINCE_SQUARES: Final[Mapping[str, tuple[int, int]]] = {
    "12": (0, 0), "15": (1, 0), "8": (2, 0), "4": (3, 0),
    "11": (0, 1), "14": (1, 1), "25": (2, 1), "19": (3, 1), "20": (4, 1),
    "1": (2, 2), "24": (3, 2), "22": (4, 2),
    "37": (2, 3), "33": (3, 3), "31": (4, 3),
    "38": (2, 4), "40": (2, 5), "42": (3, 6), "44": (3, 7), "46": (3, 8),
    "48": (4, 9), "51": (4, 10), "52": (4, 11), "66": (4, 12),
    "68": (3, 13), "56": (4, 13),
    "80": (1, 14), "75": (2, 14), "79": (3, 14),
    "91": (0, 15), "82": (1, 15), "86": (2, 15),
    "96": (0, 16), "92": (1, 16),
}  # fmt: skip  # A row of the map is a row here.
# Special zones of the sea, beside the province they belong to.
ISLAND_SQUARES: Final[Mapping[str, tuple[int, int]]] = {"Hoàng Sa": (5, 9), "Trường Sa": (5, 14)}


@dataclass(frozen=True, slots=True)
class Told:
    """How often a place was named. `count` None: one to four times, said as "under 5"."""

    count: int | None

    @property
    def shade(self) -> str:
        """How dark it is drawn."""
        if self.count is None:
            return "few"
        if self.count == 0:
            return "none"
        return "many" if self.count >= MANY_NAMED else "some"

    @property
    def band(self) -> str:
        """How often at least, as files say it: what is told of a part of what is told elsewhere."""
        return {
            "none": "0",
            "few": f"<{FEWEST_SHOWN}",
            "some": f"{FEWEST_SHOWN}+",
            "many": f"{MANY_NAMED}+",
        }[self.shade]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A commune as the map's list tells it; of one named seldom no day is told."""

    code: str
    told: Told
    first_on: date | None = None
    last_on: date | None = None
    busy_days: tuple[date, ...] = ()  # On each of which it was named FEWEST_SHOWN times or more.


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the strip: occasions that began, and alarms that rang."""

    on: date
    checks: int
    alarms: int


def told_places(codes: Iterable[str]) -> dict[str, Told]:
    """Say of each place how often it was named, the most often first, few as "under 5".

    Those told as few follow each other by code: their order must not tell which was more.
    """
    counted = Counter(codes)
    order = sorted(counted, key=lambda code: (-_shown(counted[code]), code))
    return {code: Told(_shown(counted[code]) or None) for code in order}


def named_communes(named: Iterable[tuple[str, date]]) -> list[NamedPlace]:
    """Say of each commune how often and when it was named, in the order of `told_places`.

    A day with few is told by no commune: who was there could be worked out.
    """
    days: dict[str, list[date]] = {}
    for code, on in named:
        days.setdefault(code, []).append(on)
    told = told_places(code for code, each in days.items() for _ in each)
    return [_place(code, told[code], days[code]) for code in told]


def by_province(
    places: Iterable[NamedPlace], province_of: Mapping[str, str]
) -> dict[str, list[NamedPlace]]:
    """Lay the communes under their provinces: in the order of the places, each province once."""
    laid: dict[str, list[NamedPlace]] = {}
    for place in places:
        laid.setdefault(province_of[place.code], []).append(place)
    return laid


def days_until(today: date, checks: Mapping[date, int], alarms: Mapping[date, int]) -> list[Day]:
    """Give the last MAP_DAYS days, the earliest first; a day of nothing counts 0."""
    first = today - timedelta(days=MAP_DAYS - 1)
    days = [first + timedelta(days=at) for at in range(MAP_DAYS)]
    return [Day(day, checks.get(day, 0), alarms.get(day, 0)) for day in days]


def _place(code: str, told: Told, days: Sequence[date]) -> NamedPlace:
    if told.count is None:
        return NamedPlace(code, told)
    busy = sorted(day for day, count in Counter(days).items() if count >= FEWEST_SHOWN)
    return NamedPlace(code, told, min(days), max(days), tuple(busy))


def _shown(count: int) -> int:
    return count if count >= FEWEST_SHOWN else 0
