"""10,000 published products of 400 enterprises, each with words, a pack, a price, a rank, a lot."""

from datetime import UTC, date, datetime, timedelta

from accounts.models import Enterprise
from bench.filling import Rows, fill_tables
from catalog.models import Lot, Offer, Pack, Product, ProductText, Recognition
from catalog.models.products import GROUPS
from core.ids import CROCKFORD, PUBLIC_ID_LENGTH, SLUG_KEY_LENGTH
from core.text.alphabet import sort_key

PRODUCTS = 10_000
NUMBERS = range(1, PRODUCTS + 1)
DECLARED_UNITS = 10_000_000  # Room for the benchmark of issuing.
ENTERPRISES = 400
NAMES = ("Chè Shan tuyết", "Mật ong bạc hà", "Cà phê rang mộc", "Măng khô", "Nước mắm", "Gạo nếp")
PROVINCES = ("1", "4", "8", "11", "12", "14", "15", "19", "20", "22", "24", "25")
NOW = datetime(2026, 11, 21, tzinfo=UTC)
STORY = "Hái tay trên núi cao, sao bằng chảo gang, sấy than hồng. " * 8
MULTIPLIER = 611_953  # Odd: a different public id for each number, with the letters well spread.


def fill(url: str) -> None:
    """Fill an empty migrated database."""
    fill_tables(
        url,
        (
            (Enterprise, _enterprises()),
            (Product, _products()),
            (ProductText, _texts()),
            (Pack, _packs()),
            (Offer, _offers()),
            (Recognition, _recognitions()),
            (Lot, _lots()),
        ),
    )


def public_id(number: int) -> str:
    """Give the public id of product (or enterprise, pack, …) `number`, always the same one."""
    bits = number * MULTIPLIER % 32**SLUG_KEY_LENGTH << 5 * (PUBLIC_ID_LENGTH - SLUG_KEY_LENGTH)
    places = range(PUBLIC_ID_LENGTH - 1, -1, -1)
    return "".join(CROCKFORD[bits >> 5 * place & 31] for place in places)


def name_of(number: int) -> str:
    """Give the name of product `number`."""
    return f"{NAMES[number % len(NAMES)]} số {number}"


def owner_of(number: int) -> int:
    """Give the enterprise whose product this is."""
    return number % ENTERPRISES + 1


def _enterprises() -> Rows:
    for number in range(1, ENTERPRISES + 1):
        name = f"Hợp tác xã số {number}"
        yield {
            "id": number,
            "public_id": public_id(number),
            "slug_key": public_id(number)[:SLUG_KEY_LENGTH],
            "name": name,
            "sort_key": sort_key(name),
            "kind": "cooperative",
            "place_published": "xã Cao Bồ",
            "province_code": PROVINCES[number % len(PROVINCES)],
            "state": "verified",
            "created_at": NOW,
        }


def _products() -> Rows:
    for number in NUMBERS:
        yield {
            "id": number,
            "public_id": public_id(number),
            "slug_key": public_id(number)[:SLUG_KEY_LENGTH],
            "enterprise_id": owner_of(number),
            "group": GROUPS[number % len(GROUPS)],
            "state": "published",
            "created_at": NOW,
            "published_at": NOW,
        }


def _texts() -> Rows:
    for number in NUMBERS:
        name = name_of(number)
        summary = f"{name}, làm theo cách của làng."
        words = {"name": name, "summary": summary, "story": STORY}
        yield {"product_id": number, "language": "vi", **words}


def _packs() -> Rows:
    for number in NUMBERS:
        yield {
            "id": number,
            "public_id": public_id(number),
            "product_id": number,
            "enterprise_id": owner_of(number),
            "content": 200,
            "base_unit": "g",
            "words": "hộp 200 g",
        }


def _offers() -> Rows:
    for number in NUMBERS:
        yield {
            "id": number,
            "public_id": public_id(number),
            "seller_id": owner_of(number),
            "pack_id": number,
            "price_vnd": number % 500 * 1_000 + 15_000,
        }


def _recognitions() -> Rows:
    for number in NUMBERS:
        decided_on = date(2024, 1, 1) + timedelta(days=number % 900)
        yield {
            "id": number,
            "product_id": number,
            "enterprise_id": owner_of(number),
            "stage": "recognised",
            "stars": number % 3 + 3,
            "decision": f"{number}/QĐ-UBND",
            "authority": "UBND tỉnh",
            "decided_on": decided_on,
            "valid_until": decided_on.replace(year=decided_on.year + 3, day=1),
        }


def _lots() -> Rows:
    for number in NUMBERS:
        code = f"L{number}"
        yield {
            "id": number,
            "public_id": public_id(number),
            "enterprise_id": owner_of(number),
            "product_id": number,
            "pack_id": number,
            "code": code,
            "uri_code": code,
            "made_on": date(2026, 10, 1),
            "best_before_on": date(2027, 10, 1),
            "declared_units": DECLARED_UNITS,
            "created_at": NOW,
        }
