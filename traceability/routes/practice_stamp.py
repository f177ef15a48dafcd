"""A stamp of somebody's practice: told to its learner; to everybody else it was never issued."""

from typing import Any

from flask import Response, request
from sqlalchemy.orm import Session

from accounts.rules import Role
from accounts.service import note_step
from accounts.web import who
from catalog import queries as catalog
from core import display
from core.guard import SESSION_COOKIE
from core.language import current_language
from core.pages import page
from core.work import VISITOR, reading, transaction
from traceability import queries, rules
from traceability.queries import StampRow
from traceability.routes.stamp_json import is_json_wished
from traceability.routes.visitors import visit_of_request
from traceability.rules import StampState


def practice_answer(serial: int) -> Response | None:
    """The page of a practice stamp, if whoever asks practises with it; None for all others.

    It is no verdict: nothing is counted, and programs that ask for JSON hear `not_issued` too.
    """
    if SESSION_COOKIE not in request.cookies or is_json_wished():
        return None
    someone = who()
    learns = [one for one in someone.memberships if one.role is Role.LEARNER] if someone else []
    if not learns:
        return None
    ids = [one.enterprise_id for one in learns]
    with reading() as session:
        stamp = queries.own_stamp_row(session, serial, enterprise_ids=ids)
        if stamp is None:
            return None
        facts = _facts_of(session, stamp)
    if stamp.state == StampState.ACTIVE and visit_of_request() is rules.Visit.PERSON:
        with transaction(by=VISITOR) as work:
            note_step(work, enterprise_id=stamp.enterprise_id, step="scanned")
    return page(
        "traceability/practice_stamp.html",
        stamp=stamp,
        **facts,
        serial=display.serial(rules.serial_text(serial)),
    )


def _facts_of(session: Session, stamp: StampRow) -> dict[str, Any]:
    """The lot of the stamp and its goods; a roll's stamp is of no lot yet."""
    if stamp.lot_id is None:
        name = catalog.product_names(session, [stamp.product_id])[stamp.product_id]
        return {"lot": None, "name": name, "code": "", "made_on": ""}
    lot = catalog.stampable_lots_by_id(session, [stamp.lot_id])[stamp.lot_id]
    return {
        "lot": lot,
        "name": lot.name,
        "code": display.lot_code(lot.code),
        "made_on": display.day(lot.made_on, current_language()),
    }
