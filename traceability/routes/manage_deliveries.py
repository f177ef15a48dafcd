"""Stamps handed to dealers: which, to whom; told again, taken back."""

from apiflask import APIBlueprint
from flask import Response, request, url_for

from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, own, requires
from core import display
from core.dispatch import has_carrier
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.work import Work, reading
from traceability import queries, service
from traceability.dealer_errors import DealerGone, DeliveryClosed, RemindedEnough, StampsWithDealer
from traceability.dealer_forms import HandOverForm
from traceability.delivery_links import tell_dealer
from traceability.errors import RangeNotPossible
from traceability.queries import DeliveryCard
from traceability.routes.manage_objects import issued_for
from traceability.routes.manage_ranges import RangeRefused, typed_range
from traceability.rules import DeliveryState

bp = APIBlueprint("manage_deliveries", __name__, enable_openapi=False, url_prefix="/manage")


@bp.get("/stamps/<public_id:public_id>/hand-over")
@requires(Act.MANAGE_DEALERS)
def ask(public_id: str) -> Response:
    """Ask which stamps go to which dealer."""
    names = ("dealer", "first", "last")
    return _page(public_id, blank(**{name: request.args.get(name, "") for name in names}))


@bp.post("/stamps/<public_id:public_id>/hand-over")
@requires(Act.MANAGE_DEALERS)
def hand_over(public_id: str) -> Response:
    """Hand stamps to a dealer, who is asked by SMS to confirm."""
    form = read(HandOverForm, request.form)
    if isinstance(form, Refused):
        return _page(public_id, form, status=422)
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        dealer = own(queries.dealer_of(session, form.dealer.strip().upper()))
        try:
            first, last = typed_range(session, card, form)
        except RangeRefused as wrong:
            return _page(public_id, wrong.form(HandOverForm), status=422)

    def effect(work: Work) -> str:
        made = service.hand_over(
            work, batch_id=card.id, dealer_id=dealer.id, first=first, last=last
        )
        told = None if has_carrier(dealer.phone) else "unsent"
        try:
            tell_dealer(work, made.public_id, dealer, count=last - first + 1)
        except RemindedEnough:
            told = told or "enough"  # The stamps are handed over all the same.
        return url_for("manage_dealers.shown", public_id=dealer.public_id, told=told)

    try:
        return answer_once(effect)
    except (RangeNotPossible, StampsWithDealer) as refusal:
        at = "last"
        drawn = refused(request.form, HandOverForm, refusal, at=at)
    except DealerGone as refusal:
        drawn = refused(request.form, HandOverForm, refusal, at="dealer")
    return _page(public_id, drawn, status=422)


@bp.post("/deliveries/<public_id:public_id>/remind")
@requires(Act.MANAGE_DEALERS)
def remind(public_id: str) -> Response:
    """Send the dealer the link again; at most once an hour."""
    card = _own(public_id)

    def effect(work: Work) -> str:
        if card.state != DeliveryState.OFFERED:
            raise DeliveryClosed(f"delivery {card.id} is {card.state}")
        dealer = queries.dealer_of(work.session, card.dealer_public_id)
        assert dealer is not None, card
        tell_dealer(work, card.public_id, dealer, count=card.count)
        told = None if has_carrier(dealer.phone) else "unsent"
        return url_for("manage_dealers.shown", public_id=card.dealer_public_id, told=told)

    return answer_once(effect)


@bp.post("/deliveries/<public_id:public_id>/take-back")
@requires(Act.MANAGE_DEALERS)
def take_back(public_id: str) -> Response:
    """The stamps are with the maker again."""
    card = _own(public_id)

    def effect(work: Work) -> str:
        service.take_back(work, delivery_id=card.id)
        return url_for("manage_dealers.shown", public_id=card.dealer_public_id)

    return answer_once(effect)


def _own(public_id: str) -> DeliveryCard:
    with reading() as session:
        return own(queries.delivery_of(session, public_id))


def _page(public_id: str, form: Drawn, *, status: int = 200) -> Response:
    with reading() as session:
        card = own(queries.batch_of(session, public_id))
        return page(
            "traceability/manage/hand_over.html",
            status=status,
            form=form,
            batch=card,
            goods=issued_for(session, [card])[card.id],
            dealers=queries.dealers_of(session, enterprise_id()),
            display=display,
        )
