"""Labels handed out to be printed: the first time freely, again only with a recorded reason."""

from sqlalchemy import update

from core import audit
from core.database import lock_words
from core.work import Work
from traceability.adapters.outputs import DEFAULT_OUTPUT, Output
from traceability.models import LabelPrint, StampBatch
from traceability.queries import is_with_printer, printed_before
from traceability.reprint_errors import AlreadyPrinted, ReprintNeedsReason, SheetsWithPrinter
from traceability.rules import Piece, Reprint
from traceability.service.labels import order_labels


def order_print(
    work: Work,
    batch: StampBatch,
    *,
    piece: Piece,
    paper: str,
    output: Output = DEFAULT_OUTPUT,
    reprint: Reprint | None = None,
) -> LabelPrint:
    """Have labels drawn: with a reason where some of them were handed out before.

    Nothing is cancelled by it: the labels bear the same numbers.

    Raises:
        ReprintNeedsReason: they were, and `reprint` does not say why.
        RangeBackwards, TooManyLabels, NothingToPrint, UNPRINTABLE: see `order_labels`.
    """
    first, last = piece
    if reprint is None:
        before = printed_before(work.session, batch.id, piece)
        if before:
            raise ReprintNeedsReason(f"batch {batch.id}", first=before[0][0], last=before[-1][1])
        return order_labels(work, batch, first=first, last=last, paper=paper, output=output)
    wanted = order_labels(work, batch, first=first, last=last, paper=paper, output=output)
    wanted.reprint_reason, wanted.reprint_words = reprint.reason, reprint.words
    audit.record(
        work,
        act="reprint_labels",
        object_kind="stamp_batch",
        object_id=batch.id,
        enterprise_id=batch.enterprise_id,
        first=first,
        last=last,
        reason=reprint.reason.value,
    )
    return wanted


def hand_out(work: Work, *, label_print_id: int) -> None:
    """Let whoever may print download a file; again by the same link is no reprint.

    Raises:
        SheetsWithPrinter: a clerk has it, or is to have it.
        AlreadyPrinted: some of its labels were handed out by another file, and it has no reason.
    """
    wanted = work.session.get_one(LabelPrint, label_print_id)
    lock_words(work.session, f"labels {wanted.batch_id}")
    if is_with_printer(work.session, label_print_id, now=work.now):
        raise SheetsWithPrinter(f"label print {label_print_id}")
    note_handed_out(work, wanted)


def note_handed_out(work: Work, wanted: LabelPrint) -> None:
    """Remember that a file left, for the first time: from now on its labels count as printed.

    Raises:
        AlreadyPrinted: some of them left by another file, and this one has no reason.
    """
    # Two files of the same labels leave one after the other.
    lock_words(work.session, f"labels {wanted.batch_id}")
    if wanted.reprint_reason is None:
        piece = wanted.first, wanted.last
        before = printed_before(work.session, wanted.batch_id, piece, but=wanted.id)
        if before:
            raise AlreadyPrinted(f"label print {wanted.id}", first=before[0][0], last=before[-1][1])
    work.session.execute(
        update(LabelPrint)
        .where(LabelPrint.id == wanted.id, LabelPrint.fetched_at.is_(None))
        .values(fetched_at=work.now)
    )
    work.session.expire(wanted, ["fetched_at"])
