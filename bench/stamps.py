"""One active stamp for each lot of the goods, and its page beside a durable UPDATE."""

from sqlalchemy import create_engine, func, select

from bench import goods, load
from bench.filling import Rows, fill_tables
from bench.pages import ratios
from bench.results import Result
from bench.servers import Bench
from core import ids
from tests.servers.processes import UnavailableError
from traceability.models import Stamp, StampBatch, StampCheck, StampQuota, StampRange
from traceability.rules import draw_serials, serial_texts

COUNTED = 0.95  # Of the visits at least; the same visitor at the same stamp is rare at random.


def fill(url: str) -> None:
    """Fill a database that has the goods."""
    fill_tables(
        url,
        (
            (StampQuota, _quotas()),
            (StampBatch, _batches()),
            (Stamp, _stamps()),
            (StampRange, _ranges()),
        ),
    )


def stamp_page(bench: Bench) -> Result:
    """A stamp's page, each visit counted, beside one durable UPDATE and the work of a page."""
    ours = paths(bench.database_url)
    beside = [f"/counted/{number}" for number in goods.NUMBERS]
    _require_counting(bench, ours)
    return Result("stamp page, counted", "`/counted`", ratios(bench, ours, beside), reach=0.6)


def paths(url: str) -> list[str]:
    """The stamps' pages."""
    return [f"/s/{serial}" for serial in _serials(url)]


def _require_counting(bench: Bench, paths: list[str]) -> None:
    """Make sure that visits are counted: a page that does not count is not what is measured."""
    target = load.Target(bench.shop, paths)
    load.probe(target)
    before = _checks(bench.database_url)
    visits = load.requests_per_second(target, seed=0, seconds=1)
    counted = _checks(bench.database_url) - before
    if counted < COUNTED * visits:
        raise UnavailableError(f"{counted} checks counted in {visits:.0f} visits")


def _checks(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        counted = connection.execute(select(func.count()).select_from(StampCheck)).scalar_one()
    engine.dispose()
    return counted


def _serials(url: str) -> list[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        serials = list(connection.execute(select(Stamp.serial)).scalars())
    engine.dispose()
    return serial_texts(serials)


def _quotas() -> Rows:
    for number in goods.NUMBERS:
        yield {"lot_id": number, "declared": goods.DECLARED_UNITS, "issued": 1}


def _batches() -> Rows:
    for number in goods.NUMBERS:
        yield {
            "id": number,
            "public_id": goods.public_id(number),
            "product_id": number,
            "lot_id": number,
            "enterprise_id": goods.owner_of(number),
            "count": 1,
            "state": "issued",
            "issued_at": goods.NOW,
        }


def _stamps() -> Rows:
    for number, serial in zip(
        goods.NUMBERS, draw_serials(goods.PRODUCTS, ids.random_bytes), strict=True
    ):
        yield {"serial": serial, "batch_id": number, "ordinal": 1}


def _ranges() -> Rows:
    for number in goods.NUMBERS:
        yield {
            "batch_id": number,
            "lot_id": number,
            "first": 1,
            "last": 1,
            "state": "active",
            "from_at": goods.NOW,
        }
