"""“Có gì không ổn?”: what somebody saw, kept with a number to ask about it."""

from dataclasses import dataclass

from sqlalchemy import update

from core import audit
from core.places import place_named
from core.work import Work
from traceability import rules
from traceability.models import StampReport
from traceability.queries import stamp_row
from traceability.service.cases import join_open_case

LONGEST_TEXT = 2_000
LONGEST_CONTACT = 200
LONGEST_PLACE = 120
LONGEST_SHOP = 200


@dataclass(frozen=True)
class Seen:
    """Where the goods were seen, as typed, and what was asked for one of them."""

    place: str = ""
    shop: str = ""
    price_vnd: int | None = None
    network_hash: str | None = None  # Whose places are told apart: two of one network are one.

    @property
    def commune_code(self) -> str | None:
        """The commune, where the place names it and its province wholly."""
        found = place_named(self.place)
        return found.code if found else None


NOWHERE = Seen()


def report(
    work: Work, *, serial: int, text: str, contact: str, seen: Seen = NOWHERE
) -> StampReport:
    """Store what somebody reports about a stamp, issued or not; give it its number.

    Where the stamp has an open case the report joins it.
    """
    stamp = stamp_row(work.session, serial)
    row = StampReport(
        public_id=work.new_public_id(),
        serial=serial if stamp else None,
        serial_text=rules.serial_text(serial),
        enterprise_id=stamp.enterprise_id if stamp else None,
        lot_id=stamp.lot_id if stamp else None,
        text=text,
        place=seen.place,
        commune_code=seen.commune_code,
        shop=seen.shop,
        price_vnd=seen.price_vnd,
        network_hash=seen.network_hash,
        contact=contact,
        reported_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    join_open_case(work, row)
    return row


def see_report(work: Work, *, report_id: int) -> None:
    """Say that its maker has read a report. Whom it is about cannot do more: the office closes it.

    The first time counts.
    """
    row = work.session.execute(
        update(StampReport)
        .where(StampReport.id == report_id, StampReport.seen_by_maker_at.is_(None))
        .values(seen_by_maker_at=work.now)
        .returning(StampReport.enterprise_id)
    ).one_or_none()
    if row is not None:
        audit.record(
            work,
            act="maker_saw_report",
            object_kind="stamp_report",
            object_id=report_id,
            enterprise_id=row.enterprise_id,
        )


def handle_report(work: Work, *, report_id: int, closes: bool) -> None:
    """Say that the office has seen a report, or closed it: then the contact is erased.

    A closed one stays closed.
    """
    state = "closed" if closes else "seen"
    row = work.session.execute(
        update(StampReport)
        .where(StampReport.id == report_id, StampReport.state != "closed")
        .values(state=state, **({"contact": ""} if closes else {}))
        .returning(StampReport.enterprise_id)
    ).one_or_none()
    if row is not None:
        audit.record(
            work,
            act=f"{state}_report",
            object_kind="stamp_report",
            object_id=report_id,
            enterprise_id=row.enterprise_id,
        )
