"""Products an import meets again: what is stored of them, and how a changed row is written."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from catalog.models import Offer, Pack, Product, ProductText, Recognition
from catalog.service.entries import PackRow, ProductRow, RecognitionRow, Words
from catalog.service.parts import add_packs
from core.work import Work

KEYS_A_STATEMENT = 10_000  # SQLite takes 32,766 parameters, PostgreSQL 65,535.
_RECOGNITION_FIELDS = tuple(field.name for field in fields(RecognitionRow))


@dataclass
class Known:
    """A stored product as an import sees it."""

    product_id: int
    enterprise_id: int
    group: str
    source_url: str | None
    words: dict[str, Words]
    recognition: RecognitionRow | None
    recognition_id: int | None
    packs: dict[tuple[int, str, str], tuple[int, PackRow]]  # By measure: pack id, its row.

    def differs_from(self, row: ProductRow) -> bool:
        """Whether the row says something else; packs it does not name are left alone."""
        return (
            (self.group, self.source_url) != (row.group, row.source_url)
            or any(self.words.get(words.language) != words for words in row.words)
            or (row.recognition is not None and row.recognition != self.recognition)
            or any(self._stored(pack) != pack for pack in row.packs)
        )

    def _stored(self, pack: PackRow) -> PackRow | None:
        return self.packs.get(_measure(pack), (0, None))[1]


def known_products(session: Session, keys: Sequence[str]) -> dict[str, Known]:
    """What is stored of the products with these import keys: four statements for 10,000 keys."""
    known: dict[str, Known] = {}
    for first in range(0, len(keys), KEYS_A_STATEMENT):
        known |= _known(session, keys[first : first + KEYS_A_STATEMENT])
    return known


def _known(session: Session, keys: Sequence[str]) -> dict[str, Known]:
    products = session.scalars(select(Product).where(Product.import_key.in_(keys))).all()
    by_id = {
        each.id: Known(each.id, each.enterprise_id, each.group, each.source_url, {}, None, None, {})
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
        by_id[pack.product_id].packs[_measure(stored)] = (pack.id, stored)
    return {each.import_key: by_id[each.id] for each in products if each.import_key is not None}


def change_product(work: Work, known: Known, row: ProductRow) -> None:
    """Write what the row says over what is stored, and raise the product's version."""
    session, id_ = work.session, known.product_id
    session.execute(
        update(Product)
        .where(Product.id == id_)
        .values(group=row.group, source_url=row.source_url, version=Product.version + 1)
    )
    for words in row.words:
        session.merge(ProductText(product_id=id_, **asdict(words)))
    if row.recognition is not None:
        _put_recognition(work, known, row.recognition)
    add_packs(
        work,
        [
            (id_, known.enterprise_id, pack)
            for pack in row.packs
            if _measure(pack) not in known.packs
        ],
    )
    for pack in row.packs:
        if _measure(pack) in known.packs:
            _change_pack(work, known.packs[_measure(pack)][0], pack)


def _put_recognition(work: Work, known: Known, row: RecognitionRow) -> None:
    values = asdict(row)
    if known.recognition_id is None:
        owner = {"product_id": known.product_id, "enterprise_id": known.enterprise_id}
        work.session.execute(insert(Recognition).values(**values, **owner))
        return
    mine = Recognition.id == known.recognition_id
    work.session.execute(update(Recognition).where(mine).values(**values))


def _change_pack(work: Work, pack_id: int, pack: PackRow) -> None:
    work.session.execute(
        update(Pack)
        .where(Pack.id == pack_id)
        .values(
            by_weight=pack.by_weight,
            gtin=pack.gtin,
            size_words=pack.size_words,
            weight_g=pack.weight_g,
        )
    )
    work.session.execute(
        update(Offer)
        .where(Offer.pack_id == pack_id)
        .where(
            Offer.seller_id
            == select(Pack.enterprise_id).where(Pack.id == pack_id).scalar_subquery()
        )
        .values(
            price_vnd=pack.price_vnd,
            is_illustrative=pack.is_illustrative,
            version=Offer.version + 1,
        )
    )


def _measure(pack: PackRow) -> tuple[int, str, str]:
    return pack.content, pack.base_unit, pack.words


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
