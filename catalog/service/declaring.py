"""Lots by form: declared, changed and deleted while they bear no stamp; held and released."""

from dataclasses import asdict

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from catalog.errors import (
    EndsBeforeMade,
    EndsTooLate,
    LotCodeTaken,
    LotNotForProduct,
    LotSealed,
    LotSpokenOf,
    LotUriCodeTaken,
    MadeInFuture,
    MadeKindUnfit,
    MadeTooLongAgo,
)
from catalog.models import Lot, Pack, Product
from catalog.rules import ON_SALE, LotFault, lot_fault, made_kinds
from catalog.search import mark_changed
from catalog.service.changes import refusing_twins
from catalog.service.lot_entries import LotRow
from core import audit
from core.errors import AppError, Changed, NotFound
from core.text.set82 import set82
from core.work import Work

_FAULTS: dict[LotFault, type[AppError]] = {
    LotFault.MADE_IN_FUTURE: MadeInFuture,
    LotFault.MADE_TOO_LONG_AGO: MadeTooLongAgo,
    LotFault.ENDS_BEFORE_MADE: EndsBeforeMade,
    LotFault.ENDS_TOO_LATE: EndsTooLate,
}


def declare_lot(work: Work, *, lot: LotRow) -> Lot:
    """Enter a lot of a pack of published goods.

    Raises:
        LotNotForProduct: a service, or not published.
        LotCodeTaken, LotUriCodeTaken: the enterprise has such a code.
        MadeInFuture, MadeTooLongAgo, EndsBeforeMade, EndsTooLate, MadeKindUnfit: what was typed
            cannot be true.
    """
    product = _product_of(work, lot)
    refuse_impossible(work, lot, group=product.group)
    stored = Lot(
        public_id=work.new_public_id(),
        enterprise_id=product.enterprise_id,
        product_id=product.id,
        uri_code=set82(lot.code),
        created_at=work.now,
        **asdict(lot),
    )
    with refusing_twins(work, lambda: _twin(work, lot, product.enterprise_id)):
        work.session.add(stored)
        work.session.flush()
    mark_changed(work, [product.id])
    _record(work, "declare_lot", stored)
    return stored


def change_lot(work: Work, *, lot_id: int, version: int, lot: LotRow) -> None:
    """Change a lot that bears no stamp yet; its product stays.

    Raises:
        LotSealed: stamps were issued for it.
        Changed: it changed since `version`.
        Otherwise as `declare_lot`.
    """
    stored = _taken(work, lot_id=lot_id, version=version, act="change_lot")
    product = _product_of(work, lot)
    if product.id != stored.product_id:
        raise LotNotForProduct("a lot stays with its product")
    refuse_impossible(work, lot, group=product.group)
    with refusing_twins(work, lambda: _twin(work, lot, stored.enterprise_id)):
        work.session.execute(
            update(Lot).where(Lot.id == lot_id).values(uri_code=set82(lot.code), **asdict(lot))
        )


def delete_lot(work: Work, *, lot_id: int, version: int) -> None:
    """Delete a lot that bears no stamp.

    Raises:
        LotSealed: stamps were issued for it.
        LotSpokenOf: somebody asked to bind stamps to it, and that is still kept.
        Changed: it changed since `version`.
    """
    stored = _taken(work, lot_id=lot_id, version=version, act="delete_lot")
    try:
        with work.session.begin_nested():
            work.session.execute(delete(Lot).where(Lot.id == lot_id))
    except IntegrityError as error:  # What those above keep of a lot, their foreign keys tell.
        raise LotSpokenOf(f"lot {lot_id}") from error
    mark_changed(work, [stored.product_id])


def hold_lot(work: Work, *, lot_id: int) -> None:
    """Pause the sale of a lot: its stamps say so from now on. Holding twice is holding once."""
    held = work.session.scalars(
        update(Lot)
        .where(Lot.id == lot_id, Lot.on_hold_since.is_(None))
        .values(on_hold_since=work.today, version=Lot.version + 1)
        .returning(Lot)
    ).one_or_none()
    if held is not None:
        _record(work, "hold_lot", held)


def release_lot(work: Work, *, lot_id: int) -> None:
    """End the pause of a lot."""
    released = work.session.scalars(
        update(Lot)
        .where(Lot.id == lot_id, Lot.on_hold_since.is_not(None))
        .values(on_hold_since=None, version=Lot.version + 1)
        .returning(Lot)
    ).one_or_none()
    if released is not None:
        _record(work, "release_lot", released)


def _product_of(work: Work, lot: LotRow) -> Product:
    product = work.session.scalars(
        select(Product).join(Pack, Pack.product_id == Product.id).where(Pack.id == lot.pack_id)
    ).one()
    if product.kind != "goods" or product.state not in ON_SALE:
        raise LotNotForProduct(f"product {product.id} is a {product.state} {product.kind}")
    return product


def refuse_impossible(work: Work, lot: LotRow, *, group: str) -> None:
    """Refuse days and ways no lot of this group can have.

    Raises:
        MadeInFuture, MadeTooLongAgo, EndsBeforeMade, EndsTooLate, MadeKindUnfit: what was typed.
    """
    if lot.made_kind not in made_kinds(group):
        raise MadeKindUnfit(f"{group} is not {lot.made_kind}")
    fault = lot_fault(lot.made_on, lot.best_before_on, today=work.today)
    if fault is not None:
        raise _FAULTS[fault](f"lot days: {fault}")


def _twin(work: Work, lot: LotRow, enterprise_id: int) -> AppError:
    """What to say should the code be taken: which of the two ways it is."""
    uri_code = set82(lot.code)
    other = work.session.scalar(
        select(Lot.code).where(
            Lot.enterprise_id == enterprise_id,
            Lot.uri_code == uri_code,
            Lot.code != lot.code,
        )
    )
    if other is None:
        return LotCodeTaken("code in use", code=lot.code)
    return LotUriCodeTaken("uri code in use", code=lot.code, uri_code=uri_code, other=other)


def _taken(work: Work, *, lot_id: int, version: int, act: str) -> Lot:
    """The lot as it was seen, its row held: whoever issues stamps now waits, then finds it so."""
    taken = work.session.scalars(
        update(Lot)
        .where(Lot.id == lot_id, Lot.sealed_at.is_(None), Lot.version == version)
        .values(version=Lot.version + 1)
        .returning(Lot)
    ).one_or_none()
    if taken is not None:
        _record(work, act, taken)
        return taken
    found = work.session.execute(
        select(Lot.sealed_at, Lot.version).where(Lot.id == lot_id)
    ).one_or_none()
    if found is None:
        raise NotFound(f"no lot {lot_id}")
    if found.sealed_at is not None:
        raise LotSealed(f"lot {lot_id} bears stamps")
    raise Changed(f"lot {lot_id} is at {found.version}, the page was at {version}")


def _record(work: Work, act: str, lot: Lot) -> None:
    audit.record(
        work,
        act=act,
        object_kind="lot",
        object_id=lot.id,
        enterprise_id=lot.enterprise_id,
        code=lot.code,
    )
