"""Changes of an account that wait: one of a kind at a time."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import select, update

from accounts.models import AccountChange, Person
from core import audit
from core.work import Work


@dataclass(frozen=True)
class ByPaper:
    """What an officer saw, by which a change of a director is asked for."""

    enterprise_id: int
    paper_id: int
    reason: str
    heir_name: str | None


def open_change(
    work: Work,
    person_id: int,
    kind: str,
    value: str,
    *,
    wait: timedelta,
    by_paper: ByPaper | None = None,
) -> AccountChange:
    """Let `value` wait to take effect; what waited of this kind is replaced by it."""
    hold_person(work, person_id)
    work.session.execute(
        update(AccountChange)
        .where(AccountChange.person_id == person_id, AccountChange.kind == kind)
        .where(AccountChange.ended_at.is_(None))
        .values(ended_at=work.now, outcome="replaced", value=None)
    )
    by = work.by.person_id
    change = AccountChange(
        public_id=work.new_public_id(),
        person_id=person_id,
        kind=kind,
        value=value,
        asked_by_id=by if by != person_id else None,
        asked_at=work.now,
        due_at=work.now + wait,
        **(asdict(by_paper) if by_paper else {}),
    )
    work.session.add(change)
    work.session.flush()
    audit.record(
        work,
        act=f"ask_new_{kind}",
        object_kind="person",
        object_id=person_id,
        enterprise_id=None,
    )
    return change


def hold_person(work: Work, person_id: int) -> None:
    """Let nobody else change what waits for a person until the commit."""
    work.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
