"""The browsers of an enterprise: noted where its people come to act for it, ended, forgotten."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, exists, select, update

from accounts.device_rules import counts_from
from accounts.models import EnterpriseDevice, Membership, SignIn
from core import audit, periods
from core.database import insert_new
from core.errors import NotFound
from core.work import Work, not_before

PIECE = 500  # Old rows thrown away in one transaction.


@dataclass(frozen=True)
class Browser:
    """A browser as we keep it: the keyed hash of its cookie, and what it calls itself."""

    browser_hash: str
    device: str


def note_device(work: Work, *, person_id: int, enterprise_id: int, browser: Browser) -> bool:
    """Keep that a member acts for an enterprise with this browser; a helper's is not kept.

    One that was ended there stays ended: it counts again by `know_device`, not by waiting a day.
    Gives whether it is strange there: new, or one that was ended.
    """
    if not _belongs(work, person_id, enterprise_id) or _see(work, enterprise_id, browser):
        return False
    if _was_ended(work, enterprise_id, browser):
        return True
    return _keep(work, person_id, enterprise_id, browser)


def _see(work: Work, enterprise_id: int, browser: Browser) -> bool:
    seen = (
        update(EnterpriseDevice)
        .where(EnterpriseDevice.enterprise_id == enterprise_id)
        .where(EnterpriseDevice.browser_hash == browser.browser_hash)
        .where(EnterpriseDevice.ended_at.is_(None))
        .values(seen_at=work.now)
        .returning(EnterpriseDevice.id)
    )
    return work.session.scalar(seen) is not None


def _was_ended(work: Work, enterprise_id: int, browser: Browser) -> bool:
    ended = exists().where(
        EnterpriseDevice.enterprise_id == enterprise_id,
        EnterpriseDevice.browser_hash == browser.browser_hash,
        EnterpriseDevice.ended_at.is_not(None),
    )
    return bool(work.session.scalar(select(ended)))


def _keep(work: Work, person_id: int, enterprise_id: int, browser: Browser) -> bool:
    row = {
        "public_id": work.new_public_id(),
        "enterprise_id": enterprise_id,
        "person_id": person_id,
        "browser_hash": browser.browser_hash,
        "device": browser.device,
        "since_at": work.now,
        "known_at": counts_from(work.now),
        "seen_at": work.now,
    }
    return insert_new(work.session, EnterpriseDevice, row)  # Of two at once one is kept.


def is_past_first_day(work: Work, *, enterprise_id: int) -> bool:
    """Whether a browser counts by now at an enterprise, or did: a new one waits for its day."""
    counted = exists().where(
        EnterpriseDevice.enterprise_id == enterprise_id, EnterpriseDevice.known_at <= work.now
    )
    return bool(work.session.scalar(select(counted)))


def know_device(work: Work, *, person_id: int, enterprise_id: int, browser: Browser) -> None:
    """Let a browser count from now on: its person has shown who they are by a stronger thing."""
    if _belongs(work, person_id, enterprise_id) and not _see(work, enterprise_id, browser):
        _keep(work, person_id, enterprise_id, browser)
    known = work.session.scalar(
        update(EnterpriseDevice)
        .where(EnterpriseDevice.enterprise_id == enterprise_id)
        .where(EnterpriseDevice.browser_hash == browser.browser_hash)
        .where(EnterpriseDevice.ended_at.is_(None), EnterpriseDevice.known_at > work.now)
        .values(known_at=not_before(EnterpriseDevice.since_at, work.now))
        .returning(EnterpriseDevice.id)
    )
    if known is not None:
        _record(work, "know_device", known, enterprise_id)


def end_device(work: Work, *, enterprise_id: int, public_id: str) -> None:
    """Let a browser of the enterprise count no more; the second time changes nothing.

    Raises:
        NotFound: the enterprise has no such browser.
    """
    here = EnterpriseDevice.enterprise_id == enterprise_id
    found = work.session.scalar(
        select(EnterpriseDevice.id).where(here, EnterpriseDevice.public_id == public_id)
    )
    if found is None:
        raise NotFound("no such device of the enterprise")
    for id_ in _end(work, here, EnterpriseDevice.id == found):
        _record(work, "end_device", id_, enterprise_id)


def end_browser(work: Work, *, enterprise_id: int, browser_hash: str) -> None:
    """Let the browser with this hash count no more at the enterprise, if it did."""
    here = EnterpriseDevice.enterprise_id == enterprise_id
    for id_ in _end(work, here, EnterpriseDevice.browser_hash == browser_hash):
        _record(work, "end_device", id_, enterprise_id)


def end_devices(work: Work, *, person_id: int, enterprise_id: int) -> None:
    """Let the browsers with which somebody came to an enterprise count no more: they left it."""
    here = EnterpriseDevice.enterprise_id == enterprise_id
    _end(work, here, EnterpriseDevice.person_id == person_id)


def end_signed_out(work: Work, *, person_id: int, hashes: set[str]) -> None:
    """Let browsers that somebody signed out from afar count no more where they belong."""
    theirs = select(Membership.enterprise_id).where(
        Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    here = EnterpriseDevice.enterprise_id.in_(theirs)
    _end(work, here, EnterpriseDevice.browser_hash.in_(sorted(hashes)))


def end_all_but(work: Work, *, person_id: int, key_hash: str) -> None:
    """Let every browser with which somebody first came count no more, but that of a sign-in."""
    _end(work, *_came_but(person_id, key_hash))


def end_young_but(work: Work, *, person_id: int, key_hash: str) -> None:
    """Let no browser come of age, but that of a sign-in: its person's password was set anew.

    Whoever learned the old one may have come with it; those that count already stay. Their rows go
    and do not end: an ended one would keep the person's own telephone from ever coming of age.
    """
    young = EnterpriseDevice.known_at > work.now
    which = (EnterpriseDevice.ended_at.is_(None), *_came_but(person_id, key_hash), young)
    work.session.execute(
        delete(EnterpriseDevice).where(*which), execution_options={"synchronize_session": False}
    )


def forget_enterprise_devices(work: Work) -> bool:
    """Delete some browsers ended or unused for long; whether there may be more."""
    unused = EnterpriseDevice.seen_at < work.now - periods.ENTERPRISE_DEVICES_UNUSED.kept
    ended = EnterpriseDevice.ended_at < work.now - periods.ENTERPRISE_DEVICES.kept
    some = work.session.scalars(
        select(EnterpriseDevice.id).where(unused | ended).order_by(EnterpriseDevice.id).limit(PIECE)
    ).all()
    # Asked again: what was used since it was read stays.
    work.session.execute(
        delete(EnterpriseDevice).where(EnterpriseDevice.id.in_(some), unused | ended)
    )
    return len(some) == PIECE


def _end(work: Work, *which: ColumnElement[bool]) -> list[int]:
    ended = work.session.scalars(
        update(EnterpriseDevice)
        .where(EnterpriseDevice.ended_at.is_(None), *which)
        .values(ended_at=not_before(EnterpriseDevice.since_at, work.now))
        .returning(EnterpriseDevice.id),
        execution_options={"synchronize_session": False},
    )
    return list(ended)


def _came_but(person_id: int, key_hash: str) -> list[ColumnElement[bool]]:
    kept = select(SignIn.browser_hash).where(
        SignIn.key_hash == key_hash, SignIn.browser_hash.is_not(None)
    )
    return [
        EnterpriseDevice.person_id == person_id,
        EnterpriseDevice.browser_hash.not_in(kept),
    ]


def _belongs(work: Work, person_id: int, enterprise_id: int) -> bool:
    member = exists().where(
        Membership.person_id == person_id,
        Membership.enterprise_id == enterprise_id,
        Membership.ended_at.is_(None),
    )
    return bool(work.session.scalar(select(member)))


def _record(work: Work, act: str, device_id: int, enterprise_id: int) -> None:
    audit.record(
        work,
        act=act,
        object_kind="enterprise_device",
        object_id=device_id,
        enterprise_id=enterprise_id,
    )
