"""What officers decide about an enterprise: who sells and from where, never its goods."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from accounts.errors import EnterpriseDecided
from accounts.events import EnterpriseStandingChanged
from accounts.models import Enterprise, EnterpriseReview
from accounts.service.protected import NamedObject, settle_names
from accounts.turns import Level, days_left
from core import audit, messages
from core.clock import day_of
from core.outbox import announce
from core.work import Work


@dataclass(frozen=True)
class EnterpriseLook:
    """An officer's look at an enterprise as it stood on the screen."""

    enterprise_id: int
    version: int
    level: Level
    looked_at: Collection[str] = ()
    as_deputy: bool = False


def verify_enterprise(work: Work, *, look: EnterpriseLook) -> None:
    """Let an enterprise sell: who it is was compared with what the officer knows or saw.

    Raises:
        EnterpriseDecided: it is not as it was seen, or does not wait.
    """
    assert look.looked_at, "an officer names what was compared"
    enterprise = take_enterprise(work, look, within="submitted", state="verified")
    left = _days_left(work, enterprise)
    keep_decision(work, look, enterprise, "verified", left=left)
    _tell(work, look, "enterprise_verified")


def raise_judged_version(work: Work, enterprise_id: int) -> None:
    """Have whoever is about to decide about an enterprise look again: more is known about it."""
    work.session.execute(
        update(Enterprise)
        .where(Enterprise.id == enterprise_id, Enterprise.state == "submitted")
        .values(version=Enterprise.version + 1)
    )


def return_enterprise(work: Work, *, look: EnterpriseLook, reason: str) -> None:
    """Send an enterprise back to its people with what is to be mended.

    Raises:
        EnterpriseDecided: as `verify_enterprise`.
    """
    enterprise = take_enterprise(work, look, within="submitted", state="returned")
    left = _days_left(work, enterprise)
    keep_decision(work, look, enterprise, "returned", reason=reason, left=left)


def suspend_enterprise(work: Work, *, look: EnterpriseLook, reason: str) -> None:
    """Take an enterprise's goods from sale at once; its people may look and change nothing.

    Raises:
        EnterpriseDecided: it is not as it was seen, or does not sell.
    """
    enterprise = take_enterprise(
        work, look, within="verified", state="suspended", suspended_at=work.now
    )
    keep_decision(work, look, enterprise, "suspended", reason=reason)
    announce(work, EnterpriseStandingChanged(enterprise_id=enterprise.id))


def resume_enterprise(work: Work, *, look: EnterpriseLook) -> None:
    """Let a suspended enterprise sell again.

    Raises:
        EnterpriseDecided: it is not as it was seen, or is not suspended.
    """
    enterprise = take_enterprise(
        work, look, within="suspended", state="verified", suspended_at=None
    )
    keep_decision(work, look, enterprise, "resumed")
    _tell(work, look, "enterprise_resumed")
    announce(work, EnterpriseStandingChanged(enterprise_id=enterprise.id))


_SETTLES = {"verified": "accepted", "returned": "returned"}


def take_enterprise(work: Work, look: EnterpriseLook, *, within: str, **values: Any) -> Enterprise:
    """The enterprise an officer decides about, changed to `values` and locked until the commit.

    Raises:
        EnterpriseDecided: it is not as it was seen, or not `within` this state.
    """
    # One conditional UPDATE: of two officers who saw the same version one decides.
    taken = work.session.scalars(
        update(Enterprise)
        .where(Enterprise.id == look.enterprise_id, Enterprise.version == look.version)
        .where(Enterprise.state == within)
        .values(version=Enterprise.version + 1, **values)
        .returning(Enterprise),
        execution_options={"populate_existing": True},
    ).one_or_none()
    if taken is None:
        raise EnterpriseDecided(f"enterprise {look.enterprise_id} is not as it was seen")
    return taken


def _days_left(work: Work, enterprise: Enterprise) -> int | None:
    sent_at = enterprise.submitted_at
    return days_left(day_of(sent_at), work.today) if sent_at else None


def _tell(work: Work, look: EnterpriseLook, kind: str) -> None:
    """Say that one may sell; why one may not stands on the home as long as it holds."""
    messages.send(
        work,
        enterprise_id=look.enterprise_id,
        kind=kind,
        values={},
        once_key=f"{kind}:{look.enterprise_id}:{look.version}",
    )


def keep_decision(
    work: Work,
    look: EnterpriseLook,
    enterprise: Enterprise,
    outcome: str,
    *,
    reason: str = "",
    left: int | None = None,
) -> None:
    """Store what was seen and decided, and record it; cases about its name end with it."""
    assert work.by.person_id is not None, "only people look"
    if outcome in _SETTLES:
        named = NamedObject("enterprise", enterprise.id, enterprise.id)
        settle_names(work, of=named, outcome=_SETTLES[outcome])
    work.session.add(
        EnterpriseReview(
            enterprise_id=enterprise.id,
            officer_id=work.by.person_id,
            level=look.level,
            as_deputy=look.as_deputy,
            outcome=outcome,
            looked_at=sorted(look.looked_at),
            reason=reason,
            enterprise_version=look.version,
            said={
                "name": enterprise.name,
                "kind": enterprise.kind,
                "place": enterprise.place_published,
            },
            on_time=left >= 0 if left is not None else None,
            days_left=left,
            reviewed_at=work.now,
        )
    )
    audit.record(
        work,
        act=f"enterprise_{outcome}",
        object_kind="enterprise",
        object_id=enterprise.id,
        enterprise_id=enterprise.id,
        version=look.version,
        as_deputy=look.as_deputy,
    )
