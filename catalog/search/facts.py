"""Documents from the tables: a handful of statements for any number of products."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import Maker, makers
from catalog.models import Lot, Offer, Pack, Product, ProductText, Recognition
from catalog.rules import Group, RecognitionFacts
from catalog.search.document import Document, tokens_of
from catalog.search.quality import Filled, quality_of
from catalog.search.standing import periods

# What buyers call the groups and the kinds of makers; index and question fold both sides.
GROUP_WORDS: Mapping[str, str] = {
    Group.FOOD: "thực phẩm",
    Group.DRINKS: "đồ uống",
    Group.HERBS: "dược liệu",
    Group.CRAFTS: "thủ công mỹ nghệ",
    Group.ORNAMENTALS: "sinh vật cảnh",
    Group.TOURISM: "du lịch",
}
KIND_WORDS = {
    "household": "hộ gia đình",
    "household_business": "hộ kinh doanh",
    "group": "tổ hợp tác THT",
    "cooperative": "hợp tác xã HTX",
    "company": "công ty",
}
_PER = {"g": 1_000, "ml": 1_000}  # Unit prices are for a kilogram or a litre.


@dataclass(frozen=True)
class _Rows:
    """Everything read for one piece of the feed, by product id."""

    texts: dict[int, list[ProductText]]
    prices: dict[int, list[tuple[int, int, str]]]  # Price, content, base unit.
    recognitions: dict[int, list[RecognitionFacts]]
    with_lots: frozenset[int]
    makers: dict[int, Maker]


def documents(session: Session, product_ids: Collection[int]) -> list[Document]:
    """Give the documents of those products that may be found: published, maker not away."""
    products = session.scalars(
        select(Product).where(Product.id.in_(product_ids), Product.state == "published")
    ).all()
    rows = _read(session, products)
    return [
        _document(product, rows)
        for product in products
        if not rows.makers[product.enterprise_id].is_away
    ]


def _read(session: Session, products: Sequence[Product]) -> _Rows:
    ids = [product.id for product in products]
    return _Rows(
        texts=_texts(session, ids),
        prices=_prices(session, ids),
        recognitions=_recognitions(session, ids),
        with_lots=frozenset(
            session.scalars(select(Lot.product_id).where(Lot.product_id.in_(ids)).distinct())
        ),
        makers=makers(session, {product.enterprise_id for product in products}),
    )


def _texts(session: Session, ids: Sequence[int]) -> dict[int, list[ProductText]]:
    found: dict[int, list[ProductText]] = defaultdict(list)
    for text in session.scalars(select(ProductText).where(ProductText.product_id.in_(ids))):
        found[text.product_id].append(text)
    return found


def _prices(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[int, int, str]]]:
    found: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    rows = session.execute(
        select(Pack.product_id, Offer.price_vnd, Pack.content, Pack.base_unit)
        .join(Offer, Offer.pack_id == Pack.id)
        .where(Pack.product_id.in_(ids), Offer.state == "on")
    )
    for product_id, price_vnd, content, base_unit in rows:
        found[product_id].append((price_vnd, content, base_unit))
    return found


def _recognitions(session: Session, ids: Sequence[int]) -> dict[int, list[RecognitionFacts]]:
    found: dict[int, list[RecognitionFacts]] = defaultdict(list)
    for row in session.scalars(select(Recognition).where(Recognition.product_id.in_(ids))):
        facts = RecognitionFacts(
            stage=row.stage,
            stars=row.stars,
            decision=row.decision,
            authority=row.authority,
            decided_on=row.decided_on,
            decided_year=row.decided_year,
            valid_until=row.valid_until,
            review=row.review,
        )
        found[row.product_id].append(facts)
    return found


def _document(product: Product, rows: _Rows) -> Document:
    maker = rows.makers[product.enterprise_id]
    texts = rows.texts[product.id]
    prices = rows.prices[product.id]
    return Document(
        product_id=product.id,
        tokens=tokens_of(
            names=[text.name for text in texts], others=_other_words(product.group, maker)
        ),
        group=product.group,
        province=maker.province_code,
        commune=maker.commune_code,
        producer=maker.slug_key,
        periods=periods(rows.recognitions[product.id]),
        price_vnd=min((price for price, _, _ in prices), default=None),
        unit_price_vnd=min(_unit_prices(prices), default=None),
        quality=quality_of(_filled(product, rows)),
        published_at=int(product.published_at.timestamp()) if product.published_at else 0,
    )


def _other_words(group: str, maker: Maker) -> tuple[str, ...]:
    """Maker, the place as published and as it is today, group and kind: all are search words."""
    return (
        maker.name,
        maker.place_published,
        maker.former_province or "",
        maker.commune,
        maker.province,
        GROUP_WORDS[group],
        KIND_WORDS[maker.kind],
    )


def _unit_prices(prices: Sequence[tuple[int, int, str]]) -> Iterator[int]:
    """Đồng for a kilogram or litre, rounded to the nearest; pieces have none."""
    for price_vnd, content, base_unit in prices:
        per = _PER.get(base_unit)
        if per is not None:
            yield (price_vnd * per + content // 2) // content


def _filled(product: Product, rows: _Rows) -> Filled:
    texts = rows.texts[product.id]
    return Filled(
        picture=False,  # Pictures come with their own table.
        story=any(text.story for text in texts),
        price=bool(rows.prices[product.id]),
        lots=product.id in rows.with_lots,
        summary=any(text.summary for text in texts),
        commune=rows.makers[product.enterprise_id].commune_code is not None,
        source=product.source_url is not None,
        english=any(text.language == "en" for text in texts),
    )
