"""Recognitions and certificates as makers entered them, for their pages and the officers'."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from accounts.queries import enterprise_ids_in
from accounts.rules import Act, Office
from catalog.models import Certificate, Product, ProductText, Recognition
from catalog.rules import ProductState
from core.photos.models import Photo

_SEEN_BY_OFFICERS = (ProductState.SUBMITTED, ProductState.PUBLISHED)


@dataclass(frozen=True)
class EnteredRecognition:
    """What a maker says of a product's rank, and what an officer said of that."""

    id: int
    public_id: str
    product_id: int
    enterprise_id: int
    review: str  # waiting | confirmed | refused
    version: int
    stars: int | None
    score_hundredths: int | None
    decision: str | None
    decided_on: date | None
    authority: str | None
    valid_until: date | None
    entered_at: datetime | None
    refusal: str | None
    product_public_id: str
    product_name: str
    paper_public_id: str | None  # The scan of the decision.


@dataclass(frozen=True)
class EnteredCertificate:
    """A certificate of a product."""

    id: int
    public_id: str
    product_id: int
    enterprise_id: int
    version: int
    name: str
    issuer: str
    number: str
    scope: str
    valid_from: date
    valid_until: date | None
    product_public_id: str
    product_name: str
    paper_public_id: str | None


def entered_recognitions(session: Session, product_id: int) -> list[EnteredRecognition]:
    """What the maker entered of a product's rank, the latest decision first. One statement."""
    mine = _recognitions().where(Recognition.product_id == product_id)
    rows = session.execute(mine.order_by(Recognition.decided_on.desc(), Recognition.id.desc()))
    return [EnteredRecognition(**row._asdict()) for row in rows]


def entered_recognition(session: Session, public_id: str) -> EnteredRecognition | None:
    """The one the outside knows by this id."""
    one = _recognitions().where(Recognition.public_id == public_id)
    row = session.execute(one).one_or_none()
    return None if row is None else EnteredRecognition(**row._asdict())


def entered_certificates(session: Session, product_id: int) -> list[EnteredCertificate]:
    """A product's certificates, the one that began last first. One statement."""
    mine = _certificates().where(Certificate.product_id == product_id)
    rows = session.execute(mine.order_by(Certificate.valid_from.desc(), Certificate.id.desc()))
    return [EnteredCertificate(**row._asdict()) for row in rows]


def entered_certificate(session: Session, public_id: str) -> EnteredCertificate | None:
    """The one the outside knows by this id."""
    row = session.execute(_certificates().where(Certificate.public_id == public_id)).one_or_none()
    return None if row is None else EnteredCertificate(**row._asdict())


def ending_certificates(
    session: Session, enterprise_ids: Collection[int], *, today: date, by: date
) -> list[EnteredCertificate]:
    """Certificates of these enterprises' products that end from today to `by`; the first first."""
    ending = Certificate.valid_until.between(today, by)
    found = _certificates().where(Certificate.enterprise_id.in_(enterprise_ids), ending)
    rows = session.execute(found.order_by(None).order_by(Certificate.valid_until, Certificate.id))
    return [EnteredCertificate(**row._asdict()) for row in rows]


def waiting_recognition_count(session: Session, offices: Collection[Office]) -> int:
    """How many recognitions wait for these offices."""
    waiting = _waiting(offices).with_only_columns(func.count(), maintain_column_froms=True)
    return session.scalar(waiting) or 0


def waiting_recognitions(
    session: Session, offices: Collection[Office], *, limit: int, after: int = 0
) -> list[EnteredRecognition]:
    """The recognitions that wait for these offices, the oldest first. One statement."""
    oldest = _waiting(offices).order_by(Recognition.entered_at, Recognition.id)
    rows = session.execute(oldest.limit(limit).offset(after))
    return [EnteredRecognition(**row._asdict()) for row in rows]


def _waiting(offices: Collection[Office]) -> Select[*tuple[Any, ...]]:
    areas = [
        Recognition.enterprise_id.in_(enterprise_ids_in(each))
        for each in offices
        if each.may(Act.CONFIRM_RECOGNITION)
    ]
    waits = _recognitions().where(Recognition.review == "waiting")
    return waits.where(Product.state.in_(_SEEN_BY_OFFICERS), or_(false(), *areas))


def _recognitions() -> Select[*tuple[Any, ...]]:
    names = [
        *("id", "public_id", "product_id", "enterprise_id", "review", "version", "stars"),
        *("score_hundredths", "decision", "decided_on", "authority", "valid_until"),
        *("entered_at", "refusal"),
    ]
    found = select(*(getattr(Recognition, name) for name in names), *_AROUND)
    return (
        found.join(Product, Product.id == Recognition.product_id)
        .join(ProductText, _NAMED)
        .outerjoin(Photo, and_(Photo.id == Recognition.photo_id, Photo.removed_at.is_(None)))
        .where(Recognition.public_id.is_not(None), Recognition.stage == "recognised")
    )


def _certificates() -> Select[*tuple[Any, ...]]:
    names = [
        *("id", "public_id", "product_id", "enterprise_id", "version", "name", "issuer"),
        *("number", "scope", "valid_from", "valid_until"),
    ]
    found = select(*(getattr(Certificate, name) for name in names), *_AROUND)
    return (
        found.join(Product, Product.id == Certificate.product_id)
        .join(ProductText, _NAMED)
        .outerjoin(Photo, and_(Photo.id == Certificate.photo_id, Photo.removed_at.is_(None)))
    )


_NAMED = and_(ProductText.product_id == Product.id, ProductText.language == "vi")
_AROUND = (
    Product.public_id.label("product_public_id"),
    ProductText.name.label("product_name"),
    Photo.public_id.label("paper_public_id"),
)
