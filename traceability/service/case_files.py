"""All that is recorded about a case's stamp, put side by side: for its page and its paper."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from accounts.queries import Maker, makers
from catalog import queries as catalog
from catalog.queries import StampedLot
from traceability.models import StampCase, StampReport
from traceability.queries import BatchCard, StampRow, batches_by_id, stamp_row
from traceability.queries.case_facts import CheckedDay, acts_on_stamp, checks_of_stamp
from traceability.queries.cases import ChangedRange, case_reports, changed_ranges
from traceability.queries.evidence import NamedPlace, places_named
from traceability.queries.ranges import ActCard


@dataclass(frozen=True)
class StampFile:
    """A stamp's whole history; who did what stays in the audit."""

    stamp: StampRow
    batch: BatchCard
    maker: Maker
    lot: StampedLot | None  # None: a roll's, bound to no lot yet.
    acts: tuple[ActCard, ...]
    days: tuple[CheckedDay, ...]
    places: tuple[NamedPlace, ...]  # Where visitors said to be; nothing of who.


@dataclass(frozen=True)
class CaseFile:
    """A case beside its stamp; a number never issued has none."""

    case: StampCase
    reports: tuple[StampReport, ...]
    changed: tuple[ChangedRange, ...]
    stamp_file: StampFile | None


def case_file(session: Session, case: StampCase, *, language: str) -> CaseFile:
    """What stands on a case's page; ten statements at most, the goods' words in `language`."""
    return CaseFile(
        case,
        tuple(case_reports(session, case.id)),
        tuple(changed_ranges(session, case.id)),
        _stamp_file(session, case, language),
    )


def _stamp_file(session: Session, case: StampCase, language: str) -> StampFile | None:
    stamp = stamp_row(session, case.serial) if case.serial is not None else None
    if stamp is None:
        return None
    lot = (
        catalog.stamped_lot(session, stamp.lot_id, language=language)
        if stamp.lot_id is not None
        else None
    )
    maker = lot.maker if lot else makers(session, [stamp.enterprise_id])[stamp.enterprise_id]
    return StampFile(
        stamp,
        batches_by_id(session, [stamp.batch_id])[stamp.batch_id],
        maker,
        lot,
        tuple(acts_on_stamp(session, stamp)),
        tuple(checks_of_stamp(session, stamp.serial)),
        tuple(places_named(session, stamp.serial, case.serial_text)),
    )
