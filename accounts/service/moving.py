"""A verified enterprise moves: asked for by its people, looked at by the officers of the new place.

What is published stays until then. Every act raises the enterprise's version, so whoever saw an
older one, at home or at the office, decides nothing blind.
"""

from sqlalchemy import select

from accounts.errors import NoMoveWaits, PlaceUnchanged
from accounts.events import EnterpriseStandingChanged
from accounts.models import Enterprise, PlaceChange
from accounts.service.registering import change_enterprise, told_place
from accounts.service.verifying import EnterpriseLook, keep_decision, take_enterprise
from accounts.turns import days_left
from core.clock import day_of
from core.messages import send
from core.outbox import announce
from core.work import Work


def propose_place(
    work: Work, *, enterprise_id: int, version: int, commune_code: str, hamlet: str
) -> None:
    """Ask to be at another place; an open asking is written over, and its days begin today.

    Raises:
        NotACommune: no commune has this code.
        PlaceUnchanged: it is where it says it is already.
        Changed: the enterprise is not as it was seen.
        EnterpriseClosed: it was not verified, or is suspended.
    """
    told = told_place(commune_code, hamlet)
    change_enterprise(work, enterprise_id, version, "propose_place", within=("verified",))
    enterprise = work.session.get_one(Enterprise, enterprise_id, populate_existing=True)
    if (enterprise.commune_code, enterprise.hamlet) == (told.commune_code, told.hamlet):
        raise PlaceUnchanged(f"enterprise {enterprise_id} is there")
    change = _open(work, enterprise_id)
    if change is None:
        change = PlaceChange(public_id=work.new_public_id(), enterprise_id=enterprise_id)
        work.session.add(change)
    change.province_code, change.commune_code = told.province_code, told.commune_code
    change.hamlet, change.new_place = told.hamlet, told.words
    change.old_place = enterprise.place_published
    change.state, change.reason = "waiting", ""
    change.asked_by_id, change.submitted_at = work.by.person_id, work.now
    work.session.flush()


def withdraw_place(work: Work, *, enterprise_id: int, version: int) -> None:
    """Stay where one is after all.

    Raises:
        NoMoveWaits: nothing is asked for, or an officer decided.
        Changed, EnterpriseClosed: as `propose_place`.
    """
    change_enterprise(work, enterprise_id, version, "withdraw_place", within=("verified",))
    change = _open(work, enterprise_id)
    if change is None:
        raise NoMoveWaits(f"enterprise {enterprise_id} asks for no move")
    change.state, change.ended_at = "withdrawn", work.now
    work.session.flush()


def move_enterprise(work: Work, *, look: EnterpriseLook) -> None:
    """Publish the new place an officer of it compared.

    Raises:
        EnterpriseDecided: the enterprise is not as it was seen, or does not sell.
        NoMoveWaits: nothing waits for an officer.
    """
    assert look.looked_at, "an officer names what was compared"
    enterprise, change = _take(work, look)
    enterprise.province_code, enterprise.commune_code = change.province_code, change.commune_code
    enterprise.hamlet, enterprise.place_published = change.hamlet, change.new_place
    enterprise.former_province = None  # Of the place it left.
    change.state, change.ended_at = "moved", work.now
    work.session.flush()
    keep_decision(work, look, enterprise, "moved", left=_days_left(work, change))
    announce(work, EnterpriseStandingChanged(enterprise_id=enterprise.id))
    _tell(work, look, change)


def return_move(work: Work, *, look: EnterpriseLook, reason: str) -> None:
    """Send the asking back with the reason; what is published stays.

    Raises:
        EnterpriseDecided, NoMoveWaits: as `move_enterprise`.
    """
    enterprise, change = _take(work, look)
    change.state, change.reason = "returned", reason
    work.session.flush()
    left = _days_left(work, change)
    keep_decision(work, look, enterprise, "move_returned", reason=reason, left=left)
    _tell(work, look, change)


def _take(work: Work, look: EnterpriseLook) -> tuple[Enterprise, PlaceChange]:
    enterprise = take_enterprise(work, look, within="verified")
    change = _open(work, enterprise.id)
    if change is None or change.state != "waiting":
        raise NoMoveWaits(f"no move of enterprise {enterprise.id} waits")
    return enterprise, change


def _open(work: Work, enterprise_id: int) -> PlaceChange | None:
    """The one that did not end; the enterprise's row is held by whoever asks."""
    return work.session.scalars(
        select(PlaceChange)
        .where(PlaceChange.enterprise_id == enterprise_id, PlaceChange.ended_at.is_(None))
        .execution_options(populate_existing=True)
    ).one_or_none()


def _days_left(work: Work, change: PlaceChange) -> int:
    return days_left(day_of(change.submitted_at), work.today)


def _tell(work: Work, look: EnterpriseLook, change: PlaceChange) -> None:
    send(
        work,
        enterprise_id=change.enterprise_id,
        kind=f"place_{change.state}",
        values={"place": change.new_place},
        once_key=f"place:{change.public_id}:{look.version}",
    )
