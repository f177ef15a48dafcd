"""What the platform tells an enterprise: a row first, shown on `/manage`; channels follow."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, insert_new
from core.work import Work


class Message(Base):
    """One message to an enterprise. `once_key` keeps repeated causes from repeating the message."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_enterprise", "enterprise_id", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int]
    kind: Mapped[str]  # Names the sentence in templates/core/messages.html.
    values: Mapped[dict[str, Any]]
    once_key: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


def send(
    work: Work, *, enterprise_id: int, kind: str, values: dict[str, Any], once_key: str
) -> bool:
    """Queue a message unless one with this `once_key` exists; say whether it was queued."""
    row = {
        "enterprise_id": enterprise_id,
        "kind": kind,
        "values": values,
        "once_key": once_key,
        "created_at": work.now,
    }
    return insert_new(work.session, Message, row)
