"""Facets and numbers of all indexed products as arrays, one version for each index revision."""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

COLUMNS = (
    "product_id", "group_code", "province_code", "commune_code", "producer_code",
    "price_vnd", "unit_price_vnd", "quality", "published_at",
)  # fmt: skip
NO_PRICE = -1  # As the statement below says.
_OF_FACTS = """
SELECT product_id, is_removed, group_code, province_code, commune_code, producer_code,
       ifnull(price_vnd, -1), ifnull(unit_price_vnd, -1), quality, published_at
FROM fact WHERE revision > ?
"""
_OF_PERIODS = (
    "SELECT product_id, since_day, standing_code FROM period"
    " WHERE product_id IN (SELECT product_id FROM fact WHERE revision > ?)"
)


@dataclass(frozen=True)
class Version:
    """Which state of which file: arrays of another build or epoch are never continued."""

    file: int  # The inode: a file thrown away and made anew is another one.
    build: int
    epoch: str
    revision: int

    def continues(self, later: "Version") -> bool:
        """Whether `later` is this index some revisions on, or the same."""
        same = (self.file, self.build, self.epoch) == (later.file, later.build, later.epoch)
        return same and self.revision <= later.revision


@dataclass(frozen=True)
class Columns:
    """Immutable: a new revision makes new ones, so threads share them without a lock."""

    version: Version
    facts: Mapping[str, Numbers]  # Each of COLUMNS; rows by ascending product id.
    periods: Numbers  # Rows (product id, since day, standing code), by ascending day.
    values: Mapping[str, Mapping[str, int]]  # Facet → value → code.
    _standings: dict[date, Numbers] = field(default_factory=dict)  # Of the last day asked for.

    def places_of(self, product_ids: Collection[int]) -> NDArray[np.intp]:
        """The rows of these products; ids that are not here are left out."""
        wanted = np.fromiter(product_ids, dtype=np.int64, count=len(product_ids))
        ids = self.facts["product_id"]
        if not len(ids):
            return np.empty(0, dtype=np.intp)
        places = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
        present: NDArray[np.intp] = places[ids[places] == wanted]
        return present

    def standings_on(self, day: date) -> Numbers:
        """The standing code of every row on a day."""
        known = self._standings.get(day)
        if known is None:
            known = self._read_standings(day)
            self._standings.clear()
            self._standings[day] = known
        return known

    def _read_standings(self, day: date) -> Numbers:
        begun = self.periods[self.periods[:, 1] <= day.toordinal()]
        standings = np.zeros(len(self.facts["product_id"]), dtype=np.int64)
        places = np.searchsorted(self.facts["product_id"], begun[:, 0])
        standings[places] = begun[:, 2]  # In order of days: the latest period that began stays.
        return standings


def load(connection: sqlite3.Connection, version: Version, former: Columns | None) -> Columns:
    """Read what changed since `former`; everything when there is none or it cannot go on."""
    if former is not None and not former.version.continues(version):
        former = None
    since = former.version.revision if former else -1
    rows = _array(connection.execute(_OF_FACTS, (since,)).fetchall(), 1 + len(COLUMNS))
    periods = _array(connection.execute(_OF_PERIODS, (since,)).fetchall(), 3)
    added = np.delete(rows[rows[:, 1] == 0], 1, axis=1)
    if former is not None:
        changed = rows[:, 0]
        table = np.column_stack([former.facts[name] for name in COLUMNS])
        added = np.concatenate([table[~np.isin(table[:, 0], changed)], added])
        kept = former.periods[~np.isin(former.periods[:, 0], changed)]
        periods = np.concatenate([kept, periods])
    ordered = added[np.argsort(added[:, 0], kind="stable")]
    return Columns(
        version=version,
        facts={name: np.ascontiguousarray(ordered[:, at]) for at, name in enumerate(COLUMNS)},
        periods=periods[np.argsort(periods[:, 1], kind="stable")],
        values=_values(connection),
    )


def _array(rows: list[tuple[int | None, ...]], width: int) -> Numbers:
    # A removed row holds no facets; its NULLs become zeros nobody looks at.
    plain = [tuple(cell or 0 for cell in row) for row in rows]
    return np.array(plain, dtype=np.int64).reshape(-1, width)


def _values(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    values: dict[str, dict[str, int]] = {}
    for facet, value, code in connection.execute("SELECT facet, value, code FROM value"):
        values.setdefault(facet, {})[value] = code
    return values
