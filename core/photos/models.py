"""Photos: what somebody sent, in pieces, and what became of it. Which goods it shows is theirs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

KINDS = ("product", "look", "report", "paper")
PUBLIC_KINDS = frozenset({"product", "look"})  # Drawn onto addresses that anybody may open.
STATES = ("arriving", "waiting", "drawn", "kept", "refused")
MOST_BYTES = 12_000_000  # The largest JPEG that phones of today make.


class Photo(Base):
    """One photo. Its original lies in pieces under `originals/{public_id}/{number}`, private.

    arriving: pieces are still missing. waiting: a job has yet to draw it. kept: a paper as PDF,
    which is not drawn. refused: it could not be read. Where `removed_at` stands it is gone for
    everybody, and a day later for good.
    """

    __tablename__ = "photo"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint(f"bytes BETWEEN 1 AND {MOST_BYTES}", name="bytes_in_bounds"),
        CheckConstraint("piece_bytes >= 1", name="piece_positive"),
        CheckConstraint("received BETWEEN 0 AND bytes", name="received_in_bytes"),
        CheckConstraint("state = 'arriving' OR received = bytes", name="whole"),
        CheckConstraint(
            "state != 'drawn' OR (content_hash IS NOT NULL AND width > 0 AND height > 0)",
            name="drawn_is_measured",
        ),
        CheckConstraint("state != 'kept' OR kind = 'paper'", name="kept_is_paper"),
        CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refused_with_reason"),
        Index("ix_photo_enterprise", "enterprise_id", "state"),
        Index("ix_photo_removed_at", "removed_at"),
        Index("ix_photo_kind", "kind", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int | None]  # Whose; None: sent about a number that is nobody's.
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="arriving")
    alt: Mapped[str] = mapped_column(default="")  # For those who cannot see it, in one line.
    bytes: Mapped[int]  # As told before the first piece.
    piece_bytes: Mapped[int]  # Of every piece but the last.
    received: Mapped[int] = mapped_column(default=0)
    # Of its bytes and its id: two of the same picture share no file, so that removing one never
    # takes the other's; whoever holds a picture cannot ask whether it is here.
    content_hash: Mapped[str | None] = mapped_column(unique=True)
    width: Mapped[int | None]
    height: Mapped[int | None]
    preview: Mapped[str | None]  # A tiny WebP in base64, for the page itself.
    refusal: Mapped[str | None]  # The name of the refusal in core.pictures.
    by_kind: Mapped[str]
    by_person_id: Mapped[int | None]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
