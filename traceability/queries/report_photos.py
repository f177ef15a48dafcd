"""Photos of reports, for whoever may read the report."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.photos.models import Photo
from core.photos.queries import Picture, picture_in
from traceability.models import StampReport, StampReportPhoto


def report_pictures(session: Session, report_id: int) -> list[Picture]:
    """The photos of a report that are kept, in the order they were sent."""
    rows = session.scalars(
        select(Photo)
        .join(StampReportPhoto, StampReportPhoto.photo_id == Photo.id)
        .where(StampReportPhoto.report_id == report_id, Photo.removed_at.is_(None))
        .order_by(Photo.id)
    )
    return [picture_in(photo) for photo in rows]


def pictures_of_reports(session: Session, report_ids: Collection[int]) -> dict[int, list[Picture]]:
    """By report, its photos that are kept. One statement."""
    rows = session.execute(
        select(StampReportPhoto.report_id, Photo)
        .join(Photo, Photo.id == StampReportPhoto.photo_id)
        .where(StampReportPhoto.report_id.in_(report_ids), Photo.removed_at.is_(None))
        .order_by(Photo.id)
    )
    found: dict[int, list[Picture]] = {report_id: [] for report_id in report_ids}
    for report_id, photo in rows:
        found[report_id].append(picture_in(photo))
    return found


def report_photo(session: Session, public_id: str) -> tuple[Photo, StampReport] | None:
    """The photo the outside knows by this id, with the report it came with."""
    row = session.execute(
        select(Photo, StampReport)
        .join(StampReportPhoto, StampReportPhoto.photo_id == Photo.id)
        .join(StampReport, StampReport.id == StampReportPhoto.report_id)
        .where(Photo.public_id == public_id)
    ).one_or_none()
    return (row[0], row[1]) if row else None
