"""Which labels were handed out to be printed, how often, and why again."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from traceability import rules
from traceability.models import LabelPrint, PrintCode, StampRange
from traceability.rules import CodeState, Piece, ReprintReason, StampState


@dataclass(frozen=True)
class Printings:
    """How often files of a batch's labels were handed out, and how often for which reason again."""

    times: int = 0
    again: dict[ReprintReason, int] = field(default_factory=dict)


def printed_before(session: Session, batch_id: int, wanted: Piece, *, but: int = 0) -> list[Piece]:
    """Which living stamps of a range are on files handed out, leaving out the print `but`.

    The first one counts though it is cancelled: of the files that begin with a label one alone
    leaves without a reason (uq_label_print_first_time).
    """
    fetched = (
        LabelPrint.batch_id == batch_id,
        LabelPrint.fetched_at.is_not(None),
        LabelPrint.id != but,
    )
    others = _pieces(session, LabelPrint, wanted, *fetched)
    if not others:
        return []
    living = StampRange.batch_id == batch_id, StampRange.state != StampState.VOID
    before = rules.overlapping(wanted, others, _pieces(session, StampRange, wanted, *living))
    begun = [(start, start) for start, _ in others if start == wanted[0]]
    return before or begun


def printings(session: Session, batch_id: int) -> Printings:
    """How often labels of a batch were handed out. One statement."""
    rows = session.execute(
        select(LabelPrint.reprint_reason, func.count())
        .where(LabelPrint.batch_id == batch_id, LabelPrint.fetched_at.is_not(None))
        .group_by(LabelPrint.reprint_reason)
    ).all()
    counted = {ReprintReason(reason): count for reason, count in rows if reason is not None}
    again = {reason: counted[reason] for reason in ReprintReason if reason in counted}
    return Printings(sum(count for _, count in rows), again)


def is_with_printer(session: Session, label_print_id: int, *, now: datetime) -> bool:
    """Whether a clerk has the file, or a code waits for one."""
    return bool(codes_out(session, [label_print_id], now=now))


def codes_out(
    session: Session, label_print_ids: Collection[int], *, now: datetime
) -> dict[int, PrintCode]:
    """By file, the print code that keeps its maker from downloading it. One statement.

    An open one whose time is over keeps nobody, though no task has ended it yet.
    """
    is_out = or_(
        PrintCode.state.in_((CodeState.FETCHED, CodeState.ANSWERED)),
        (PrintCode.state == CodeState.OPEN) & (PrintCode.expires_at > now),
    )
    rows = session.scalars(
        select(PrintCode)
        .where(PrintCode.label_print_id.in_(label_print_ids), is_out)
        .order_by(PrintCode.id)
    )
    return {row.label_print_id: row for row in rows}


def _pieces(
    session: Session,
    table: type[LabelPrint] | type[StampRange],
    wanted: Piece,
    *which: ColumnElement[bool],
) -> list[Piece]:
    first, last = wanted
    rows = session.execute(
        select(table.first, table.last)
        .where(*which, table.first <= last, table.last >= first)
        .order_by(table.first)
    )
    return [(row.first, row.last) for row in rows]
