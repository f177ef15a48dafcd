"""The tables of SMS that came in: that one was taken, and how many a day. Never who asked what.

Neither has a number that rises, a moment, or a telephone. The one that knows a telephone again has
it as a hash keyed by the day, goes with the day, and stands in no order (`core/inbound/tasks.py`).
"""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class InboundSms(Base):
    """One SMS was taken: the provider may hand it over twice, and it counts once."""

    __tablename__ = "inbound_sms"
    __table_args__ = (
        Index("ix_inbound_sms_received_on", "received_on"),
        {"sqlite_with_rowid": False},  # Its rows lie in the order of their hashes.
    )

    key_hash: Mapped[str] = mapped_column(primary_key=True)  # Keyed, of the provider's own name.
    received_on: Mapped[date]


class InboundSender(Base):
    """How many SMS came from one telephone on one day, for the limits of that day."""

    __tablename__ = "inbound_sender"
    __table_args__ = (
        CheckConstraint("taken >= 1 AND helped BETWEEN 0 AND taken", name="helped_in_taken"),
        Index("ix_inbound_sender_received_on", "received_on"),
        {"sqlite_with_rowid": False},
    )

    sender_hash: Mapped[str] = mapped_column(primary_key=True)  # Keyed, of the number and the day.
    received_on: Mapped[date]
    taken: Mapped[int]
    helped: Mapped[int] = mapped_column(default=0)  # So often nobody understood.
