"""What traceability counts for officers: stamps printed, stuck on and checked, and reports."""

from collections import defaultdict
from datetime import date

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from core.audit import acts_on
from core.figures import Area, Span
from traceability.models import Stamp, StampAct, StampBatch, StampCheck, StampRange, StampReport

CLOSING = "closed_report"  # The audit's name of an officer's last word on a report.


def figures_of_makers(
    session: Session, enterprise_ids: Select[int], _today: date
) -> dict[int, dict[str, int]]:
    """Each maker's stamps printed but not stuck on, and its open reports. Two statements."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    printed = session.execute(
        select(StampBatch.enterprise_id, func.sum(StampRange.last - StampRange.first + 1))
        .join(StampRange, StampRange.batch_id == StampBatch.id)
        .where(StampBatch.enterprise_id.in_(enterprise_ids), StampBatch.state == "issued")
        .where(StampRange.state == "printed")
        .group_by(StampBatch.enterprise_id)
    )
    for maker_id, count in printed:
        found[maker_id]["stamps_printed"] = int(count)
    reports = session.execute(
        select(StampReport.enterprise_id, func.count())
        .where(StampReport.enterprise_id.in_(enterprise_ids), StampReport.state != "closed")
        .group_by(StampReport.enterprise_id)
    )
    for id_, count in reports:
        if id_ is not None:
            found[id_]["reports_open"] = count
    return found


def month_of_stamps(session: Session, area: Area, span: Span) -> dict[str, int]:
    """Stamps issued, reported as stuck on, and checked; reports. Five statements."""
    mine = area.enterprise_ids
    issued = session.scalar(
        select(func.sum(StampBatch.count))
        .where(StampBatch.enterprise_id.in_(mine), StampBatch.state == "issued")
        .where(StampBatch.issued_at >= span.begins_at, StampBatch.issued_at < span.ends_at)
    )
    undoing = aliased(StampAct)
    undone = exists().where(undoing.undoes_id == StampAct.id, undoing.at < span.ends_at)
    active = session.scalar(
        select(func.sum(StampAct.last - StampAct.first + 1))
        .where(StampAct.enterprise_id.in_(mine), StampAct.act == "activate", ~undone)
        .where(StampAct.at >= span.begins_at, StampAct.at < span.ends_at)
    )
    checked = session.scalar(
        select(func.count(StampCheck.serial.distinct()))
        .join(Stamp, Stamp.serial == StampCheck.serial)
        .join(StampBatch, StampBatch.id == Stamp.batch_id)
        .where(StampCheck.day >= span.first_on, StampCheck.day <= span.last_on)
        .where(StampBatch.enterprise_id.in_(mine))
    )
    reported = session.scalar(
        select(func.count())
        .select_from(StampReport)
        .where(StampReport.enterprise_id.in_(mine))
        .where(StampReport.reported_at >= span.begins_at, StampReport.reported_at < span.ends_at)
    )
    return {
        "stamps_issued": int(issued or 0),
        "stamps_active": int(active or 0),
        "stamps_checked": checked or 0,
        "reports_new": reported or 0,
        "reports_closed": acts_on(session, act=CLOSING, enterprise_ids=mine, span=span),
    }
