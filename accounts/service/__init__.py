"""What people and programs can do to accounts: one verb, one function."""

from accounts.service.enterprises import NewEnterprise, add_enterprises
from accounts.service.members import (
    INVITATION_DAYS,
    accept_invitation,
    add_member,
    add_members_on_paper,
    change_role,
    hand_over,
    invite_member,
    refuse_invitation,
    remove_member,
    withdraw_invitation,
)
from accounts.service.people import (
    Appointed,
    add_person,
    appoint,
    invite,
    new_password_link,
    set_password,
)
from accounts.service.proofs import Tried, Try, ask_code, proved_otherwise, try_code, use_proof
from accounts.service.sign_ins import SIGN_IN_DAYS, act_for, sign_in, sign_out, switch_enterprise

__all__ = [
    "INVITATION_DAYS",
    "SIGN_IN_DAYS",
    "Appointed",
    "NewEnterprise",
    "Tried",
    "Try",
    "accept_invitation",
    "act_for",
    "add_enterprises",
    "add_member",
    "add_members_on_paper",
    "add_person",
    "appoint",
    "ask_code",
    "change_role",
    "hand_over",
    "invite",
    "invite_member",
    "new_password_link",
    "proved_otherwise",
    "refuse_invitation",
    "remove_member",
    "set_password",
    "sign_in",
    "sign_out",
    "switch_enterprise",
    "try_code",
    "use_proof",
    "withdraw_invitation",
]
