"""Pages beside the floor's page of the same work: how many of its requests in the second."""

from collections.abc import Sequence

from bench import goods
from bench.load import WARM_UP_SECONDS, Target, probe, requests_per_second
from bench.results import Result
from bench.servers import Bench
from core.ids import SLUG_KEY_LENGTH
from core.text.fold import slug

ROUNDS = 7
LIST_PAGES = 400  # 10,000 products, 24 a page, less the last ones.


def product_page(bench: Bench) -> Result:
    """A product's page beside six SELECTs by key and a template."""
    ours = product_paths()
    beside = [f"/page/{number}" for number in goods.NUMBERS]
    return Result("product page", "`/page`", ratios(bench, ours, beside), reach=0.6)


def list_page(bench: Bench) -> Result:
    """A list page with facets beside 24 rows, a total and counts by group."""
    ours = [f"/products?page={number}" for number in range(1, LIST_PAGES + 1)]
    beside = [f"/list/{number}" for number in range(1, LIST_PAGES + 1)]
    return Result("list page with facets", "`/list`", ratios(bench, ours, beside), reach=0.5)


def product_paths() -> list[str]:
    """The addresses of all products' pages."""
    return [f"/products/{_slug(number)}" for number in goods.NUMBERS]


def _slug(number: int) -> str:
    return f"{slug(goods.name_of(number))}-{goods.public_id(number)[:SLUG_KEY_LENGTH].lower()}"


def ratios(bench: Bench, ours: Sequence[str], beside: Sequence[str]) -> tuple[float, ...]:
    """Load both in turn, so that what else the machine does falls on both."""
    shop, floor = Target(bench.shop, ours), Target(bench.floor, beside)
    for target in (shop, floor):
        probe(target)
        requests_per_second(target, seed=0, seconds=WARM_UP_SECONDS)
    ratios = []
    for seed in range(1, ROUNDS + 1):
        least = requests_per_second(floor, seed=seed)
        ratios.append(requests_per_second(shop, seed=seed) / least)
    return tuple(ratios)
