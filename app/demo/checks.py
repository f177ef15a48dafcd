"""Five weeks of buyers: on which day which stamp was looked at, and where goods were bought."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from catalog import queries as catalog
from catalog.queries import StampableLot
from core import ids
from core.clock import beginning_of
from core.work import VISITOR, Work
from traceability import queries, service
from traceability.keyed_marks import keyed_mark
from traceability.queries import BatchCard
from traceability.rules import Visit
from traceability.service import Bought, Visitor

DAYS = 35
BOUGHT_DAYS = 28  # Within the map's month, whatever the hour of loading.
OPENS_HOUR, OPEN_MINUTES = 7, 14 * 60
LOOKS_AGAIN = 6  # One household of so many looks a second time, the day after.
SATURDAY = 5


@dataclass(frozen=True)
class Selling:
    """How the goods of a lot sell: from which stamp on, to how many buyers a day."""

    code: str
    first: int
    weekday: tuple[int, int]  # The fewest and the most who look.
    weekend: tuple[int, int]
    bought_in: tuple[tuple[str, int], ...] = ()  # Commune, and how many said so.


# The first stamps of each lot are left for whoever tries the demo: nobody has looked at them.
SELLING = (
    Selling(
        "26-09B",
        21,
        (1, 3),
        (3, 5),
        (
            ("00070", 7),  # Hoàn Kiếm, Hà Nội
            ("00167", 3),  # Cầu Giấy, Hà Nội
            ("01273", 6),  # Thục Phán, Cao Bằng
            ("26743", 5),  # Bến Thành, TP. Hồ Chí Minh
            ("20242", 3),  # Hải Châu, Đà Nẵng
            ("09190", 2),  # Võ Cường, Bắc Ninh
            ("11383", 2),  # Lê Chân, Hải Phòng
            ("16681", 1),  # Thành Vinh, Nghệ An
            ("31135", 1),  # Ninh Kiều, Cần Thơ
        ),
    ),
    Selling(
        "T26-10",
        11,
        (1, 1),
        (2, 3),
        (
            ("01273", 6),  # Thục Phán, Cao Bằng
            ("00167", 3),  # Cầu Giấy, Hà Nội
            ("05443", 2),  # Phan Đình Phùng, Thái Nguyên
            ("14533", 1),  # Tây Hoa Lư, Ninh Bình
        ),
    ),
    Selling("26-11A", 101, (2, 4), (4, 7)),
    Selling("CR-11", 21, (1, 2), (2, 3)),
)


@dataclass(frozen=True)
class _Look:
    """A household before one stamp, and the commune where it says that it bought the goods."""

    at: datetime
    ordinal: int
    phone: int = 1
    commune_code: str | None = None


def let_buyers_look(work: Work, lot_ids: Sequence[int]) -> None:
    """Let buyers look at stamps of new lots by day, more of them on Saturdays and Sundays."""
    lots = {lot.code: lot for lot in catalog.stampable_lots_by_id(work.session, lot_ids).values()}
    for selling in SELLING:
        if selling.code in lots:
            _sell(work, lots[selling.code], selling)


def visitor_of(serial: int, *, household: int, phone: int = 1) -> Visitor:
    """A person at a stamp: one number a network, one more a telephone on it."""
    telephone = f"{household} {phone}"
    return Visitor(
        visit=Visit.PERSON,
        device_hash=keyed_mark(serial, f"demo device {telephone}"),
        network_hash=keyed_mark(serial, f"demo network {household}"),
        browser_hash=keyed_mark(serial, f"demo browser {telephone}"),
    )


def only_batch(work: Work, lot: StampableLot) -> BatchCard:
    """The batch of a lot that was issued just now."""
    [card] = queries.batches_of(work.session, enterprise_id=lot.enterprise_id, lot_id=lot.id)
    return card


def _sell(work: Work, lot: StampableLot, selling: Selling) -> None:
    batch = only_batch(work, lot)
    stuck_on_at = batch.issued_at + timedelta(days=1)
    looks = _bought(work, _looks(work, selling, since=stuck_on_at), selling)
    looks += [
        replace(look, at=look.at + timedelta(days=1), phone=2, commune_code=None)
        for look in looks[::LOOKS_AGAIN]
        if look.at < work.now - timedelta(days=2)
    ]
    ordinals = {look.ordinal for look in looks}
    serials = queries.serials_at(work.session, batch.id, ordinals)
    for look in sorted(looks, key=lambda look: (look.at, look.ordinal)):
        _look(work, serials[look.ordinal], look)


def _looks(work: Work, selling: Selling, *, since: datetime) -> list[_Look]:
    """A stamp each, in the order of their numbers as the box empties."""
    looks: list[_Look] = []
    for days_ago in range(DAYS, 0, -1):
        day = work.today - timedelta(days=days_ago)
        if beginning_of(day) < since:
            continue
        usual = selling.weekend if day.weekday() >= SATURDAY else selling.weekday
        opens_at = beginning_of(day) + timedelta(hours=OPENS_HOUR)
        count = _chosen(f"{selling.code} {days_ago}", *usual)
        minutes = sorted(
            _chosen(f"{selling.code} {days_ago} {each}", 0, OPEN_MINUTES) for each in range(count)
        )
        looks += [
            _Look(opens_at + timedelta(minutes=minute), selling.first + len(looks) + place)
            for place, minute in enumerate(minutes)
        ]
    return looks


def _bought(work: Work, looks: list[_Look], selling: Selling) -> list[_Look]:
    """The same looks, some of the last four weeks' with the commune of a buyer."""
    communes = [code for code, times in selling.bought_in for _ in range(times)]
    since = work.now - timedelta(days=BOUGHT_DAYS)
    late = [place for place, look in enumerate(looks) if look.at >= since]
    late.sort(key=lambda place: zlib.crc32(f"{selling.code} bought {place}".encode()))
    where = dict(zip(late, communes, strict=False))
    return [replace(look, commune_code=where.get(place)) for place, look in enumerate(looks)]


def _look(work: Work, serial: int, look: _Look) -> None:
    then = replace(work, now=look.at, by=VISITOR)
    visitor = visitor_of(serial, household=1, phone=look.phone)
    service.record_check(then, serial=serial, visitor=visitor)
    if look.commune_code is not None:
        bought = Bought(keyed_mark(serial, f"claim\n{ids.token()}"), look.commune_code)
        minute = replace(then, now=look.at + timedelta(minutes=1))
        service.claim_goods(minute, serial=serial, visitor=visitor, bought=bought)


def _chosen(about: str, fewest: int, most: int) -> int:
    # CRC-32, as of the demo's prices: the same on every machine, and nothing is drawn.
    return fewest + zlib.crc32(about.encode()) % (most - fewest + 1)
