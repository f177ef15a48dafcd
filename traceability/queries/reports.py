"""What people reported, for the maker and for the office; and what was refused to makers."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from accounts.queries import enterprise_ids_in
from accounts.rules import Office
from traceability.models import StampReport


def report_of(session: Session, public_id: str) -> StampReport | None:
    """The report the outside knows by this number."""
    return session.scalars(
        select(StampReport).where(StampReport.public_id == public_id)
    ).one_or_none()


def reports_to(session: Session, *, enterprise_id: int, limit: int = 50) -> list[StampReport]:
    """The latest reports about an enterprise's stamps."""
    rows = session.scalars(
        select(StampReport)
        .where(StampReport.enterprise_id == enterprise_id)
        .order_by(StampReport.reported_at.desc(), StampReport.id.desc())
        .limit(limit)
    )
    return list(rows)


@dataclass(frozen=True)
class ReportedStamp:
    """A stamp with open reports: how many, and the oldest of them."""

    serial_text: str
    count: int
    oldest: StampReport


def reported_stamps(
    session: Session, offices: Collection[Office], *, limit: int, after: int = 0
) -> list[ReportedStamp]:
    """The stamps of these areas with open reports, what waits longest first. One statement.

    Grouped, so that many reports about one stamp cannot bury the only one about another.
    """
    groups = (
        select(func.min(StampReport.id).label("oldest_id"), func.count().label("count"))
        .where(_open(offices))
        .group_by(StampReport.serial_text)
        .subquery()
    )
    rows = session.execute(
        select(StampReport, groups.c.count)
        .join(groups, groups.c.oldest_id == StampReport.id)
        .order_by(StampReport.id)
        .limit(limit)
        .offset(after)
    )
    return [ReportedStamp(oldest.serial_text, count, oldest) for oldest, count in rows]


def reported_stamp_count(session: Session, offices: Collection[Office]) -> int:
    """How many stamps of these areas have open reports."""
    counted = select(func.count(StampReport.serial_text.distinct())).where(_open(offices))
    return session.scalar(counted) or 0


def reports_of_stamp(
    session: Session, offices: Collection[Office], serial_text: str, *, limit: int, after: int = 0
) -> list[StampReport]:
    """The open reports about one stamp of these areas, the oldest first."""
    rows = session.scalars(
        select(StampReport)
        .where(_open(offices), StampReport.serial_text == serial_text)
        .order_by(StampReport.id)
        .limit(limit)
        .offset(after)
    )
    return list(rows)


def closed_reports(
    session: Session, offices: Collection[Office], *, limit: int, after: int = 0
) -> list[StampReport]:
    """What the offices of these areas closed, the latest first."""
    rows = session.scalars(
        select(StampReport)
        .where(_within(offices), StampReport.state == "closed")
        .order_by(StampReport.id.desc())
        .limit(limit)
        .offset(after)
    )
    return list(rows)


def new_reports(session: Session, enterprise_ids: Collection[int]) -> dict[int, int]:
    """How many open reports nobody of each enterprise has read; those without are not in it."""
    rows = session.execute(
        select(StampReport.enterprise_id, func.count())
        .where(
            StampReport.enterprise_id.in_(enterprise_ids),
            StampReport.seen_by_maker_at.is_(None),
            StampReport.state != "closed",
        )
        .group_by(StampReport.enterprise_id)
    )
    return {enterprise_id: count for enterprise_id, count in rows if enterprise_id is not None}


def _open(offices: Collection[Office]) -> ColumnElement[bool]:
    return _within(offices) & (StampReport.state != "closed")


def _within(offices: Collection[Office]) -> ColumnElement[bool]:
    """Of the areas' enterprises; a number never issued is nobody's, so the whole country's."""
    areas = [StampReport.enterprise_id.in_(enterprise_ids_in(each)) for each in offices]
    if any(each.province_code is None for each in offices):
        areas.append(StampReport.enterprise_id.is_(None))
    return or_(false(), *areas)
