"""A check: one upsert counts it, in the transaction that reads what it says."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cache

from sqlalchemy import BindParameter, Insert, bindparam, insert, select, update
from sqlalchemy.orm import Session

from catalog import queries as catalog
from core.database import dialect_of, lock, upsert
from core.rows import rows, store
from core.work import Work, not_before
from traceability import messages, rules
from traceability.models import StampBurst, StampCheck, StampEarlyVisit, StampRange, StampTally
from traceability.queries import Recent, Sought, StampRow, recent_checks, stamp_row
from traceability.rules import Checks, GoodsClaim, StampState, Uncounted, Visit
from traceability.service.alarms import is_watched, watch
from traceability.service.sales import note_seller_scan
from traceability.tokens import check_token


@dataclass(frozen=True)
class Visitor:
    """Who looks, as far as counting must know. The hashes are keyed by the stamp."""

    visit: Visit
    device_hash: str
    network_hash: str
    browser_hash: str = ""  # The device without its address; empty: not told.
    claim_hash: str = ""  # Of the token it keeps since “tôi đã mua món này”; empty: it has none.
    is_officer: bool = False
    enterprise_ids: frozenset[int] = frozenset()  # Of which a signed-in visitor is a member.
    dealer_ids: Mapping[int, int] = field(default_factory=dict)  # By enterprise they sell for.
    bursts: Mapping[int, int] = field(default_factory=dict)  # By batch, on this network by now.


@dataclass(frozen=True)
class Claim:
    """What an address says of a serial besides: its GTIN (14 digits), its lot (for addresses)."""

    gtin: str | None = None
    lot: str | None = None


@dataclass(frozen=True)
class Check:
    """A stamp as found, the tally before this visit, and whether the visit counts."""

    serial: int
    at: datetime
    stamp: StampRow | None
    checks: Checks = field(default_factory=Checks)
    uncounted: Uncounted | None = None
    token: str | None = None  # Of the result page: this check's, or the same device's earlier.
    own_at: datetime | None = None  # When the same device was counted.
    reminded: bool = False  # The maker was told just now that the stamp is not active.
    unrecorded: bool = False  # It would count, but could not be written down.
    is_confirmer: bool = False  # This very device confirmed the stamp's scratch code.
    claims: tuple[GoodsClaim, ...] = ()  # Who said that they bought the goods.
    is_unusual: bool = False  # Its checks are, this one included.

    @property
    def occasions(self) -> int:
        """All occasions, this visit's included where it begins one."""
        begins_one = (
            self.stamp is not None
            and self.uncounted is None
            and not self.unrecorded
            and not self.checks.in_own_occasion
        )
        return self.checks.occasions + begins_one


def record_check(work: Work, *, serial: int, visitor: Visitor, claim: Claim | None = None) -> Check:
    """Count a visit where it counts, and give what the page needs to speak."""
    lock(work.session, serial)  # Two first checks at once: one is first, the other second.
    stamp = _stamp(work.session, serial, claim)
    if stamp is not None and _is_first(stamp) and not _hold(work, stamp):
        stamp = _stamp(work.session, serial, claim)  # Its activation was undone this very moment.
    check, recent = _look(work.session, serial, stamp, visitor, work.now)
    if stamp is None or check.own_at is not None:
        return check
    if check.uncounted is Uncounted.NOT_ACTIVE and visitor.visit is Visit.PERSON:
        return replace(check, reminded=_note_early_visit(work, stamp))
    if check.uncounted is Uncounted.DEALER:
        note_seller_scan(work, serial=serial, dealer_id=visitor.dealer_ids[stamp.enterprise_id])
    if check.uncounted is None:
        return _count(work, check, visitor, recent)
    return check


def look(
    session: Session, *, serial: int, visitor: Visitor, now: datetime, claim: Claim | None = None
) -> Check:
    """Give what a visit finds without writing anything: for robots, or where writing failed."""
    stamp = _stamp(session, serial, claim)
    check, _ = _look(session, serial, stamp, visitor, now)
    return replace(check, unrecorded=stamp is not None and check.uncounted is None)


def _stamp(session: Session, serial: int, claim: Claim | None) -> StampRow | None:
    """The stamp; None too where it was issued under another GTIN or lot than claimed."""
    stamp = stamp_row(session, serial)
    if stamp is None or claim is None:
        return stamp
    if claim.gtin is not None and claim.gtin != stamp.gtin:
        return None
    if claim.lot is not None and claim.lot != _lot_uri_code(session, stamp):
        return None
    return stamp


def _lot_uri_code(session: Session, stamp: StampRow) -> str | None:
    """A lot's code as addresses carry it; a stamp of no lot yet has none."""
    return catalog.lot_uri_code(session, stamp.lot_id) if stamp.lot_id is not None else None


def _look(
    session: Session, serial: int, stamp: StampRow | None, visitor: Visitor, now: datetime
) -> tuple[Check, Recent]:
    """What a visit finds, and the checks before it that bear on how it is counted."""
    if stamp is None:
        return Check(serial, now, None), Recent()
    recent = (
        recent_checks(
            session,
            stamp.serial,
            Sought(visitor.device_hash, visitor.network_hash, visitor.claim_hash),
            now,
            is_watched=is_watched(stamp),
        )
        if stamp.checks
        else Recent()
    )
    checks = Checks(
        checks=stamp.checks or 0,
        occasions=stamp.occasions or 0,
        first_at=stamp.first_at,
        last_at=stamp.last_at,
        early_days=stamp.early_days or 0,
        own_checks=1 if recent.own else 0,
        in_own_occasion=recent.occasion_at is not None,
    )
    because = rules.uncounted_because(
        visit=visitor.visit,
        state=StampState(stamp.state),
        by_member=stamp.enterprise_id in visitor.enterprise_ids,
        by_officer=visitor.is_officer,
        by_dealer=stamp.enterprise_id in visitor.dealer_ids,
        same_device=recent.own is not None,
    )
    token, own_at = recent.own or (None, None)
    is_confirmer = stamp.code_device_hash == visitor.device_hash
    check = Check(
        serial,
        now,
        stamp,
        checks,
        because,
        token,
        own_at,
        is_confirmer=is_confirmer,
        claims=recent.claims,
        is_unusual=bool(stamp.is_unusual),
    )
    return check, recent


