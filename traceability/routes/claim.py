"""“Tôi đã mua món này”: one tap below a stamp, with the commune where one likes to name it."""

from apiflask import APIBlueprint
from flask import Response, request, url_for

from core import display, ids
from core.errors import AppError, sentence
from core.forms import Refused, read, refused
from core.guard import anonymous_form
from core.limits import Limit, TooManyTries, misses, network_of
from core.pages import page
from core.places import communes, place_named, places_like
from core.redirects import see_other
from core.work import VISITOR, transaction
from traceability import rules, service
from traceability.claim_errors import PlaceUnclear
from traceability.claim_forms import ClaimForm
from traceability.routes.claim_visitors import claim_token, remember_claim
from traceability.routes.visitors import keyed_claim, visitor_of
from traceability.service import Bought

bp = APIBlueprint("claim", __name__, enable_openapi=False)
CLAIMS = Limit("claim", ("30/hour", "90/day"))  # A market day behind one address.
CLAIMS_OF_STAMP = Limit("claim of stamp", ("3/hour", "6/day"))  # Of one network: a household.
MOST_PLACES = 8


class TappedOftenHere(TooManyTries):
    """The network tapped often enough for now: it may be one person who changed their mind."""

    sentence = sentence(
        "Từ mạng của bạn vừa có vài lần bấm “tôi đã mua món này”. Xin đợi %(minutes)s phút rồi bấm"
        " lại."
    )


@bp.post("/s/<text>/bought")
@anonymous_form
def claim(text: str) -> Response:
    """Keep that the visitor bought the goods, and lead back to the stamp's page."""
    serial = rules.parse_serial(text)
    form = read(ClaimForm, request.form)
    if isinstance(form, Refused):
        return _again(serial, form, 422)
    token = claim_token() or ids.token()
    try:
        bought = Bought(keyed_claim(serial, token), _commune_code(form))
        _count(serial)
        with transaction(by=VISITOR) as work:
            is_kept = service.claim_goods(
                work, serial=serial, visitor=visitor_of(serial), bought=bought
            )
    except AppError as refusal:
        drawn = refused(request.form, ClaimForm, refusal, at="here")
        return _again(serial, drawn, refusal.status)
    answer = see_other(url_for("stamp.stamp", serial=rules.serial_text(serial)))
    return remember_claim(answer, token) if is_kept else answer


@bp.post("/s/<text>/bought/undo")
@anonymous_form
def undo(text: str) -> Response:
    """Take the tap of this browser back."""
    serial = rules.parse_serial(text)
    token = claim_token()
    if token:
        with transaction(by=VISITOR) as work:
            service.unclaim_goods(work, serial=serial, token_hash=keyed_claim(serial, token))
    return see_other(url_for("stamp.stamp", serial=rules.serial_text(serial)))


def _commune_code(form: ClaimForm) -> str | None:
    """The commune that was chosen, or typed with its province; None: none was named.

    Raises:
        PlaceUnclear: what was typed may be several communes, or none.
    """
    if form.commune in communes():
        return form.commune
    if not form.here:
        return None
    found = place_named(form.here)
    if found is None:
        raise PlaceUnclear("no one commune")
    return found.code


def _count(serial: int) -> None:
    """Count a tap by its network, and by its network at this stamp.

    Raises:
        TappedOftenHere: this household has tapped here often enough, or at many stamps.
    """
    network = network_of(request.remote_addr)
    try:
        misses().take(CLAIMS, network)
        misses().take(CLAIMS_OF_STAMP, f"{serial} {network}")
    except TooManyTries as full:
        raise TappedOftenHere(str(full), **full.values) from None


def _again(serial: int, form: Refused, status: int) -> Response:
    # A page of its own: drawing the stamp's again would be a check of it.
    matches = places_like(form.value("here").replace(",", " "), at_most=MOST_PLACES)
    return page(
        "traceability/claim_again.html",
        status=status,
        form=form,
        matches=[(one.code, display.commune(one.code)) for one in matches],
        serial=rules.serial_text(serial),
        display=display,
    )
