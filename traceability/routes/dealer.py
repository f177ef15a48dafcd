"""`/dealer`: what a shop holds of which maker, and what it has sold. By browser, or signed in."""

from datetime import timedelta

from apiflask import APIBlueprint
from flask import Response, current_app, request

from accounts.queries import makers
from core import clock, display
from core.errors import AppError
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.redirects import see_other
from core.work import VISITOR, reading, transaction
from traceability import queries, rules, service
from traceability.dealer_errors import NotYourStamps
from traceability.dealer_forms import SaleForm
from traceability.errors import MalformedSerial
from traceability.routes import manage_words as words
from traceability.routes.dealer_visitors import dealings

bp = APIBlueprint("dealer", __name__, enable_openapi=False)

SALES_SHOWN = 20


@bp.get("/dealer")
def shown() -> Response:
    """The stamps this shop holds, and what it sold lately."""
    return _page(blank())


@bp.post("/dealer/sales")
def sell() -> Response:
    """Record one stamp's goods as sold."""
    form = read(SaleForm, request.form)
    if isinstance(form, Refused):
        return _page(form, status=422)
    try:
        serial, dealer_ids = _serial(form.code), _dealers()
        with transaction(by=VISITOR) as work:
            service.record_sale(work, serial=serial, dealer_ids=dealer_ids)
    except AppError as refusal:
        drawn = refused(request.form, SaleForm, refusal, at="code")
        return _page(drawn, status=refusal.status)
    return see_other("/dealer#sales")


@bp.post("/dealer/sales/undo")
def undo() -> Response:
    """Take back a sale that was recorded by mistake."""
    serial, dealer_ids = rules.parse_serial(request.form.get("code", "")), _dealers()
    with transaction(by=VISITOR) as work:
        service.undo_sale(work, serial=serial, dealer_ids=dealer_ids)
    return see_other("/dealer#sales")


@bp.post("/dealer/shown")
def show() -> Response:
    """Let buyers read this shop's name on the pages of its stamps, or no longer."""
    dealer_ids, is_shown = _dealers(), request.form.get("shown") == "yes"
    with transaction(by=VISITOR) as work:
        service.show_dealers(work, dealer_ids=dealer_ids, is_shown=is_shown)
    return see_other("/dealer")


@bp.get("/dealer/sales")
@bp.get("/dealer/shown")
def back() -> Response:
    """Where a switch of language comes back to after a refused form."""
    return see_other("/dealer")


def _dealers() -> frozenset[int]:
    """Whom this browser or person sells as. Raises: NotYourStamps."""
    found = frozenset(dealings())
    if not found:
        raise NotYourStamps("no dealer's browser")
    return found


def _serial(typed: str) -> int:
    code = rules.parse_code(typed, current_app.config["SETTINGS"].host)
    if code.serial is None:
        raise MalformedSerial
    return code.serial


def _page(form: Drawn, *, status: int = 200) -> Response:
    dealers = dealings()
    with reading() as session:
        held = [
            card
            for card in queries.deliveries_of(session, dealers)
            if card.state == rules.DeliveryState.CONFIRMED
        ]
        sales = queries.sales_of(session, dealers, limit=SALES_SHOWN)
        return page(
            "traceability/dealer.html",
            status=status,
            form=form,
            makers=makers(session, set(dealers.values())),
            held=held,
            sales=[(rules.serial_text(one.serial), one.sold_at) for one in sales],
            undone_after=clock.now() - rules.SALE_UNDONE_WITHIN + timedelta(minutes=1),
            is_shown=queries.shown_dealers(session, dealers),
            words=words,
            display=display,
        )
