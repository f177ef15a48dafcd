"""On the seller's home: activations that wait for a second member."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from accounts.queries import person_names
from accounts.rules import Act
from accounts.web import may
from core import clock, display
from core.messages import messages_by_id
from core.slots import Panel
from traceability import queries
from traceability.messages import ACTIVATION_ASKED

Panels = Mapping[int, Sequence[Panel]]


def askings_to_answer(session: Session, enterprise_ids: Sequence[int]) -> Panels:
    """`manage.todo`: somebody waits for another's yes. One statement."""
    if not may(Act.ACTIVATE_STAMPS):
        return {}
    waiting = queries.open_askings(session, enterprise_ids, now=clock.now())
    return {
        enterprise_id: [Panel("traceability/slots/todo_askings.html", {"count": count}, rank=-1)]
        for enterprise_id, count in waiting.items()
    }


def asking_messages(session: Session, message_ids: Sequence[int]) -> Panels:
    """`manage.message`: an activation was asked for from a device the maker never used."""
    ours = [one for one in messages_by_id(session, message_ids) if one.kind == ACTIVATION_ASKED]
    if not ours:
        return {}
    askings = queries.askings_by_id(session, {one.values["asking"] for one in ours})
    names = person_names(session, {one.asked_by_id for one in askings.values()})
    panels: dict[int, list[Panel]] = {}
    for message in ours:
        asking = askings.get(message.values["asking"])
        if asking is not None:  # Deleted since, as `periods.ACTIVATION_ASKINGS` says.
            shown = {"asking": asking, "name": names[asking.asked_by_id]}
            shown |= {"at": message.created_at, "display": display}
            panels[message.id] = [Panel("traceability/slots/asking_message.html", shown)]
    return panels
