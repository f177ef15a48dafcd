"""A stamp's page among very many stamps, beside the same page among a hundred thousand."""

from sqlalchemy import create_engine, text

from bench import goods, stamps
from bench.pages import ratios
from bench.results import Result
from bench.servers import Bench

FEW, WHOLE, QUICK = 100_000, 10_000_000, 1_000_000
IN_A_BATCH = 100_000
FIRST_BATCH = 2 * 10**9  # Batches nobody opens: no such batch exists.
AT_ONCE = 1_000_000

# Serials as evenly spread as drawn ones; the same twice is thrown away.
_ADD = text(
    "INSERT INTO stamp (serial, batch_id, ordinal)"
    " SELECT (random() * 1152921504606846975)::bigint, :batch + n / :size, n % :size + 1"
    " FROM generate_series(CAST(:first AS integer), :last) AS n"
    " ON CONFLICT DO NOTHING"
)


def stamp_page_among_many(bench: Bench) -> Result:
    """How many times as long a page takes, each time beside the floor's page of the same round."""
    many = bench.size(WHOLE, QUICK)
    ours = stamps.paths(bench.database_url)
    beside = [f"/counted/{number}" for number in goods.NUMBERS]
    _add_stamps(bench.database_url, len(ours), FEW)
    among_few = ratios(bench, ours, beside)
    _add_stamps(bench.database_url, FEW, many)
    among_many = ratios(bench, ours, beside)
    return Result(
        f"stamp page among {many:,} stamps: times as long",
        "among 100,000",
        tuple(few / many for few, many in zip(among_few, among_many, strict=True)),
        reach=1.2,
        at_least=False,
    )


def _add_stamps(url: str, there: int, until: int) -> None:
    """Store stamps besides those `there` until there are about as many."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for first in range(there, until, AT_ONCE):
            last = min(first + AT_ONCE, until) - 1
            batches = {"batch": FIRST_BATCH, "size": IN_A_BATCH}
            connection.execute(_ADD, {**batches, "first": first, "last": last})
        # Figures as its autovacuum would take them, and pages marked as all visible.
        connection.execute(text("VACUUM ANALYZE stamp"))
    engine.dispose()
