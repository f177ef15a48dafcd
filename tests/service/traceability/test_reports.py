from datetime import timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from core.audit import AuditEntry
from core.work import Work
from tests.makers import make_lot
from traceability import rules, service
from traceability.forms import ReportForm
from traceability.models import Stamp, StampReport

NEVER_ISSUED = 32 * 37  # Its check symbol is a letter, so it can be written down.


def report(work: Work, contact: str = "090 000 0000") -> StampReport:
    return service.report(work, serial=NEVER_ISSUED, text="Tem lạ", contact=contact)


def acts(work: Work) -> list[tuple[str, str, int, int | None]]:
    entries = work.session.scalars(select(AuditEntry).order_by(AuditEntry.act))
    return [(each.act, each.object_kind, each.object_id, each.enterprise_id) for each in entries]


def test_a_report_belongs_to_the_maker_of_the_stamp(work: Work) -> None:
    lot = make_lot(work)
    batch = service.issue_stamps(work, lot_id=lot.id, count=1)
    serial = work.session.scalars(select(Stamp.serial).where(Stamp.batch_id == batch.id)).one()

    row = service.report(work, serial=serial, text="Mã mờ", contact="")

    assert (row.serial, row.enterprise_id, row.lot_id) == (serial, lot.enterprise_id, lot.id)
    assert (row.text, row.contact, row.reported_at) == ("Mã mờ", "", work.now)
    assert row.id is not None


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("phường Hải Châu, Đà Nẵng", "20242"),
        ("hai chau da nang", "20242"),
        ("xã Cần Giờ, Hồ Chí Minh", "27664"),
        ("Hải Châu", None),
        ("Nam Định", None),  # A province until July 2025, and a ward of today.
        ("Hậu Giang", None),
        ("phố cổ", None),
        ("ở chợ", None),
    ],
    ids=[
        "whole",
        "no-marks",
        "great-city",
        "no-province",
        "old-province",
        "beginnings",
        "old-town",
        "market",
    ],
)
def test_a_place_is_a_commune_only_where_it_is_named_wholly(place: str, code: str | None) -> None:
    assert service.Seen(place).commune_code == code


def test_a_number_never_issued_is_kept_as_it_was_read(work: Work) -> None:
    row = report(work)

    assert (row.serial, row.enterprise_id, row.lot_id) == (None, None, None)
    assert row.serial_text == rules.serial_text(NEVER_ISSUED)


def test_seeing_a_report_keeps_its_contact_and_is_written_down(work: Work) -> None:
    row, other = report(work), report(work)

    service.handle_report(work, report_id=row.id, closes=False)

    work.session.refresh(other)
    work.session.refresh(row)
    assert (row.state, row.contact) == ("seen", "090 000 0000")
    assert other.state == "new"
    assert acts(work) == [("seen_report", "stamp_report", row.id, None)]


def test_closing_a_report_erases_its_contact_alone(work: Work) -> None:
    row, other = report(work), report(work)

    service.handle_report(work, report_id=row.id, closes=True)

    work.session.refresh(other)
    work.session.refresh(row)
    assert (row.state, row.contact, row.text) == ("closed", "", "Tem lạ")
    assert (other.state, other.contact) == ("new", "090 000 0000")


def test_a_closed_report_stays_closed(work: Work) -> None:
    row = report(work)
    service.handle_report(work, report_id=row.id, closes=True)

    service.handle_report(work, report_id=row.id, closes=False)

    work.session.refresh(row)
    assert row.state == "closed"
    assert [act for act, *_ in acts(work)] == ["closed_report"]


def test_a_maker_sees_a_report_once_and_no_other(work: Work) -> None:
    row, other = report(work), report(work)
    seen_at = work.now

    service.see_report(work, report_id=row.id)
    work.now += timedelta(hours=1)
    service.see_report(work, report_id=row.id)

    work.session.refresh(row)
    work.session.refresh(other)
    assert (row.seen_by_maker_at, row.state) == (seen_at, "new")
    assert other.seen_by_maker_at is None
    assert acts(work) == [("maker_saw_report", "stamp_report", row.id, None)]


def test_a_report_holds_two_thousand_characters_and_a_contact_two_hundred() -> None:
    longest = {"text": "x" * 2_000, "contact": "y" * 200}
    taken = ReportForm.model_validate(longest)

    assert (len(taken.text), len(taken.contact)) == (2_000, 200)
    for name, words in longest.items():
        with pytest.raises(ValidationError):
            ReportForm.model_validate(longest | {name: words + "z"})
