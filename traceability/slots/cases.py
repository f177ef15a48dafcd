"""Cases of suspected fakes on the homes of makers and officers, and in a maker's messages."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from accounts import queries as accounts
from accounts.rules import Act
from accounts.web import may
from core import clock, display
from core.messages import messages_by_id
from core.slots import Panel
from traceability import case_words as words
from traceability import queries
from traceability.messages import CASE_ENDED, CASE_OPENED

SHOWN = 5

Panels = Mapping[int, Sequence[Panel]]


def cases_to_look_into(session: Session, enterprise_ids: Sequence[int]) -> Panels:
    """`manage.todo`: cases nobody has taken up."""
    if not may(Act.READ_REPORTS):
        return {}
    return {
        enterprise_id: [Panel("traceability/slots/todo_cases.html", {"count": count}, rank=-2)]
        for enterprise_id, count in queries.new_cases(session, enterprise_ids).items()
    }


def case_messages(session: Session, message_ids: Sequence[int]) -> Panels:
    """`manage.message`: an office has opened a case, or concluded one."""
    ours = [
        message
        for message in messages_by_id(session, message_ids)
        if message.kind in {CASE_OPENED, CASE_ENDED}
    ]
    cases = queries.cases_by_id(session, {each.values["case"] for each in ours})
    return {
        message.id: [
            Panel(
                "traceability/slots/case_message.html",
                {
                    "is_end": message.kind == CASE_ENDED,
                    "case": cases[message.values["case"]],
                    "at": message.created_at,
                    "display": display,
                },
            )
        ]
        for message in ours
    }


def cases_of_area(session: Session, office_ids: Sequence[int]) -> Panels:
    """`office.queue`: open cases of the area, the latest first."""
    panels = {}
    for office in accounts.offices_by_id(session, office_ids, today=clock.today()).values():
        found = queries.cases_within(session, [office], ended=False, limit=SHOWN)
        if found:
            shown = {
                "cases": found,
                "count": queries.open_case_count(session, [office]),
                "words": words,
                "now": clock.now(),
                "display": display,
            }
            panels[office.id] = [Panel("traceability/slots/office_cases.html", shown, rank=1)]
    return panels
