"""The first factor of somebody who comes in by codes alone: whoever took the SIM could add it too.

It waits as a move to another number does, told to every way the person can be reached by and
stopped from any of their devices, unless there is nobody to ask: see docs/adr/0011.
"""

import json
from dataclasses import asdict

from sqlalchemy import ColumnElement, exists, select, update

from accounts.factor_errors import FactorKnown
from accounts.models import AccountChange, Factor
from accounts.service.changes import hold_person, open_change
from accounts.service.elsewhere import OWNER_HAS, can_ask, comes_by_codes
from accounts.service.factors import NewFactor, add_factor, end_other_sign_ins
from accounts.service.telling import tell_everywhere
from core.work import Work

KIND = "first_factor"
_ASKED = "Gốc: có người xin thêm bước hai vào tài khoản của bạn, 72 giờ nữa. Không phải bạn? Vào trang Tài khoản bấm Dừng lại."  # noqa: E501  # A message, whole.


def take_factor(work: Work, *, person_id: int, factor: NewFactor, key_hash: str) -> bool:
    """Add a factor by somebody signed in with `key_hash`; False: it waits, told everywhere.

    It waits where it is the first of somebody without a password, or with one that a code set these
    days, while another device of theirs is signed in, or they can be reached in another way than
    the one they came by. What of this kind waited before gives way to it.

    Raises:
        FactorKnown, TooManyFactors: as `add_factor`.
    """
    hold_person(work, person_id)
    has_factor = _is_known(work, Factor.person_id == person_id)
    if (
        not has_factor
        and comes_by_codes(work, person_id)
        and can_ask(work, person_id, but=key_hash)
    ):
        _ask(work, person_id, factor)
        return False
    add_factor(work, person_id=person_id, factor=factor)
    if not has_factor:
        end_asked_factor(work, person_id=person_id)
        end_other_sign_ins(work, person_id=person_id, but=key_hash)
    return True


def take_asked_factor(work: Work, *, person_id: int, asked: str) -> str:
    """Add the factor that has waited long enough; the outcome of its waiting.

    Every sign-in ends, that of the asking device too: nobody stays in who never showed it.
    """
    if _is_known(work, Factor.person_id == person_id):
        return "refused"
    try:
        add_factor(work, person_id=person_id, factor=NewFactor(**json.loads(asked)))
    except FactorKnown:  # Another person added this very app meanwhile.
        return "refused"
    end_other_sign_ins(work, person_id=person_id, but="")
    return "done"


def end_asked_factor(work: Work, *, person_id: int) -> None:
    """Let a first factor wait no more: a stronger thing than codes has taken its place."""
    work.session.execute(
        update(AccountChange)
        .where(AccountChange.person_id == person_id, AccountChange.kind == KIND)
        .where(AccountChange.ended_at.is_(None))
        .values(ended_at=work.now, outcome="replaced", value=None)
    )


def _ask(work: Work, person_id: int, factor: NewFactor) -> None:
    if _is_known(work, Factor.fingerprint == factor.fingerprint):
        raise FactorKnown("factor added before")
    asked = json.dumps(asdict(factor))
    change = open_change(work, person_id, KIND, asked, wait=OWNER_HAS)
    once_key = f"change:{change.public_id}"
    tell_everywhere(work, person_id=person_id, words=_ASKED, once_key=once_key)


def _is_known(work: Work, condition: ColumnElement[bool]) -> bool:
    return bool(work.session.scalar(select(exists().where(condition))))
