"""`first` and `last` as people type them: numbers of the batch or serials."""

from flask import request
from sqlalchemy.orm import Session

from core.forms import Form, Refused, refused
from traceability import queries
from traceability.errors import RangeBackwards, StampNotInBatch
from traceability.forms import RangeForm
from traceability.queries import BatchCard


class RangeRefused(Exception):
    """One of both fields names no stamp of the batch."""

    def __init__(self, refusal: StampNotInBatch | RangeBackwards, at: str) -> None:
        super().__init__(at)
        self._refusal = refusal
        self._at = at

    def form(self, model: type[Form]) -> Refused:
        """The form as typed, with the sentence beside the field."""
        return refused(request.form, model, self._refusal, at=self._at)


def typed_range(session: Session, batch: BatchCard, form: RangeForm) -> tuple[int, int]:
    """The ordinals that were meant.

    Raises:
        RangeRefused: one of them is none of the batch's, or they stand in the wrong order.
    """
    first = _ordinal(session, batch, form.first, "first")
    last = _ordinal(session, batch, form.last, "last")
    if first > last:
        raise RangeRefused(RangeBackwards(f"{first} to {last}"), "last")
    return first, last


def _ordinal(session: Session, batch: BatchCard, text: str, at: str) -> int:
    try:
        return queries.ordinal_of(session, batch, text)
    except StampNotInBatch as refusal:
        raise RangeRefused(refusal, at) from None
