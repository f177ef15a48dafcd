"""`/api/v1/stamps/askings`: reports of a young token that wait for a second member."""

from apiflask import APIBlueprint
from flask import Response
from sqlalchemy.orm import Session

from accounts.api.guard import asks
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import own
from core import clock
from core.api.answers import API, show
from core.api.description import Description, describes
from core.work import reading
from traceability import queries
from traceability.api.found import lot_ids
from traceability.api.shapes import ActivationAsking
from traceability.queries import AskingCard
from traceability.rules import AskingState

bp = APIBlueprint("api_stamp_askings", __name__, tag="stamps", url_prefix=API)


@bp.get("/stamps/askings/<public_id:public_id>")
@asks(Act.VIEW_MANAGE, TokenScope.READ_STAMPS)
@describes(Description(answer=ActivationAsking))
def shown(public_id: str) -> Response:
    """Whether somebody has confirmed a report that waited for a second member."""
    with reading() as session:
        found = own(queries.asking_of(session, public_id))
        return show(asking_told(session, found))


def asking_told(session: Session, card: AskingCard) -> ActivationAsking:
    """An asking as programs read it; one nobody answered in time is over, swept or not."""
    batches = queries.batches_by_id(session, {each.batch_id for each in card.ranges})
    lots = lot_ids(session, (each.lot_id for each in card.ranges))
    is_late = card.state == AskingState.OPEN and not card.is_open(clock.now())
    return ActivationAsking.model_validate(
        {
            "public_id": card.public_id,
            "state": AskingState.EXPIRED if is_late else card.state,
            "asked_at": card.asked_at,
            "expires_at": card.expires_at,
            "act": card.act,
            "ranges": [
                {
                    "batch": batches[each.batch_id].public_id,
                    "lot": lots[each.lot_id],
                    "first": each.first,
                    "last": each.last,
                }
                for each in card.ranges
            ],
        }
    )
