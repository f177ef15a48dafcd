"""Signing in and out, and for whom one acts."""

from datetime import timedelta

from sqlalchemy import ColumnElement, select, update

from accounts.errors import SignInRefused
from accounts.models import Membership, Person, SignIn
from accounts.queries import memberships
from accounts.service.devices import (
    Browser,
    end_all_but,
    end_signed_out,
    is_past_first_day,
    note_device,
)
from accounts.service.telling import tell_everywhere
from accounts.service.trusted_devices import forget_devices
from core import audit
from core.errors import NotFound
from core.work import Work

SIGNED_OUT = "sign_out_devices"
_NEW_DEVICE = "Gốc: vừa có máy mới đăng nhập vào tài khoản của bạn. Không phải bạn? Vào trang Tài khoản cho máy ấy thoát ra, rồi đổi mật khẩu ngay."  # noqa: E501  # A message, whole.
SIGN_IN_DAYS = 90  # On one's own phone; the cookie lives as long (accounts.sessions).


def refuse_changed_password(work: Work, *, person_id: int, password_hash: str) -> None:
    """Return if the password that was compared outside the transaction is still the person's.

    Raises:
        SignInRefused: the password was changed since it was compared.
    """
    unchanged = work.session.scalar(
        select(Person.id).where(Person.id == person_id, Person.password_hash == password_hash)
    )
    if unchanged is None:
        raise SignInRefused("the password changed meanwhile")


def begin_sign_in(
    work: Work,
    *,
    person_id: int,
    key_hash: str,
    browser: Browser | None = None,
    is_confirmed: bool = True,
) -> None:
    """Begin a sign-in for somebody who has shown who they are; they act for their first place.

    `is_confirmed`: they showed the strongest thing they have, not a remembered browser or, having
    a password, a code to the number.
    """
    first = work.session.scalar(
        select(Membership.enterprise_id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .order_by(Membership.since_at, Membership.id)
        .limit(1)
    )
    work.session.add(
        SignIn(
            key_hash=key_hash,
            device=browser.device or None if browser else None,
            browser_hash=browser.browser_hash or None if browser else None,
            person_id=person_id,
            enterprise_id=first,
            created_at=work.now,
            expires_at=work.now + timedelta(days=SIGN_IN_DAYS),
            confirmed_at=work.now if is_confirmed else None,
        )
    )
    work.session.flush()
    if browser is None or first is None or not browser.browser_hash:
        return
    is_strange = note_device(work, person_id=person_id, enterprise_id=first, browser=browser)
    if is_strange and is_past_first_day(work, enterprise_id=first):
        # It counts a day from now, whether stamps are asked for by it or not: else nobody hears.
        once_key = f"new_device:{key_hash}"
        tell_everywhere(work, person_id=person_id, words=_NEW_DEVICE, once_key=once_key)


def sign_out(work: Work, *, key_hash: str) -> None:
    """End a sign-in: its cookie is dead from now on, wherever a copy of it is."""
    work.session.execute(
        update(SignIn)
        .where(SignIn.key_hash == key_hash, SignIn.ended_at.is_(None))
        .values(ended_at=work.now)
    )


def sign_out_one(work: Work, *, person_id: int, device: str) -> None:
    """End one sign-in of one's own, named as in the list of devices (accounts.queries).

    Its browser counts no more as one of the enterprises the person belongs to.
    """
    if device:
        this = SignIn.key_hash.startswith(device, autoescape=True)
        ended = _end_own(work, person_id, this)
        end_signed_out(work, person_id=person_id, hashes=ended)


def sign_out_everywhere(work: Work, *, person_id: int, but: str) -> None:
    """End every sign-in of one's own except that of the key whose hash is `but`.

    No browser is remembered any more either: each shows the second thing again. Nor does another
    count as one of the enterprises they came to with it.
    """
    forget_devices(work, person_id=person_id)
    end_all_but(work, person_id=person_id, key_hash=but)
    _end_own(work, person_id, SignIn.key_hash != but)


def _end_own(work: Work, person_id: int, which: ColumnElement[bool]) -> set[str]:
    """End sign-ins; the hashes of the browsers they were in."""
    ended = work.session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), which)
        .values(ended_at=work.now)
        .returning(SignIn.browser_hash)
    ).all()
    if ended:
        audit.record(
            work,
            act=SIGNED_OUT,
            object_kind="person",
            object_id=person_id,
            enterprise_id=None,
            count=len(ended),
        )
    return {row.browser_hash for row in ended if row.browser_hash is not None}


def switch_enterprise(work: Work, *, key_hash: str, enterprise: str) -> None:
    """Act for another enterprise (its public id) from now on, on this device: one's own, or helped.

    Raises:
        NotFound: the person may not act for it, or the sign-in is over.
    """
    person_id = work.by.person_id
    assert person_id is not None, "only people sign in"
    acted_for = {
        one.enterprise_public_id: one.enterprise_id
        for one in memberships(work.session, person_id, now=work.now)
    }
    if enterprise not in acted_for:
        raise NotFound("switch to an enterprise one may not act for")
    act_for(work, key_hash=key_hash, enterprise_id=acted_for[enterprise])


def act_for(work: Work, *, key_hash: str, enterprise_id: int) -> None:
    """Act for an enterprise one may act for from now on, on this device, and note it there.

    Raises:
        NotFound: the sign-in is over, or another's.
    """
    person_id = work.by.person_id
    assert person_id is not None, "only people sign in"
    switched = work.session.execute(
        update(SignIn)
        .where(SignIn.key_hash == key_hash, SignIn.person_id == person_id)
        .where(SignIn.ended_at.is_(None))
        .values(enterprise_id=enterprise_id)
        .returning(SignIn.browser_hash, SignIn.device)
    ).one_or_none()
    if switched is None:
        raise NotFound("switch by a sign-in that is over or another's")
    if switched.browser_hash is not None:
        browser = Browser(switched.browser_hash, switched.device or "")
        note_device(work, person_id=person_id, enterprise_id=enterprise_id, browser=browser)


def mark_sign_in(work: Work, *, key_hash: str, browser: Browser) -> None:
    """Note the browser of a sign-in that began before browsers had a mark."""
    work.session.execute(
        update(SignIn)
        .where(SignIn.key_hash == key_hash, SignIn.browser_hash.is_(None))
        .values(browser_hash=browser.browser_hash)
    )


def stop_acting(work: Work, *, key_hash: str) -> None:
    """Act for nobody any more on this device, until one chooses again; no consent ends by it."""
    work.session.execute(
        update(SignIn)
        .where(SignIn.key_hash == key_hash, SignIn.person_id == work.by.person_id)
        .values(enterprise_id=None)
    )
