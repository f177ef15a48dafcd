"""The 523 real products as documents, straight from their file: ids are the file's line numbers."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from catalog.rules import RecognitionFacts
from catalog.search.document import Document, tokens_of
from catalog.search.facts import GROUP_WORDS, KIND_WORDS
from catalog.search.standing import periods
from core.places import province_code_of

FILE = Path(__file__).resolve().parents[3] / "app" / "demo" / "ocop_products.csv"
TODAY = date(2026, 11, 21)
KINDS = {"doanh_nghiep": "company", "htx": "cooperative", "tht": "group"}
STAGES = {"recognised": "recognised", "expired": "lapsed", "seed": "none"}


@cache
def goods() -> tuple[Document, ...]:
    """Those with a maker: the others are drafts."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(_document(line, row) for line, row in enumerate(rows, 2) if row["producer"])


@cache
def names() -> dict[int, str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {line: row["product_name"] for line, row in enumerate(csv.DictReader(file), 2)}


def _document(line: int, row: dict[str, str]) -> Document:
    place = ", ".join(row[part] for part in ("commune", "district", "province") if row[part])
    others = (
        row["producer"],
        place,
        row["province"],
        row["province_2025"],
        GROUP_WORDS[row["group"]],
        KIND_WORDS[KINDS.get(row["producer_type"], "household_business")],
    )
    return Document(
        product_id=line,
        tokens=tokens_of(names=[row["product_name"]], others=others),
        group=row["group"],
        province=province_code_of(row["province_2025"]),
        commune=None,
        producer=f"{abs(hash_of(row['producer'])):06X}",
        periods=periods([_recognition(row)]),
        # Prices of our own making, so that every order and bound has something to sort and cut.
        price_vnd=None if line % 7 == 0 else 10_000 + line * 7_919 % 490_000,
        unit_price_vnd=None if line % 3 == 0 else 50_000 + line * 104_729 % 900_000,
        quality=line * 31 % 101,
        published_at=1_790_000_000 + line * 613 % 5_000,
    )


def _recognition(row: dict[str, str]) -> RecognitionFacts:
    """Five stars of 2025 are given their decision's date; the rest is as little as it is."""
    year = int(row["recognised_year"]) if row["recognised_year"] else None
    stars = int(row["stars"]) if row["stars"] else None
    is_dated = stars == 5 and year == 2025
    return RecognitionFacts(
        stage=STAGES.get(row["status"], "filed"),
        stars=stars,
        decision="1/QĐ-BNNMT" if is_dated else row["decision"] or None,
        authority="Bộ Nông nghiệp và Môi trường" if is_dated else None,
        decided_on=date(2025, 6, 1) if is_dated else None,
        decided_year=year,
    )


def hash_of(text: str) -> int:
    """A number that is the same in every process."""
    return sum(at * ord(letter) for at, letter in enumerate(text, 1)) % 16**6
