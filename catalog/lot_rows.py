"""What a form of a lot declares, for pages and programs alike."""

from collections.abc import Sequence

from catalog.errors import LotNotForProduct
from catalog.forms import LotForm
from catalog.queries import ManagedPack, ManagedProduct
from catalog.rules import made_kinds
from catalog.service import LotRow


def lot_row(form: LotForm, product: ManagedProduct) -> LotRow:
    """What was declared; without a named pack the product's first, the usual way of its group.

    Raises:
        LotNotForProduct: the goods have no such pack, or no lots at all.
    """
    pack = _pack(product.packs, form.pack)
    kinds = made_kinds(product.group)
    if pack is None or not kinds:
        raise LotNotForProduct(f"product {product.id} has no such pack, or no lots")
    return LotRow(
        pack_id=pack.id,
        code=form.code,
        made_kind=form.made_kind or kinds[0],
        made_on=form.made_on,
        best_before_on=form.best_before_on,
        declared_units=form.declared_units,
    )


def _pack(packs: Sequence[ManagedPack], public_id: str | None) -> ManagedPack | None:
    if public_id is None:
        return next(iter(packs), None)
    return next((each for each in packs if each.public_id == public_id.upper()), None)
