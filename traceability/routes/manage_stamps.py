"""Stamps of an enterprise: its batches, issuing new ones, finding one by its serial."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response, request, url_for

from accounts.queries import makers
from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, may, requires
from catalog import queries as catalog
from core import display
from core.errors import AppError, sentence
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading
from traceability import queries, rules, service
from traceability.adapters.papers import DEFAULT_PAPER
from traceability.errors import MalformedSerial, StampQuotaExceeded, TooManyStamps
from traceability.forms import FindForm, IssueForm
from traceability.label_errors import UNPRINTABLE
from traceability.queries import BatchCard
from traceability.routes import manage_words as words
from traceability.routes.batch_steps import STATES
from traceability.routes.manage_objects import issued_for
from traceability.service import Order
from traceability.web import leave_trace, own_lot

bp = APIBlueprint("manage_stamps", __name__, enable_openapi=False, url_prefix="/manage/stamps")

BATCHES_SHOWN = 50


class NotYourStamp(AppError):
    """The serial is well formed, but no stamp of this enterprise has it."""

    sentence = sentence("Không có tem nào của bạn mang số này. Xin so lại từng chữ.")


@bp.get("")
@requires(Act.VIEW_MANAGE)
def stamps() -> Response:
    """The batches, the latest first; `?lot=` shows one lot's and chooses it in the form.

    `?state=` shows those with a stamp in it.
    """
    return _page(blank(lot=request.args.get("lot", "").upper(), paper=DEFAULT_PAPER))


@bp.post("")
@requires(Act.ISSUE_STAMPS)
def issue() -> Response:
    """Issue stamps for a lot and have their labels drawn.

    More than the lot may bear are refused whole, and officers see that it was tried.
    """
    form = read(IssueForm, request.form)
    if isinstance(form, Refused):
        return _page(form, status=422)
    with reading() as session:
        lot = own_lot(session, form.lot)
    order = Order(lot.id, form.count, lot.gtin, form.paper, form.scratch == "yes", form.output)

    def effect(work: Work) -> str:
        batch = service.order_stamps(work, order)
        return url_for("manage_batch.batch", public_id=batch.public_id)

    try:
        return answer_once(effect)
    except StampQuotaExceeded as refusal:
        leave_trace(lot, refusal)
        return _page(refused(request.form, IssueForm, refusal, at="count"), status=422)
    except TooManyStamps as refusal:
        return _page(refused(request.form, IssueForm, refusal, at="count"), status=422)
    except UNPRINTABLE as refusal:
        return _page(refused(request.form, IssueForm, refusal, at="paper"), status=422)


@bp.get("/find")
@requires(Act.VIEW_MANAGE)
def find() -> Response:
    """Lead to one stamp, by its serial as somebody typed it."""
    form = read(FindForm, request.args)
    if isinstance(form, Refused):
        return _page(form, status=422)
    try:
        serial = rules.parse_serial(form.serial)
        batch = _batch_with(serial)
    except (MalformedSerial, NotYourStamp) as refusal:
        return _page(refused(request.args, FindForm, refusal, at="serial"), status=422)
    return see_other(
        url_for(
            "manage_batch.batch",
            public_id=batch.public_id,
            stamp=rules.serial_text(serial),
            _anchor="stamp",
        )
    )


@bp.get("/watch")
@requires(Act.VIEW_MANAGE)
def watch() -> Response:
    """Lead to what the public log says of this enterprise's goods: a page everybody may see."""
    with reading() as session:
        maker = makers(session, [enterprise_id()])[enterprise_id()]
    return see_other(url_for("log_watch.shown", maker=maker.public_id))


def _batch_with(serial: int) -> BatchCard:
    """The enterprise's own batch that has this stamp. Raises: NotYourStamp."""
    with reading() as session:
        found = queries.own_stamp_row(session, serial, enterprise_ids=[enterprise_id()])
        if found is None:
            raise NotYourStamp("the serial is not this enterprise's")
        return queries.batches_by_id(session, [found.batch_id])[found.batch_id]


def _page(form: Drawn, *, status: int = 200) -> Response:
    return page("traceability/manage/stamps.html", status=status, form=form, **_shown(form))


def _shown(form: Drawn) -> dict[str, Any]:
    ours = enterprise_id()
    state = request.args.get("state", "")
    with reading() as session:
        lots = catalog.stampable_lots(session, enterprise_id=ours)
        chosen = next((lot for lot in lots if lot.public_id == form.value("lot")), None)
        batches = queries.batches_of(
            session,
            enterprise_id=ours,
            lot_id=chosen.id if chosen else None,
            state=state if state in STATES else None,
            limit=BATCHES_SHOWN,
        )
        goods = issued_for(session, batches, known=lots)
        sold = queries.sold_counts(session, [batch.id for batch in batches])
        left = queries.stamps_left_of(session, [lot.id for lot in lots])
    return {
        "lots": [(lot, left.get(lot.id, lot.declared_units)) for lot in lots],
        "recalled": chosen is not None and chosen.recalled_since is not None,
        "chosen": chosen,
        "chosen_state": state if state in STATES else "",
        "states": [(each, words.state_words(each)) for each in STATES],
        "sold": sold,
        "batches": [(batch, goods[batch.id]) for batch in batches],
        "papers": words.sheets(),
        "words": words,
        "display": display,
        "may_issue": may(Act.ISSUE_STAMPS),
        "may_print": may(Act.PRINT_LABELS),
        "may_activate": may(Act.ACTIVATE_STAMPS),
        "may_deal": may(Act.MANAGE_DEALERS),
    }
