"""Second factors: added, used, removed; recovery codes for the day they are lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select, update

from accounts.factor_errors import FactorKnown, LastFactor, TooManyFactors
from accounts.models import Factor, Person, RecoveryCode, SignIn
from accounts.recovery_codes import HOW_MANY, LENGTH, typed_code
from accounts.second_rules import MOST_FACTORS
from accounts.service.telling import tell_everywhere
from accounts.service.trusted_devices import forget_devices
from accounts.totp import matching_step
from core import audit
from core.database import insert_new
from core.errors import NotFound
from core.sealing import SealBroken, Sealer
from core.work import Work

_ADDED = "Gốc: tài khoản của bạn vừa thêm một cách xác nhận bước hai. Không phải bạn? Vào trang Tài khoản bỏ đi, rồi đổi mật khẩu."  # noqa: E501  # A message, whole.
_REMOVED = "Gốc: tài khoản của bạn vừa bỏ một cách xác nhận bước hai. Không phải bạn? Vào trang Tài khoản xem lại ngay."  # noqa: E501  # As above.
_OPENED = "Gốc: vừa có người vào tài khoản của bạn bằng một mã dự phòng. Không phải bạn? Đổi mật khẩu và làm mã mới ngay."  # noqa: E501  # As above.
_DROPPED = "Gốc: bước hai của tài khoản bạn đã được bỏ như đã báo. Đăng nhập rồi đặt lại."


@dataclass(frozen=True)
class NewFactor:
    """A factor that has just shown it works. Exactly one of the last two is told."""

    kind: str
    name: str
    sealed: str
    fingerprint: str
    last_step: int | None = None
    sign_count: int | None = None


def new_totp(*, person_id: int, name: str, secret: str, step: int, sealer: Sealer) -> NewFactor:
    """An authenticator app whose code of `step` was typed, to be added."""
    sealed = sealer.seal(secret, about=about_totp(person_id))
    fingerprint = sealer.digest(secret, about="totp").hex()
    return NewFactor("totp", name, sealed, fingerprint, last_step=step)


def add_factor(work: Work, *, person_id: int, factor: NewFactor) -> None:
    """Add a factor at once; whoever adds the first one comes here by `take_factor`.

    Raises:
        FactorKnown: this very app or passkey was added before.
        TooManyFactors: the person has as many as anybody may.
    """
    _hold(work, person_id)
    held = _count(work, person_id)
    if held >= MOST_FACTORS:
        raise TooManyFactors(f"{held} factors", most=MOST_FACTORS)
    public_id = work.new_public_id()
    row = {
        "public_id": public_id,
        "person_id": person_id,
        "kind": factor.kind,
        "name": factor.name,
        "sealed": factor.sealed,
        "fingerprint": factor.fingerprint,
        "last_step": factor.last_step,
        "sign_count": factor.sign_count,
        "added_at": work.now,
        "last_used_at": None,
    }
    if not insert_new(work.session, Factor, row):
        raise FactorKnown("factor added before")
    _record(work, "add_factor", person_id, kind=factor.kind)
    tell_everywhere(work, person_id=person_id, words=_ADDED, once_key=f"factor:{public_id}")


def end_other_sign_ins(work: Work, *, person_id: int, but: str) -> None:
    """Have every other device show the second thing: none stays in that never did."""
    work.session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.key_hash != but)
        .values(ended_at=work.now)
    )


def remove_factor(work: Work, *, person_id: int, public_id: str, must_keep_one: bool) -> None:
    """Remove a factor; with the last one go the recovery codes, which open nothing then.

    Raises:
        NotFound: it is gone, or another's.
        LastFactor: it is the last one, and the person's office demands one.
    """
    _hold(work, person_id)
    if must_keep_one and _count(work, person_id) == 1:
        raise LastFactor("an office needs a factor")
    removed = work.session.scalar(
        delete(Factor)
        .where(Factor.public_id == public_id, Factor.person_id == person_id)
        .returning(Factor.kind)
    )
    if removed is None:
        raise NotFound("no such factor of one's own")
    forget_devices(work, person_id=person_id)
    if _count(work, person_id) == 0:
        _forget_codes(work, person_id)
    _record(work, "remove_factor", person_id, kind=removed)
    tell_everywhere(work, person_id=person_id, words=_REMOVED, once_key=f"no-factor:{public_id}")


def drop_factors(work: Work, *, person_id: int) -> None:
    """End all factors of somebody who lost them: the wait after the operator's word is over."""
    _hold(work, person_id)
    work.session.execute(delete(Factor).where(Factor.person_id == person_id))
    _forget_codes(work, person_id)
    forget_devices(work, person_id=person_id)
    _record(work, "drop_factors", person_id)
    moment = f"{work.now:%Y%m%d%H%M%S%f}"
    tell_everywhere(
        work, person_id=person_id, words=_DROPPED, once_key=f"dropped:{person_id}:{moment}"
    )


