"""What traceability announces."""

from dataclasses import dataclass

from core.outbox import Event


@dataclass(frozen=True)
class StampsIssued(Event):
    """A batch became visible: for a lot, or as a roll of a product."""

    name = "StampsIssued"
    batch_id: int
    product_id: int
    lot_id: int | None
    count: int


@dataclass(frozen=True)
class StampsActivated(Event):
    """Ordinals of a batch were reported as stuck on."""

    name = "StampsActivated"
    batch_id: int
    lot_id: int
    first: int
    last: int


@dataclass(frozen=True)
class StampsVoided(Event):
    """Ordinals of a batch were cancelled; they were of one lot, or of none."""

    name = "StampsVoided"
    batch_id: int
    lot_id: int | None
    first: int
    last: int
    reason: str


@dataclass(frozen=True)
class ActivationUndone(Event):
    """An activation was taken back before anybody checked."""

    name = "ActivationUndone"
    batch_id: int
    lot_id: int
    first: int
    last: int


@dataclass(frozen=True)
class StampsRebound(Event):
    """Printed ordinals of a batch are of another lot now; None: of no lot.

    From none: a roll was bound. To none: that was taken back.
    """

    name = "StampsRebound"
    batch_id: int
    first: int
    last: int
    from_lot_id: int | None
    to_lot_id: int | None


@dataclass(frozen=True)
class LotCalledBack(Event):
    """A lot is being recalled, by its maker or by an authority."""

    name = "LotCalledBack"
    recall_id: int
    enterprise_id: int


@dataclass(frozen=True)
class RecallLifted(Event):
    """A recall of a lot is over."""

    name = "RecallLifted"
    recall_id: int
    enterprise_id: int


@dataclass(frozen=True)
class ActivationAsked(Event):
    """Somebody asked from a device the maker never used to report stamps as stuck on."""

    name = "ActivationAsked"
    asking_id: int
    enterprise_id: int
