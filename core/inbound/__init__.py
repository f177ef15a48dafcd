"""SMS that people send us: each is taken once and read by the first feature that understands it."""

from core.inbound.port import Incoming, Readers, can_be_answered, init_inbound
from core.inbound.service import receive

__all__ = ["Incoming", "Readers", "can_be_answered", "init_inbound", "receive"]
