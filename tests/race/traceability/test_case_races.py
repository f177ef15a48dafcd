"""Many at once about one case: one is opened, one conclusion counts, its stamps change once."""

from flask import Flask
from sqlalchemy import func, select

from core.work import VISITOR, reading, transaction
from tests.makers import lot_of, make_batch
from tests.race.crowd import rush
from traceability import queries, service
from traceability.case_errors import CaseNotOpen
from traceability.models import LogEntry, StampAct, StampAlarm, StampCase, StampCaseEntry
from traceability.rules import CaseState, Measure, Side
from traceability.rules.entries import MAKER
from traceability.service import Conclusion, Judge

JUDGE = Judge(Side.MAKER, MAKER)
UNCLEAR = Conclusion(CaseState.UNCLEAR, "Không thấy hàng")
FAKE = Conclusion(CaseState.FAKE, "Lưỡi khác", Measure.SUSPICIOUS, 1, 1)


def new_reports(count: int) -> list[int]:
    """Reports about one active stamp; their ids."""
    with transaction(by=VISITOR) as work:
        batch = make_batch(work)
        service.activate_stamps(work, batch_id=batch.id, first=1, last=5)
        serial = queries.serials_at(work.session, batch.id, [1])[1]
        return [
            service.report(work, serial=serial, text="Dao cùn", contact="").id for _ in range(count)
        ]


def counted(model: type, **values: object) -> int:
    with reading() as session:
        found = select(func.count()).select_from(model).filter_by(**values)
        return session.scalar(found) or 0


def test_eight_who_open_a_case_about_one_stamp_share_one(app: Flask) -> None:
    reports = new_reports(8)

    def open_(hand: int) -> int:
        with transaction(by=VISITOR) as work:
            return service.open_case(work, report_id=reports[hand], side=Side.MAKER).id

    opened, refused = rush(app, open_, people=8)

    assert refused == []
    assert len(set(opened)) == 1
    assert (counted(StampCase), counted(StampCaseEntry)) == (1, 1)


def test_who_opens_a_case_while_it_is_concluded_has_one_or_begins_the_next(app: Flask) -> None:
    reports = new_reports(8)
    with transaction(by=VISITOR) as work:
        first = service.open_case(work, report_id=reports[0], side=Side.MAKER)
        service.take_case(work, case_id=first.id, side=Side.MAKER)
        first_id, serial = first.id, first.serial_text

    def act(hand: int) -> int:
        with transaction(by=VISITOR) as work:
            if hand == 0:
                service.conclude_case(work, case_id=first_id, judge=JUDGE, conclusion=UNCLEAR)
                return first_id
            return service.open_case(work, report_id=reports[hand], side=Side.MAKER).id

    found, refused = rush(app, act, people=8)

    assert (len(found), refused) == (8, [])
    with reading() as session:
        cases = session.scalars(
            select(StampCase).where(StampCase.serial_text == serial).order_by(StampCase.id)
        ).all()
    assert cases[0].state == CaseState.UNCLEAR
    assert {one.id for one in cases} == set(found)
    assert [one.state for one in cases[1:]] in ([], [CaseState.NEW])


def test_of_eight_denials_of_one_alarm_one_opens_a_case(app: Flask) -> None:
    with transaction(by=VISITOR) as work:
        batch = make_batch(work)
        service.activate_stamps(work, batch_id=batch.id, first=1, last=5)
        alarm = StampAlarm(
            public_id=work.new_public_id(),
            serial=queries.serials_at(work.session, batch.id, [1])[1],
            enterprise_id=batch.enterprise_id,
            lot_id=lot_of(batch),
            reasons="sightings",
            raised_at=work.now,
        )
        work.session.add(alarm)
        work.session.flush()
        alarm_id = alarm.id

    def deny(_hand: int) -> bool:
        with transaction(by=VISITOR) as work:
            answer = service.NOT_OURS
            return service.answer_alarm(work, alarm_id=alarm_id, answer=answer) is not None

    opened, refused = rush(app, deny, people=8)

    assert (sorted(opened), refused) == ([False] * 7 + [True], [])
    assert (counted(StampCase), counted(StampCaseEntry)) == (1, 1)


def test_of_eight_conclusions_one_counts_and_of_eight_liftings_one(app: Flask) -> None:
    [report_id] = new_reports(1)
    with transaction(by=VISITOR) as work:
        case = service.open_case(work, report_id=report_id, side=Side.MAKER)
        service.take_case(work, case_id=case.id, side=Side.MAKER)
        case_id = case.id

    def conclude(_hand: int) -> None:
        with transaction(by=VISITOR) as work:
            service.conclude_case(work, case_id=case_id, judge=JUDGE, conclusion=FAKE)

    def lift(_hand: int) -> None:
        with transaction(by=VISITOR) as work:
            service.lift_case(work, case_id=case_id, judge=JUDGE, why="Nhầm")

    concluded, late = rush(app, conclude, people=8)
    assert (len(concluded), {type(one) for one in late}) == (1, {CaseNotOpen})
    lifted, later = rush(app, lift, people=8)
    assert (len(lifted), {type(one) for one in later}) == (1, {CaseNotOpen})

    assert (counted(StampAct, act="doubt"), counted(StampAct, act="lift")) == (1, 1)
    assert counted(LogEntry, kind="verdict") == 2
