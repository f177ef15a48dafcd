"""Erasing whose week is over, and what `/account` says while it waits."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from accounts import queries, service
from app.personal import HELD
from app.personal_export import forget_exports
from core.display import clock_and_day
from core.language import current_language
from core.slots import Panel
from core.work import WORKER, transaction


def erase_due() -> None:
    """Erase everybody whose week is over, one transaction each, then their downloads."""
    is_more, is_any = True, False
    while is_more:
        with transaction(by=WORKER) as work:
            is_more = service.erase_next(work, HELD)
        is_any = is_any or is_more
    if is_any:
        forget_exports()


def waiting_erasure(session: Session, person_ids: Sequence[int]) -> dict[int, list[Panel]]:
    """`account.sections`: that the account will be erased, with the button to keep it."""
    panels = {}
    for person_id in person_ids:
        due_at = queries.waiting_erasure(session, person_id)
        if due_at is not None:
            shown = {"due_at": clock_and_day(due_at, current_language())}
            panels[person_id] = [Panel("app/erasure_waits.html", shown)]
    return panels
