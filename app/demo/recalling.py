"""A lot of tea its cooperative called back two days ago: what everybody reads then."""

from dataclasses import replace
from datetime import timedelta

from app.demo import samples
from app.demo.stamps import RECALLED_LOT
from catalog import queries as catalog
from core.work import Work
from traceability import service
from traceability.rules import Side
from traceability.rules.entries import MAKER
from traceability.rules.recalls import Advice, RecallReason, Remedy

WORDS = "một số hộp bị ẩm trong kho"


def recall_tea(work: Work, lot_ids: list[int]) -> None:
    """Call that lot back, once it is new; money or other tea until thirty days from today."""
    found = catalog.stampable_lots_by_id(work.session, lot_ids).values()
    lots = [lot for lot in found if lot.code == RECALLED_LOT]
    for lot in catalog.managed_lots_by_id(work.session, [one.id for one in lots]) if lots else ():
        notice = service.RecallNotice(
            RecallReason.SPOILED,
            Advice.BRING_BACK,
            WORDS,
            Remedy.EITHER,
            work.today + timedelta(days=30),
            f"+84{(samples.TEA_COOPERATIVE.phone or '').removeprefix('0')}",
        )
        service.recall_lot(
            replace(work, now=work.now - timedelta(days=2)),
            lot_id=lot.id,
            version=lot.version,
            judge=service.Judge(Side.MAKER, MAKER),
            notice=notice,
        )
