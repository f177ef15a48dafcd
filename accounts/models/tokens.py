"""Keys by which programs act for a member of an enterprise."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class ApiToken(Base):
    """A personal access token: it may what its person may in one enterprise, within its scopes."""

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="expires_later"),
        CheckConstraint("ended_at >= created_at", name="ended_after_making"),
        CheckConstraint("length(name) > 0", name="named"),
        Index("ix_api_token_person", "person_id"),
        Index("ix_api_token_enterprise", "enterprise_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)  # SHA-256, hex; the token is shown once.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    name: Mapped[str]  # What its person calls it: the program that holds it.
    scopes: Mapped[list[str]]  # accounts.token_scopes.TokenScope
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_used_on: Mapped[date | None]  # A day is enough to see which nobody needs.
    ended_at: Mapped[datetime | None]
