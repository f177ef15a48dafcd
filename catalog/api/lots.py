"""`/api/v1/lots`: declared, corrected and deleted while they bear no stamp; held and released."""

from collections.abc import Callable, Mapping
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import enterprise_id, own
from catalog import queries, service
from catalog.api.shapes import Lot
from catalog.forms import ChangeLotForm, LotForm, VersionForm
from catalog.lot_rows import lot_row
from catalog.queries import ManagedLot
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.api.errors import QuestionMalformed
from core.api.lists import Listed, asked_list, is_public_id
from core.work import Work, reading

bp = APIBlueprint("api_lots", __name__, tag="lots", url_prefix=API)

_OF_PRODUCT: Mapping[str, Mapping[str, Any]] = {"product": {"type": "string"}}


@bp.get("/lots")
@asks(Act.VIEW_MANAGE, TokenScope.READ_LOTS)
@describes(Description(answer=Listed[Lot], is_list=True, filters=_OF_PRODUCT))
def listed() -> Response:
    """The enterprise's lots, of all products or of one."""
    asked, product = asked_list("lots"), request.args.get("product")
    if product is not None and not is_public_id(product):
        raise QuestionMalformed("product", name="product")
    with reading() as session:
        found = queries.lots_after(
            session, enterprise_id(), after=asked.after, limit=asked.limit + 1, product=product
        )
    return show(asked.piece([Lot.of(each) for each in found]))


@bp.post("/lots")
@asks(Act.DECLARE_LOT, TokenScope.WRITE_LOTS)
@describes(Description(body=LotForm, answer=Lot, status=201))
def declare() -> Response:
    """Declare a lot of goods on sale; without a `pack` it is of the first."""
    form = read_body(LotForm)
    with reading() as session:
        product = own(queries.managed_product(session, form.product.upper()))

    def effect(work: Work) -> Answer:
        made = service.declare_lot(work, lot=lot_row(form, product))
        location = f"{API}/lots/{made.public_id}"
        return _told(work, made.id, status=201, location=location)

    return answer_write(effect)


@bp.get("/lots/<public_id:public_id>")
@asks(Act.VIEW_MANAGE, TokenScope.READ_LOTS)
@describes(Description(answer=Lot))
def shown(public_id: str) -> Response:
    """One lot."""
    return show(Lot.of(_found(public_id)))


@bp.patch("/lots/<public_id:public_id>")
@asks(Act.DECLARE_LOT, TokenScope.WRITE_LOTS)
@describes(Description(body=ChangeLotForm, answer=Lot, is_partial=True))
def change(public_id: str) -> Response:
    """Correct a lot that bears no stamp; its product stays."""
    lot = _found(public_id)
    form = read_body(ChangeLotForm, over=Lot.of(lot))
    with reading() as session:
        product = own(queries.managed_product(session, form.product.upper()))

    def effect(work: Work) -> Answer:
        row = lot_row(form, product)
        service.change_lot(work, lot_id=lot.id, version=form.version, lot=row)
        return _told(work, lot.id)

    return answer_write(effect)


@bp.delete("/lots/<public_id:public_id>")
@asks(Act.DECLARE_LOT, TokenScope.WRITE_LOTS)
@describes(Description(body=VersionForm, status=204))
def delete(public_id: str) -> Response:
    """Delete a lot that bears no stamp."""
    lot, form = _found(public_id), read_body(VersionForm)

    def effect(work: Work) -> Answer:
        service.delete_lot(work, lot_id=lot.id, version=form.version)
        return answer_of(None, status=204)

    return answer_write(effect)


@bp.post("/lots/<public_id:public_id>/hold")
@asks(Act.DECLARE_LOT, TokenScope.WRITE_LOTS)
@describes(Description(answer=Lot))
def hold(public_id: str) -> Response:
    """Pause the sale of a lot: its stamps say so from now on. Holding twice is holding once."""
    return _done_to(_found(public_id), service.hold_lot)


@bp.post("/lots/<public_id:public_id>/release")
@asks(Act.DECLARE_LOT, TokenScope.WRITE_LOTS)
@describes(Description(answer=Lot))
def release(public_id: str) -> Response:
    """End the pause."""
    return _done_to(_found(public_id), service.release_lot)


def _done_to(lot: ManagedLot, act: Callable[..., None]) -> Response:
    def effect(work: Work) -> Answer:
        act(work, lot_id=lot.id)
        return _told(work, lot.id)

    return answer_write(effect)


def _found(public_id: str) -> ManagedLot:
    with reading() as session:
        return own(queries.managed_lot(session, public_id))


def _told(work: Work, lot_id: int, *, status: int = 200, location: str = "") -> Answer:
    work.session.flush()
    [lot] = queries.managed_lots_by_id(work.session, [lot_id])
    return answer_of(Lot.of(lot), status=status, location=location)
