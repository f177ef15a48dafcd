"""All stamps of the country, month by month, for everybody."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from accounts.queries import is_practice
from core.audit import AuditEntry
from core.clock import day_of
from core.figures import Span, month_of
from traceability import rules
from traceability.models import (
    LotRecall,
    StampAct,
    StampBatch,
    StampCase,
    StampCheck,
    StampMonth,
    StampReport,
)
from traceability.queries.figures import CLOSING
from traceability.rules import ENDS, Checks, LotFacts, StampFacts, StampState

CHECKS_AT_ONCE = 5_000
_ACTIVE = StampFacts(StampState.ACTIVE)  # Only checks of active stamps are counted.


def told_months(session: Session, *, at_most: int) -> Sequence[StampMonth]:
    """The months that were counted, the newest first. One statement."""
    newest = select(StampMonth).order_by(StampMonth.first_on.desc()).limit(at_most)
    return session.scalars(newest).all()


def month_to_count(session: Session, *, today: date) -> Span | None:
    """The first month since the first stamp that is over and was not counted."""
    last_on = session.scalar(select(func.max(StampMonth.first_on)))
    if last_on is not None:
        span = month_of(last_on + timedelta(days=31))
    else:
        issued_at = session.scalar(select(func.min(StampBatch.issued_at)).where(*_IS_ISSUED))
        if issued_at is None:
            return None
        span = month_of(day_of(issued_at))
    return span if span.last_on < today else None


def count_month(session: Session, span: Span) -> dict[str, int]:
    """Everything `rules.FIGURES` names, for some days. Reads each check once."""
    issued = session.scalar(
        select(func.sum(StampBatch.count))
        .where(*_IS_ISSUED)
        .where(StampBatch.issued_at >= span.begins_at, StampBatch.issued_at < span.ends_at)
    )
    return {
        "stamps_issued": int(issued or 0),
        "stamps_active": _acts(session, "activate", span),
        "stamps_void": _acts(session, "void", span),
        **_checks(session, span),
        "reports_new": _reports(session, span),
        "reports_closed": _closed(session, span),
        **_cases(session, span),
        "lots_recalled": _recalled(session, span),
    }


def _acts(session: Session, act: str, span: Span) -> int:
    """Stamps of acts of these days that nobody had undone by their end."""
    undoing = aliased(StampAct)
    undone = exists().where(undoing.undoes_id == StampAct.id, undoing.at < span.ends_at)
    counted = session.scalar(
        select(func.sum(StampAct.last - StampAct.first + 1))
        .where(StampAct.act == act, ~undone, ~is_practice(StampAct.enterprise_id))
        .where(StampAct.at >= span.begins_at, StampAct.at < span.ends_at)
    )
    return int(counted or 0)


def _checks(session: Session, span: Span) -> Counter[str]:
    """Judged again by the numbers each found: what the page said of the count, then or now."""
    counted: Counter[str] = Counter()
    for day, numbers in _found(session, span):
        checks = Checks(**numbers["checks"])
        judgement = rules.judge(stamp=_ACTIVE, lot=LotFacts(), checks=checks, today=day)
        counted[rules.check_figure(checks, judgement)] += 1
    return counted


def _found(session: Session, span: Span) -> Iterator[tuple[date, dict[str, Any]]]:
    """What each check of these days found, in the order of the table's key, piece by piece."""
    key = tuple_(StampCheck.day, StampCheck.token)
    after: tuple[date, str] = (span.first_on, "")
    while True:
        piece = session.execute(
            select(StampCheck.day, StampCheck.token, StampCheck.found)
            .where(key > after, StampCheck.day <= span.last_on)
            .order_by(StampCheck.day, StampCheck.token)
            .limit(CHECKS_AT_ONCE)
        ).all()
        yield from ((day, found) for day, _, found in piece)
        if len(piece) < CHECKS_AT_ONCE:
            return
        after = piece[-1].day, piece[-1].token


def _reports(session: Session, span: Span) -> int:
    """Reports of these days, of numbers never issued too."""
    counted = session.scalar(
        select(func.count())
        .select_from(StampReport)
        .where(StampReport.reported_at >= span.begins_at, StampReport.reported_at < span.ends_at)
    )
    return counted or 0


def _cases(session: Session, span: Span) -> dict[str, int]:
    """Cases opened in these days, and how those ended that were concluded in them."""
    within = StampCase.concluded_at >= span.begins_at, StampCase.concluded_at < span.ends_at
    ended = session.execute(
        select(StampCase.state, func.count()).where(*within).group_by(StampCase.state)
    )
    counted = {f"cases_{state}": count for state, count in ended}
    opened = session.scalar(
        select(func.count())
        .select_from(StampCase)
        .where(StampCase.opened_at >= span.begins_at, StampCase.opened_at < span.ends_at)
    )
    return {f"cases_{state}": counted.get(f"cases_{state}", 0) for state in sorted(ENDS)} | {
        "cases_new": opened or 0
    }


def _closed(session: Session, span: Span) -> int:
    """Reports an officer closed in these days."""
    counted = session.scalar(
        select(func.count())
        .select_from(AuditEntry)
        .where(AuditEntry.act == CLOSING, ~AuditEntry.refused)
        .where(AuditEntry.day >= span.first_on, AuditEntry.day <= span.last_on)
    )
    return counted or 0


def _recalled(session: Session, span: Span) -> int:
    """Recalls that began in these days, lifted or not."""
    counted = session.scalar(
        select(func.count())
        .select_from(LotRecall)
        .where(LotRecall.recalled_at >= span.begins_at, LotRecall.recalled_at < span.ends_at)
        .where(~is_practice(LotRecall.enterprise_id))
    )
    return counted or 0


_IS_ISSUED = (StampBatch.state == "issued", ~is_practice(StampBatch.enterprise_id))
