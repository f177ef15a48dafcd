"""Whether a visitor has been at a stamp lately, and who was there first."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from core.rows import rows
from traceability import rules
from traceability.models import StampBurst, StampCheck, StampClaim
from traceability.rules import Checks, GoodsClaim

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
    set_aside: int = 0  # Occasions in bursts, which no alarm heeds.

    @property
    def first_claim_at(self) -> datetime | None:
        """When somebody first said that they bought the goods."""
        return min((claim.at for claim in self.claims), default=None)

    def without_bursts(self, checks: Checks) -> Checks:
        """The sums without the occasions that were set aside; what buyers read keeps them.

        Days stay as they were: in doubt an alarm rings.
        """
        return replace(checks, occasions=checks.occasions - self.set_aside)


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
        set_aside=next((count for of, _, _, _, count in found if of == "burst"), 0),
    )


def claims_of(session: Session, serial: int, claim_hash: str) -> tuple[GoodsClaim, ...]:
    """Taps of “tôi đã mua món này” at one stamp, for whoever reads an earlier result of it."""
    taps = select(StampClaim.token_hash, StampClaim.claimed_at, StampClaim.occasions).where(
        StampClaim.serial == serial
    )
    found = session.execute(taps.limit(rules.MOST_CLAIMS))
    return tuple(GoodsClaim(at, count, is_own=token == claim_hash) for token, at, count in found)


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
# A check, its burst outer-joined, is set aside until the maker says that it was nobody they know.
IN_BURST = and_(
    StampBurst.id.is_not(None), or_(StampBurst.answer.is_(None), StampBurst.answer == "ours")
)
_SEEN = (
    _OF_STAMP.add_columns(
        literal("seen").label("of"),
        StampCheck.network_hash,
        StampCheck.at,
        StampCheck.browser_hash,
        _NONE,
    )
    .outerjoin(StampBurst, StampBurst.id == StampCheck.burst_id)
    .where(bindparam("is_watched", type_=Boolean), ~IN_BURST)
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
_SET_ASIDE = (
    _OF_STAMP.add_columns(
        literal("burst").label("of"),
        _NOTHING,
        func.max(StampCheck.at).label("at"),
        _NOTHING.label("no_mark"),
        func.count().label("occasions"),
    )
    .join(StampBurst, StampBurst.id == StampCheck.burst_id)
    .where(bindparam("is_watched", type_=Boolean), IN_BURST)
    .where(StampCheck.at == StampCheck.occasion_at)
    .subquery()
)
_RECENT = union_all(
    select(_OF_DEVICE), select(_OF_NETWORK), select(_SEEN), select(_CLAIMS), select(_SET_ASIDE)
)
