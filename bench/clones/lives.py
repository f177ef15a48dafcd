"""Lives of stamps: genuine units, the copies of some, and the smeared ones."""

import random
from collections.abc import Iterator

from bench.clones.people import Look, Person, Unit
from bench.clones.world import World

HOUR = 1 / 24
GENUINE = "genuine"


def units_of(seed: int, world: World) -> list[Unit]:
    """All stamps of one simulation; the same seed gives the same ones."""
    chance = random.Random(seed)  # noqa: S311  # A simulation must give the same again.
    units = [_genuine(chance, world) for _ in range(world.genuine)]
    takes = iter(chance.sample(units, world.rolls[0] + world.handfuls[0] + world.singles[0]))
    for kind, (numbers, copies) in (
        ("roll", world.rolls),
        ("handful", world.handfuls),
        ("single", world.singles),
    ):
        for _ in range(numbers):
            _copy(chance, world, next(takes), kind, copies)
    honest = [unit for unit in units if unit.kind == GENUINE]
    for unit in chance.sample(honest, world.smeared):
        _smear(chance, world, unit)
    for unit in units:
        unit.looks = sorted(
            (look for look in unit.looks if look.at <= world.watched_days), key=lambda one: one.at
        )
    return units


def _genuine(chance: random.Random, world: World) -> Unit:
    unit = Unit(GENUINE, chance.random() < world.with_code)
    at = world.median_days_to_sale * chance.lognormvariate(0, world.spread_of_days)
    area = _area_of_use(chance, world)
    unit.looks += _sellers(chance, world, at, area)
    if chance.random() < world.recorded_sale:
        unit.sold_at, unit.sold_in = at, area
    unit.looks += _used(chance, world, unit, at, area)
    return unit


def _area_of_use(chance: random.Random, world: World) -> int:
    return 0 if chance.random() < world.used_near else chance.randrange(world.areas)


def _sellers(chance: random.Random, world: World, sold_at: float, area: int) -> Iterator[Look]:
    """Stalls and shops that scan, and that nobody told us of."""
    if chance.random() < world.scanned_by_stall:
        yield _person(chance, world, area).look(sold_at * chance.random())
    if chance.random() < world.scanned_on_sale and chance.random() >= world.known_shop:
        yield _person(chance, world, area).look(sold_at - HOUR / 10)


def _used(chance: random.Random, world: World, unit: Unit, at: float, area: int) -> Iterator[Look]:
    """Whoever ends up with a unit looks at it, shows it round, gives it on."""
    fake = unit.kind != GENUINE
    if chance.random() < world.checked:
        yield from _household(chance, world, unit, at, area)
    if chance.random() < world.present:
        there = chance.randrange(world.areas)
        given_at = at + chance.expovariate(1 / 5)
        yield from _household(chance, world, unit, given_at, there, again=0.1)
    if chance.random() < world.tourist:
        traveller = _person(chance, world, chance.randrange(world.areas))
        yield traveller.look(at, is_fake=fake)
        yield traveller.look(at + 1 + chance.expovariate(1 / 4), is_fake=fake)
    if chance.random() < world.collector:
        keeper = _person(chance, world, area)
        for _ in range(1 + int(chance.expovariate(1 / world.collector_checks))):
            yield keeper.look(at + chance.uniform(0, 300), is_fake=fake)


def _household(
    chance: random.Random,
    world: World,
    unit: Unit,
    at: float,
    area: int,
    again: float | None = None,
) -> Iterator[Look]:
    fake = unit.kind != GENUINE
    first = _person(chance, world, area)
    began = at + chance.expovariate(1 / 1.5)
    yield first.look(
        began,
        is_fake=fake,
        says_bought=chance.random() < world.says_bought,
        place=area if chance.random() < world.names_place else None,
        code=unit.has_code and chance.random() < world.scratches,
        report=fake and chance.random() < world.reports,
    )
    while chance.random() < (world.again_later if again is None else again):
        yield first.look(began + chance.expovariate(1 / 10), is_fake=fake)
    while chance.random() < world.family:
        relative = Person(chance, world, area, first.home)
        yield relative.look(began + chance.expovariate(1 / 1), is_fake=fake)
    if chance.random() < world.shares_link:
        for _ in range(int(chance.expovariate(1 / world.friends)) + 1):
            friend = _person(chance, world, chance.randrange(world.areas))
            if chance.random() >= world.sends_result:
                yield friend.look(began + chance.expovariate(1 / 0.5), is_fake=fake)


def _copy(chance: random.Random, world: World, unit: Unit, kind: str, copies: int) -> None:
    """Copies of a unit's stamp on goods that are not its maker's."""
    unit.kind = kind
    began = chance.uniform(5, 40)
    areas = [chance.randrange(world.areas) for _ in range(world.sold_in_areas)]
    scratched = chance.random() < world.copies_code
    for _ in range(copies):
        at = began + chance.uniform(0, world.sold_over_days)
        bearer = Unit(kind, unit.has_code and scratched)
        unit.looks += _used(chance, world, bearer, at, chance.choice(areas))


def _smear(chance: random.Random, world: World, unit: Unit) -> None:
    """Somebody opens an honest stamp again and again from rented addresses, with any agent."""
    unit.kind = "smeared"
    began = chance.uniform(3, 40)
    for _ in range(world.smearer_looks):
        address = f"rented{chance.randrange(world.smearer_addresses)}"
        agent = f"any{chance.randrange(10_000)}"
        area = f"area{chance.randrange(world.areas)}"
        at = began + chance.uniform(0, 14)
        named = chance.randrange(world.areas) if chance.random() < 0.5 else None
        unit.looks.append(
            Look(
                at,
                f"{address} {agent}",
                address,
                area,
                says_bought=chance.random() < 0.2,
                place=named,
            )
        )


def _person(chance: random.Random, world: World, area: int) -> Person:
    return Person(chance, world, area, f"home{chance.getrandbits(40)}")
