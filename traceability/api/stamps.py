"""`/api/v1/stamps`: issued for a lot, or as a roll for a product; read by batches."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, request
from sqlalchemy.orm import Session

from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import enterprise_id, own
from catalog import queries as catalog
from core import gs1
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.api.errors import QuestionMalformed
from core.api.lists import Listed, asked_list, is_public_id
from core.jobs import jobs_by_id
from core.work import Work, reading
from traceability import queries, rules, service
from traceability.api.forms import IssueBody
from traceability.api.found import batch_found, issued_batch, lot_ids
from traceability.api.shapes import StampBatch, Stamps, WholeStampBatch, stamp_of
from traceability.errors import GoodsNotOnSale, StampQuotaExceeded
from traceability.models import StampBatch as Stored
from traceability.queries import BatchCard
from traceability.service import Order, RollOrder
from traceability.service.issuing import MOST_IN_A_BATCH
from traceability.web import leave_trace, own_lot

bp = APIBlueprint("api_stamps", __name__, tag="stamps", url_prefix=API)

MOST_STAMPS = 1_000  # Of a batch, in one answer: some 120 kB.
_NUMBER = re.compile(f"[1-9][0-9]{{0,{len(str(MOST_IN_A_BATCH)) - 1}}}")
_PLACE = {"type": "integer", "minimum": 1, "maximum": MOST_IN_A_BATCH}
_OF_LOT: Mapping[str, Mapping[str, Any]] = {"lot": {"type": "string"}}
_RANGES_FROM: Mapping[str, Mapping[str, Any]] = {"ranges_from": _PLACE}
_FIRST_LAST: Mapping[str, Mapping[str, Any]] = {"first": _PLACE, "last": _PLACE}


@bp.post("/stamps")
@asks(Act.ISSUE_STAMPS, TokenScope.WRITE_STAMPS)
@describes(Description(body=IssueBody, answer=WholeStampBatch, status=202))
def issue() -> Response:
    """Issue stamps for a lot and have their labels drawn: all of them, or none (409 with `left`).

    Some thousands are made at once; `job` says how far a larger batch is. With a `product` instead
    of a lot (and a `pack`, where not the first) they are a roll: of no lot, until they are bound.
    """
    body = read_body(IssueBody)
    if body.lot is None:
        roll = _roll(body)
        return _answer_made(lambda work: service.order_roll(work, roll))
    with reading() as session:
        lot = own_lot(session, body.lot)
    order = Order(lot.id, body.count, lot.gtin, body.paper, body.scratch, body.output)
    try:
        return _answer_made(lambda work: service.order_stamps(work, order))
    except StampQuotaExceeded as refusal:
        leave_trace(lot, refusal)
        raise


@bp.get("/stamps/batches")
@asks(Act.VIEW_MANAGE, TokenScope.READ_STAMPS)
@describes(Description(answer=Listed[StampBatch], is_list=True, filters=_OF_LOT))
def listed() -> Response:
    """The enterprise's batches, of all lots or of one; those given up are left out."""
    asked, lot = asked_list("batches"), request.args.get("lot")
    if lot is not None and not is_public_id(lot):
        raise QuestionMalformed("lot", name="lot")
    with reading() as session:
        of = catalog.stampable_lot(session, lot) if lot else None
        if lot and of is None:
            return show(Listed[StampBatch](items=[], next=None))
        found = queries.batches_after(
            session,
            enterprise_id(),
            after=asked.after,
            limit=asked.limit + 1,
            lot_id=of.id if of else None,
        )
        lots = lot_ids(session, (one.lot_id for one in found))
        jobs = jobs_by_id(session, {one.job_id for one in found if one.job_id})
    return show(
        asked.piece(
            [
                StampBatch.of(one, lot=lots.get(one.lot_id or 0), job=jobs.get(one.job_id or 0))
                for one in found
            ]
        )
    )


@bp.get("/stamps/batches/<public_id:public_id>")
@asks(Act.VIEW_MANAGE, TokenScope.READ_STAMPS)
@describes(Description(answer=WholeStampBatch, filters=_RANGES_FROM))
def batch(public_id: str) -> Response:
    """One batch with its ranges, from the stamp `ranges_from` on."""
    ranges_from = _asked_number("ranges_from", 1)
    card = batch_found(public_id)
    with reading() as session:
        return show(_whole(session, card, ranges_from=ranges_from))


@bp.get("/stamps/batches/<public_id:public_id>/stamps")
@asks(Act.PRINT_LABELS, TokenScope.READ_STAMPS)
@describes(Description(answer=Stamps, filters=_FIRST_LAST))
def stamps(public_id: str) -> Response:
    """The stamps `first` to `last` with their addresses, at most 1,000; cancelled ones too."""
    card = issued_batch(public_id)
    first = _asked_number("first", 1)
    last = min(_asked_number("last", card.count), card.count)
    shown = min(last, first + MOST_STAMPS - 1)
    with reading() as session:
        found = queries.stamps_between(session, card.id, first=first, last=shown)
        site = queries.printed_site(session, card.id)
    base_url: str = site or current_app.config["SETTINGS"].public_url
    items = [
        stamp_of(one, serial=text, url=gs1.stamp_uri(base_url, card.gtin, text))
        for one, text in zip(found, rules.serial_texts([one.serial for one in found]), strict=True)
    ]
    return show(Stamps(items=items, next=shown + 1 if shown < last else None))


def _roll(body: IssueBody) -> RollOrder:
    """The goods a roll is for.

    Raises:
        NotFound: there is no such product, or it is somebody else's.
        GoodsNotOnSale: it is not on sale, or has no such pack.
    """
    assert body.product is not None, "a body names a lot or a product"
    with reading() as session:
        product = own(catalog.managed_product(session, body.product.upper()))
        goods = catalog.stampable_goods(session, enterprise_id=product.enterprise_id)
    pack = body.pack.upper() if body.pack else None
    for one in goods:
        if one.product_id == product.id and pack in (None, one.public_id):
            return RollOrder(
                product.id,
                product.enterprise_id,
                body.count,
                one.gtin,
                body.paper,
                body.scratch,
                body.output,
            )
    raise GoodsNotOnSale(f"product {product.id}, pack {body.pack}")


def _answer_made(make: Callable[[Work], Stored]) -> Response:
    def effect(work: Work) -> Answer:
        made = make(work)
        card = queries.batches_by_id(work.session, [made.id])[made.id]
        location = f"{API}/stamps/batches/{made.public_id}"
        return answer_of(_whole(work.session, card), status=202, location=location)

    return answer_write(effect)


def _whole(session: Session, card: BatchCard, *, ranges_from: int = 1) -> WholeStampBatch:
    jobs = jobs_by_id(session, [card.job_id]) if card.job_id else {}
    ranges = queries.ranges_of(session, card.id)
    return WholeStampBatch.whole(
        card,
        lots=lot_ids(session, (card.lot_id, *(each.lot_id for each in ranges))),
        job=jobs.get(card.job_id or 0),
        ranges=ranges,
        ranges_from=ranges_from,
    )


def _asked_number(name: str, usual: int) -> int:
    asked = request.args.get(name)
    if asked is None:
        return usual
    if not _NUMBER.fullmatch(asked) or int(asked) > MOST_IN_A_BATCH:
        raise QuestionMalformed(name, name=name)
    return int(asked)
