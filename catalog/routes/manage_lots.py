"""A maker's lots: the list, declaring, and each lot until it bears stamps."""

from apiflask import APIBlueprint
from flask import Response, request

from accounts.rules import Act
from accounts.web import allow, answer_once, enterprise_id, may, own, requires
from catalog import queries, service
from catalog.errors import Beside
from catalog.forms import ChangeLotForm, LotForm, VersionForm
from catalog.lot_rows import lot_row
from catalog.queries import LOTS_A_PAGE, ManagedLot, ManagedProduct
from catalog.routes.lot_words import lot_words, made_words
from catalog.routes.managing import day_words
from catalog.routes.showing import pack_words
from catalog.routes.stale import not_removed
from catalog.rules import made_kinds
from core import clock, display
from core.both_texts import BothTexts, both_texts
from core.errors import Changed
from core.forms import Drawn, Refused, as_typed, blank, read, refused
from core.language import current_language, gettext
from core.pages import page
from core.paging import address, asked_page
from core.redirects import see_other
from core.slots import fill
from core.work import Work, reading

bp = APIBlueprint("manage_lots", __name__, enable_openapi=False)


@bp.get("/manage/lots")
@requires(Act.VIEW_MANAGE)
def listed() -> Response:
    """The enterprise's lots, the newest first, each with its stamps."""
    with reading() as session:
        count = queries.lot_count(session, enterprise_id())
        pages = -(-count // LOTS_A_PAGE)
        at = asked_page(pages)
        lots = queries.managed_lots(
            session, enterprise_id=enterprise_id(), after=(at - 1) * LOTS_A_PAGE
        )
        stamps = fill("lots.stamps", session, [lot.id for lot in lots])
        has_goods = bool(lots) or bool(queries.goods_for_lots(session, enterprise_id()))
    language, today = current_language(), clock.today()
    return page(
        "catalog/manage/lots.html",
        lots=[(lot, lot_words(lot, language, today), stamps[lot.id]) for lot in lots],
        at=at,
        pages=pages,
        url_of=lambda number: address(
            "/manage/lots", [("page", str(number) if number > 1 else "")]
        ),
        has_goods=has_goods,
        may_declare=may(Act.DECLARE_LOT),
    )


@bp.get("/manage/lots/new")
@requires(Act.DECLARE_LOT)
def new() -> Response:
    """First which goods, then the lot's own form."""
    with reading() as session:
        goods = queries.goods_for_lots(session, enterprise_id())
    wanted = request.args.get("product", "").upper()
    product = next((each for each in goods if each.public_id == wanted), None)
    if product is None and len(goods) == 1:
        product = goods[0]
    if product is None:
        return page("catalog/manage/lot_goods.html", goods=goods)
    return _draw(product, None, blank(product=product.public_id), 200)


@bp.post("/manage/lots")
@requires(Act.DECLARE_LOT)
def declare() -> Response:
    """Declare the lot, then show what comes next: its stamps."""
    form = read(LotForm, request.form)
    product = _product(request.form.get("product", ""))
    if product is None:
        return _draw_goods_again()
    if isinstance(form, Refused):
        return _draw(product, None, form, 422)

    def effect(work: Work) -> str:
        lot = service.declare_lot(work, lot=lot_row(form, product))
        return f"/manage/lots/{lot.public_id}"

    try:
        return answer_once(effect)
    except Beside as refusal:
        drawn = refused(request.form, LotForm, refusal, at=refusal.field)
        return _draw(product, None, drawn, refusal.status)


@bp.get("/manage/lots/<public_id:public_id>")
@requires(Act.VIEW_MANAGE)
def shown(public_id: str) -> Response:
    """One lot and the next step."""
    with reading() as session:
        lot = own(queries.managed_lot(session, public_id))
        stamps = fill("lots.stamps", session, [lot.id])[lot.id]
    return page(
        "catalog/manage/lot.html",
        lot=lot,
        words=lot_words(lot, current_language(), clock.today()),
        stamps=stamps,
        may_declare=may(Act.DECLARE_LOT),
        may_issue=may(Act.ISSUE_STAMPS) and lot.recalled_since is None,
        may_recall=may(Act.RECALL_LOT),
    )


@bp.get("/manage/lots/<public_id:public_id>/edit")
@requires(Act.DECLARE_LOT)
def edit(public_id: str) -> Response:
    """The lot's form as it is, while it bears no stamp."""
    with reading() as session:
        lot = own(queries.managed_lot(session, public_id))
        product = queries.managed_products(session, [lot.product_id])[0]
    if lot.sealed_at is not None:
        return see_other(f"/manage/lots/{lot.public_id}")
    return _draw(product, lot, _as_it_is(lot), 200)


@bp.post("/manage/lots/<public_id:public_id>/edit")
@requires(Act.DECLARE_LOT)
def change(public_id: str) -> Response:
    """Change the lot, unless it changed or got stamps since the form was drawn."""
    with reading() as session:
        lot = own(queries.managed_lot(session, public_id))
        product = queries.managed_products(session, [lot.product_id])[0]
    form = read(ChangeLotForm, request.form)
    if isinstance(form, Refused):
        return _draw(product, lot, form, 422)

    def effect(work: Work) -> str:
        service.change_lot(work, lot_id=lot.id, version=form.version, lot=lot_row(form, product))
        return f"/manage/lots/{lot.public_id}"

    try:
        return answer_once(effect)
    except Beside as refusal:
        drawn: Drawn = refused(request.form, ChangeLotForm, refusal, at=refusal.field)
        return _draw(product, lot, drawn, refusal.status)
    except Changed:
        with reading() as session:
            lot = own(queries.managed_lot(session, public_id))
        return _draw_both(product, lot)


@bp.post("/manage/lots/<public_id:public_id>/delete")
@requires(Act.DECLARE_LOT)
def delete(public_id: str) -> Response:
    """Delete a lot without stamps."""
    with reading() as session:
        lot = own(queries.managed_lot(session, public_id))
    form = read(VersionForm, request.form)
    if isinstance(form, Refused):
        raise Changed("a form without a version")

    def effect(work: Work) -> str:
        service.delete_lot(work, lot_id=lot.id, version=form.version)
        return "/manage/lots"

    try:
        return answer_once(effect)
    except Changed as refusal:
        url = f"/manage/lots/{lot.public_id}"
        return not_removed(refusal, gettext("Lô này vừa được sửa nên chưa xóa."), url=url)


@bp.post("/manage/lots/<public_id:public_id>/hold")
@requires(Act.DECLARE_LOT)
def hold(public_id: str) -> Response:
    """Pause the sale: the lot's stamps say so at once."""
    with reading() as session:
        lot = own(queries.managed_lot(session, public_id))

    def effect(work: Work) -> str:
        service.hold_lot(work, lot_id=lot.id)
        return f"/manage/lots/{lot.public_id}"

    return answer_once(effect)


@bp.post("/manage/lots/<public_id:public_id>/release")
@requires(Act.DECLARE_LOT)
def release(public_id: str) -> Response:
    """End the pause."""
    with reading() as session:
        lot = own(queries.managed_lot(session, public_id))

    def effect(work: Work) -> str:
        service.release_lot(work, lot_id=lot.id)
        return f"/manage/lots/{lot.public_id}"

    return answer_once(effect)


def _product(public_id: str) -> ManagedProduct | None:
    """The product the form names, if it is the enterprise's own."""
    with reading() as session:
        found = queries.managed_product(session, public_id.strip().upper())
    if found is not None:
        allow(found)
    return found


def _draw_goods_again() -> Response:
    """Without goods there is no form to draw: ask for them first."""
    with reading() as session:
        goods = queries.goods_for_lots(session, enterprise_id())
    return page("catalog/manage/lot_goods.html", status=422, goods=goods)


def _as_it_is(lot: ManagedLot) -> Drawn:
    language = current_language()
    return blank(
        product=lot.product_public_id,
        pack=lot.pack_public_id,
        code=lot.code,
        made_kind=lot.made_kind,
        made_on=day_words(lot.made_on, language),
        best_before_on=day_words(lot.best_before_on, language),
        declared_units=display.number(lot.declared_units, language),
        version=lot.version,
    )


def _draw_both(product: ManagedProduct, lot: ManagedLot) -> Response:
    here = _as_it_is(lot)
    # What the form did not ask, having one answer alone, is as it was.
    typed = as_typed(ChangeLotForm, request.form)
    asked = {name: text for name, text in typed.values.items() if text or name in request.form}
    packs = {each.public_id: pack_words(each.words) for each in product.packs}
    said = {"pack": lambda public_id: packs.get(public_id, ""), "made_kind": made_words}
    both = both_texts(ChangeLotForm, Drawn({**here.values, **asked}), here, said=said)
    return _draw(product, lot, here, Changed.status, both=both)


def _draw(
    product: ManagedProduct,
    lot: ManagedLot | None,
    form: Drawn,
    status: int,
    *,
    both: BothTexts | None = None,
) -> Response:
    packs = [(each.public_id, pack_words(each.words)) for each in product.packs]
    return page(
        "catalog/manage/lot_form.html",
        status=status,
        product=product,
        lot=lot,
        packs=packs,
        kinds=made_kinds(product.group),
        form=form,
        both=both,
    )
