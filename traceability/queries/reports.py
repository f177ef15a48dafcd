"""What people reported, for the maker and for the office; and what was refused to makers."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from traceability.models import StampReport


def report_of(session: Session, public_id: str) -> StampReport | None:
    """The report the outside knows by this number."""
    return session.scalars(
        select(StampReport).where(StampReport.public_id == public_id)
    ).one_or_none()


def reports_to(session: Session, *, enterprise_id: int, limit: int = 50) -> list[StampReport]:
    """The latest reports about an enterprise's stamps."""
    return _latest(session, StampReport.enterprise_id == enterprise_id, limit=limit)


def reports_in(
    session: Session, enterprise_ids: Select[int], *, since: datetime, limit: int
) -> list[StampReport]:
    """The latest reports about the stamps of an area's enterprises since a moment."""
    wanted = StampReport.enterprise_id.in_(enterprise_ids) & (StampReport.reported_at >= since)
    return _latest(session, wanted, limit=limit)


def reports_of_unknown_stamps(
    session: Session, *, since: datetime, limit: int
) -> list[StampReport]:
    """The latest reports about numbers never issued: nobody's, so the country's."""
    wanted = StampReport.enterprise_id.is_(None) & (StampReport.reported_at >= since)
    return _latest(session, wanted, limit=limit)


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


def _latest(session: Session, wanted: ColumnElement[bool], *, limit: int) -> list[StampReport]:
    rows = session.scalars(
        select(StampReport)
        .where(wanted)
        .order_by(StampReport.reported_at.desc(), StampReport.id.desc())
        .limit(limit)
    )
    return list(rows)
