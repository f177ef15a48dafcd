"""On the seller's home: what came of sheets printed elsewhere."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from accounts.rules import Act
from accounts.web import may
from catalog import queries as catalog
from core import display
from core.messages import messages_by_id
from core.slots import Panel
from traceability import queries
from traceability.messages import PRINT_ANSWERED, SHEETS_FETCHED
from traceability.print_words import stamps_of
from traceability.queries import PrintCodeCard

Panels = Mapping[int, Sequence[Panel]]


def spoiled_prints(session: Session, enterprise_ids: Sequence[int]) -> Panels:
    """`manage.todo`: a clerk said that labels are spoiled, and nobody has dealt with them."""
    if not may(Act.VOID_STAMPS):
        return {}
    cards = queries.unsettled_print_codes(session, enterprise_ids)
    of = _of(session, cards)
    panels: dict[int, list[Panel]] = defaultdict(list)
    for card in cards:
        shown = {"code": card, "of": of[card.batch_id], "display": display}
        panels[card.enterprise_id].append(Panel("traceability/slots/todo_print.html", shown))
    return panels


def print_messages(session: Session, message_ids: Sequence[int]) -> Panels:
    """`manage.message`: sheets were downloaded by a print code, or a clerk has answered."""
    ours = [
        message
        for message in messages_by_id(session, message_ids)
        if message.kind in {SHEETS_FETCHED, PRINT_ANSWERED}
    ]
    codes = queries.print_codes_by_id(session, {each.values["print_code"] for each in ours})
    of = _of(session, list(codes.values()))
    panels: dict[int, list[Panel]] = {}
    for message in ours:
        code = codes.get(message.values["print_code"])
        if code is not None:  # Deleted since, as `periods.PRINT_CODES` says.
            shown = {"kind": message.kind, "code": code, "at": message.created_at}
            shown |= {"of": of[code.batch_id], "display": display}
            panels[message.id] = [Panel("traceability/slots/print_message.html", shown)]
    return panels


def _of(session: Session, codes: Sequence[PrintCodeCard]) -> dict[int, str]:
    """By batch: whose stamps they are, within a sentence."""
    if not codes:
        return {}
    batches = queries.batches_by_id(session, {code.batch_id for code in codes})
    lots = catalog.stampable_lots_by_id(
        session, {one.lot_id for one in batches.values() if one.lot_id is not None}
    )
    names = catalog.product_names(session, {one.product_id for one in batches.values()})
    return {
        id_: stamps_of(
            lots[one.lot_id].code if one.lot_id is not None else None, names[one.product_id]
        )
        for id_, one in batches.items()
    }
