"""On the seller's home: what watching the public log for them found."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from core import display
from core.messages import messages_by_id
from core.slots import Panel
from traceability.messages import BATCH_NOT_ASKED_FOR


def watch_messages(session: Session, message_ids: Sequence[int]) -> Mapping[int, Sequence[Panel]]:
    """`manage.message`: the log has a batch under their GTIN that they did not issue."""
    return {
        message.id: [
            Panel(
                "traceability/slots/watch_message.html",
                {**message.values, "at": message.created_at, "display": display},
            )
        ]
        for message in messages_by_id(session, message_ids)
        if message.kind == BATCH_NOT_ASKED_FOR
    }
