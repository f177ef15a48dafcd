"""Prices that look like a slip of the finger: asked about in a form, told beside a cell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from catalog.errors import Beside
from catalog.price_errors import PriceFar, PriceSlipped
from catalog.queries.usual_prices import usual_rate_vnd, usual_rates_vnd
from catalog.rules import PackPrice, PriceSlip, price_slip
from catalog.service.entries import Fate, Outcome, PackRow, ProductRow
from core.work import Work

_WRITTEN = (Fate.CREATED, Fate.UPDATED)


def refuse_slip(work: Work, *, group: str, pack: PackRow) -> None:
    """Ask about a price that is not confirmed and that is far from what such goods cost.

    Raises:
        PriceSlipped, PriceFar: with what was typed, and what may have been meant.
    """
    if not pack.price_is_asked:
        return
    priced = _priced(pack)
    usual = usual_rate_vnd(work.session, group=group, base_unit=pack.base_unit)
    slip = price_slip(priced, usual_vnd=usual)
    if slip is not None:
        raise _question(slip)


def with_doubts(
    session: Session, rows: Sequence[ProductRow], outcomes: Mapping[str, Outcome]
) -> dict[str, Outcome]:
    """The outcomes of an import, each odd price with its question; nothing is refused for it.

    What goods usually cost takes long to ask: read it where no writer waits.
    """
    written = [
        (row, pack) for row in rows if outcomes[row.key].fate in _WRITTEN for pack in row.packs
    ]
    kinds = {(row.group, pack.base_unit) for row, pack in written}
    usual = usual_rates_vnd(session, kinds) if kinds else {}
    doubted = dict(outcomes)
    for row, pack in written:
        slip = price_slip(_priced(pack), usual_vnd=usual.get((row.group, pack.base_unit)))
        if slip is not None:
            doubted[row.key] = replace(doubted[row.key], doubt=_question(slip))
    return doubted


def _priced(pack: PackRow) -> PackPrice:
    return PackPrice(pack.content, pack.base_unit, pack.price_vnd)


def _question(slip: PriceSlip) -> Beside:
    return PriceFar(slip.typed) if slip.meant is None else PriceSlipped(slip.typed, slip.meant)
