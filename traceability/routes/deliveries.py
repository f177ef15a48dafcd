"""`/deliveries/…`: a dealer says, by the link on their phone, that they have the stamps.

Public, without an account. Looking changes nothing: chat applications open addresses too.
"""

from apiflask import APIBlueprint
from flask import Response, request

from accounts.queries import makers
from catalog import queries as catalog
from core import display
from core.errors import NotFound
from core.forms import Drawn, Refused, blank, read
from core.limits import Limit, misses, network_of
from core.pages import page
from core.redirects import see_other
from core.work import VISITOR, reading, transaction
from traceability import queries, rules, service
from traceability.dealer_forms import DeliveryAnswerForm
from traceability.delivery_links import delivery_named
from traceability.queries import DeliveryCard
from traceability.routes import manage_words as words
from traceability.routes.dealer_visitors import dealer_token, remember_dealer, signed_in_person
from traceability.routes.manage_objects import issued_for
from traceability.service import Answer

bp = APIBlueprint("deliveries", __name__, enable_openapi=False)

LINKS_BY_ADDRESS = Limit("delivery_link", ("20/1minute", "100/1hour"))


@bp.after_request
def keep_private(response: Response) -> Response:
    """Tell nobody the address: it is the proof of the phone."""
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "none"
    return response


@bp.get("/deliveries/<token>")
def asked(token: str) -> Response:
    """Who hands over which stamps; looking at it answers nothing."""
    return _page(token, blank())


@bp.post("/deliveries/<token>")
def answer(token: str) -> Response:
    """Keep the dealer's yes or no; after a yes this browser is known as a shop's."""
    card = _card(token)
    form = read(DeliveryAnswerForm, request.form)
    if isinstance(form, Refused):
        return _page(token, form, status=422)
    has_them, browser = form.answer == "yes", dealer_token()
    said = Answer(
        has_them,
        is_shown=form.shown == "yes",
        browser=browser,
        person_id=signed_in_person(),
    )
    with transaction(by=VISITOR) as work:
        service.answer_delivery(work, public_id=card.public_id, answer=said)
    if not has_them:
        return see_other(f"/deliveries/{token}")
    return remember_dealer(see_other("/dealer"), browser)


def _card(token: str) -> DeliveryCard:
    """The hand-over a link opens. Raises: NotFound, TooManyTries."""
    network = network_of(request.remote_addr)
    misses().refuse(LINKS_BY_ADDRESS, network)
    public_id = delivery_named(token)
    if public_id is not None:
        with reading() as session:
            card = queries.delivery_of(session, public_id)
        if card is not None:
            return card
    misses().count(LINKS_BY_ADDRESS, network)
    raise NotFound("no such delivery")


def _page(token: str, form: Drawn, *, status: int = 200) -> Response:
    card = _card(token)
    with reading() as session:
        batch = queries.batches_by_id(session, [card.batch_id])[card.batch_id]
        lot_ids = queries.lot_ids_within(session, card.batch_id, card.first, card.last)
        lots = catalog.stampable_lots_by_id(session, lot_ids)
        return page(
            "traceability/delivery.html",
            status=status,
            card=card,
            token=token,
            form=form,
            maker=makers(session, [card.enterprise_id])[card.enterprise_id],
            goods=issued_for(session, [batch])[batch.id],
            lots=[display.lot_code(lots[lot_id].code) for lot_id in lot_ids],
            serials={
                at: rules.serial_text(serial)
                for at, serial in queries.serials_at(
                    session, card.batch_id, {card.first, card.last}
                ).items()
            },
            is_shown=queries.shown_dealers(session, [card.dealer_id]),
            words=words,
            display=display,
        )
