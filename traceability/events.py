"""What traceability announces."""

from dataclasses import dataclass

from core.outbox import Event


@dataclass(frozen=True)
class StampsIssued(Event):
    """A batch became visible."""

    name = "StampsIssued"
    batch_id: int
    lot_id: int
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
    """Ordinals of a batch were cancelled."""

    name = "StampsVoided"
    batch_id: int
    lot_id: int
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
