"""Activations that wait for a second member: asked for from a device the maker never used."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base
from traceability.rules import AskingState

STATES = tuple(str(state) for state in AskingState)


class ActivationAsking(Base):
    """Somebody's wish to report stamps of a lot as stuck on. `open` is left once, never entered."""

    __tablename__ = "activation_asking"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint("expires_at > asked_at", name="lives"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_once"),
        CheckConstraint("act_id IS NULL OR state = 'confirmed'", name="done_if_confirmed"),
        CheckConstraint(
            "decided_by_id IS NULL OR state IN ('confirmed','refused')", name="decided_if_answered"
        ),
        Index("ix_activation_asking_enterprise", "enterprise_id", "state"),
        Index("ix_activation_asking_act", "act_id"),
        Index("ix_activation_asking_asked_by", "asked_by_id"),
        Index("ix_activation_asking_decided_by", "decided_by_id"),
        Index("ix_activation_asking_expires_at", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    binds: Mapped[bool]  # They are a roll's: confirming binds them to the lot too.
    state: Mapped[str] = mapped_column(default=AskingState.OPEN)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    consent_id: Mapped[int | None]  # A helper asks, by this consent.
    program: Mapped[str] = mapped_column(default="")  # A program asks: what its person calls it.
    device: Mapped[str]  # accounts.devices: a few words; empty where nothing is known.
    browser_hash: Mapped[str | None]  # As accounts' EnterpriseDevice: refused, it counts no more.
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    act_id: Mapped[int | None] = mapped_column(ForeignKey("stamp_act.id"))  # What came of it.


class ActivationAskingRange(Base):
    """Ordinals `first` to `last` of a batch, of one asking, and whose lot's they would be."""

    __tablename__ = "activation_asking_range"
    __table_args__ = (
        CheckConstraint("first >= 1 AND first <= last", name="first_before_last"),
        UniqueConstraint("asking_id", "batch_id", "first"),
        # Whoever asks holds the batch and looks for overlaps; this stands even where nobody did.
        Index(
            "uq_activation_asking_range_open",
            "batch_id",
            "first",
            unique=True,
            sqlite_where=text("is_open"),
            postgresql_where=text("is_open"),
        ),
        Index("ix_activation_asking_range_batch", "batch_id", "is_open"),
        Index("ix_activation_asking_range_lot", "lot_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    asking_id: Mapped[int] = mapped_column(ForeignKey("activation_asking.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("stamp_batch.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    first: Mapped[int]
    last: Mapped[int]
    is_open: Mapped[bool] = mapped_column(default=True)  # As the asking's state: for the index.