def _is_first(stamp: StampRow) -> bool:
    return stamp.state == StampState.ACTIVE and not stamp.checks


def _hold(work: Work, stamp: StampRow) -> bool:
    """Hold a stamp's range against being undone while its first check is counted.

    Whoever changes ranges waits for this; where they came first, the range is gone.
    """
    held = rows(work.session, _HELD, batch_id=stamp.batch_id, ordinal=stamp.ordinal)
    return held.one_or_none() is not None


def _count(work: Work, check: Check, visitor: Visitor, recent: Recent) -> Check:
    """Add the visit to the tally and append it; give it with the token of its result page."""
    stamp = check.stamp
    assert stamp is not None, check
    early_days = rules.early_days_after(
        stamp.early_days or 0, stamp.last_at, work.now, stamp.from_at
    )
    _upsert_tally(
        work, stamp.serial, new_occasion=recent.occasion_at is None, early_days=early_days
    )
    token = check_token(work)
    burst_id = visitor.bursts.get(stamp.batch_id)
    store(
        work.session,
        _APPEND,
        day=work.today,
        token=token,
        serial=stamp.serial,
        at=work.now,
        device_hash=visitor.device_hash,
        network_hash=visitor.network_hash,
        browser_hash=visitor.browser_hash or None,
        occasion_at=recent.occasion_at or work.now,
        found=_found(check),
        enterprise_id=stamp.enterprise_id,
        lot_id=stamp.lot_id,
        burst_id=burst_id,
    )
    counted = replace(check, token=token)
    if burst_id is not None:  # Set aside: it can neither ring an alarm nor end one.
        _grow_burst(work, burst_id, is_new=recent.occasion_at is None)
        return counted
    # Whoever is new begins an occasion: the others cannot make a record more unusual. Where a
    # crowd was here first nobody is told apart any more, yet case D still rings.
    if recent.occasion_at is None and stamp.checks:
        this = (work.now, visitor.network_hash, visitor.browser_hash or None)
        seen = replace(recent, seen=(*recent.seen, this))
        is_many = rules.is_many(recent.without_bursts(check.checks))
        is_unusual = watch(work, stamp, seen, check.occasions, is_many=is_many)
        return replace(counted, is_unusual=is_unusual)
    return counted


def _grow_burst(work: Work, burst_id: int, *, is_new: bool) -> None:
    work.session.execute(
        update(StampBurst)
        .where(StampBurst.id == burst_id)
        .values(
            stamps=StampBurst.stamps + int(is_new),
            until_at=not_before(StampBurst.until_at, work.now),
        )
        .execution_options(synchronize_session=False)
    )


def _upsert_tally(work: Work, serial: int, *, new_occasion: bool, early_days: int) -> None:
    store(
        work.session,
        _tally(dialect_of(work.session)),
        serial=serial,
        now=work.now,
        new_occasions=int(new_occasion),
        early_days=early_days,
    )


@cache
def _tally(dialect: str) -> Insert:
    now: BindParameter[datetime] = bindparam("now")
    early_days: BindParameter[int] = bindparam("early_days")
    return upsert(
        dialect,
        StampTally,
        {
            "serial": bindparam("serial"),
            "checks": 1,
            "occasions": 1,
            "first_at": now,
            "last_at": now,
            "early_days": early_days,
        },
        changes={
            "checks": StampTally.checks + 1,
            "occasions": StampTally.occasions + bindparam("new_occasions"),
            "last_at": now,
            "early_days": early_days,
        },
    )


def _found(check: Check) -> dict[str, object]:
    """The numbers of a check, plain, so that its result page can be shown again as of then."""
    assert check.stamp is not None, check
    numbers = asdict(check.checks)
    for name in ("first_at", "last_at"):
        numbers[name] = numbers[name].isoformat() if numbers[name] else None
    return {
        "serial": check.serial,
        "at": check.at.isoformat(),
        "checks": numbers,
    }


def _note_early_visit(work: Work, stamp: StampRow) -> bool:
    """Remember a look at a stamp not active; tell the maker, at most once an hour for a lot."""
    if stamp.state != StampState.PRINTED:
        return False
    work.session.execute(
        upsert(
            dialect_of(work.session),
            StampEarlyVisit,
            {"serial": stamp.serial, "visits": 1, "last_at": work.now},
            changes={"visits": StampEarlyVisit.visits + 1, "last_at": work.now},
            where=StampEarlyVisit.last_at <= rules.occasion_since(work.now),
        )
    )
    return messages.unactivated_stamp_checked(work, stamp)


_APPEND = insert(StampCheck)
_HELD = (
    select(StampRange.id)
    .where(StampRange.batch_id == bindparam("batch_id"), StampRange.state == StampState.ACTIVE)
    .where(StampRange.first <= bindparam("ordinal"), StampRange.last >= bindparam("ordinal"))
    .with_for_update(read=True)
)
