"""What people said about a stamp at some cost: the places they named, the photos they sent."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Boolean, bindparam, false, select, true, type_coerce, union_all
from sqlalchemy.orm import Session

from core.clock import day_of
from core.places import communes
from core.rows import rows
from traceability.models import StampClaim, StampReport, StampReportPhoto
from traceability.rules import MOST_CLAIMS, Evidence, serial_text

MOST_REPORTS = 24  # The first of a stamp: a check reads a fixed handful of rows.


@dataclass(frozen=True)
class NamedPlace:
    """Where somebody said to be, with a claim or a report; by day, nothing of who."""

    at: datetime
    commune_code: str
    by_claim: bool

    @property
    def day(self) -> date:
        """The day in Việt Nam on which it was said."""
        return day_of(self.at)


@dataclass(frozen=True)
class Said:
    """All that people said about one stamp and nobody has settled."""

    has_report_with_photo: bool = False
    places: tuple[NamedPlace, ...] = ()  # One for a network, the first that names a province.

    @property
    def evidence(self) -> Evidence:
        """The same, as the rule weighs it."""
        return Evidence(self.has_report_with_photo, len(self._by_province()))

    @property
    def far_apart(self) -> tuple[str, ...]:
        """Communes of the first two provinces that were named."""
        return tuple(self._by_province().values())[:2]

    def _by_province(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for place in self.places:
            found.setdefault(communes()[place.commune_code].province_code, place.commune_code)
        return found


def said_of(session: Session, serial: int) -> Said:
    """What was said about a stamp. One statement; asked of stamps with unusual checks alone.

    A report that the office has closed is settled: its photo and its place say no more.
    """
    found = rows(session, _SAID, serial=serial, serial_text=serial_text(serial)).all()
    by_network: dict[str, NamedPlace] = {}
    for at, network, commune, by_claim, _ in sorted(found, key=lambda one: one.at):
        place = NamedPlace(at, commune or "", bool(by_claim))
        if network is not None and place.commune_code in communes():
            by_network.setdefault(network, place)
    return Said(any(photo for *_, photo in found), tuple(by_network.values()))


def places_named(session: Session, serial: int | None, serial_text: str) -> list[NamedPlace]:
    """Every place that was named, settled or not, the earliest first: for a case's paper."""
    claimed = select(StampClaim.claimed_at, StampClaim.commune_code).where(
        StampClaim.serial == serial, StampClaim.commune_code.is_not(None)
    )
    reported = select(StampReport.reported_at, StampReport.commune_code).where(
        StampReport.serial_text == serial_text, StampReport.commune_code.is_not(None)
    )
    found = [
        NamedPlace(at, commune, by_claim)
        for asked, by_claim in ((claimed, True), (reported, False))
        for at, commune in session.execute(asked)
        if commune is not None and commune in communes()
    ]
    return sorted(found, key=lambda place: place.at)


_OF_CLAIMS = (
    select(
        StampClaim.claimed_at.label("at"),
        StampClaim.network_hash,
        StampClaim.commune_code,
        type_coerce(true(), Boolean).label("by_claim"),
        type_coerce(false(), Boolean).label("photo"),
    )
    .where(StampClaim.serial == bindparam("serial"))
    .limit(MOST_CLAIMS)
    .subquery()
)
_HAS_PHOTO = (
    select(StampReportPhoto.photo_id).where(StampReportPhoto.report_id == StampReport.id).exists()
)
_OF_REPORTS = (
    select(
        StampReport.reported_at.label("at"),
        StampReport.network_hash,
        StampReport.commune_code,
        type_coerce(false(), Boolean).label("by_claim"),
        _HAS_PHOTO.label("photo"),
    )
    .where(StampReport.serial_text == bindparam("serial_text"), StampReport.state != "closed")
    .order_by(StampReport.id)
    .limit(MOST_REPORTS)
    .subquery()
)
_SAID = union_all(select(_OF_CLAIMS), select(_OF_REPORTS))
