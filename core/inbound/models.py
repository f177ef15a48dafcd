"""The table of SMS that came in. What they said is not kept: what they did is."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class InboundSms(Base):
    """One SMS somebody sent us; the provider's `key` keeps one told twice from counting twice."""

    __tablename__ = "inbound_sms"
    __table_args__ = (
        Index("ix_inbound_sms_sender", "sender", "received_on"),
        Index("ix_inbound_sms_received_on", "received_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    sender: Mapped[str]  # "+84…"
    received_on: Mapped[date]  # By the moment, its sender would meet the stamp that was checked.
    understood: Mapped[bool] = mapped_column(default=False)
