"""The table of what is sent out."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class Dispatch(Base):
    """One SMS or mail. Its words are kept only until it is delivered or of no use any more."""

    __tablename__ = "dispatch"
    __table_args__ = (
        CheckConstraint("channel IN ('sms','mail')", name="channel_known"),
        CheckConstraint("state IN ('waiting','sent','given_up')", name="state_known"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_since"),
        Index("ix_dispatch_until_at", "until_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    once_key: Mapped[str] = mapped_column(unique=True)  # The provider gets it too.
    channel: Mapped[str]
    target: Mapped[str]  # "+84…" or an address of mail.
    subject: Mapped[str | None]  # Of a mail.
    words: Mapped[str | None]  # None once they are of no use: a code is nobody's to read later.
    state: Mapped[str] = mapped_column(default="waiting")
    created_at: Mapped[datetime]
    until_at: Mapped[datetime]  # Not sent after: a code that has run out helps nobody.
    sent_at: Mapped[datetime | None]
    is_answer: Mapped[bool] = mapped_column(default=False)  # Of an SMS: deleted once it is sent.
