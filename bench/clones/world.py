"""What the simulator takes for granted: how stamps are sold, checked, shared, copied and smeared.

Written down before any rule was tuned, from what the communes told and from guesses that lean
against us: half of all checks come by carriers whose addresses say one city whatever the place, a
phone changes its address often, and families pass links on. Shares are of one; times in days.
"""

from dataclasses import dataclass
from typing import Final

CARRIER_AREA: Final = "carriers' city"  # What a city file says of nearly every mobile phone.


@dataclass(frozen=True, slots=True)
class World:
    """All parameters of one simulation."""

    # Goods.
    genuine: int = 20_000
    with_code: float = 0.10  # Stamps with a scratch code.
    recorded_sale: float = 0.25  # A dealer or an order of ours tells when and where it was sold.
    median_days_to_sale: float = 12.0
    spread_of_days: float = 0.8  # Sigma of the logarithm.
    watched_days: float = 120.0

    # Places: 34 provinces; how often goods are used near the place that made them.
    areas: int = 34
    used_near: float = 0.45

    # Networks.
    by_carrier: float = 0.5
    carrier_prefixes: int = 400  # /24 that carriers' gateways show.
    carrier_changes: float = 0.6  # A later check of one phone shows another prefix.
    wrong_area: float = 0.15  # Of fixed lines: the city file names another province.

    # Who checks a genuine unit.
    checked: float = 0.45  # Of units, by whoever uses it.
    present: float = 0.12  # Of units: given on, perhaps to another province.
    tourist: float = 0.08  # Bought far from home, looked at twice.
    scanned_by_stall: float = 0.10  # A stall nobody registered scans when it takes goods in.
    scanned_on_sale: float = 0.08  # A shop scans at its counter; half of them we know.
    known_shop: float = 0.5
    again_later: float = 0.25  # The same person, days later.
    family: float = 0.35  # Another person of the household, each time one more.
    shares_link: float = 0.08  # The address of a stamp sent to friends ...
    sends_result: float = 0.7  # ... though the address bar held the result, which is no check.
    friends: float = 1.6  # Mean number who open it.
    collector: float = 0.02  # Things long in use, looked at for months.
    collector_checks: float = 4.0

    # What people do beyond looking.
    says_bought: float = 0.08  # Of buyers' first looks: "tôi đã mua món này".
    names_place: float = 0.10
    scratches: float = 0.5  # Of units with a code that are looked at.
    reports: float = 0.01  # Of buyers of a copy: a report with a photo.

    # Forgers: copied numbers, and units that carry each.
    rolls: tuple[int, int] = (40, 25)  # A roll of one number.
    handfuls: tuple[int, int] = (200, 3)
    singles: tuple[int, int] = (400, 1)
    copies_code: float = 0.5  # Of copied stamps with a code: the forger scratched it first.
    sold_over_days: float = 60.0
    sold_in_areas: int = 10

    # A smearer: wants honest stamps to look copied.
    smeared: int = 100
    smearer_addresses: int = 50
    smearer_looks: int = 60  # At each stamp, over two weeks.
