"""E-identities of elsewhere that open an account."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class LinkedIdentity(Base):
    """One person as one provider names them: each identity has one account, and the reverse."""

    __tablename__ = "linked_identity"
    __table_args__ = (
        UniqueConstraint("issuer", "subject_hash"),
        UniqueConstraint("person_id", "issuer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issuer: Mapped[str]
    subject_hash: Mapped[str]  # Keyed (core.sealing): the subject may be a personal number.
    linked_at: Mapped[datetime]
