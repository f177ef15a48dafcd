"""What accounts announce."""

from dataclasses import dataclass

from core.outbox import Event


@dataclass(frozen=True)
class EnterpriseStandingChanged(Event):
    """An enterprise was suspended, may sell again, or closed: its goods are found differently."""

    name = "EnterpriseStandingChanged"
    enterprise_id: int
