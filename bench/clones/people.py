"""Checks as a world makes them: of genuine goods, of copies, by a smearer."""

import random
from dataclasses import dataclass, field

from bench.clones.world import CARRIER_AREA, World


@dataclass(frozen=True, slots=True)
class Look:
    """One page opened, with what came with it."""

    at: float  # Days since activation.
    device: str
    network: str
    area: str
    is_fake: bool = False
    says_bought: bool = False
    place: int | None = None  # An area the visitor named.
    code: bool = False
    report: bool = False


@dataclass(slots=True)
class Unit:
    """A stamp's whole life."""

    kind: str  # genuine | roll | handful | single | smeared
    has_code: bool
    sold_at: float | None = None  # Where a sale was recorded.
    sold_in: int | None = None
    looks: list[Look] = field(default_factory=list)


class Person:
    """A phone with its browser, at home somewhere."""

    def __init__(self, chance: random.Random, world: World, area: int, home: str) -> None:
        self._chance, self._world = chance, world
        self.area, self.home = area, home
        self._agent = f"agent{chance.randrange(600)}"  # Phones of one model share it.
        self._carrier = self._gateway()

    def look(self, at: float, **more: bool | int | None) -> Look:
        """Open a page, by the carrier or over the home's line."""
        if self._chance.random() < self._world.by_carrier:
            if self._chance.random() < self._world.carrier_changes:
                self._carrier = self._gateway()
            network, area = self._carrier, CARRIER_AREA
        else:
            network, area = self.home, f"area{self._line_area()}"
        return Look(at, f"{network} {self._agent}", network, area, **more)  # type: ignore[arg-type]  # Fields by name.

    def _gateway(self) -> str:
        return f"gateway{self._chance.randrange(self._world.carrier_prefixes)}"

    def _line_area(self) -> int:
        if self._chance.random() < self._world.wrong_area:
            return self._chance.randrange(self._world.areas)
        return self.area
