"""Whether a visitor has been at a stamp lately, and who was there first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, String, bindparam, literal, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from core.rows import rows
from traceability import rules
from traceability.models import StampCheck

Own = tuple[str, datetime]
Marks = tuple[datetime, str | None, str | None]  # When, network and browser, keyed by the stamp.


@dataclass(frozen=True)
class Recent:
    """What a check must know of those before it."""

    own: Own | None = None  # This device's counted check within a day: its token, and when.
    occasion_at: datetime | None = None  # When the network's living occasion began.
    seen: tuple[Marks, ...] = ()  # The stamp's first checks, where its alarm may yet ring.


def recent_checks(
    session: Session,
    serial: int,
    device_hash: str,
    network_hash: str,
    now: datetime,
    *,
    is_watched: bool,
) -> Recent:
    """What this device and network did lately; of a watched stamp its first checks too.

    One statement, and never more than `rules.CHECKS_LOOKED_AT` rows and two.
    """
    found = rows(
        session,
        _RECENT,
        serial=serial,
        device_hash=device_hash,
        network_hash=network_hash,
        day_ago=rules.same_device_since(now),
        occasion_since=rules.occasion_since(now),
        is_watched=is_watched,
    ).all()
    return Recent(
        own=next(((token, at) for of, token, at, _ in found if of == "device"), None),
        occasion_at=next((at for of, _, at, _ in found if of == "network"), None),
        seen=tuple(
            sorted(
                ((at, network, browser) for of, network, at, browser in found if of == "seen"),
                key=lambda marks: marks[0],
            )
        ),
    )


_NOTHING = type_coerce(null(), String).label("browser_hash")
_OF_STAMP = select().where(StampCheck.serial == bindparam("serial"))
_OF_DEVICE = (
    _OF_STAMP.add_columns(literal("device").label("of"), StampCheck.token, StampCheck.at, _NOTHING)
    .where(StampCheck.device_hash == bindparam("device_hash"))
    .where(StampCheck.at > bindparam("day_ago"))
    .order_by(StampCheck.at.desc())
    .limit(1)
    .subquery()
)
_OF_NETWORK = (
    _OF_STAMP.add_columns(
        literal("network").label("of"), StampCheck.token, StampCheck.occasion_at, _NOTHING
    )
    .where(StampCheck.network_hash == bindparam("network_hash"))
    .where(StampCheck.occasion_at > bindparam("occasion_since"))
    .where(StampCheck.at > bindparam("occasion_since"))
    .order_by(StampCheck.at.desc())
    .limit(1)
    .subquery()
)
_SEEN = (
    _OF_STAMP.add_columns(
        literal("seen").label("of"),
        StampCheck.network_hash,
        StampCheck.at,
        StampCheck.browser_hash,
    )
    .where(bindparam("is_watched", type_=Boolean))
    .order_by(StampCheck.at)
    .limit(rules.CHECKS_LOOKED_AT)
    .subquery()
)
_RECENT = union_all(select(_OF_DEVICE), select(_OF_NETWORK), select(_SEEN))
