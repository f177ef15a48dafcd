"""The screen of a listing on which units and prices are typed: several packs at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request
from flask_babel import gettext

from accounts.rules import Act
from accounts.web import requires
from catalog import service
from catalog.errors import Beside
from catalog.forms import own_words
from catalog.listing_forms import (
    PacksTyped,
    read_packs,
    rows_of,
)
from catalog.queries import ManagedPack, ManagedProduct
from catalog.routes.listing_steps import go_on, now, screen, step_page
from catalog.routes.managing import PER_CONTENT, pack_lines
from catalog.rules import ListingStep
from catalog.service import PackRow, RowRefused
from core import display
from core.errors import AppError, Changed
from core.forms import Drawn, blank
from core.language import current_language
from core.work import Work

bp = APIBlueprint("listing_packs", __name__, enable_openapi=False)

LOOSE = "loose"


@dataclass(frozen=True)
class _Asked:
    """What the rows ask of the packs that are stored."""

    changed: dict[str, tuple[int, PackRow]]
    added: dict[str, PackRow]
    removed: list[int]


@bp.get("/manage/products/<public_id:public_id>/listing/packs")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.PACKS)
def packs(product: ManagedProduct) -> Response:
    """Ask how it is sold and for how much; what is stored stands in the rows."""
    return _draw(product, _as_it_is(product))


@bp.post("/manage/products/<public_id:public_id>/listing/packs")
@requires(Act.EDIT_PRODUCT)
@screen(ListingStep.PACKS)
def keep(product: ManagedProduct) -> Response:
    """Keep all rows, or only say what a kilogram of each comes to."""
    typed = read_packs(request.form, product.packs)
    if "work_out" in request.form:
        return _draw(product, Drawn(typed.values, typed.errors), typed=typed)
    if not typed.rows and typed.loose is None and not typed.errors:
        said = gettext("Xin ghi ít nhất một cách bán và giá.")
        return _draw(product, Drawn(typed.values, {"price_vnd_1": said}), status=422)
    if typed.is_refused:
        return _draw(product, Drawn(typed.values, typed.errors), typed=typed, status=422)
    return _keep(product, typed)


def _keep(product: ManagedProduct, typed: PacksTyped) -> Response:
    asked = _asked(product, typed)

    def effect(work: Work) -> None:
        service.keep_packs(
            work,
            product_id=product.id,
            version=typed.version,
            changed=asked.changed,
            added=asked.added,
            removed=asked.removed,
        )

    try:
        return go_on(product, ListingStep.PACKS, effect)
    except RowRefused as refused:
        at = _field(refused.key, refused.refusal)
        said = str(gettext(refused.refusal.sentence, **refused.refusal.values))
        drawn = Drawn(typed.values, {at: said})
        return _draw(product, drawn, typed=typed, status=refused.refusal.status)
    except Changed as refusal:
        here = now(product)
        values = {**typed.values, "version": str(here.version)}
        return _draw(here, Drawn(values), status=refusal.status, is_changed=True)


def _asked(product: ManagedProduct, typed: PacksTyped) -> _Asked:
    ids = {each.public_id: each.id for each in product.packs}
    loose = _loose(product)
    changed = {
        str(row.number): (ids[row.public_id], row.pack) for row in typed.rows if row.public_id
    }
    added = {str(row.number): row.pack for row in typed.rows if not row.public_id}
    if typed.loose is not None:
        if loose is None:
            added[LOOSE] = typed.loose
        else:
            changed[LOOSE] = (loose.id, _repriced(loose, typed.loose))
    kept = {id_ for id_, _ in changed.values()}
    return _Asked(changed, added, [id_ for id_ in ids.values() if id_ not in kept])


def _repriced(loose: ManagedPack, pack: PackRow) -> PackRow:
    """The pack as it is stored, for another price."""
    return PackRow(
        loose.content,
        loose.base_unit,
        loose.words,
        pack.price_vnd,
        by_weight=True,
        gtin=loose.gtin,
        size_words=loose.size_words,
        weight_g=loose.weight_g,
        price_is_asked=pack.price_is_asked,
    )


def _field(key: str, refusal: AppError) -> str:
    """The field a row's refusal stands beside; what a row has no field for, beside its price."""
    named = refusal.field if isinstance(refusal, Beside) else ""
    if key == LOOSE:
        return "loose_price_confirmed" if named == "price_confirmed" else "loose_price_vnd"
    drawn = {"pack_content", "pack_unit", "pack_words", "price_confirmed"}
    return f"{named if named in drawn else 'price_vnd'}_{key}"


def _loose(product: ManagedProduct) -> ManagedPack | None:
    return next((each for each in product.packs if each.by_weight), None)


def _in_rows(product: ManagedProduct) -> list[tuple[int, ManagedPack]]:
    """The packs that stand in rows, each with its row's number; loose goods have a field alone."""
    loose = _loose(product)
    return list(enumerate((each for each in product.packs if each is not loose), start=1))


def _as_it_is(product: ManagedProduct) -> Drawn:
    locale = current_language()
    loose = _loose(product)
    values: dict[str, Any] = {
        "version": product.version,
        "loose_price_vnd": _price(loose, locale) if loose else "",
    }
    for number, pack in _in_rows(product):
        values |= {
            f"pack_{number}": pack.public_id,
            f"pack_content_{number}": display.number(pack.content, locale),
            f"pack_unit_{number}": pack.base_unit,
            f"pack_words_{number}": own_words(pack.words, pack.content, pack.base_unit),
            f"price_vnd_{number}": _price(pack, locale),
        }
    return blank(**values)


def _price(pack: ManagedPack, locale: str) -> str:
    return "" if pack.price_vnd is None else display.number(pack.price_vnd, locale)


def _per(rows: Iterable[tuple[int, ManagedPack | PackRow]]) -> dict[int, str]:
    """What a kilogram, litre or piece of each row comes to, where that says more than its price."""
    locale = current_language()
    return {
        number: display.unit_price(pack.price_vnd, pack.content, pack.base_unit, locale)
        for number, pack in rows
        if pack.price_vnd is not None
        and pack.content != (1 if pack.base_unit == "piece" else PER_CONTENT)
    }


def _draw(
    product: ManagedProduct,
    form: Drawn,
    *,
    status: int = 200,
    typed: PacksTyped | None = None,
    is_changed: bool = False,
) -> Response:
    return step_page(
        ListingStep.PACKS,
        product,
        status=status,
        form=form,
        rows=rows_of(len(product.packs)),
        per=_per(
            _in_rows(product) if typed is None else [(row.number, row.pack) for row in typed.rows]
        ),
        stored=pack_lines(product, current_language()),
        is_changed=is_changed,
    )
