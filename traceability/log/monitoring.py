"""What a producer watches the log for: rules over its entries, one after another. Pure.

The findings: a batch nobody asked for, more stamps of a lot than units, stars without a decision.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

IN_VIET_NAM = timedelta(hours=7)  # Papers begin and end by its days; moments are UTC.


class Alarm(StrEnum):
    """What may be found."""

    BATCH_NOT_ASKED_FOR = "BatchNotAskedFor"  # Of a watched GTIN: not known, or told before.
    COUNT_OVER_YIELD = "CountOverYield"  # A lot's stamps that are not void exceed its units.
    STARS_WITHOUT_DECISION = "StarsWithoutDecision"  # Stars that no decision stands behind.


@dataclass(frozen=True)
class Finding:
    """One thing to look at, by the entry that shows it."""

    alarm: Alarm
    index: int
    about: Mapping[str, object]


@dataclass(frozen=True)
class Watch:
    """What is watched: GTINs (none: every batch), and what its owner knows better than the log."""

    gtins: frozenset[str] = frozenset()
    known: frozenset[str] | None = None  # Batches asked for; None: not looked at.
    units: Mapping[str, int] = field(default_factory=dict)  # By lot as the log names it.

    def sees(self, gtin: object) -> bool:
        """Whether batches of this GTIN are watched. Leading zeros are no difference (GTIN-14)."""
        return not self.gtins or (isinstance(gtin, str) and gtin.zfill(14) in self.gtins)


@dataclass
class Seen:
    """What the entries so far add up to; plain JSON values, so that it can be kept."""

    lot_units: dict[str, int] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)  # Lots told to be over, until they are not.
    # By watched batch: its maker, and [first, last, lot] of its stamps that are not void.
    batches: dict[str, list[Any]] = field(default_factory=dict)
    stars: dict[str, list[Any]] = field(default_factory=dict)  # By paper: product, stars, days.
    products: list[str] = field(default_factory=list)  # Of watched batches.


class Monitor:
    """Takes the entries of a log in their order and says what is to be looked at."""

    def __init__(self, watch: Watch, seen: Seen) -> None:
        self.seen = seen
        self._watch = watch
        self._counts: Counter[str] = Counter()  # Stamps by maker and lot, as `seen` has them.
        for maker, parts in seen.batches.values():
            self._add(maker, parts)

    def take(self, index: int, fields: Mapping[str, Any]) -> list[Finding]:
        """What the entry at `index` shows. Kinds and fields it does not know are passed over."""
        take = {
            "batch": self._batch,
            "correct": self._moved,
            "void": self._moved,
            "cert": self._cert,
            "cert-revoke": self._cert,
        }.get(fields["kind"])
        return [] if take is None else [Finding(one, index, _about(fields)) for one in take(fields)]

    def _batch(self, said: Mapping[str, Any]) -> Iterator[Alarm]:
        if not self._watch.sees(said.get("gtin")):
            return
        batch, lot = str(said.get("batch")), _lot(said, "lot")
        is_again = batch in self.seen.batches  # Told once only: under a known id hides another.
        if is_again or (self._watch.known is not None and batch not in self._watch.known):
            yield Alarm.BATCH_NOT_ASKED_FOR
        if is_again:  # Its stamps are others: they count too.
            batch = f"{batch} {len(self.seen.batches)}"
        if said.get("product") not in self.seen.products:
            self.seen.products.append(str(said.get("product")))
        maker = str(said.get("enterprise"))
        self._hold(batch, maker, [[1, _whole(said.get("count")), lot]])
        yield from self._count(maker, lot, said.get("lot_units"))
        if said.get("stars") is not None and not self._has_decision(said):
            yield Alarm.STARS_WITHOUT_DECISION

    def _moved(self, said: Mapping[str, Any]) -> Iterator[Alarm]:
        """Stamps that are of another lot now, or of none: void."""
        batch = str(said.get("batch"))
        if batch not in self.seen.batches:
            return
        maker, parts = self.seen.batches[batch]
        lot = None if said["kind"] == "void" else _lot(said, "to_lot")
        first, last = _whole(said.get("first")), _whole(said.get("last"))
        left = {one[2] for one in parts if one[0] <= last and one[1] >= first}
        self._hold(batch, maker, list(_split(parts, first, last, lot)))
        yield from self._count(maker, lot, said.get("to_lot_units"))
        for one in sorted(left - {lot}):
            yield from self._count(maker, one, None)

    def _hold(self, batch: str, maker: str, parts: list[Any]) -> None:
        """Keep of which lots a batch's stamps are now, in place of what was known of it."""
        was_maker, before = self.seen.batches.get(batch, (maker, []))
        self._add(was_maker, before, times=-1)
        self._add(maker, parts)
        self.seen.batches[batch] = [maker, parts]

    def _add(self, maker: str, parts: list[Any], *, times: int = 1) -> None:
        for first, last, lot in parts:
            self._counts[_key(maker, lot)] += times * (last - first + 1)

    def _count(self, maker: str, lot: str | None, units: object) -> Iterator[Alarm]:
        """Compare a lot's stamps with its units: the watcher's, else the last the log told."""
        if not lot:
            return
        key = _key(maker, lot)
        if isinstance(units, int):
            self.seen.lot_units[key] = units
        most = self._watch.units.get(lot, self.seen.lot_units.get(key))
        if most is None or self._counts[key] <= most:
            self.seen.over = [one for one in self.seen.over if one != key]
        elif key not in self.seen.over:
            self.seen.over.append(key)
            yield Alarm.COUNT_OVER_YIELD

    def _cert(self, said: Mapping[str, Any]) -> Iterator[Alarm]:
        name = str(said.get("cert"))
        self.seen.stars.pop(name, None)
        if said["kind"] == "cert" and said.get("stars") is not None:
            if said.get("number") and said.get("issuer") and said.get("from"):
                days = [said["from"], said.get("until")]
                self.seen.stars[name] = [said.get("product"), said["stars"], *days]
            elif not self._watch.gtins or said.get("product") in self.seen.products:
                # Of goods not seen yet the first batch that claims the stars tells it.
                yield Alarm.STARS_WITHOUT_DECISION

    def _has_decision(self, said: Mapping[str, Any]) -> bool:
        day = _day_of(str(said["at"]))
        return any(
            (product, stars) == (said.get("product"), said["stars"])
            and str(begun) <= day <= str(until or "9999")
            for product, stars, begun, until in self.seen.stars.values()
        )


