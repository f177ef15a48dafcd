"""What accounts show on pages above: one's own account, askings of helpers, who did what."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from accounts import queries
from accounts.names import as_written
from accounts.rules import Act
from accounts.web import may
from core.messages import messages_by_id
from core.slots import Panel

_KINDS = frozenset({"consent_asked", "consent_refused"})
_LAST = 90  # Below what is to be sold and made.


def messages(session: Session, message_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """The sentences of what helpers asked. Two statements."""
    ours = [one for one in messages_by_id(session, message_ids) if one.kind in _KINDS]
    askings = queries.askings_by_id(session, [one.values["asking_id"] for one in ours])
    return {
        one.id: [
            Panel(
                "accounts/manage/message.html",
                {"kind": one.kind, "asking": askings[one.values["asking_id"]]},
            )
        ]
        for one in ours
        if may(Act.MANAGE_CONSENTS)
    }


def who_did_what(_session: Session, enterprise_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """The way to the helpers, for whoever lets them in."""
    if not may(Act.MANAGE_CONSENTS):
        return {}
    panel = Panel("accounts/manage/people_panel.html", rank=_LAST)
    return {id_: [panel] for id_ in enterprise_ids}


def own_account(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[Panel]]:
    """Number, password, who shares the phone, devices: the first section of `/account`."""
    return {person_id: [_section(session, person_id)] for person_id in ids}


def _section(session: Session, person_id: int) -> Panel:
    account = queries.own_account(session, person_id)
    own = account.sign_in
    behind = queries.people_behind(session, own) if own else []
    context = {
        "account": account,
        "number": as_written(own) if own else "",
        "behind": [one.name for one in behind if one.person_id != person_id],
        "phones": [as_written(one) for one in queries.phones_of(session, person_id) if one != own],
    }
    return Panel("accounts/account/section.html", context, rank=10)
