"""SMS and mail on their way out: a row in the transaction of its cause, delivered by the worker."""

from core.dispatch.port import Carriers, carriers, init_dispatch
from core.dispatch.service import (
    Letter,
    dispatch_of,
    has_carrier,
    last_dispatches,
    send_out,
    sent_under,
)

__all__ = [
    "Carriers",
    "Letter",
    "carriers",
    "dispatch_of",
    "has_carrier",
    "init_dispatch",
    "last_dispatches",
    "send_out",
    "sent_under",
]
