"""What the catalog announces."""

from dataclasses import dataclass

from core.outbox import Event


@dataclass(frozen=True)
class PapersChanged(Event):
    """A certificate or recognition of a product came, changed, was decided about, or went."""

    name = "PapersChanged"
    product_id: int
    enterprise_id: int
