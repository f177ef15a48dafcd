"""Which stamps people mean by a sheet of a print, by a list, or by all that wait."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from traceability import rules
from traceability.adapters.papers import PAPERS
from traceability.errors import NoSuchSheet, RangeBackwards, TooManyNamed
from traceability.models import LabelPrint, StampRange
from traceability.queries.batches import BatchCard
from traceability.queries.places import ordinal_of
from traceability.rules import Act, Piece, Range, StampState

MOST_NAMED = 200  # Single stamps in one go: three sheets; more are a range.
_BETWEEN_ITEMS = re.compile(r"[\n,;]+")
_OF_NUMBERS = re.compile(r"(\d[\d.]*)\s*[-–—]\s*(\d[\d.]*)")
_BETWEEN_ENDS = re.compile(r"\s+(?:[-–—]|đến)\s+")


def pieces_named(session: Session, batch: BatchCard, text: str) -> list[Piece]:
    """The stamps listed by numbers, serials or scanned addresses: "12, 15–18", one a line too.

    Raises:
        RangeBackwards: a last one stands before its first.
        StampNotInBatch: one is none of this batch.
        TooManyNamed: more than MOST_NAMED items.
    """
    items = [item.strip() for item in _BETWEEN_ITEMS.split(text) if item.strip()]
    if len(items) > MOST_NAMED:
        raise TooManyNamed(f"{len(items)} stamps named", most=MOST_NAMED)
    return rules.merged(_piece(session, batch, item) for item in items)


def sheets_of(print_: LabelPrint) -> int:
    """How many sheets a finished print has; 0: it is none of sheets, or not counted yet."""
    paper = PAPERS.get(print_.paper)
    if paper is None or paper.is_roll or print_.file_format != "pdf" or print_.counted is None:
        return 0
    return -(-print_.counted // paper.labels)


def bears_cancelled(session: Session, print_: LabelPrint) -> bool:
    """Whether stamps of a finished print were cancelled since it was drawn."""
    living = _ranges(session, print_.batch_id, {StampState.PRINTED, StampState.ACTIVE})
    left = sum(map(len, rules.within(living, print_.first, print_.last)))
    return print_.counted is not None and print_.counted != left


def pieces_of_sheet(session: Session, print_: LabelPrint, number: int) -> list[Piece]:
    """The stamps of one sheet of a print that are not cancelled by now.

    Raises:
        NoSuchSheet: it has none of this number, or nobody can tell which stamps it bears.
    """
    sheets = sheets_of(print_)
    pieces = (
        rules.sheet_pieces(
            (print_.first, print_.last),
            _ranges(session, print_.batch_id, {StampState.VOID}),
            counted=print_.counted or 0,
            labels=PAPERS[print_.paper].labels,
            number=number,
        )
        if number <= sheets
        else []
    )
    if not pieces:
        raise NoSuchSheet(f"sheet {number} of {sheets}", sheets=sheets)
    living = _ranges(session, print_.batch_id, {StampState.PRINTED, StampState.ACTIVE})
    parts = [part for first, last in pieces for part in rules.within(living, first, last)]
    return rules.merged((part.first, part.last) for part in parts)


def pieces_waiting(session: Session, batch_id: int) -> list[Piece]:
    """All stamps of a batch that were never active."""
    printed = _ranges(session, batch_id, {StampState.PRINTED})
    return rules.merged((each.first, each.last) for each in printed)


def _piece(session: Session, batch: BatchCard, item: str) -> Piece:
    of_numbers = _OF_NUMBERS.fullmatch(item)
    ends = list(of_numbers.groups()) if of_numbers else _BETWEEN_ENDS.split(item, maxsplit=1)
    first, last = (ordinal_of(session, batch, each) for each in (ends[0], ends[-1]))
    if first > last:
        raise RangeBackwards(f"{first} to {last}")
    return first, last


def _ranges(session: Session, batch_id: int, states: set[StampState]) -> list[Range]:
    rows = session.execute(
        select(StampRange.first, StampRange.last, StampRange.state, StampRange.from_at)
        .where(StampRange.batch_id == batch_id, StampRange.state.in_(states))
        .order_by(StampRange.first)
    )
    return [Range(first, last, Act(StampState(state), at)) for first, last, state, at in rows]
