"""What accounts show on pages of higher features: askings of helpers, and who did what."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from accounts import queries
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
