"""Changes of published listings, as their makers and officers see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalog.models import Certificate, ProductChange
from core.photos.models import Photo


@dataclass(frozen=True)
class ProposedCertificate:
    """A certificate that shall be shown; fields as `EnteredCertificate` where both have them."""

    key: str
    name: str
    issuer: str
    number: str
    scope: str
    valid_from: date
    valid_until: date | None
    replaces: str | None  # What the paper whose place it takes is called.
    paper_public_id: str | None


@dataclass(frozen=True)
class ListingChange:
    """What a maker wants said of goods on sale, and where that stands."""

    id: int
    public_id: str
    product_id: int
    enterprise_id: int
    version: int
    state: str  # waiting | returned | published | withdrawn
    base: Mapping[str, Any]
    proposed: Mapping[str, Any]
    reason: str
    submitted_at: datetime
    certificates: tuple[ProposedCertificate, ...] = ()


def open_change(session: Session, product_id: int) -> ListingChange | None:
    """The change of a product that waits or came back. At most three statements."""
    return _one(
        session,
        select(ProductChange).where(
            ProductChange.product_id == product_id, ProductChange.ended_at.is_(None)
        ),
    )


def listing_change(session: Session, public_id: str) -> ListingChange | None:
    """The change the outside knows by this id, decided or not. At most three statements."""
    return _one(session, select(ProductChange).where(ProductChange.public_id == public_id))


def _one(session: Session, asked: Select[ProductChange]) -> ListingChange | None:
    row = session.scalars(asked).one_or_none()
    if row is None:
        return None
    return ListingChange(
        id=row.id,
        public_id=row.public_id,
        product_id=row.product_id,
        enterprise_id=row.enterprise_id,
        version=row.version,
        state=row.state,
        base=row.base,
        proposed=row.proposed,
        reason=row.reason,
        submitted_at=row.submitted_at,
        certificates=_certificates(session, row.proposed["certificates"]),
    )


def _certificates(
    session: Session, papers: list[dict[str, Any]]
) -> tuple[ProposedCertificate, ...]:
    photos = _named(session, Photo.id, Photo.public_id, [one["photo_id"] for one in papers])
    replaced = _named(
        session, Certificate.id, Certificate.name, [one["replaces"] for one in papers]
    )
    return tuple(
        ProposedCertificate(
            key=one["key"],
            name=one["name"],
            issuer=one["issuer"],
            number=one["number"],
            scope=one["scope"],
            valid_from=date.fromisoformat(one["valid_from"]),
            valid_until=date.fromisoformat(one["valid_until"]) if one["valid_until"] else None,
            replaces=replaced.get(one["replaces"]),
            paper_public_id=photos.get(one["photo_id"]),
        )
        for one in papers
    )


def _named(session: Session, id_: Any, name: Any, ids: list[int | None]) -> dict[int | None, str]:
    wanted = [one for one in ids if one is not None]
    if not wanted:
        return {}
    return {row[0]: row[1] for row in session.execute(select(id_, name).where(id_.in_(wanted)))}
