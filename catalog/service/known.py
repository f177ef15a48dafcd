"""Products an import meets again: what is stored of them, and what a row would change."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Offer, Pack, Product, ProductText, Recognition
from catalog.service.entries import PackRow, ProductRow, RecognitionRow, Words
from core.text.fold import normal

ROWS_A_STATEMENT = 10_000  # SQLite takes 32,766 parameters, PostgreSQL 65,535.
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
    review: str = "source"  # Of the recognition; a maker's own has a public id.
    recognition_public_id: str | None = None

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
        return [pack for pack in row.packs if self._met(pack) is None]

    def packs_told_by(self, row: ProductRow) -> dict[int, PackRow]:
        """The packs of which the row says something else, by id, as they are to be."""
        told: dict[int, PackRow] = {}
        for pack in row.packs:
            met = self._met(pack)
            if met is not None and pack.over(met[1]) != met[1]:
                told[met[0]] = pack.over(met[1])
        return told

    def _met(self, pack: PackRow) -> tuple[int, PackRow] | None:
        """The stored pack a row means; one without a name of its own means the only one so big."""
        same = [
            stored
            for (content, base_unit, _), stored in self.packs.items()
            if (content, base_unit) == (pack.content, pack.base_unit)
        ]
        only = same[0] if len(same) == 1 and not pack.is_named else None
        return self.packs.get(pack.measure) or only


def known_products(session: Session, rows: Sequence[ProductRow]) -> dict[str, Known]:
    """What is stored of the rows' products, by their keys: seven statements for 10,000 rows.

    A row of a member whose key is new may still name a product they entered by form.
    """
    known: dict[str, Known] = {}
    for first in range(0, len(rows), ROWS_A_STATEMENT):
        piece = rows[first : first + ROWS_A_STATEMENT]
        ids = _ids_by_key(session, piece)
        ids |= _ids_by_name(session, [row for row in piece if row.key not in ids], ids.values())
        stored = _known(session, list(ids.values()))
        known |= {key: stored[id_] for key, id_ in ids.items()}
    return known


def _ids_by_key(session: Session, rows: Sequence[ProductRow]) -> dict[str, int]:
    keys = [row.key for row in rows]
    found = session.execute(
        select(Product.import_key, Product.id).where(Product.import_key.in_(keys))
    )
    return {key: id_ for key, id_ in found if key is not None}


def _ids_by_name(
    session: Session, rows: Sequence[ProductRow], taken: Collection[int]
) -> dict[str, int]:
    """The members' own products whose names the rows bear; of two with one name, neither."""
    owners = {row.producer for row in rows if isinstance(row.producer, int)}
    if not owners:
        return {}
    wanted = {_plain(row.words[0].name): row.key for row in rows if row.is_its_makers}
    named = session.execute(
        select(Product.id, ProductText.name)
        .join(ProductText, ProductText.product_id == Product.id)
        .where(Product.enterprise_id.in_(owners), ProductText.language == "vi")
        # As it is spelt: reading every name of an enterprise for each piece would grow too fast.
        .where(ProductText.name.in_([row.words[0].name for row in rows]))
    )
    found: dict[str, list[int]] = defaultdict(list)
    for id_, name in named:
        if id_ not in taken and _plain(name) in wanted:
            found[wanted[_plain(name)]].append(id_)
    return {key: ids[0] for key, ids in found.items() if len(ids) == 1}


@lru_cache(maxsize=20_000)  # An enterprise's names are met again with each piece of a file.
def _plain(name: str) -> str:
    return normal(name)


def _known(session: Session, ids: Sequence[int]) -> dict[int, Known]:
    if not ids:
        return {}
    products = session.scalars(select(Product).where(Product.id.in_(ids))).all()
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
        if row.review in {"confirmed", "refused"}:
            continue  # An officer's word: no file writes over it.
        known.recognition_id = row.id
        known.review, known.recognition_public_id = row.review, row.public_id
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
    return by_id


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
