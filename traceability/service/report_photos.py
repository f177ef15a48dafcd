"""Photos sent with a report: private, for the maker and the officers, gone after 180 days."""

from collections.abc import Collection

from core.photos import service as photos
from core.photos.models import Photo
from core.photos.service import NewPhoto
from core.work import Work
from traceability.models import StampReportPhoto
from traceability.queries import stamp_row

MOST_OF_REPORT = 3


def begin_report_photo(work: Work, *, serial: int, bytes_: int) -> Photo:
    """Make room for a photo about a stamp, issued or not; it comes in one piece."""
    stamp = stamp_row(work.session, serial)
    new = NewPhoto("report", stamp.enterprise_id if stamp else None, bytes_)
    return photos.begin_photo(work, new, piece_bytes=max(bytes_, 1))


def add_report_photos(work: Work, *, report_id: int, photo_ids: Collection[int]) -> None:
    """Say that these photos, which are whole, belong to a report, and have them drawn."""
    assert len(photo_ids) <= MOST_OF_REPORT, photo_ids
    for photo_id in photo_ids:
        photos.finish_photo(work, photo_id=photo_id)
        work.session.add(StampReportPhoto(photo_id=photo_id, report_id=report_id))
