"""What belongs to new products: words, packs, offers, recognitions, each in one bulk statement."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from catalog.models import Offer, Pack, ProductText, Recognition
from catalog.service.entries import PackRow, ProductRow
from core.bulk import insert_for_ids, insert_rows
from core.work import Work

Placed = tuple[int, int, ProductRow]  # Product id, enterprise id, its row.


def add_parts(work: Work, placed: Sequence[Placed]) -> None:
    """Store everything the rows say besides the product itself."""
    texts = [
        asdict(words.over(None)) | {"product_id": id_}
        for id_, _, row in placed
        for words in row.words
    ]
    insert_rows(work.session, ProductText, texts)
    recognitions = [
        asdict(row.recognition)
        | claim_of(work, row)
        | {"product_id": id_, "enterprise_id": enterprise_id}
        for id_, enterprise_id, row in placed
        if row.recognition is not None
    ]
    insert_rows(work.session, Recognition, recognitions)
    add_packs(
        work,
        [(id_, enterprise_id, pack) for id_, enterprise_id, row in placed for pack in row.packs],
    )


def claim_of(work: Work, row: ProductRow) -> dict[str, Any]:
    """Who stands behind a row's recognition: its source, or only the maker, whose word waits."""
    if not row.is_its_makers:  # Its named source stands behind it.
        return {"review": "source", "public_id": None, "entered_at": None}
    return {"review": "waiting", "public_id": work.new_public_id(), "entered_at": work.now}


def add_packs(work: Work, packs: Sequence[tuple[int, int, PackRow]]) -> list[int]:
    """Store packs (product id, enterprise id, pack), each with the maker's own offer; their ids."""
    if not packs:
        return []
    ids = insert_for_ids(work.session, Pack, [_pack(work, *each) for each in packs])
    offers = [
        {
            "public_id": work.new_public_id(),
            "seller_id": enterprise_id,
            "pack_id": pack_id,
            "price_vnd": pack.price_vnd,
            "is_illustrative": pack.is_illustrative,
        }
        for pack_id, (_, enterprise_id, pack) in zip(ids, packs, strict=True)
    ]
    insert_rows(work.session, Offer, offers)
    return ids


def _pack(work: Work, product_id: int, enterprise_id: int, pack: PackRow) -> dict[str, Any]:
    return {
        "public_id": work.new_public_id(),
        "product_id": product_id,
        "enterprise_id": enterprise_id,
        "content": pack.content,
        "base_unit": pack.base_unit,
        "words": pack.words,
        "by_weight": pack.by_weight,
        "gtin": pack.gtin,
        "size_words": pack.size_words,
        "weight_g": pack.weight_g,
    }
