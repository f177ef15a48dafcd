"""A check: one upsert counts it, in the transaction that reads what it says."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import literal, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from core.database import lock
from core.work import Work
from traceability import messages, rules
from traceability.models import StampCheck, StampEarlyVisit, StampRange, StampTally
from traceability.queries import StampRow, stamp_row
from traceability.rules import Checks, StampState, Uncounted, Visit
from traceability.tokens import check_token


@dataclass(frozen=True)
class Visitor:
    """Who looks, as far as counting must know. The hashes are keyed by the stamp."""

    visit: Visit
    device_hash: str
    network_hash: str
    is_officer: bool = False
    enterprise_ids: frozenset[int] = frozenset()  # Of which a signed-in visitor is a member.


@dataclass(frozen=True)
class Check:
    """A stamp as found, the tally before this visit, and whether the visit counts."""

    serial: int
    at: datetime
    stamp: StampRow | None
    checks: Checks
    uncounted: Uncounted | None = None
    token: str | None = None  # Of the result page: this check's, or the same device's earlier.
    own_at: datetime | None = None  # When the same device was counted.
    reminded: bool = False  # The maker was told just now that the stamp is not active.


def record_check(work: Work, *, serial: int, visitor: Visitor) -> Check:
    """Count a visit where it counts, and give what the page needs to speak."""
    if visitor.visit is Visit.PERSON:
        lock(work.session, serial)  # Two first checks at once: one is first, the other second.
    stamp = stamp_row(work.session, serial)
    if stamp is not None and _is_first(stamp) and not _hold(work, stamp):
        stamp = stamp_row(work.session, serial)  # Its activation was undone this very moment.
    if stamp is None:
        return Check(serial, work.now, None, Checks())
    own, occasion_at = _recent(work, stamp, visitor)
    checks = Checks(
        checks=stamp.checks or 0,
        occasions=stamp.occasions or 0,
        first_at=stamp.first_at,
        last_at=stamp.last_at,
        early_days=stamp.early_days or 0,
        own_checks=1 if own else 0,
        in_own_occasion=occasion_at is not None,
    )
    check = Check(serial, work.now, stamp, checks, _uncounted(stamp, visitor, own is not None))
    if own is not None:
        return replace(check, token=own[0], own_at=own[1])
    if check.uncounted is Uncounted.NOT_ACTIVE and visitor.visit is Visit.PERSON:
        return replace(check, reminded=_note_early_visit(work, stamp))
    if check.uncounted is None:
        return replace(check, token=_count(work, check, visitor, occasion_at))
    return check


def _is_first(stamp: StampRow) -> bool:
    return stamp.state == StampState.ACTIVE and not stamp.checks


def _hold(work: Work, stamp: StampRow) -> bool:
    """Hold a stamp's range against being undone while its first check is counted.

    Whoever changes ranges waits for this; where they came first, the range is gone.
    """
    held = work.session.scalar(
        select(StampRange.id)
        .where(StampRange.batch_id == stamp.batch_id, StampRange.state == StampState.ACTIVE)
        .where(StampRange.first <= stamp.ordinal, StampRange.last >= stamp.ordinal)
        .with_for_update(read=True)
    )
    return held is not None


def _uncounted(stamp: StampRow, visitor: Visitor, same_device: bool) -> Uncounted | None:  # noqa: FBT001  # Private, one caller.
    return rules.uncounted_because(
        visit=visitor.visit,
        state=StampState(stamp.state),
        by_member=stamp.enterprise_id in visitor.enterprise_ids,
        by_officer=visitor.is_officer,
        same_device=same_device,
    )


def _recent(
    work: Work, stamp: StampRow, visitor: Visitor
) -> tuple[tuple[str, datetime] | None, datetime | None]:
    """This device's counted check within a day, and the network's living occasion."""
    if not stamp.checks:
        return None, None
    seen = select(StampCheck).where(StampCheck.serial == stamp.serial)
    device = (
        seen.where(
            StampCheck.device_hash == visitor.device_hash,
            StampCheck.at > rules.same_device_since(work.now),
        )
        .order_by(StampCheck.at.desc())
        .limit(1)
        .with_only_columns(literal("device").label("of"), StampCheck.token, StampCheck.at)
        .subquery()
    )
    network = (
        seen.where(
            StampCheck.network_hash == visitor.network_hash,
            StampCheck.occasion_at > rules.occasion_since(work.now),
            StampCheck.at > rules.occasion_since(work.now),
        )
        .order_by(StampCheck.at.desc())
        .limit(1)
        .with_only_columns(literal("network").label("of"), StampCheck.token, StampCheck.occasion_at)
        .subquery()
    )
    rows = work.session.execute(union_all(select(device), select(network))).all()
    own = next(((token, at) for of, token, at in rows if of == "device"), None)
    occasion_at = next((at for of, _, at in rows if of == "network"), None)
    return own, occasion_at


def _count(work: Work, check: Check, visitor: Visitor, occasion_at: datetime | None) -> str:
    """Add the visit to the tally and append it; give the token of its result page."""
    stamp = check.stamp
    assert stamp is not None, check
    early_days = rules.early_days_after(
        stamp.early_days or 0, stamp.last_at, work.now, stamp.from_at
    )
    _upsert_tally(work, stamp.serial, new_occasion=occasion_at is None, early_days=early_days)
    token = check_token(work)
    work.session.add(
        StampCheck(
            day=work.today,
            token=token,
            serial=stamp.serial,
            at=work.now,
            device_hash=visitor.device_hash,
            network_hash=visitor.network_hash,
            occasion_at=occasion_at or work.now,
            found=_found(check),
        )
    )
    work.session.flush()
    return token


def _upsert_tally(work: Work, serial: int, *, new_occasion: bool, early_days: int) -> None:
    dialect = work.session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = {
        "serial": serial,
        "checks": 1,
        "occasions": 1,
        "first_at": work.now,
        "last_at": work.now,
        "early_days": early_days,
    }
    work.session.execute(
        insert(StampTally)
        .values(row)
        .on_conflict_do_update(
            index_elements=[StampTally.serial],
            set_={
                "checks": StampTally.checks + 1,
                "occasions": StampTally.occasions + (1 if new_occasion else 0),
                "last_at": work.now,
                "early_days": early_days,
            },
        )
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
        "activated_at": check.stamp.from_at.isoformat(),
        "checks": numbers,
    }


def _note_early_visit(work: Work, stamp: StampRow) -> bool:
    """Remember a look at a stamp not active; tell the maker, at most once an hour for a lot."""
    if stamp.state != StampState.PRINTED:
        return False
    dialect = work.session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    work.session.execute(
        insert(StampEarlyVisit)
        .values(serial=stamp.serial, visits=1, last_at=work.now)
        .on_conflict_do_update(
            index_elements=[StampEarlyVisit.serial],
            set_={"visits": StampEarlyVisit.visits + 1, "last_at": work.now},
            where=StampEarlyVisit.last_at <= rules.occasion_since(work.now),
        )
    )
    return messages.unactivated_stamp_checked(work, stamp)
