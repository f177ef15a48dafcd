"""What people and programs can do to accounts: one verb, one function."""

from accounts.service.enterprises import NewEnterprise, add_enterprises
from accounts.service.people import (
    Invitation,
    add_member,
    add_person,
    appoint,
    invite,
    new_password_link,
    set_password,
)
from accounts.service.proofs import Tried, Try, ask_code, proved_otherwise, try_code, use_proof
from accounts.service.sign_ins import SIGN_IN_DAYS, sign_in, sign_out, switch_enterprise

__all__ = [
    "SIGN_IN_DAYS",
    "Invitation",
    "NewEnterprise",
    "Tried",
    "Try",
    "add_enterprises",
    "add_member",
    "add_person",
    "appoint",
    "ask_code",
    "invite",
    "new_password_link",
    "proved_otherwise",
    "set_password",
    "sign_in",
    "sign_out",
    "switch_enterprise",
    "try_code",
    "use_proof",
]
