"""What anybody may know of all stamps together."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class StampMonth(Base):
    """A past month of the whole country, as it was counted when it was over."""

    __tablename__ = "stamp_month"

    first_on: Mapped[date] = mapped_column(primary_key=True)  # The month's first day.
    figures: Mapped[dict[str, Any]]  # Whole numbers by name: `rules/figures.py`.
    counted_at: Mapped[datetime]
