"""“Tôi đã mua món này”: kept for a browser that tapped it, taken back by the same one."""

from dataclasses import dataclass

from sqlalchemy import delete, exists, func, select, tuple_

from core import periods
from core.database import dialect_of, lock, upsert
from core.work import Work
from traceability import rules
from traceability.claim_errors import ClaimedOften, NotLookedYet, NotTheBuyer
from traceability.models import StampCheck, StampClaim
from traceability.queries import StampRow, stamp_row
from traceability.rules.verdicts import STUCK_ON
from traceability.service.checking import Visitor
from traceability.service.forgetting import FORGOTTEN_AT_ONCE


@dataclass(frozen=True)
class Bought:
    """Who tapped, as hashes keyed by the stamp, and where they say to be."""

    token_hash: str
    commune_code: str | None = None  # Of the reference data.


def claim_goods(work: Work, *, serial: int, visitor: Visitor, bought: Bought) -> bool:
    """Keep that a visitor bought the goods; the same browser again changes its place alone.

    False: nothing to say it of (no such stamp, not stuck on, or nobody has looked at it).

    Raises:
        ClaimedOften: `rules.MOST_CLAIMS` have tapped already.
        NotLookedYet: no counted check came from the visitor's network.
        NotTheBuyer: a member, a dealer or an officer.
    """
    lock(work.session, serial)  # Of many at once none slips past the limit.
    stamp = stamp_row(work.session, serial)
    if stamp is None or stamp.state not in STUCK_ON or not stamp.occasions:
        return False
    if _is_no_buyer(stamp, visitor):
        raise NotTheBuyer(f"stamp of batch {stamp.batch_id}")
    if not _has_looked(work, serial, visitor):
        raise NotLookedYet(f"stamp of batch {stamp.batch_id}")
    others = work.session.scalar(
        select(func.count())
        .select_from(StampClaim)
        .where(StampClaim.serial == serial, StampClaim.token_hash != bought.token_hash)
    )
    if (others or 0) >= rules.MOST_CLAIMS:
        raise ClaimedOften(f"stamp of batch {stamp.batch_id}")
    _keep(work, stamp, visitor, bought)
    return True


def unclaim_goods(work: Work, *, serial: int, token_hash: str) -> None:
    """Take a tap back: nothing of it stays. Where there is none, nothing changes."""
    work.session.execute(
        delete(StampClaim).where(StampClaim.serial == serial, StampClaim.token_hash == token_hash)
    )


def forget_claims(work: Work) -> bool:
    """Delete some of the taps older than `periods.CLAIMS`; whether there may be more."""
    key = (StampClaim.serial, StampClaim.token_hash)
    over = select(*key).where(StampClaim.claimed_at < work.now - periods.CLAIMS.kept)
    some = [tuple(row) for row in work.session.execute(over.limit(FORGOTTEN_AT_ONCE))]
    work.session.execute(delete(StampClaim).where(tuple_(*key).in_(some)))
    return len(some) == FORGOTTEN_AT_ONCE


def _keep(work: Work, stamp: StampRow, visitor: Visitor, bought: Bought) -> None:
    place = {"commune_code": bought.commune_code, "network_hash": visitor.network_hash}
    work.session.execute(
        upsert(
            dialect_of(work.session),
            StampClaim,
            {
                "serial": stamp.serial,
                "token_hash": bought.token_hash,
                "claimed_at": work.now,
                "occasions": stamp.occasions,
                "enterprise_id": stamp.enterprise_id,
                "lot_id": stamp.lot_id,
                **place,
            },
            changes=place if bought.commune_code else {"network_hash": StampClaim.network_hash},
        )
    )


def _has_looked(work: Work, serial: int, visitor: Visitor) -> bool:
    """Say whether the page that has the form was opened there, where it counts.

    A program that posts without a visit would be a claim nobody looked for: it costs one request.
    """
    seen = exists().where(
        StampCheck.serial == serial, StampCheck.network_hash == visitor.network_hash
    )
    return bool(work.session.scalar(select(seen)))


def _is_no_buyer(stamp: StampRow, visitor: Visitor) -> bool:
    sells_for = {*visitor.enterprise_ids, *visitor.dealer_ids}
    return visitor.is_officer or stamp.enterprise_id in sells_for
