"""Which stamps a clerk means by a serial, a sheet, or a row and column of one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from traceability import rules
from traceability.adapters.papers import PAPERS
from traceability.models import Stamp
from traceability.print_errors import LabelNotInPrint
from traceability.queries.print_codes import PrintCodeCard
from traceability.queries.ranges import RangeCard, ranges_of
from traceability.rules import BySerial, Spoiled


def drawn_ordinals(session: Session, card: PrintCodeCard, *, drawn_at: datetime) -> list[int]:
    """The ordinals on the sheets, in their order: those not cancelled when they were drawn."""
    return [
        ordinal
        for each in ranges_of(session, card.batch_id)
        if not _was_cancelled(each, drawn_at)
        for ordinal in range(max(each.first, card.first), min(each.last, card.last) + 1)
    ]


def spoiled_ordinals(
    session: Session, card: PrintCodeCard, named: Sequence[Spoiled], *, drawn: Sequence[int]
) -> set[int]:
    """The ordinals of the labels a clerk named; `drawn` are those of the print, in their order.

    Raises:
        LabelNotInPrint: one of them is not on these sheets.
    """
    serials = [each.serial for each in named if isinstance(each, BySerial)]
    found = set(
        session.scalars(
            select(Stamp.ordinal).where(Stamp.batch_id == card.batch_id, Stamp.serial.in_(serials))
        )
    )
    if len(found) != len(set(serials)) or not found <= set(drawn):
        raise LabelNotInPrint("a serial of another print")
    paper = PAPERS[card.paper]
    for each in named:
        if isinstance(each, BySerial):
            continue
        at = rules.place_of(each, columns=paper.columns, rows=paper.rows, labels=len(drawn))
        if not at:
            raise LabelNotInPrint(f"{each} of {len(drawn)}")
        found.update(drawn[at.start : at.stop])
    return found


def _was_cancelled(each: RangeCard, at: datetime) -> bool:
    return each.state == "void" and each.from_at <= at
