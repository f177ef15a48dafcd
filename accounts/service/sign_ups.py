"""A new account for whoever proved a number or an address."""

from accounts import codes
from accounts.purposes import Purpose
from accounts.service.people import add_person
from accounts.service.proofs import use_proof
from accounts.service.purposes import agree
from core import audit
from core.work import Work


def open_account(work: Work, *, token: str, name: str, password_hash: str | None) -> int:
    """Enter the person who proved a number by `token`; gives their id.

    Raises:
        ProofUsed: the proof took effect already or is too old.
        SignInTaken: an account was opened for the number meanwhile; nothing of this one is left.
    """
    target = use_proof(work, token=token, purpose=codes.Purpose.ENTER)
    person_id = add_person(work, sign_in=target, name=name, password_hash=password_hash)
    agree(work, person_id=person_id, purpose=Purpose.ACCOUNT)
    audit.record(work, act="sign_up", object_kind="person", object_id=person_id, enterprise_id=None)
    return person_id
