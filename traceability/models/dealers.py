"""Dealers: shops that sell a maker's goods, the stamps handed to them, what they scan and sell."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base, BigInt
from traceability.rules import DeliveryState

STATES = tuple(str(state) for state in DeliveryState)
_LIVING = text("ended_at IS NULL")


class Dealer(Base):
    """A shop as a maker wrote it down. One that was taken off the list keeps its name alone."""

    __tablename__ = "dealer"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="named"),
        CheckConstraint("(phone = '') = (ended_at IS NOT NULL)", name="phone_while_listed"),
        Index("ix_dealer_enterprise", "enterprise_id", "ended_at"),
        Index("ix_dealer_person", "person_id"),
        Index(
            "uq_dealer_phone",
            "enterprise_id",
            "phone",
            unique=True,
            sqlite_where=_LIVING,
            postgresql_where=_LIVING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    name: Mapped[str]  # The shop's; shown to buyers where the dealer agreed.
    phone: Mapped[str]  # As a stored sign-in name; nobody's but the maker's.
    commune_code: Mapped[str]
    is_shown: Mapped[bool] = mapped_column(default=False)  # The dealer agreed to be named.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # Who confirmed.
    made_at: Mapped[datetime]
    by_person_id: Mapped[int | None]
    ended_at: Mapped[datetime | None]


class StampDelivery(Base):
    """Ordinals `first` to `last` of a batch handed to a dealer. Living ones never overlap."""

    __tablename__ = "stamp_delivery"
    __table_args__ = (
        CheckConstraint("first >= 1 AND first <= last", name="first_before_last"),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
        CheckConstraint(
            "(state IN ('offered','confirmed')) = (ended_at IS NULL)", name="ended_known"
        ),
        CheckConstraint("state <> 'offered' OR answered_at IS NULL", name="offered_unanswered"),
        CheckConstraint(
            "state <> 'confirmed' OR answered_at IS NOT NULL", name="confirmed_at_known"
        ),
        # Two hand one range over at once: the batch's row makes them queue, these two make sure.
        Index(
            "uq_stamp_delivery_first",
            "batch_id",
            "first",
            unique=True,
            sqlite_where=_LIVING,
            postgresql_where=_LIVING,
        ),
        Index(
            "uq_stamp_delivery_last",
            "batch_id",
            "last",
            unique=True,
            sqlite_where=_LIVING,
            postgresql_where=_LIVING,
        ),
        Index("ix_stamp_delivery_batch", "batch_id"),
        Index("ix_stamp_delivery_dealer", "dealer_id", "handed_at"),
        Index("ix_stamp_delivery_enterprise", "enterprise_id", "handed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("stamp_batch.id"))
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealer.id"))
    first: Mapped[int]
    last: Mapped[int]
    state: Mapped[str] = mapped_column(default=DeliveryState.OFFERED)
    handed_at: Mapped[datetime]
    by_person_id: Mapped[int | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class DealerBrowser(Base):
    """A browser in which a dealer confirmed: its scans are a shop's. One serves several makers."""

    __tablename__ = "dealer_browser"
    __table_args__ = (Index("ix_dealer_browser_dealer", "dealer_id"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of the browser's token.
    dealer_id: Mapped[int] = mapped_column(
        ForeignKey("dealer.id"), primary_key=True, autoincrement=False
    )
    since_at: Mapped[datetime]


class StampSellerScan(Base):
    """Scans of one stamp by dealers of its maker: never counted, but told."""

    __tablename__ = "stamp_seller_scan"
    __table_args__ = (
        CheckConstraint("scans >= 1", name="scans_positive"),
        Index("ix_stamp_seller_scan_dealer", "dealer_id"),
    )

    serial: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealer.id"))  # Whoever scanned last.
    scans: Mapped[int]  # Two hours apart at least: one shop reloading is one scan.
    last_at: Mapped[datetime]


class StampSale(Base):
    """A stamp's goods were sold, as the dealer who held them says."""

    __tablename__ = "stamp_sale"
    __table_args__ = (
        Index("ix_stamp_sale_dealer", "dealer_id", "sold_at"),
        Index("ix_stamp_sale_batch", "batch_id"),
    )

    serial: Mapped[int] = mapped_column(BigInt, primary_key=True, autoincrement=False)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealer.id"))
    batch_id: Mapped[int]  # Whose stamp it is, for counting a batch's sales.
    sold_at: Mapped[datetime]