def make_recovery_codes(work: Work, *, person_id: int, sealer: Sealer) -> list[str]:
    """Ten new codes, told this once; those of before open nothing any more.

    Raises:
        NotFound: the person has no factor the codes could stand in for.
    """
    _hold(work, person_id)
    if _count(work, person_id) == 0:
        raise NotFound("no factor to stand in for")
    _forget_codes(work, person_id)
    codes = [work.new_token()[:LENGTH] for _ in range(HOW_MANY)]
    work.session.add_all(
        RecoveryCode(
            code_hash=_hash_of(sealer, person_id, code), person_id=person_id, made_at=work.now
        )
        for code in codes
    )
    work.session.flush()
    _record(work, "make_recovery_codes", person_id)
    return codes


def use_code(work: Work, *, person_id: int, typed: str, sealer: Sealer) -> bool:
    """Take what was typed: six digits of an app, or a recovery code. Each is taken once."""
    code = typed_code(typed)
    if len(code) == LENGTH:
        return _use_recovery_code(work, person_id, code, sealer)
    return _use_totp(work, person_id, code, sealer)


def use_passkey(work: Work, *, factor_id: int, sign_count: int) -> bool:
    """Take a passkey's answer that was verified; False: one with a later count was taken before."""
    taken = work.session.scalar(
        update(Factor)
        .where(Factor.id == factor_id)
        .where(or_(Factor.sign_count < sign_count, Factor.sign_count == 0))
        .values(sign_count=sign_count, last_used_at=work.now)
        .returning(Factor.id)
    )
    return taken is not None


def about_totp(person_id: int) -> str:
    """What an app's secret is sealed as: in another person's row it does not open."""
    return f"totp of {person_id}"


def _use_totp(work: Work, person_id: int, code: str, sealer: Sealer) -> bool:
    apps = select(Factor).where(Factor.person_id == person_id, Factor.kind == "totp")
    for app in work.session.scalars(apps.order_by(Factor.id)):
        step = _step_of(app, code, work, sealer)
        if step is not None and _take_step(work, app.id, step):
            return True
    return False


def _step_of(app: Factor, code: str, work: Work, sealer: Sealer) -> int | None:
    try:
        secret = sealer.open(app.sealed, about=about_totp(app.person_id))
    except SealBroken:  # Sealed under another GOC_SECRET_KEY: it says nothing any more.
        return None
    return matching_step(secret, code, work.now)


def _take_step(work: Work, factor_id: int, step: int) -> bool:
    # One conditional UPDATE: of two who type the same code at once, one is in.
    taken = work.session.scalar(
        update(Factor)
        .where(Factor.id == factor_id, Factor.last_step < step)
        .values(last_step=step, last_used_at=work.now)
        .returning(Factor.id)
    )
    return taken is not None


def _use_recovery_code(work: Work, person_id: int, code: str, sealer: Sealer) -> bool:
    code_hash = _hash_of(sealer, person_id, code)
    used = work.session.scalar(
        update(RecoveryCode)
        .where(RecoveryCode.code_hash == code_hash, RecoveryCode.person_id == person_id)
        .where(RecoveryCode.used_at.is_(None))
        .values(used_at=work.now)
        .returning(RecoveryCode.person_id)
    )
    if used is None:
        return False
    _record(work, "use_recovery_code", person_id)
    once_key = f"recovery:{code_hash[:32]}"
    tell_everywhere(work, person_id=person_id, words=_OPENED, once_key=once_key)
    return True


def _hash_of(sealer: Sealer, person_id: int, code: str) -> str:
    return sealer.digest(code, about=f"recovery code of {person_id}").hex()


def _forget_codes(work: Work, person_id: int) -> None:
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def _count(work: Work, person_id: int) -> int:
    count = select(func.count()).select_from(Factor).where(Factor.person_id == person_id)
    return work.session.scalars(count).one()


def _hold(work: Work, person_id: int) -> None:
    # One after another for one person: nobody removes the last two factors at once.
    held: Sequence[int] = work.session.scalars(
        select(Person.id).where(Person.id == person_id).with_for_update()
    ).all()
    assert held, person_id


def _record(work: Work, act: str, person_id: int, *, kind: str = "") -> None:
    audit.record(
        work, act=act, object_kind="person", object_id=person_id, enterprise_id=None, kind=kind
    )
