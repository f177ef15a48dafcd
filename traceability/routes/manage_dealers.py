"""`/manage/dealers`: the shops that sell for a maker, and which stamps are with them."""

from apiflask import APIBlueprint
from flask import Response, request, url_for

from accounts.errors import NotACommune
from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, own, requires
from core import display
from core.errors import AppError, sentence
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.places import place_named, places_like
from core.work import Work, reading
from traceability import queries, rules, service
from traceability.dealer_errors import DealerListed, NotADealersPhone
from traceability.dealer_forms import DealerForm
from traceability.dealer_words import place_words
from traceability.routes import manage_words as words
from traceability.service import NewDealer

bp = APIBlueprint("manage_dealers", __name__, enable_openapi=False, url_prefix="/manage/dealers")

PLACES_SHOWN = 12  # On a small screen; whoever misses theirs types one word more.


class PlaceNotChosen(AppError):
    """Several communes, or none, are meant by what was typed."""

    sentence = sentence("Xin chọn đúng xã, phường trong danh sách dưới đây, hoặc gõ thêm tên tỉnh.")


@bp.get("")
@requires(Act.MANAGE_DEALERS)
def listed() -> Response:
    """The list, and the form that adds to it."""
    return _page(blank())


@bp.post("")
@requires(Act.MANAGE_DEALERS)
def add() -> Response:
    """Put a shop on the list; a commune named wholly, with its province, need not be chosen."""
    form = read(DealerForm, request.form)
    if isinstance(form, Refused):
        return _page(form, status=422)
    named = place_named(form.place)
    commune = form.commune or (named.code if named else "")
    if not commune:
        drawn = refused(request.form, DealerForm, PlaceNotChosen(form.place), at="place")
        return _page(drawn, status=422)
    told = NewDealer(form.name, form.phone, commune)

    def effect(work: Work) -> str:
        dealer = service.add_dealer(work, enterprise_id=enterprise_id(), told=told)
        return url_for("manage_dealers.shown", public_id=dealer.public_id)

    try:
        return answer_once(effect)
    except (NotADealersPhone, DealerListed) as refusal:
        return _page(refused(request.form, DealerForm, refusal, at="phone"), status=422)
    except NotACommune as refusal:
        return _page(refused(request.form, DealerForm, refusal, at="place"), status=422)


@bp.get("/<public_id:public_id>")
@requires(Act.MANAGE_DEALERS)
def shown(public_id: str) -> Response:
    """One dealer: the stamps with them, handed over when, confirmed or not."""
    with reading() as session:
        card = own(queries.dealer_of(session, public_id))
        return page(
            "traceability/manage/dealer.html",
            dealer=card,
            place=place_words(card.commune_code),
            deliveries=queries.deliveries_of(session, [card.id]),
            told=request.args.get("told", ""),
            DeliveryState=rules.DeliveryState,
            words=words,
            display=display,
        )


@bp.post("/<public_id:public_id>/remove")
@requires(Act.MANAGE_DEALERS)
def remove(public_id: str) -> Response:
    """Take a shop off the list, with its number."""
    with reading() as session:
        card = own(queries.dealer_of(session, public_id))

    def effect(work: Work) -> str:
        service.remove_dealer(work, dealer_id=card.id)
        return url_for("manage_dealers.listed")

    return answer_once(effect)


def _page(form: Drawn, *, status: int = 200) -> Response:
    with reading() as session:
        dealers = queries.dealers_of(session, enterprise_id())
    return page(
        "traceability/manage/dealers.html",
        status=status,
        form=form,
        dealers=[(one, place_words(one.commune_code)) for one in dealers],
        places=[
            (one.code, place_words(one.code))
            for one in places_like(form.value("place"), at_most=PLACES_SHOWN)
        ],
        words=words,
        display=display,
    )
