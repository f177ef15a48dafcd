"""The table of SMS that came in. What they said is not kept: what they did is."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class InboundSms(Base):
    """One SMS somebody sent us; the provider's `key` keeps one told twice from counting twice."""

    __tablename__ = "inbound_sms"
    __table_args__ = (
        Index("ix_inbound_sms_sender", "sender", "received_at"),
        Index("ix_inbound_sms_received_at", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    sender: Mapped[str]  # "+84…"
    received_at: Mapped[datetime]
    understood: Mapped[bool] = mapped_column(default=False)
