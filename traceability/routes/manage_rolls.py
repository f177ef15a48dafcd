"""Rolls: stamps issued for goods before anybody knows which lot they will be stuck on."""

from apiflask import APIBlueprint
from flask import Response, request, url_for

from accounts.rules import Act
from accounts.web import answer_once, enterprise_id, requires
from catalog import queries as catalog
from core import display
from core.forms import Drawn, Refused, blank, read, refused
from core.pages import page
from core.work import Work, reading
from traceability import service
from traceability.adapters.papers import DEFAULT_PAPER
from traceability.errors import GoodsNotOnSale, TooManyStamps
from traceability.forms import RollForm
from traceability.label_errors import UNPRINTABLE
from traceability.routes import manage_words as words
from traceability.service import RollOrder

bp = APIBlueprint("manage_rolls", __name__, enable_openapi=False, url_prefix="/manage/stamps")


@bp.get("/rolls")
@requires(Act.ISSUE_STAMPS)
def ask() -> Response:
    """Ask for which goods, how many stamps, on which paper."""
    return _page(blank(goods=request.args.get("goods", "").upper(), paper=DEFAULT_PAPER))


@bp.post("/rolls")
@requires(Act.ISSUE_STAMPS)
def issue() -> Response:
    """Issue a roll and have its labels drawn. It takes no lot's quota and proves nothing yet."""
    form = read(RollForm, request.form)
    if isinstance(form, Refused):
        return _page(form, status=422)
    ours = enterprise_id()
    with reading() as session:
        goods = catalog.stampable_goods(session, enterprise_id=ours)
    chosen = next((one for one in goods if one.public_id == form.goods.strip().upper()), None)
    if chosen is None:
        refusal = GoodsNotOnSale(f"goods {form.goods}")
        return _page(refused(request.form, RollForm, refusal, at="goods"), status=422)
    order = RollOrder(
        chosen.product_id,
        ours,
        form.count,
        chosen.gtin,
        form.paper,
        form.scratch == "yes",
        form.output,
    )

    def effect(work: Work) -> str:
        batch = service.order_roll(work, order)
        return url_for("manage_batch.batch", public_id=batch.public_id)

    try:
        return answer_once(effect)
    except TooManyStamps as refusal:
        return _page(refused(request.form, RollForm, refusal, at="count"), status=422)
    except UNPRINTABLE as refusal:
        return _page(refused(request.form, RollForm, refusal, at="paper"), status=422)


def _page(form: Drawn, *, status: int = 200) -> Response:
    with reading() as session:
        goods = catalog.stampable_goods(session, enterprise_id=enterprise_id())
    return page(
        "traceability/manage/roll.html",
        status=status,
        form=form,
        goods=goods,
        papers=words.sheets(),
        words=words,
        display=display,
    )
