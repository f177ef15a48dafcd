"""Where an enterprise is paid by transfer."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base


class BankAccount(Base):
    """At most one an enterprise, in a table of its own: no helper's consent ever reaches it.

    Without one a shop offers cash on delivery, pickup, or sale through the cooperative.
    """

    __tablename__ = "bank_account"
    __table_args__ = (CheckConstraint("version > 0", name="version_positive"),)

    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"), primary_key=True)
    bank: Mapped[str]  # Its name as people say it.
    number: Mapped[str]
    holder: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
