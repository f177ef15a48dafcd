"""What the platform tells an enterprise: a row first, shown on `/manage`; channels follow."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Index, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.database import Base, insert_new
from core.work import Work


class Message(Base):
    """One message to an enterprise. `once_key` keeps repeated causes from repeating the message."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_enterprise", "enterprise_id", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int]
    kind: Mapped[str]  # Who draws it: the slot `manage.message`.
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


def unread(session: Session, *, enterprise_id: int, at_most: int) -> list[Message]:
    """The newest messages nobody of the enterprise has put away yet."""
    rows = session.scalars(
        select(Message)
        .where(Message.enterprise_id == enterprise_id, Message.read_at.is_(None))
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(at_most)
    )
    return list(rows)


def messages_by_id(session: Session, ids: Collection[int]) -> list[Message]:
    """Messages with these ids, for whoever draws their sentences."""
    return list(session.scalars(select(Message).where(Message.id.in_(ids))))


def forget_messages_to(work: Work, *, enterprise_id: int) -> bool:
    """Delete what an enterprise was told that is removed itself; False: there was nothing."""
    gone = delete(Message).where(Message.enterprise_id == enterprise_id).returning(Message.id)
    return bool(work.session.scalars(gone).all())


def put_away(work: Work, *, enterprise_id: int, ids: Collection[int]) -> None:
    """Mark these messages of the enterprise's as read."""
    work.session.execute(
        update(Message)
        .where(Message.enterprise_id == enterprise_id, Message.id.in_(ids))
        .where(Message.read_at.is_(None))
        .values(read_at=work.now)
    )
