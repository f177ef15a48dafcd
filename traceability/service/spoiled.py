"""Labels that came out badly elsewhere: named by a clerk, cancelled by their maker at one tap."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from core import audit
from core.work import Work
from traceability import rules
from traceability.models import PrintCode
from traceability.print_errors import (
    MoreNamedThanSpoiled,
    MoreSpoiledThanPrinted,
    PlacesNotCounted,
    TooManySpoiledPlaces,
)
from traceability.queries import (
    PrintCodeCard,
    drawn_ordinals,
    print_codes_by_id,
    ranges_of,
    spoiled_labels,
    spoiled_ordinals,
)
from traceability.rules import BySerial, CodeState, StampState, VoidReason
from traceability.service.ranges import void_pieces

MOST_PLACES = 40  # Each is an act of its own, all of them in one short transaction.


def read_spoiled(
    session: Session, card: PrintCodeCard, *, text: str, spoiled_count: int, drawn_at: datetime
) -> Sequence[tuple[int, int]]:
    """The ordinals a clerk named among `spoiled_count` spoiled labels, as ranges, ascending.

    Raises:
        LabelNotRead: a line names no label.
        LabelNotInPrint: a label is named that the print does not have.
        MoreSpoiledThanPrinted: the print has fewer labels.
        MoreNamedThanSpoiled: more are named than counted.
        PlacesNotCounted: some were cancelled while the sheets were drawn.
        TooManySpoiledPlaces: they lie in too many places.
    """
    named = rules.parse_spoiled(text)
    drawn = drawn_ordinals(session, card, drawn_at=drawn_at)
    if spoiled_count > len(drawn):
        raise MoreSpoiledThanPrinted(f"{spoiled_count} of {len(drawn)}", most=len(drawn))
    if not named:
        return ()
    if card.counted not in {None, len(drawn)} and not all(
        isinstance(each, BySerial) for each in named
    ):
        raise PlacesNotCounted(f"{card.counted} counted, {len(drawn)} expected")
    ordinals = spoiled_ordinals(session, card, named, drawn=drawn)
    if len(ordinals) > spoiled_count:
        raise MoreNamedThanSpoiled(
            f"{len(ordinals)} of {spoiled_count}", named=len(ordinals), spoiled=spoiled_count
        )
    ranges = rules.pieces_of(ordinals)
    if len(ranges) > MOST_PLACES:
        raise TooManySpoiledPlaces(f"{len(ranges)} places", most=MOST_PLACES)
    return ranges


def void_spoiled(work: Work, *, code_id: int) -> bool:
    """Cancel the labels a clerk named as spoiled, and settle the answer; False: it was settled.

    Those cancelled meanwhile stay as they are.

    Raises:
        RangeNotPossible: somebody cancels some of them at this very moment.
    """
    if not settle_print(work, code_id=code_id):
        return False
    card = print_codes_by_id(work.session, [code_id])[code_id]
    pieces = _not_cancelled(work.session, card)
    if pieces:
        void_pieces(work, batch_id=card.batch_id, pieces=pieces, reason=VoidReason.SPOILED)
    return True


def settle_print(work: Work, *, code_id: int) -> bool:
    """Say that the maker has dealt with an answer of spoiled labels; False: somebody did before."""
    settled = work.session.execute(
        update(PrintCode)
        .where(PrintCode.id == code_id, PrintCode.state == CodeState.ANSWERED)
        .where(PrintCode.spoiled_count > 0, PrintCode.settled_at.is_(None))
        .values(settled_at=work.now)
        .returning(PrintCode.enterprise_id)
    ).one_or_none()
    if settled is None:
        return False
    card = print_codes_by_id(work.session, [code_id])[code_id]
    audit.record(
        work,
        act="settle_print_code",
        object_kind="print_code",
        object_id=code_id,
        enterprise_id=card.enterprise_id,
        first=card.first,
        last=card.last,
    )
    return True


def _not_cancelled(session: Session, card: PrintCodeCard) -> list[tuple[int, int]]:
    living = [each for each in ranges_of(session, card.batch_id) if each.state != StampState.VOID]
    return rules.merged(
        (max(first, each.first), min(last, each.last))
        for first, last in spoiled_labels(session, card.id)
        for each in living
        if each.first <= last and each.last >= first
    )