def _lot(said: Mapping[str, Any], name: str) -> str:
    """The lot as the log names it: its code, or what stands for it; "": none."""
    return str(said.get(name) or said.get(f"{name}_hmac") or "")


def _day_of(moment: str) -> str:
    """The day in Việt Nam; of a moment of no calendar what it says."""
    try:
        return (datetime.fromisoformat(moment) + IN_VIET_NAM).date().isoformat()
    except (ValueError, OverflowError):
        return moment[:10]


def _key(maker: str, lot: str) -> str:
    return f"{maker} {lot}"


def _whole(number: object) -> int:
    return number if isinstance(number, int) else 0


def _split(parts: list[Any], first: int, last: int, lot: str | None) -> Iterator[list[Any]]:
    """The parts with `first` to `last` of `lot`; None: void, and void stamps never come back."""
    for begin, end, of in parts:
        if begin < first:
            yield [begin, min(end, first - 1), of]
        if begin <= last and end >= first and lot is not None:
            yield [max(begin, first), min(end, last), lot]
        if end > last:
            yield [max(begin, last + 1), end, of]


def _about(fields: Mapping[str, Any]) -> dict[str, object]:
    names = ("at", "batch", "cert", "enterprise", "gtin", "product", "lot", "count", "stars")
    return {name: fields[name] for name in names if fields.get(name) is not None}
