"""`/api/v1/dealers`, `/api/v1/stamps/…/hand-over`: stamps that go to dealers with their goods."""

from apiflask import APIBlueprint
from flask import Response

from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import enterprise_id, own
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.api.lists import Listed, asked_list
from core.dispatch import has_carrier
from core.work import Work, reading
from traceability import queries, service
from traceability.api.forms import HandOverBody
from traceability.api.found import issued_batch, stamps_meant
from traceability.api.handed_shapes import Dealer, Delivery, HandedOver
from traceability.dealer_errors import RemindedEnough
from traceability.delivery_links import tell_dealer
from traceability.queries import DeliveryCard

bp = APIBlueprint("api_deliveries", __name__, tag="stamps", url_prefix=API)


@bp.get("/dealers")
@asks(Act.MANAGE_DEALERS, TokenScope.READ_STAMPS)
@describes(Description(answer=Listed[Dealer], is_list=True))
def dealers() -> Response:
    """The enterprise's dealers: shops that sell its goods. They are listed on the pages."""
    asked = asked_list("dealers")
    with reading() as session:
        found = queries.dealers_of(session, enterprise_id())
    later = sorted((one for one in found if one.public_id > asked.after), key=_id_of)
    return show(asked.piece([Dealer.of(one) for one in later[: asked.limit + 1]]))


@bp.post("/stamps/batches/<public_id:public_id>/hand-over")
@asks(Act.MANAGE_DEALERS, TokenScope.WRITE_STAMPS)
@describes(Description(body=HandOverBody, answer=HandedOver, status=201))
def hand_over(public_id: str) -> Response:
    """Hand stamps to a dealer, who is asked by SMS to confirm (409 where another has some).

    Without an SMS they are handed over all the same: `is_sms_sent` says whether one goes out.
    """
    card, body = issued_batch(public_id), read_body(HandOverBody)
    with reading() as session:
        dealer = own(queries.dealer_of(session, body.dealer.upper()))
    first, last = stamps_meant(card, body)

    def effect(work: Work) -> Answer:
        made = service.hand_over(
            work, batch_id=card.id, dealer_id=dealer.id, first=first, last=last
        )
        is_sms_sent = has_carrier(dealer.phone)
        try:
            tell_dealer(work, made.public_id, dealer, count=last - first + 1)
        except RemindedEnough:
            is_sms_sent = False
        return _handed_over(work, made.public_id, is_sms_sent=is_sms_sent)

    return answer_write(effect)


@bp.get("/stamps/deliveries/<public_id:public_id>")
@asks(Act.MANAGE_DEALERS, TokenScope.READ_STAMPS)
@describes(Description(answer=Delivery))
def shown(public_id: str) -> Response:
    """Stamps handed to a dealer, and what the dealer said."""
    card = _found(public_id)
    with reading() as session:
        batch = queries.batches_by_id(session, [card.batch_id])[card.batch_id]
    return show(Delivery.of(card, batch=batch.public_id))


@bp.post("/stamps/deliveries/<public_id:public_id>/take-back")
@asks(Act.MANAGE_DEALERS, TokenScope.WRITE_STAMPS)
@describes(Description(answer=Delivery))
def take_back(public_id: str) -> Response:
    """The stamps are with the maker again; the second time changes nothing."""
    card = _found(public_id)

    def effect(work: Work) -> Answer:
        service.take_back(work, delivery_id=card.id)
        return _told(work, public_id, status=200)

    return answer_write(effect)


def _found(public_id: str) -> DeliveryCard:
    with reading() as session:
        return own(queries.delivery_of(session, public_id))


def _told(work: Work, public_id: str, *, status: int) -> Answer:
    return answer_of(_written(work, public_id), status=status, location=_address(public_id))


def _handed_over(work: Work, public_id: str, *, is_sms_sent: bool) -> Answer:
    written = _written(work, public_id)
    told = HandedOver(**written.model_dump(), is_sms_sent=is_sms_sent)
    return answer_of(told, status=201, location=_address(public_id))


def _written(work: Work, public_id: str) -> Delivery:
    work.session.flush()
    card = queries.delivery_of(work.session, public_id)
    assert card is not None, "it was just written"
    batch = queries.batches_by_id(work.session, [card.batch_id])[card.batch_id]
    return Delivery.of(card, batch=batch.public_id)


def _address(public_id: str) -> str:
    return f"{API}/stamps/deliveries/{public_id}"


def _id_of(card: queries.DealerCard) -> str:
    return card.public_id
