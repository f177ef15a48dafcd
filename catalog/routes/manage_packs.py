"""Packs of a product and their prices."""

from dataclasses import replace

from apiflask import APIBlueprint
from flask import Response, request
from werkzeug.datastructures import MultiDict

from accounts.rules import Act
from accounts.web import answer_once, own, requires
from catalog import queries, service
from catalog.errors import Beside, ProductChanged
from catalog.forms import ChangePackForm, VersionForm, own_words
from catalog.queries import ManagedPack, ManagedProduct
from catalog.routes.managing import pack_lines, with_version
from catalog.routes.stale import not_removed
from core import display
from core.both_texts import BothTexts, both_texts
from core.errors import Changed
from core.forms import Drawn, Refused, as_typed, blank, read, refused
from core.language import current_language, gettext
from core.pages import page
from core.redirects import see_other
from core.work import Work, reading

bp = APIBlueprint("manage_packs", __name__, enable_openapi=False)


@bp.get("/manage/products/<public_id:public_id>/packs")
@requires(Act.EDIT_PRODUCT)
def new(public_id: str) -> Response:
    """The form of one more pack."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    if not product.packs_are_open:
        return see_other(f"/manage/products/{product.public_id}")
    unit = product.packs[0].base_unit if product.packs else "g"
    return _draw(product, None, blank(pack_unit=unit, version=product.version), 200)


@bp.post("/manage/products/<public_id:public_id>/packs")
@requires(Act.EDIT_PRODUCT)
def add(public_id: str) -> Response:
    """Add a pack with its price."""
    with reading() as session:
        product = own(queries.managed_product(session, public_id))
    form = read(ChangePackForm, request.form)
    if isinstance(form, Refused):
        return _draw(product, None, form, 422)

    def effect(work: Work) -> str:
        service.add_pack(work, product_id=product.id, version=form.version, pack=form.pack)
        return f"/manage/products/{product.public_id}"

    try:
        return answer_once(effect)
    except (Beside, Changed) as refusal:
        return _draw_refused(product, None, refusal)


@bp.get("/manage/packs/<public_id:public_id>")
@requires(Act.EDIT_PRODUCT)
def shown(public_id: str) -> Response:
    """The form of a pack as it is."""
    with reading() as session:
        pack = own(queries.managed_pack(session, public_id))
        product = queries.managed_products(session, [pack.product_id])[0]
    if not product.prices_are_open:
        return see_other(f"/manage/products/{product.public_id}")
    return _draw(product, pack, _as_it_is(product, pack), 200)


@bp.post("/manage/packs/<public_id:public_id>")
@requires(Act.EDIT_PRODUCT)
def change(public_id: str) -> Response:
    """Change a pack or its price, unless the product changed since the form was drawn."""
    with reading() as session:
        pack = own(queries.managed_pack(session, public_id))
        product = queries.managed_products(session, [pack.product_id])[0]
    form = read(ChangePackForm, request.form)
    if isinstance(form, Refused):
        return _draw(product, pack, form, 422)

    def effect(work: Work) -> str:
        service.change_pack(work, pack_id=pack.id, version=form.version, pack=form.pack)
        return f"/manage/products/{product.public_id}"

    try:
        return answer_once(effect)
    except (Beside, Changed) as refusal:
        return _draw_refused(product, pack, refusal)


@bp.post("/manage/packs/<public_id:public_id>/remove")
@requires(Act.EDIT_PRODUCT)
def remove(public_id: str) -> Response:
    """Remove a pack nobody declared a lot of."""
    with reading() as session:
        pack = own(queries.managed_pack(session, public_id))
        product = queries.managed_products(session, [pack.product_id])[0]
    form = read(VersionForm, request.form)
    if isinstance(form, Refused):
        raise Changed("a form without a version")

    def effect(work: Work) -> str:
        service.remove_pack(work, pack_id=pack.id, version=form.version)
        return f"/manage/products/{product.public_id}"

    try:
        return answer_once(effect)
    except ProductChanged as refusal:
        url = f"/manage/products/{product.public_id}"
        return not_removed(refusal, gettext("Mặt hàng này vừa được sửa nên gói chưa bỏ."), url=url)


def _as_it_is(product: ManagedProduct, pack: ManagedPack) -> Drawn:
    locale = current_language()
    return blank(
        pack_content=display.number(pack.content, locale),
        pack_unit=pack.base_unit,
        pack_words=own_words(pack.words, pack.content, pack.base_unit),
        price_vnd=None if pack.price_vnd is None else display.number(pack.price_vnd, locale),
        gtin=pack.gtin,
        size_words=pack.size_words,
        weight_g=None if pack.weight_g is None else f"{pack.weight_g} g",
        version=product.version,
    )


def _both(product: ManagedProduct, pack: ManagedPack, form: Drawn) -> BothTexts:
    here = _with_unit(_as_it_is(product, pack))
    # What was confirmed was another price's: the mixture is asked about anew.
    typed = replace(form, values={**form.values, "price_confirmed": ""})
    return both_texts(ChangePackForm, _with_unit(typed), here)


def _with_unit(form: Drawn) -> Drawn:
    """The content with its unit in one text: chosen apart, 1 of kg became 1 of g."""
    read_form = read(ChangePackForm, MultiDict(form.values))
    if isinstance(read_form, Refused):
        return form
    content, base_unit = read_form.pack_content
    whole = display.measure(content, base_unit, "vi")
    return replace(form, values={**form.values, "pack_content": whole, "pack_unit": base_unit})


def _draw_refused(
    product: ManagedProduct, pack: ManagedPack | None, refusal: Beside | Changed
) -> Response:
    if isinstance(refusal, Beside):
        form: Drawn = refused(request.form, ChangePackForm, refusal, at=refusal.field)
        return _draw(product, pack, form, refusal.status)
    with reading() as session:
        product = queries.managed_products(session, [product.id])[0]
        pack = queries.managed_pack(session, pack.public_id) if pack else None
    form = with_version(as_typed(ChangePackForm, request.form), product.version)
    return _draw(product, pack, form, refusal.status, is_changed=True)


def _draw(
    product: ManagedProduct,
    pack: ManagedPack | None,
    form: Drawn,
    status: int,
    *,
    is_changed: bool = False,
) -> Response:
    locale = current_language()
    both = _both(product, pack, form) if is_changed and pack else None
    lines = {line.public_id: line for line in pack_lines(product, locale)}
    return page(
        "catalog/manage/pack.html",
        status=status,
        product=product,
        pack=pack,
        stored=lines[pack.public_id] if pack else None,
        form=form,
        kept=_as_it_is(product, pack) if pack else None,
        both=both,
        is_changed=is_changed,
        may_remove=pack is not None and len(product.packs) > 1,
    )
