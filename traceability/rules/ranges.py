"""Ranges of a batch: printed, active, void, of which lot. A later act splits an earlier one's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from traceability.rules.verdicts import StampState, VoidReason


@dataclass(frozen=True, slots=True)
class Act:
    """What was done with stamps. Equal acts merge when their ranges touch."""

    state: StampState
    from_at: datetime
    by_person_id: int | None = None
    reason: VoidReason | None = None
    lot_id: int | None = None  # None: bound to no lot, so they prove nothing.


@dataclass(frozen=True, slots=True)
class Range:
    """The ordinals `first` to `last` of a batch, both included, and what holds for them."""

    first: int
    last: int
    act: Act

    def __post_init__(self) -> None:
        assert self.first <= self.last, self

    def __len__(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring stamps of one lot (None: of none), whatever else holds for them."""

    lot_id: int | None
    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


def split(ranges: Sequence[Range], first: int, last: int, act: Act) -> list[Range]:
    """Give a batch's ranges once `act` holds for `first` to `last`.

    What lies outside keeps its act; equal neighbours merge. The ranges given do not overlap; those
    given back do not either, ascend, and cover what was covered and nothing more: ordinals that
    were in no range stay in none.
    """
    assert first <= last, (first, last)
    pieces: list[Range] = []
    for each in sorted(ranges, key=lambda one: one.first):
        pieces.extend(_pieces(each, first, last, act))
    return _merged(pieces)


def within(ranges: Iterable[Range], first: int, last: int) -> list[Range]:
    """Give the parts of the ranges that lie within `first` to `last`."""
    return [
        replace(each, first=max(each.first, first), last=min(each.last, last))
        for each in ranges
        if each.first <= last and each.last >= first
    ]


def by_lot(parts: Iterable[Range]) -> list[Span]:
    """Give ascending ranges as spans of one lot each: neighbours of the same lot are one."""
    spans: list[Span] = []
    for each in parts:
        before = spans[-1] if spans else None
        if before and before.lot_id == each.act.lot_id and before.last + 1 == each.first:
            spans[-1] = Span(before.lot_id, before.first, each.last)
        else:
            spans.append(Span(each.act.lot_id, each.first, each.last))
    return spans


def _pieces(each: Range, first: int, last: int, act: Act) -> list[Range]:
    if each.last < first or each.first > last:
        return [each]
    begin, end = max(each.first, first), min(each.last, last)
    pieces = [Range(begin, end, act)]
    if each.first < begin:
        pieces.insert(0, Range(each.first, begin - 1, each.act))
    if each.last > end:
        pieces.append(Range(end + 1, each.last, each.act))
    return pieces


def _merged(pieces: list[Range]) -> list[Range]:
    merged: list[Range] = []
    for piece in pieces:
        before = merged[-1] if merged else None
        if before and before.last + 1 == piece.first and before.act == piece.act:
            merged[-1] = Range(before.first, piece.last, piece.act)
        else:
            merged.append(piece)
    return merged
