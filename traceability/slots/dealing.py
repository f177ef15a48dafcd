"""On the seller's home: what dealers answered."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from core import display
from core.messages import messages_by_id
from core.slots import Panel
from traceability import queries
from traceability.messages import DELIVERY_ANSWERED

Panels = Mapping[int, Sequence[Panel]]


def delivery_messages(session: Session, message_ids: Sequence[int]) -> Panels:
    """`manage.message`: a dealer has, or has not, the stamps handed over."""
    ours = [
        message
        for message in messages_by_id(session, message_ids)
        if message.kind == DELIVERY_ANSWERED
    ]
    wanted = {each.values["delivery"] for each in ours}
    cards = queries.deliveries_by_id(session, wanted) if wanted else {}
    return {
        message.id: [
            Panel(
                "traceability/slots/delivery_message.html",
                {
                    "delivery": cards[message.values["delivery"]],
                    "at": message.created_at,
                    "display": display,
                },
            )
        ]
        for message in ours
    }
