"""Cases of suspected fakes: what one conclusion does, and that taking it back undoes all of it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from core.audit import AuditEntry
from core.dispatch.models import Dispatch
from core.messages import Message
from core.work import Work
from tests.makers import lot_of, make_batch
from traceability import queries, service
from traceability.case_errors import (
    CaseNotOpen,
    ChangedSince,
    NothingToChange,
    OfficeConcluded,
    OtherCaseOpen,
    OtherCaseStands,
    RangeWithoutStamp,
    ReportSettled,
)
from traceability.models import LogEntry, StampBatch, StampCase, StampRange, StampReport
from traceability.rules import CaseState, Measure, Side, VoidReason
from traceability.rules.entries import MAKER, officer_of
from traceability.service import Conclusion, Judge

NEVER_ISSUED = 32 * 37
OURS = Judge(Side.MAKER, MAKER)
OFFICE = Judge(Side.OFFICE, officer_of("4", None))
DOUBT = Conclusion(CaseState.FAKE, "Lưỡi khác, không có dấu búa.", Measure.SUSPICIOUS, 3, 3)
CANCEL = Conclusion(CaseState.FAKE, "Hàng nhái bày ở chợ.", Measure.VOID, 2, 4)


@pytest.fixture
def batch(work: Work) -> StampBatch:
    """Ten stamps, the first five stuck on an hour ago."""
    batch = make_batch(work)
    service.activate_stamps(work, batch_id=batch.id, first=1, last=5)
    work.now += timedelta(hours=1)
    return batch


def reported(work: Work, batch: StampBatch, ordinal: int = 3, contact: str = "") -> StampReport:
    serial = queries.serials_at(work.session, batch.id, [ordinal])[ordinal]
    return service.report(work, serial=serial, text="Dao khác lưỡi", contact=contact)


def looked_into(work: Work, batch: StampBatch, ordinal: int = 3, contact: str = "") -> StampCase:
    report = reported(work, batch, ordinal, contact)
    case = service.open_case(work, report_id=report.id, side=Side.MAKER)
    service.take_case(work, case_id=case.id, side=Side.MAKER)
    return case


def stands(work: Work, batch: StampBatch) -> list[tuple[int, int, str]]:
    work.session.expire_all()
    return [
        (each.first, each.last, each.state) for each in queries.ranges_of(work.session, batch.id)
    ]


def rulings(work: Work) -> list[tuple[object, ...]]:
    bodies = work.session.scalars(
        select(LogEntry.body).where(LogEntry.kind == "verdict").order_by(LogEntry.id)
    )
    told = [json.loads(body) for body in bodies]
    return [(one["verdict"], one["state"], one["by"], one["first"], one["last"]) for one in told]


def test_all_open_reports_of_a_stamp_are_one_case_and_later_ones_join_it(
    work: Work, batch: StampBatch
) -> None:
    first, second, other = reported(work, batch), reported(work, batch), reported(work, batch, 1)

    case = service.open_case(work, report_id=second.id, side=Side.OFFICE)
    again = service.open_case(work, report_id=first.id, side=Side.MAKER)
    later = reported(work, batch)

    work.session.expire_all()
    assert again.id == case.id
    assert (case.state, case.opened_by, case.enterprise_id) == (
        "new",
        "office",
        batch.enterprise_id,
    )
    assert [one.id for one in queries.case_reports(work.session, case.id)] == [
        first.id,
        second.id,
        later.id,
    ]
    assert other.case_id is None
    assert [one.act for one in queries.case_entries(work.session, case.id)] == ["opened"]
    told = work.session.scalars(select(Message.kind)).all()
    assert told == ["case_opened"]


def test_a_closed_report_opens_no_case(work: Work, batch: StampBatch) -> None:
    report = reported(work, batch)
    service.handle_report(work, report_id=report.id, closes=True)
    work.session.refresh(report)

    with pytest.raises(ReportSettled):
        service.open_case(work, report_id=report.id, side=Side.OFFICE)

    assert work.session.scalars(select(StampCase)).all() == []


def test_the_database_keeps_one_open_case_a_stamp(work: Work, batch: StampBatch) -> None:
    case = looked_into(work, batch)
    twin = {"serial_text": case.serial_text, "public_id": "0000000000", "opened_by": "maker"}

    with pytest.raises(IntegrityError), work.session.begin_nested():
        work.session.execute(insert(StampCase).values(twin | {"opened_at": work.now}))


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "fake"},
        {"state": "genuine", "concluded_by": "maker", "why": "x"},
        {"state": "looking", "measure": "void"},
        {"state": "odd"},
    ],
    ids=["fake-undated", "end-undated", "open-with-measure", "unknown"],
)
def test_the_database_refuses_a_case_that_contradicts_itself(
    work: Work, broken: dict[str, str]
) -> None:
    row = {"serial_text": "X", "public_id": "0000000000", "opened_by": "maker", "why": ""}

    with pytest.raises(IntegrityError), work.session.begin_nested():
        work.session.execute(insert(StampCase).values(row | broken | {"opened_at": work.now}))


def test_a_confirmed_fake_makes_its_stamp_suspicious_and_tells_the_log(
    work: Work, batch: StampBatch
) -> None:
    case = looked_into(work, batch)

    service.conclude_case(work, case_id=case.id, judge=OURS, conclusion=DOUBT)

    assert stands(work, batch) == [
        (1, 2, "active"),
        (3, 3, "doubted"),
        (4, 5, "active"),
        (6, 10, "printed"),
    ]
    doubted = work.session.scalars(select(StampRange).where(StampRange.state == "doubted")).one()
    assert doubted.from_at == work.now - timedelta(hours=1)  # Stuck on since then, as before.
    assert (case.state, case.measure, case.concluded_by) == ("fake", "suspicious", "maker")
    assert rulings(work) == [("suspicious", "set", "maker", 3, 3)]


def test_lifting_it_leaves_no_trace_on_the_stamp_and_one_in_the_log(
    work: Work, batch: StampBatch
) -> None:
    before = stands(work, batch)
    case = looked_into(work, batch)
    service.conclude_case(work, case_id=case.id, judge=OURS, conclusion=DOUBT)

    service.lift_case(work, case_id=case.id, judge=OURS, why="Nhầm với dao cũ.")

    assert stands(work, batch) == before
    assert (case.state, case.measure, case.concluded_at, case.why) == ("looking", None, None, "")
    assert rulings(work)[1:] == [("suspicious", "lifted", "maker", 3, 3)]
    entries = queries.case_entries(work.session, case.id)
    assert [(one.act, one.words) for one in entries] == [
        ("opened", ""),
        ("taken", ""),
        ("fake", DOUBT.why),
        ("lifted", "Nhầm với dao cũ."),
    ]
    assert queries.changed_ranges(work.session, case.id) == []


def test_a_range_can_be_cancelled_and_comes_back_as_stuck_on_when_it_was(
    work: Work, batch: StampBatch
) -> None:
    case = looked_into(work, batch)
    left = queries.stamps_left(work.session, lot_of(batch))
    service.conclude_case(work, case_id=case.id, judge=OFFICE, conclusion=CANCEL)
    cancelled = work.session.scalars(select(StampRange).where(StampRange.state == "void")).one()
    assert (cancelled.first, cancelled.last, cancelled.reason) == (2, 4, VoidReason.FAKED)
    assert rulings(work) == [("void", "set", "officer of province 4", 2, 4)]

    service.lift_case(work, case_id=case.id, judge=OFFICE, why="Nhầm lô.")

    assert stands(work, batch) == [(1, 5, "active"), (6, 10, "printed")]
    assert queries.stamps_left(work.session, lot_of(batch)) == left


def test_stamps_not_stuck_on_are_not_changed_and_nothing_else_is(
    work: Work, batch: StampBatch
) -> None:
    case = looked_into(work, batch)
    beyond = Conclusion(CaseState.FAKE, "Cả cuộn", Measure.SUSPICIOUS, 3, 7)

    with pytest.raises(NothingToChange), work.session.begin_nested():
        service.conclude_case(work, case_id=case.id, judge=OURS, conclusion=beyond)

    assert stands(work, batch) == [(1, 5, "active"), (6, 10, "printed")]
    assert (case.state, rulings(work)) == ("looking", [])


def test_a_range_without_the_cases_own_stamp_is_refused(work: Work, batch: StampBatch) -> None:
    case = looked_into(work, batch)
    elsewhere = Conclusion(CaseState.FAKE, "Nhầm số", Measure.SUSPICIOUS, 4, 5)

    with pytest.raises(RangeWithoutStamp), work.session.begin_nested():
        service.conclude_case(work, case_id=case.id, judge=OURS, conclusion=elsewhere)

    assert case.state == "looking"


def test_a_case_is_concluded_once_and_not_before_somebody_looks(
    work: Work, batch: StampBatch
) -> None:
    case = service.open_case(work, report_id=reported(work, batch).id, side=Side.MAKER)
    unclear = Conclusion(CaseState.UNCLEAR, "Không gặp được người bán.")

    with pytest.raises(CaseNotOpen):
        service.conclude_case(work, case_id=case.id, judge=OURS, conclusion=unclear)
    service.take_case(work, case_id=case.id, side=Side.MAKER)
    service.conclude_case(work, case_id=case.id, judge=OURS, conclusion=unclear)
    with pytest.raises(CaseNotOpen):
        service.conclude_case(work, case_id=case.id, judge=OURS, conclusion=DOUBT)
    with pytest.raises(CaseNotOpen):
        service.take_case(work, case_id=case.id, side=Side.MAKER)

    assert (case.state, case.measure) == ("unclear", None)
    assert stands(work, batch) == [(1, 5, "active"), (6, 10, "printed")]


def test_a_maker_cannot_lift_what_an_office_concluded(work: Work, batch: StampBatch) -> None:
    case = looked_into(work, batch)
    service.conclude_case(work, case_id=case.id, judge=OFFICE, conclusion=DOUBT)

    with pytest.raises(OfficeConcluded):
        service.lift_case(work, case_id=case.id, judge=OURS, why="Không phải")

    assert (case.state, stands(work, batch)[1]) == ("fake", (3, 3, "doubted"))
    service.lift_case(work, case_id=case.id, judge=OFFICE, why="Nhầm")
    assert case.state == "looking"


def test_a_case_whose_stamps_another_confirmed_case_is_about_is_lifted_after_that(
    work: Work, batch: StampBatch
) -> None:
    wide, narrow = looked_into(work, batch, 2), looked_into(work, batch, 3)
    both = Conclusion(CaseState.FAKE, "Hai con", Measure.SUSPICIOUS, 2, 3)
    service.conclude_case(work, case_id=wide.id, judge=OURS, conclusion=both)
    noted = Conclusion(CaseState.FAKE, "Cùng chỗ", Measure.NONE)
    service.conclude_case(work, case_id=narrow.id, judge=OURS, conclusion=noted)

    with pytest.raises(OtherCaseStands) as refused, work.session.begin_nested():
        service.lift_case(work, case_id=wide.id, judge=OURS, why="Nhầm")

    assert refused.value.values == {"number": narrow.public_id}
    service.lift_case(work, case_id=narrow.id, judge=OURS, why="Nhầm")
    service.lift_case(work, case_id=wide.id, judge=OURS, why="Nhầm")
    assert stands(work, batch) == [(1, 5, "active"), (6, 10, "printed")]


def test_a_conclusion_stands_while_later_reports_are_an_open_case(
    work: Work, batch: StampBatch
) -> None:
    first = looked_into(work, batch)
    genuine = Conclusion(CaseState.GENUINE, "Dao của chúng tôi.")
    service.conclude_case(work, case_id=first.id, judge=OFFICE, conclusion=genuine)
    later = looked_into(work, batch)

    with pytest.raises(OtherCaseOpen) as refused:
        service.lift_case(work, case_id=first.id, judge=OFFICE, why="Nhầm")

    assert refused.value.values == {"number": later.public_id}
    assert (first.state, later.state) == ("genuine", "looking")
    service.conclude_case(work, case_id=later.id, judge=OFFICE, conclusion=genuine)
    service.lift_case(work, case_id=first.id, judge=OFFICE, why="Nhầm")
    assert first.state == "looking"


def test_stamps_another_case_has_cancelled_since_are_not_lifted_by_the_first(
    work: Work, batch: StampBatch
) -> None:
    first = looked_into(work, batch, 3)
    service.conclude_case(work, case_id=first.id, judge=OURS, conclusion=DOUBT)
    second = looked_into(work, batch, 3)
    service.conclude_case(work, case_id=second.id, judge=OURS, conclusion=CANCEL)

    with pytest.raises(ChangedSince), work.session.begin_nested():
        service.lift_case(work, case_id=first.id, judge=OURS, why="Nhầm")

    service.lift_case(work, case_id=second.id, judge=OURS, why="Nhầm")
    assert stands(work, batch)[1:3] == [(3, 3, "doubted"), (4, 5, "active")]


@pytest.mark.parametrize(
    ("contact", "channel", "target"),
    [
        ("0912 345 678", "sms", "+84912345678"),
        ("Lan@Goc.example", "mail", "lan@goc.example"),
    ],
    ids=["phone", "mail"],
)
def test_whoever_left_a_number_hears_how_it_ended_and_the_number_is_erased(
    work: Work, batch: StampBatch, contact: str, channel: str, target: str
) -> None:
    case = looked_into(work, batch, contact=contact)
    (report,) = queries.case_reports(work.session, case.id)

    service.conclude_case(work, case_id=case.id, judge=OFFICE, conclusion=DOUBT)

    work.session.refresh(report)
    assert (report.state, report.contact, report.text) == ("closed", "", "Dao khác lưỡi")
    sent = work.session.scalars(select(Dispatch)).one()
    assert (sent.channel, sent.target) == (channel, target)
    assert report.public_id in (sent.words or "")
    assert DOUBT.why not in (sent.words or "")


@pytest.mark.parametrize("contact", ["", "gọi bà Tư", "0212 345"], ids=["none", "words", "short"])
def test_what_is_no_number_is_erased_without_an_answer(
    work: Work, batch: StampBatch, contact: str
) -> None:
    case = looked_into(work, batch, contact=contact)

    service.conclude_case(work, case_id=case.id, judge=OFFICE, conclusion=DOUBT)

    (report,) = queries.case_reports(work.session, case.id)
    work.session.refresh(report)
    assert (report.state, report.contact) == ("closed", "")
    assert work.session.scalars(select(Dispatch)).all() == []


def test_reports_closed_with_their_case_are_counted_as_closed(
    work: Work, batch: StampBatch
) -> None:
    case = looked_into(work, batch)
    second = reported(work, batch)
    ids = [one.id for one in queries.case_reports(work.session, case.id)]

    service.conclude_case(work, case_id=case.id, judge=OFFICE, conclusion=DOUBT)

    closed = select(AuditEntry.object_id).where(AuditEntry.act == "closed_report")
    assert sorted(work.session.scalars(closed)) == ids
    assert second.id in ids


def test_whom_a_report_is_about_does_not_close_it_by_a_conclusion(
    work: Work, batch: StampBatch
) -> None:
    case = looked_into(work, batch, contact="0912 345 678")
    (report,) = queries.case_reports(work.session, case.id)
    ours = Conclusion(CaseState.GENUINE, "Dao của chúng tôi.")

    service.conclude_case(work, case_id=case.id, judge=OURS, conclusion=ours)

    work.session.refresh(report)
    assert (report.state, report.contact) == ("new", "0912 345 678")
    assert queries.open_or_own_case(work.session, report) is case
    sent = work.session.scalars(select(Dispatch)).one()
    assert "noi hang mang so tem do la cua ho. Can bo con xem" in (sent.words or "")

    service.lift_case(work, case_id=case.id, judge=OFFICE, why="Chưa thấy hàng.")
    service.conclude_case(work, case_id=case.id, judge=OFFICE, conclusion=DOUBT)

    work.session.refresh(report)
    assert (report.state, report.contact) == ("closed", "")
    assert len(work.session.scalars(select(Dispatch)).all()) == 2


def test_a_number_never_issued_is_a_case_of_nobody_that_changes_no_stamp(work: Work) -> None:
    report = service.report(work, serial=NEVER_ISSUED, text="Tem lạ", contact="")
    case = service.open_case(work, report_id=report.id, side=Side.OFFICE)
    service.take_case(work, case_id=case.id, side=Side.OFFICE)

    with pytest.raises(RangeWithoutStamp), work.session.begin_nested():
        service.conclude_case(work, case_id=case.id, judge=OFFICE, conclusion=DOUBT)
    noted = Conclusion(CaseState.FAKE, "Tem tự in.", Measure.NONE)
    service.conclude_case(work, case_id=case.id, judge=OFFICE, conclusion=noted)

    assert (case.state, case.enterprise_id, case.serial) == ("fake", None, None)
    assert rulings(work) == []


def test_every_step_stands_in_the_audit(work: Work, batch: StampBatch) -> None:
    case = looked_into(work, batch)
    service.note_on_case(work, case_id=case.id, side=Side.MAKER, words="Đã gọi cửa hàng.")
    service.conclude_case(work, case_id=case.id, judge=OURS, conclusion=DOUBT)
    service.lift_case(work, case_id=case.id, judge=OURS, why="Nhầm")

    acts = work.session.scalars(
        select(AuditEntry.act).where(AuditEntry.object_kind == "stamp_case")
    ).all()
    assert sorted(acts) == [
        "fake_case",
        "lifted_case",
        "noted_case",
        "opened_case",
        "taken_case",
    ]
    done = work.session.scalars(
        select(AuditEntry.act).where(AuditEntry.act.in_(("doubt_stamps", "lift_stamps")))
    )
    assert sorted(done) == ["doubt_stamps", "lift_stamps"]
