"""Recovery that cannot be used to take an account: what is asked for waits, and is told.

A code to the number lets one in at once (that is what a number is for). What would shut the owner
out, a new password, another number or a first second factor, waits while somebody is signed in
elsewhere.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from accounts.codes import Purpose
from accounts.errors import NotAMember, ProofUsed, SignInTaken
from accounts.models import AccountChange, Membership, Person, SignIn
from accounts.names import masked, takes_messages
from accounts.second_rules import is_confirmed
from accounts.service.changes import open_change
from accounts.service.devices import end_young_but
from accounts.service.elsewhere import SET_BY_CODE, can_ask, comes_by_codes, is_signed_in
from accounts.service.factors import drop_factors
from accounts.service.first_factors import end_asked_factor, take_asked_factor
from accounts.service.handing_over import take_over
from accounts.service.proofs import use_proof
from accounts.service.second_steps import has_factor, holds_office, refuse_code_alone
from accounts.service.sign_ins import SIGNED_OUT
from accounts.service.telling import tell_everywhere
from accounts.service.tokens import end_tokens
from accounts.service.trusted_devices import forget_devices
from core import audit
from core.dispatch import Letter, send_out
from core.errors import NotFound
from core.work import Work

PASSWORD_WAITS = timedelta(hours=24)
NUMBER_WAITS = timedelta(hours=72)
FACTORS_WAIT = timedelta(hours=24)
_ASKED_PASSWORD = "Gốc: có người xin đặt lại mật khẩu của bạn, 24 giờ nữa có hiệu lực. Không phải bạn? Vào trang Tài khoản bấm Dừng lại."  # noqa: E501, S105  # A message, whole.
_SET_PASSWORD = "Gốc: mật khẩu của bạn vừa được đặt lại. Không phải bạn? Vào bằng mã rồi đổi ngay."  # noqa: S105  # As above.
_ASKED_NUMBER = "Gốc: có người xin chuyển tài khoản của bạn sang số {number}, 72 giờ nữa. Không phải bạn? Vào trang Tài khoản bấm Dừng lại."  # noqa: E501  # As above.
_ASKED_FACTORS = "Gốc: người vận hành đã nhận lời bỏ bước hai của tài khoản bạn, 24 giờ nữa. Không phải bạn xin? Vào trang Tài khoản bấm Dừng lại."  # noqa: E501  # As above.
_MOVED = "Gốc: tài khoản của bạn vừa chuyển sang số {number}."


def reset_password(
    work: Work,
    *,
    token: str,
    person_id: int,
    password_hash: str,
    offices_need_factor: bool = False,
) -> bool:
    """Set a forgotten password by a proved number; False: it waits, for somebody is signed in.

    Raises:
        ProofUsed: the proof took effect already or is too old.
        CodeNotEnough: whoever holds the number alone would come into an office by it.
    """
    if offices_need_factor and holds_office(work, person_id=person_id):
        refuse_code_alone(work, person_id=person_id)
    use_proof(work, token=token, purpose=Purpose.RESET)
    if is_signed_in(work, person_id=person_id, lately=PASSWORD_WAITS):
        change = open_change(work, person_id, "password", password_hash, wait=PASSWORD_WAITS)
        _tell(work, person_id, _ASKED_PASSWORD, once_key=f"change:{change.public_id}")
        return False
    _set_password(work, person_id, password_hash, by_code=True)
    return True


def change_password(
    work: Work, *, person_id: int, password_hash: str, key_hash: str, is_sure: bool
) -> bool:
    """Set a password by somebody signed in; False: it waits.

    Whoever came in by a code to the number and does not know the old password waits like somebody
    who forgot it, while another device is signed in. At once, every other sign-in ends.
    """
    if not is_sure and is_signed_in(work, person_id=person_id, lately=PASSWORD_WAITS, but=key_hash):
        change = open_change(work, person_id, "password", password_hash, wait=PASSWORD_WAITS)
        _tell(work, person_id, _ASKED_PASSWORD, once_key=f"change:{change.public_id}")
        return False
    _set_password(work, person_id, password_hash, but=key_hash, by_code=not is_sure)
    return True


def move_number(
    work: Work, *, person_id: int, old_token: str, new_token: str, key_hash: str
) -> bool:
    """Take a new number whose old one is still in hand; False: it waits as that of a lost one.

    Codes to both prove it, and whoever took the SIM has both: unless the person lately showed
    something stronger, it waits where somebody else could stop it. Whoever had no number of their
    own (a shared phone) has nothing to prove but the new one.

    Raises:
        ProofUsed: one of the proofs took effect already or is too old.
        SignInTaken: somebody else signs in by the new number.
    """
    old = work.session.scalar(select(Person.sign_in).where(Person.id == person_id))
    if old is not None and use_proof(work, token=old_token, purpose=Purpose.MOVE_FROM) != old:
        raise ProofUsed("another number than one's own was proved")
    target = use_proof(work, token=new_token, purpose=Purpose.MOVE_TO)
    is_sure = old is None or _showed_more_than_codes(work, person_id, key_hash)
    if not is_sure and can_ask(work, person_id, but=key_hash):
        ask_move(work, person_id=person_id, target=target)
        return False
    _move(work, person_id, target)
    return True


def _showed_more_than_codes(work: Work, person_id: int, key_hash: str) -> bool:
    shown = select(SignIn.confirmed_at).where(SignIn.key_hash == key_hash)
    if not is_confirmed(work.session.scalar(shown), work.now):
        return False
    return has_factor(work, person_id=person_id) or not comes_by_codes(work, person_id)


def ask_move(work: Work, *, person_id: int, target: str) -> AccountChange:
    """Ask to move to a new number without the old one: in 72 hours, told to the old and everywhere.

    By the person (who proved the new number), or by a director or officer who knows them.

    Raises:
        SignInTaken: somebody else signs in by the new number.
    """
    _refuse_taken(work, target)
    change = open_change(work, person_id, "sign_in", target, wait=NUMBER_WAITS)
    words = _ASKED_NUMBER.format(number=masked(target))
    tell_everywhere(work, person_id=person_id, words=words, once_key=f"change:{change.public_id}")
    return change


def ask_member_move(work: Work, *, enterprise_id: int, person_id: int, target: str) -> None:
    """Ask, as a director who knows them, that a member moves to a new number; as `ask_move`.

    Raises:
        NotAMember: they belong there no longer, or have no number to lose.
        SignInTaken: somebody else signs in by the new number.
    """
    belongs = (
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.enterprise_id == enterprise_id, Membership.person_id == person_id)
        .where(Membership.ended_at.is_(None), Person.sign_in.is_not(None))
    )
    if work.session.scalar(belongs) is None:
        raise NotAMember(f"person {person_id} of enterprise {enterprise_id}")
    ask_move(work, person_id=person_id, target=target)
    audit.record(
        work,
        act="ask_member_number",
        object_kind="person",
        object_id=person_id,
        enterprise_id=enterprise_id,
    )


def ask_end_of_factors(work: Work, *, person_id: int, known_by: str) -> AccountChange:
    """Let the lost factors of somebody the operator knows end in 24 hours, told everywhere.

    `known_by`: how the operator made sure who asks; it stands in the audit.

    Raises:
        NotFound: the person has none.
    """
    if not has_factor(work, person_id=person_id):
        raise NotFound("no factor to end")
    change = open_change(work, person_id, "factors", "", wait=FACTORS_WAIT)
    audit.record(
        work,
        act="end_factors",
        object_kind="person",
        object_id=person_id,
        enterprise_id=None,
        known_by=known_by,
    )
    once_key = f"change:{change.public_id}"
    tell_everywhere(work, person_id=person_id, words=_ASKED_FACTORS, once_key=once_key)
    return change


def stop_change(work: Work, *, person_id: int, public_id: str) -> None:
    """Stop a change of one's own that waits.

    Raises:
        NotFound: there is none, or it has ended.
    """
    stopped = work.session.scalar(
        update(AccountChange)
        .where(AccountChange.public_id == public_id, AccountChange.person_id == person_id)
        .where(AccountChange.ended_at.is_(None))
        .values(ended_at=work.now, outcome="stopped", value=None)
        .returning(AccountChange)
    )
    if stopped is None:
        raise NotFound("no such change waits")
    audit.record(
        work,
        act="stop_officer_change" if stopped.enterprise_id else "stop_account_change",
        object_kind="person",
        object_id=person_id,
        enterprise_id=stopped.enterprise_id,
    )


def apply_next_change(work: Work) -> bool:
    """Let the change that has waited longest take effect; False: none is due."""
    change = work.session.scalars(
        select(AccountChange)
        .where(AccountChange.ended_at.is_(None), AccountChange.due_at <= work.now)
        .order_by(AccountChange.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if change is None:
        return False
    value, change.value = change.value or "", None
    change.ended_at, change.outcome = work.now, "done"
    if change.kind == "password":
        _set_password(work, change.person_id, value, by_code=True)
    elif change.kind == "factors":
        drop_factors(work, person_id=change.person_id)
    elif change.kind == "first_factor":
        change.outcome = take_asked_factor(work, person_id=change.person_id, asked=value)
    elif change.kind == "hand_over":
        change.outcome = take_over(work, change, number=value)
    elif _holder_of(work, value) is not None:
        change.outcome = "refused"  # Somebody opened an account by that number meanwhile.
    else:
        _move(work, change.person_id, value)
    return True


def _set_password(
    work: Work, person_id: int, password_hash: str, *, by_code: bool, but: str | None = None
) -> None:
    work.session.execute(
        update(Person).where(Person.id == person_id).values(password_hash=password_hash)
    )
    end_asked_factor(work, person_id=person_id)
    put_out = _end_sign_ins(work, person_id, but=but)
    if by_code and put_out:
        # Else nobody would be left who can stop what whoever took the number asks for next.
        _record(work, SIGNED_OUT, person_id)
    forget_devices(work, person_id=person_id)
    _record(work, SET_BY_CODE if by_code else "set_password", person_id)
    _tell(work, person_id, _SET_PASSWORD, once_key=f"password:{person_id}:{_moment(work.now)}")


def _move(work: Work, person_id: int, target: str) -> None:
    _refuse_taken(work, target)
    words = _MOVED.format(number=masked(target))
    once_key = f"moved:{person_id}:{_moment(work.now)}"
    tell_everywhere(work, person_id=person_id, words=words, once_key=once_key)
    work.session.execute(update(Person).where(Person.id == person_id).values(sign_in=target))
    _record(work, "move_sign_in", person_id)


def _end_sign_ins(work: Work, person_id: int, *, but: str | None) -> bool:
    """Whether there were any."""
    others = [SignIn.key_hash != but] if but else []
    ended = work.session.scalars(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), *others)
        .values(ended_at=work.now)
        .returning(SignIn.key_hash)
    ).all()
    end_young_but(work, person_id=person_id, key_hash=but or "")
    end_tokens(work, person_id=person_id)
    return bool(ended)


def _refuse_taken(work: Work, target: str) -> None:
    if _holder_of(work, target) is not None:
        raise SignInTaken("the new number is somebody's", sign_in=masked(target))


def _holder_of(work: Work, target: str) -> int | None:
    return work.session.scalar(select(Person.id).where(Person.sign_in == target))


def _tell(work: Work, person_id: int, words: str, *, once_key: str) -> None:
    own = work.session.scalar(select(Person.sign_in).where(Person.id == person_id))
    if own is not None and takes_messages(own):
        send_out(work, Letter(own, words, subject="Gốc: tài khoản của bạn"), once_key=once_key)


def _record(work: Work, act: str, person_id: int) -> None:
    audit.record(work, act=act, object_kind="person", object_id=person_id, enterprise_id=None)


def _moment(now: datetime) -> str:
    return f"{now:%Y%m%d%H%M%S%f}"
