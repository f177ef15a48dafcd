"""Goods and their papers as the public log names them: what may be known to everybody for ever."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from catalog.models import Certificate, Lot, Product, ProductText, Recognition
from catalog.queries.ranks import RECOGNITION
from catalog.rules import RecognitionFacts, Standing, last_day, standing_of
from core.rows import rows


@dataclass(frozen=True)
class GoodsInLog:
    """A product, and of a lot of it the code that addresses carry and its units; None: no lot."""

    product_public_id: str
    product_name: str
    lot_uri_code: str | None
    lot_units: int | None


@dataclass(frozen=True)
class PaperInLog:
    """A certificate in force or, with stars, a recognition. `name` is the log's for it."""

    name: str
    is_of_product: bool  # False: of all goods of its maker.
    stars: int | None
    title: str | None
    issuer: str
    number: str
    from_on: date
    until_on: date | None


def goods_in_log(session: Session, *, product_id: int, lot_id: int | None) -> GoodsInLog:
    """What stamps were issued for: a lot of a product, or (a roll) the product; one statement."""
    return GoodsInLog(*rows(session, _GOODS, product_id=product_id, lot_id=lot_id).one())


def product_ids(session: Session, public_ids: Collection[str]) -> dict[str, int]:
    """The ids of the products with these public ids, by them."""
    if not public_ids:
        return {}
    wished = select(Product.public_id, Product.id).where(Product.public_id.in_(public_ids))
    return dict(iter(session.execute(wished).all()))


def papers_in_log(
    session: Session, *, product_id: int, enterprise_id: int, today: date
) -> list[PaperInLog]:
    """What holds today of a product: certificates, and recognitions that give stars."""
    ranked = rows(session, _RECOGNITIONS, product_id=product_id)
    recognised = [_recognised(product_id, RecognitionFacts(*row), today) for row in ranked]
    certified = rows(
        session, _CERTIFICATES, product_id=product_id, enterprise_id=enterprise_id, today=today
    )
    return [one for one in recognised if one is not None] + [
        PaperInLog(name, of is not None, None, title, issuer, number, from_on, until_on)
        for name, of, title, issuer, number, from_on, until_on in certified
    ]


def _recognised(product_id: int, facts: RecognitionFacts, today: date) -> PaperInLog | None:
    if standing_of(facts, today=today) is not Standing.IN_FORCE:
        return None
    assert facts.decided_on, "in force needs its day,"
    assert facts.decision, "its number"
    assert facts.authority, "and its authority"
    said = f"{product_id}\n{facts.decision}\n{facts.decided_on}"
    return PaperInLog(
        sha256(said.encode()).hexdigest()[:16],
        is_of_product=True,
        stars=facts.stars,
        title=None,
        issuer=facts.authority,
        number=facts.decision,
        from_on=facts.decided_on,
        until_on=last_day(facts),
    )


_GOODS = (
    select(Product.public_id, ProductText.name, Lot.uri_code, Lot.declared_units)
    .join(ProductText, and_(ProductText.product_id == Product.id, ProductText.language == "vi"))
    .outerjoin(Lot, Lot.id == bindparam("lot_id"))
    .where(Product.id == bindparam("product_id"))
)
_RECOGNITIONS = (
    select(*RECOGNITION)
    .where(Recognition.product_id == bindparam("product_id"))
    .order_by(Recognition.id)
)
_CERTIFICATES = (
    select(
        Certificate.public_id,
        Certificate.product_id,
        Certificate.name,
        Certificate.issuer,
        Certificate.number,
        Certificate.valid_from,
        Certificate.valid_until,
    )
    .where(Certificate.enterprise_id == bindparam("enterprise_id"))
    .where(or_(Certificate.product_id == bindparam("product_id"), Certificate.product_id.is_(None)))
    .where(Certificate.valid_from <= bindparam("today"))
    .where(or_(Certificate.valid_until.is_(None), Certificate.valid_until >= bindparam("today")))
    .order_by(Certificate.id)
)
