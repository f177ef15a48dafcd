"""Papers behind a product: certificates, and what an officer looked at."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from catalog.models import Certificate
from core.rows import rows


@dataclass(frozen=True)
class Paper:
    """A certificate with its days; shown only while it holds."""

    name: str
    issuer: str
    number: str
    scope: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class Review:
    """What an officer compared before publishing: never the quality of the goods."""

    level: str  # On whose behalf: commune | province | country.
    looked_at: tuple[str, ...]
    reviewed_at: datetime


def papers_in_force(
    session: Session, *, product_id: int, enterprise_id: int, today: date
) -> list[Paper]:
    """Certificates of a product or of all its maker's goods that hold today. One statement."""
    found = rows(
        session, _IN_FORCE, product_id=product_id, enterprise_id=enterprise_id, today=today
    )
    return [Paper(*row) for row in found]


_IN_FORCE = (
    select(
        Certificate.name,
        Certificate.issuer,
        Certificate.number,
        Certificate.scope,
        Certificate.valid_from,
        Certificate.valid_until,
    )
    .where(Certificate.enterprise_id == bindparam("enterprise_id"))
    .where(or_(Certificate.product_id == bindparam("product_id"), Certificate.product_id.is_(None)))
    .where(Certificate.valid_from <= bindparam("today"))
    .where(or_(Certificate.valid_until.is_(None), Certificate.valid_until >= bindparam("today")))
    .order_by(Certificate.id)
)
