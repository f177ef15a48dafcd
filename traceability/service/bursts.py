"""Bursts: their checks are set aside from alarms; the maker says who it was."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from core import audit
from core.clock import day_of
from core.database import insert_new
from core.errors import sentence
from core.work import Work
from traceability import rules
from traceability.models import StampBurst, StampCheck
from traceability.queries.bursts import serial_checked
from traceability.rules import Mark, Side
from traceability.rules.cases import CaseAct
from traceability.service.alarms import NOT_OURS
from traceability.service.cases import About, Step, add_entry, open_case_about
from traceability.service.checking import Check
from traceability.tokens import day_of_token

# As all notes of a case: in the words of the maker, who answered so.
WORDS = sentence(
    "Ngày %(day)s có người quét %(count)s tem của một đợt qua cùng một mạng, con tem này là con đầu"
    " tiên. Không phải chúng tôi hay cửa hàng của chúng tôi."
)


def set_aside(work: Work, *, check: Check, marks: Sequence[Mark]) -> StampBurst:
    """Make the checks of these marks one burst.

    The check is the last of them. Of several that see the burst at once the first makes the row,
    the others add what is not in it yet: the row is known by its first check.
    """
    stamp = check.stamp
    assert stamp is not None, check
    opening = marks[0].token
    # Whoever looked at the clock first may be written last: of these checks any is the earliest.
    began_at, until_at = _span(work, marks)
    row = {
        "public_id": work.new_public_id(),
        "enterprise_id": stamp.enterprise_id,
        "batch_id": stamp.batch_id,
        "opening_token": opening,
        "began_at": began_at,
        "until_at": until_at,
        "stamps": 1,
    }
    is_first = insert_new(work.session, StampBurst, row)
    burst = work.session.scalars(
        select(StampBurst).where(StampBurst.opening_token == opening).with_for_update()
    ).one()
    added = _add_checks(work, burst.id, marks)
    burst.stamps = added if is_first else burst.stamps + added
    burst.began_at = min(burst.began_at, began_at)
    burst.until_at = max(burst.until_at, until_at)
    work.session.flush()
    return burst


def answer_burst(work: Work, *, burst: StampBurst, answer: str) -> str | None:
    """Say who it was; the first answer stands. "Not ours": the case's public id.

    From then on the next check of each of those stamps counts these looks as anybody's, and a case
    about the first of them says why. Nothing that buyers read changes by it.
    """
    kept = work.session.scalars(
        update(StampBurst)
        .where(StampBurst.id == burst.id, StampBurst.answer.is_(None))
        .values(answer=answer, answered_at=work.now, by_person_id=work.by.person_id)
        .returning(StampBurst.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if kept is None:
        return None
    audit.record(
        work,
        act=f"burst_{answer}",
        object_kind="stamp_burst",
        object_id=burst.id,
        enterprise_id=burst.enterprise_id,
    )
    return _case(work, burst) if answer == NOT_OURS else None


def _add_checks(work: Work, burst_id: int, marks: Sequence[Mark]) -> int:
    """Give these checks to a burst; how many more stamps it has by them."""
    added = work.session.scalars(
        update(StampCheck)
        .where(StampCheck.day.in_({day_of_token(mark.token) for mark in marks}))
        .where(StampCheck.token.in_([mark.token for mark in marks]))
        .where(StampCheck.burst_id.is_(None))
        .values(burst_id=burst_id)
        .returning(StampCheck.token)
        .execution_options(synchronize_session=False)
    )
    new = {mark.token for mark in marks if mark.is_new}
    return len(new.intersection(added))


def _case(work: Work, burst: StampBurst) -> str | None:
    serial = serial_checked(work.session, burst.opening_token)
    if serial is None:
        return None
    about = About(rules.serial_text(serial), serial, burst.enterprise_id)
    case = open_case_about(work, about=about, side=Side.MAKER)
    told = {"count": burst.stamps, "day": f"{day_of(burst.began_at):%d/%m/%Y}"}
    add_entry(work, case, Step(Side.MAKER, CaseAct.NOTED, WORDS % told))
    return case.public_id


def _span(work: Work, marks: Sequence[Mark]) -> tuple[datetime, datetime]:
    """When the first and the last of these checks were."""
    began_at, until_at = work.session.execute(
        select(func.min(StampCheck.at), func.max(StampCheck.at))
        .where(StampCheck.day.in_({day_of_token(mark.token) for mark in marks}))
        .where(StampCheck.token.in_([mark.token for mark in marks]))
    ).one()
    return began_at, until_at
