"""Dealers, stamps handed to them, and print codes, as the API tells them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from traceability.queries import DealerCard, DeliveryCard, PrintCodeCard
from traceability.rules import CodeState, DeliveryState


class Dealer(BaseModel):
    """A shop of the enterprise's list. Its number stands on the page alone."""

    public_id: str
    name: str
    commune: str = Field(description="code of the commune")
    is_shown: bool = Field(description="whether buyers may read its name")
    stamps: int = Field(description="how many stamps it confirmed to have")

    @classmethod
    def of(cls, card: DealerCard) -> Self:
        """The dealer as it is stored."""
        return cls(
            public_id=card.public_id,
            name=card.name,
            commune=card.commune_code,
            is_shown=card.is_shown,
            stamps=card.stamps,
        )


class Delivery(BaseModel):
    """Stamps `first` to `last` of a batch handed to a dealer, who answers by a link sent by SMS."""

    public_id: str
    batch: str
    dealer: str
    first: int
    last: int
    state: DeliveryState
    handed_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, card: DeliveryCard, *, batch: str) -> Self:
        """The hand-over as it is stored."""
        return cls(
            public_id=card.public_id,
            batch=batch,
            dealer=card.dealer_public_id,
            first=card.first,
            last=card.last,
            state=DeliveryState(card.state),
            handed_at=card.handed_at,
            answered_at=card.answered_at,
            ended_at=card.ended_at,
        )


class HandedOver(Delivery):
    """A hand-over just made, and whether its dealer is told of it."""

    is_sms_sent: bool = Field(
        description="whether an SMS with the link to confirm is on its way; false: the dealer got"
        " the day's most, or no SMS can be sent from here. Call them, or remind them later."
    )


class SpoiledRange(BaseModel):
    """Labels the clerk called spoiled, by their numbers in the batch."""

    first: int
    last: int


class PrintCode(BaseModel):
    """Leave for one clerk to download sheets once; the six letters are asked for by `/link`."""

    public_id: str
    batch: str
    first: int
    last: int
    labels: int
    paper: str
    print_place: str
    state: CodeState
    made_at: datetime
    expires_at: datetime
    fetched_at: datetime | None
    answered_at: datetime | None
    spoiled_count: int | None = Field(description="what the clerk said; 0: all came out well")
    spoiled: list[SpoiledRange] = Field(description="those the clerk named")

    @classmethod
    def of(cls, card: PrintCodeCard, *, batch: str, spoiled: Sequence[tuple[int, int]]) -> Self:
        """The code as it is stored."""
        return cls(
            public_id=card.public_id,
            batch=batch,
            first=card.first,
            last=card.last,
            labels=card.labels,
            paper=card.paper,
            print_place=card.print_place,
            state=CodeState(card.state),
            made_at=card.made_at,
            expires_at=card.expires_at,
            fetched_at=card.fetched_at,
            answered_at=card.answered_at,
            spoiled_count=card.spoiled_count,
            spoiled=[SpoiledRange(first=first, last=last) for first, last in spoiled],
        )


class PrintCodeLink(BaseModel):
    """What to pass on to whoever prints. Who has it has the sheets."""

    public_id: str
    code: str = Field(description="six letters and digits")
    address: str
