"""Recalls on the homes of makers and officers, and on a lot's public page."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from accounts import queries as accounts
from catalog import queries as catalog
from core import clock, display
from core.messages import messages_by_id
from core.slots import Panel
from traceability import queries
from traceability import recall_words as words
from traceability.messages import LIFTED_BY_OFFICE, RECALLED_BY_OFFICE

_KINDS = frozenset({RECALLED_BY_OFFICE, LIFTED_BY_OFFICE})
Panels = Mapping[int, Sequence[Panel]]


def recalls_going_on(session: Session, enterprise_ids: Sequence[int]) -> Panels:
    """`manage.todo`: lots being recalled, by the maker or by an authority, until that ends."""
    recalls = queries.open_recalls_to(session, enterprise_ids)
    if not recalls:
        return {}
    lots = {
        lot.id: lot for lot in catalog.managed_lots_by_id(session, [one.lot_id for one in recalls])
    }
    panels: dict[int, list[Panel]] = {}
    for recall in recalls:
        shown = {"recall": recall, "lot": lots[recall.lot_id], "words": words, "display": display}
        panel = Panel("traceability/slots/todo_recall.html", shown, rank=-3)
        panels.setdefault(recall.enterprise_id, []).append(panel)
    return panels


def recall_messages(session: Session, message_ids: Sequence[int]) -> Panels:
    """`manage.message`: an office has called a lot back, or ended that."""
    ours = [one for one in messages_by_id(session, message_ids) if one.kind in _KINDS]
    if not ours:
        return {}
    recalls = queries.recalls_by_id(session, {one.values["recall"] for one in ours})
    found = catalog.managed_lots_by_id(session, [one.lot_id for one in recalls.values()])
    lots = {lot.id: lot for lot in found}
    panels = {}
    for message in ours:
        recall = recalls[message.values["recall"]]
        shown = {
            "recall": recall,
            "lot": lots[recall.lot_id],
            "is_over": message.kind == LIFTED_BY_OFFICE,
            "at": message.created_at,
            "words": words,
            "display": display,
        }
        panels[message.id] = [Panel("traceability/slots/recall_message.html", shown)]
    return panels


def recalls_of_area(session: Session, office_ids: Sequence[int]) -> Panels:
    """`office.queue`: lots of the area that are being recalled, the latest first."""
    panels = {}
    for office in accounts.offices_by_id(session, office_ids, today=clock.today()).values():
        recalls = queries.open_recalls_within(session, office)
        if recalls:
            lots = catalog.managed_lots_by_id(session, [one.lot_id for one in recalls])
            by_id = {lot.id: lot for lot in lots}
            lines = [(one, by_id[one.lot_id]) for one in recalls]
            shown = {"lines": lines, "now": clock.now(), "display": display}
            panels[office.id] = [Panel("traceability/slots/office_recalls.html", shown, rank=0)]
    return panels


def recalls_of_lots(session: Session, lot_ids: Sequence[int]) -> Panels:
    """`lot.story`: who called the lot back and why, what to do, and when that ended.

    Of every lot, that no recall is recorded too: links of type `recallStatus` lead there.
    """
    found = queries.recalls_of_lots(session, lot_ids)
    lots = catalog.lots(session, found) if found else {}
    makers = accounts.makers(session, {lot.enterprise_id for lot in lots.values()})
    panels = {}
    for lot_id in lot_ids:
        shown = {
            "recalls": found.get(lot_id, []),
            "maker": makers[lots[lot_id].enterprise_id] if lot_id in lots else None,
            "words": words,
            "display": display,
        }
        panels[lot_id] = [Panel("traceability/slots/lot_recalls.html", shown, rank=-1)]
    return panels
