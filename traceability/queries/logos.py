"""Makers' logos for labels."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from traceability.models import LabelLogo


def logo_in_use(session: Session, enterprise_id: int) -> LabelLogo | None:
    """The logo that a maker's next labels may bear."""
    return session.scalars(
        select(LabelLogo).where(
            LabelLogo.enterprise_id == enterprise_id, LabelLogo.ended_at.is_(None)
        )
    ).one_or_none()


def logo_of(session: Session, logo_id: int) -> LabelLogo:
    """The logo that some labels were asked for with."""
    return session.get_one(LabelLogo, logo_id)
