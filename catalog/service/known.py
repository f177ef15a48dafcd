"""Products an import meets again: what is stored of them, and what a row would change."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Offer, Pack, Product, ProductText, Recognition
from catalog.service.entries import PackRow, ProductRow, RecognitionRow, Words

KEYS_A_STATEMENT = 10_000  # SQLite takes 32,766 parameters, PostgreSQL 65,535.
_RECOGNITION_FIELDS = tuple(field.name for field in fields(RecognitionRow))


@dataclass
class Known:
    """A stored product as an import sees it."""

    product_id: int
    enterprise_id: int
    version: int
    group: str
    source_url: str | None
    words: dict[str, Words]
    recognition: RecognitionRow | None
    recognition_id: int | None
    packs: dict[tuple[int, str, str], tuple[int, PackRow]]  # By measure: pack id, its row.

    def differs_from(self, row: ProductRow) -> bool:
        """Whether the row says something else; packs it does not name are left alone."""
        return self.is_retold_by(row) or bool(self.packs_added_by(row) or self.packs_told_by(row))

    def is_retold_by(self, row: ProductRow) -> bool:
        """Whether the row says something else of the product itself."""
        return (
            self.group != row.group
            or row.source_url not in {None, self.source_url}
            or any(self.words_with(words) != self.words.get(words.language) for words in row.words)
            or row.recognition not in {None, self.recognition}
        )

    def words_with(self, words: Words) -> Words:
        """Words of a row with what is stored where they say nothing."""
        return words.over(self.words.get(words.language))

    def packs_added_by(self, row: ProductRow) -> list[PackRow]:
        """The row's packs the product does not have."""
        return [pack for pack in row.packs if pack.measure not in self.packs]

    def packs_told_by(self, row: ProductRow) -> dict[int, PackRow]:
        """The packs of which the row says something else, by id, as they are to be."""
        met = [(self.packs[each.measure], each) for each in row.packs if each.measure in self.packs]
        told = {pack_id: (stored, pack.over(stored)) for (pack_id, stored), pack in met}
        return {pack_id: pack for pack_id, (stored, pack) in told.items() if pack != stored}


def known_products(session: Session, keys: Sequence[str]) -> dict[str, Known]:
    """What is stored of the products with these import keys: four statements for 10,000 keys."""
    known: dict[str, Known] = {}
    for first in range(0, len(keys), KEYS_A_STATEMENT):
        known |= _known(session, keys[first : first + KEYS_A_STATEMENT])
    return known


def _known(session: Session, keys: Sequence[str]) -> dict[str, Known]:
    products = session.scalars(select(Product).where(Product.import_key.in_(keys))).all()
    by_id = {
        each.id: Known(
            product_id=each.id,
            enterprise_id=each.enterprise_id,
            version=each.version,
            group=each.group,
            source_url=each.source_url,
            words={},
            recognition=None,
            recognition_id=None,
            packs={},
        )
        for each in products
    }
    for text in session.scalars(select(ProductText).where(ProductText.product_id.in_(by_id))):
        words = Words(text.name, text.language, text.summary, text.story)
        by_id[text.product_id].words[text.language] = words
    recognitions = select(Recognition).where(Recognition.product_id.in_(by_id))
    for row in session.scalars(recognitions.order_by(Recognition.id.desc())):
        known = by_id[row.product_id]  # The oldest is the import's own.
        known.recognition_id = row.id
        known.recognition = RecognitionRow(
            **{name: getattr(row, name) for name in _RECOGNITION_FIELDS}
        )
    packs = (
        select(Pack, Offer)
        .join(Offer, (Offer.pack_id == Pack.id) & (Offer.seller_id == Pack.enterprise_id))
        .where(Pack.product_id.in_(by_id))
    )
    for pack, offer in session.execute(packs):
        stored = _pack_row(pack, offer)
        by_id[pack.product_id].packs[stored.measure] = (pack.id, stored)
    return {each.import_key: by_id[each.id] for each in products if each.import_key is not None}


def _pack_row(pack: Pack, offer: Offer) -> PackRow:
    return PackRow(
        content=pack.content,
        base_unit=pack.base_unit,
        words=pack.words,
        price_vnd=offer.price_vnd,
        is_illustrative=offer.is_illustrative,
        by_weight=pack.by_weight,
        gtin=pack.gtin,
        size_words=pack.size_words,
        weight_g=pack.weight_g,
    )
