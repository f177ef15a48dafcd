"""On the seller's home and lists: stamps to be reported as stuck on, reports, messages."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from accounts.rules import Act
from accounts.web import may
from catalog import queries as catalog
from core import display
from core.messages import Message, messages_by_id
from core.slots import Panel
from traceability import queries
from traceability.messages import COPIES_ALARM, UNACTIVATED_STAMP_CHECKED

Panels = Mapping[int, Sequence[Panel]]
_TEMPLATES = {
    UNACTIVATED_STAMP_CHECKED: "traceability/slots/message.html",
    COPIES_ALARM: "traceability/slots/alarm_message.html",
}


def stamps_to_stick(session: Session, enterprise_ids: Sequence[int]) -> Panels:
    """`manage.todo`: for each lot with untouched batches, whether its stamps were stuck on."""
    if not may(Act.ACTIVATE_STAMPS):
        return {}
    waiting = {each.lot_id: each.since for each in queries.waiting_lots(session, enterprise_ids)}
    lots = catalog.stampable_lots_by_id(session, waiting)
    printed = queries.lot_stamps(session, waiting)
    panels: dict[int, list[Panel]] = {enterprise_id: [] for enterprise_id in enterprise_ids}
    for lot_id, since in waiting.items():
        shown = {
            "lot": lots[lot_id],
            "printed": printed[lot_id]["printed"],
            "since": since,
            "display": display,
        }
        panels[lots[lot_id].enterprise_id].append(
            Panel("traceability/slots/todo_activate.html", shown)
        )
    return panels


def reports_to_read(session: Session, enterprise_ids: Sequence[int]) -> Panels:
    """`manage.todo`: reports nobody has looked at."""
    if not may(Act.READ_REPORTS):
        return {}
    return {
        enterprise_id: [Panel("traceability/slots/todo_reports.html", {"count": count}, rank=-1)]
        for enterprise_id, count in queries.new_reports(session, enterprise_ids).items()
    }


def alarms_to_answer(session: Session, enterprise_ids: Sequence[int]) -> Panels:
    """`manage.todo`: stamps checked unusually, and many at once, until somebody answers."""
    if not may(Act.READ_REPORTS):
        return {}
    panels: dict[int, list[Panel]] = {}
    for enterprise_id, kind, count in queries.waiting_for_makers(session, enterprise_ids):
        shown = Panel(f"traceability/slots/todo_{kind}.html", {"count": count}, rank=-2)
        panels.setdefault(enterprise_id, []).append(shown)
    return panels


def message_sentences(session: Session, message_ids: Sequence[int]) -> Panels:
    """`manage.message`: the sentences of our kinds of message."""
    ours = [
        message for message in messages_by_id(session, message_ids) if message.kind in _TEMPLATES
    ]
    lot_ids, rolls = (_named(ours, name) for name in ("lot_id", "batch_id"))
    lots = catalog.stampable_lots_by_id(session, lot_ids)
    batches = queries.batches_by_id(session, rolls) if rolls else {}
    panels: dict[int, list[Panel]] = {}
    for message in ours:
        lot = lots.get(message.values.get("lot_id", 0))
        batch = batches.get(message.values.get("batch_id", 0))
        shown: dict[str, Any] = {
            "lot": lot,
            "batch": batch,
            "serial": message.values["serial"],
            "at": message.created_at,
            "display": display,
        }
        if lot or batch:
            panels[message.id] = [Panel(_TEMPLATES[message.kind], shown)]
    return panels


def _named(ours: Sequence[Message], name: str) -> set[int]:
    return {each.values[name] for each in ours if name in each.values}


def stamps_of_lots(session: Session, lot_ids: Sequence[int]) -> Panels:
    """`lots.stamps`: how many stamps each lot of the seller's list bears, and issuing more."""
    lots = catalog.stampable_lots_by_id(session, lot_ids)
    counted = queries.lot_stamps(session, lot_ids)
    left = queries.stamps_left_of(session, lot_ids)
    may_issue = may(Act.ISSUE_STAMPS)
    return {
        lot_id: [
            Panel(
                "traceability/slots/lot_stamps.html",
                {
                    "lot": lot,
                    "by_state": counted[lot_id],
                    "left": left.get(lot_id, lot.declared_units),
                    "may_issue": may_issue,
                    "display": display,
                },
            )
        ]
        for lot_id, lot in lots.items()
    }
