"""Names somebody has a right to, who may use them, and what was said of each use."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from accounts.protecting import NameKind
from core.database import Base

NAME_KINDS = tuple(each.value for each in NameKind)
_IS_IN_FORCE = text("ended_at IS NULL")
_IS_OPEN = text("decided_at IS NULL")


class ProtectedName(Base):
    """A mark or a village's name with its owner and the source that says so."""

    __tablename__ = "protected_name"
    __table_args__ = (
        CheckConstraint(f"kind IN {NAME_KINDS}", name="kind_known"),
        CheckConstraint("length(folded) > 0", name="has_words"),
        CheckConstraint("ended_at >= added_at", name="ended_after_adding"),
        Index(
            "uq_protected_name_in_force",
            "folded",
            "owner",
            unique=True,
            sqlite_where=_IS_IN_FORCE,
            postgresql_where=_IS_IN_FORCE,
        ),
        Index("ix_protected_name_owner", "owner_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    folded: Mapped[str]  # As it is compared: accounts.protecting.folded(name).
    kind: Mapped[str]
    owner: Mapped[str]  # As the source names it.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"))  # Where it is here.
    source: Mapped[str]  # Where it is stated: a certificate's number, an address.
    province_code: Mapped[str | None]  # Whose officers keep the line; None: the operator alone.
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class EntitledMember(Base):
    """An enterprise that may use a protected name."""

    __tablename__ = "entitled_member"
    __table_args__ = (
        UniqueConstraint("name_id", "enterprise_id"),
        Index("ix_entitled_member_enterprise", "enterprise_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name_id: Mapped[int] = mapped_column(ForeignKey("protected_name.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    since_at: Mapped[datetime]


class NameCase(Base):
    """A protected name in the name of an enterprise or of goods sent for checking.

    Its owner says what they think of it; whoever checks the enterprise or the goods decides.
    """

    __tablename__ = "name_case"
    __table_args__ = (
        CheckConstraint("kind IN ('enterprise','product')", name="kind_known"),
        CheckConstraint("answer IN ('objects','allows')", name="answer_known"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_with_time"),
        CheckConstraint("answer != 'objects' OR length(reason) > 0", name="objection_has_reason"),
        CheckConstraint("outcome IN ('accepted','returned','withdrawn')", name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided_with_outcome"),
        Index(
            "uq_name_case_open",
            "name_id",
            "kind",
            "object_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_name_case_object", "kind", "object_id"),
        Index("ix_name_case_enterprise", "enterprise_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    name_id: Mapped[int] = mapped_column(ForeignKey("protected_name.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))  # Who uses the name.
    kind: Mapped[str]
    object_id: Mapped[int]  # Of the enterprise, or of the product.
    said: Mapped[str]  # The name as it was sent.
    opened_at: Mapped[datetime]
    answer: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
