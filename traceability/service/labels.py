"""Labels: which stamps go on a PDF, and the job that draws it."""

from core.jobs import enqueue
from core.work import Work
from traceability.adapters.papers import PAPERS
from traceability.errors import NothingToPrint, RangeBackwards, TooManyLabels
from traceability.models import LabelPrint, StampBatch
from traceability.queries import ranges_of

MOST_LABELS = 10_000  # A file of some 150 sheets: what a printer's tray and a phone's viewer bear.
DRAWING = "draw_labels"  # The kind of job that draws a PDF.


def order_labels(work: Work, batch: StampBatch, *, first: int, last: int, paper: str) -> LabelPrint:
    """Have the labels of ordinals `first` to `last` drawn; cancelled stamps are left out.

    Raises:
        RangeBackwards: `last` stands before `first`.
        TooManyLabels: more than one file holds.
        NothingToPrint: all of them are cancelled.
    """
    if first > last:
        raise RangeBackwards(f"{first} to {last}")
    if last - first + 1 > MOST_LABELS:
        raise TooManyLabels(f"{last - first + 1} labels", most=MOST_LABELS)
    parts = [
        each
        for each in ranges_of(work.session, batch.id)
        if each.state != "void" and each.first <= last and each.last >= first
    ]
    if not parts:
        raise NothingToPrint(f"batch {batch.id}, {first} to {last}")
    return _order(work, batch, first, last, paper)


def order_all_labels(work: Work, batch: StampBatch, *, paper: str) -> None:
    """Have the labels of a whole new batch drawn, a file for each MOST_LABELS."""
    for first in range(1, batch.count + 1, MOST_LABELS):
        _order(work, batch, first, min(batch.count, first + MOST_LABELS - 1), paper)


def order_batch_labels(work: Work, *, batch_id: int, paper: str) -> None:
    """Have the labels of a batch drawn that a job has just finished."""
    batch = work.session.get_one(StampBatch, batch_id)
    order_all_labels(work, batch, paper=paper)


def _order(work: Work, batch: StampBatch, first: int, last: int, paper: str) -> LabelPrint:
    sheets = -(-(last - first + 1) // PAPERS[paper].labels)
    public_id = work.new_public_id()
    job = enqueue(work, kind=DRAWING, arguments={"label_print": public_id}, total=sheets)
    row = LabelPrint(
        public_id=public_id,
        batch_id=batch.id,
        enterprise_id=batch.enterprise_id,
        first=first,
        last=last,
        paper=paper,
        job_id=job.id,
        asked_at=work.now,
        by_person_id=work.by.person_id,
    )
    work.session.add(row)
    work.session.flush()
    return row
