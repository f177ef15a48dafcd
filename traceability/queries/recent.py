"""Whether a visitor has been at a stamp lately, and who was there first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    String,
    bindparam,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from core.rows import rows
from traceability import rules
from traceability.models import StampCheck, StampClaim
from traceability.rules import GoodsClaim

Own = tuple[str, datetime]
Marks = tuple[datetime, str | None, str | None]  # When, network and browser, keyed by the stamp.


@dataclass(frozen=True)
class Sought:
    """By what a visitor is known again at this stamp."""

    device_hash: str
    network_hash: str
    claim_hash: str = ""  # Of what the browser tapped with; empty: it never did.


@dataclass(frozen=True)
class Recent:
    """What a check must know of those before it."""

    own: Own | None = None  # This device's counted check within a day: its token, and when.
    occasion_at: datetime | None = None  # When the network's living occasion began.
    seen: tuple[Marks, ...] = ()  # The stamp's first checks, where its alarm may yet ring.
    claims: tuple[GoodsClaim, ...] = ()  # Taps of “tôi đã mua món này”.

    @property
    def first_claim_at(self) -> datetime | None:
        """When somebody first said that they bought the goods."""
        return min((claim.at for claim in self.claims), default=None)


def recent_checks(
    session: Session, serial: int, sought: Sought, now: datetime, *, is_watched: bool
) -> Recent:
    """What this device and network did lately, and who bought; of a watched stamp its first checks.

    One statement, and never more rows than `rules.CHECKS_LOOKED_AT`, `rules.MOST_CLAIMS` and two.
    """
    found = rows(
        session,
        _RECENT,
        serial=serial,
        device_hash=sought.device_hash,
        network_hash=sought.network_hash,
        day_ago=rules.same_device_since(now),
        occasion_since=rules.occasion_since(now),
        is_watched=is_watched,
    ).all()
    return Recent(
        own=next(((token, at) for of, token, at, _, _ in found if of == "device"), None),
        occasion_at=next((at for of, _, at, _, _ in found if of == "network"), None),
        seen=tuple(
            sorted(
                ((at, network, browser) for of, network, at, browser, _ in found if of == "seen"),
                key=lambda marks: marks[0],
            )
        ),
        claims=tuple(
            GoodsClaim(at, occasions, is_own=token == sought.claim_hash)
            for of, token, at, _, occasions in found
            if of == "claim"
        ),
    )


_NOTHING = type_coerce(null(), String).label("browser_hash")
_NONE = cast(null(), BigInteger).label("occasions")
_OF_STAMP = select().where(StampCheck.serial == bindparam("serial"))
_OF_DEVICE = (
    _OF_STAMP.add_columns(
        literal("device").label("of"), StampCheck.token, StampCheck.at, _NOTHING, _NONE
    )
    .where(StampCheck.device_hash == bindparam("device_hash"))
    .where(StampCheck.at > bindparam("day_ago"))
    .order_by(StampCheck.at.desc())
    .limit(1)
    .subquery()
)
_OF_NETWORK = (
    _OF_STAMP.add_columns(
        literal("network").label("of"), StampCheck.token, StampCheck.occasion_at, _NOTHING, _NONE
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
        _NONE,
    )
    .where(bindparam("is_watched", type_=Boolean))
    .order_by(StampCheck.at)
    .limit(rules.CHECKS_LOOKED_AT)
    .subquery()
)
_CLAIMS = (
    select(
        literal("claim").label("of"),
        StampClaim.token_hash,
        StampClaim.claimed_at,
        _NOTHING,
        StampClaim.occasions,
    )
    .where(StampClaim.serial == bindparam("serial"))
    .limit(rules.MOST_CLAIMS)
    .subquery()
)
_RECENT = union_all(select(_OF_DEVICE), select(_OF_NETWORK), select(_SEEN), select(_CLAIMS))
