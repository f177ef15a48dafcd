"""Whether a visitor has been at a stamp lately."""

from datetime import datetime

from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from core.rows import rows
from traceability import rules
from traceability.models import StampCheck

Own = tuple[str, datetime]


def recent_checks(
    session: Session, serial: int, device_hash: str, network_hash: str, now: datetime
) -> tuple[Own | None, datetime | None]:
    """This device's counted check within a day, and when the network's living occasion began."""
    found = rows(
        session,
        _RECENT,
        serial=serial,
        device_hash=device_hash,
        network_hash=network_hash,
        day_ago=rules.same_device_since(now),
        occasion_since=rules.occasion_since(now),
    ).all()
    own = next(((token, at) for of, token, at in found if of == "device"), None)
    occasion_at = next((at for of, _, at in found if of == "network"), None)
    return own, occasion_at


_OF_STAMP = select().where(StampCheck.serial == bindparam("serial"))
_OF_DEVICE = (
    _OF_STAMP.add_columns(literal("device").label("of"), StampCheck.token, StampCheck.at)
    .where(StampCheck.device_hash == bindparam("device_hash"))
    .where(StampCheck.at > bindparam("day_ago"))
    .order_by(StampCheck.at.desc())
    .limit(1)
    .subquery()
)
_OF_NETWORK = (
    _OF_STAMP.add_columns(literal("network").label("of"), StampCheck.token, StampCheck.occasion_at)
    .where(StampCheck.network_hash == bindparam("network_hash"))
    .where(StampCheck.occasion_at > bindparam("occasion_since"))
    .where(StampCheck.at > bindparam("occasion_since"))
    .order_by(StampCheck.at.desc())
    .limit(1)
    .subquery()
)
_RECENT = union_all(select(_OF_DEVICE), select(_OF_NETWORK))
