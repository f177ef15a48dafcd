from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from core.work import COMMAND, VISITOR, reading, transaction
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import Cast
from traceability import service
from traceability.models import StampAlarm
from traceability.rules import Visit
from traceability.service import Visitor


def rung(cast: Cast) -> StampAlarm:
    """An alarm of our lot: six occasions within two days."""
    serial = cast.serial(cast.batch(5, active=5), 1)
    with transaction(by=VISITOR) as work:
        # Nine in the morning in Việt Nam: begun in the evening they would touch a third day.
        work.now = (work.now + timedelta(days=1)).replace(hour=2)
        for visitor in range(6):
            work.now += timedelta(hours=6)
            who = f"visitor {visitor}"
            service.record_check(
                work, serial=serial, visitor=Visitor(Visit.PERSON, who, who, browser_hash=who)
            )
        return work.session.scalars(select(StampAlarm)).one()


def answer_of(alarm: StampAlarm) -> str | None:
    with reading() as session:
        return session.get_one(StampAlarm, alarm.id).answer


def test_a_maker_sees_the_alarm_on_the_home_page_in_a_message_and_in_the_list(cast: Cast) -> None:
    alarm = rung(cast)

    home = cast.director.get("/manage").text
    listed = cast.director.get("/manage/alarms").text

    assert "1 con tem được kiểm nhiều hơn thường thấy" in home
    assert "được kiểm nhiều hơn thường thấy. <a" in home  # The message.
    assert "một tem được kiểm 6 lượt trong 2 ngày" in listed
    assert f"/manage/alarms/{alarm.public_id}" in listed
    assert "chờ trả lời" in listed


def test_one_tap_answers_and_the_first_answer_stands(cast: Cast) -> None:
    alarm = rung(cast)
    path = f"/manage/alarms/{alarm.public_id}"

    answered = cast.director.post(path, {"answer": "ours"})
    again = cast.director.post(path, {"answer": "not_ours"})

    assert (answered.status_code, again.status_code) == (303, 303)
    assert answer_of(alarm) == "ours"
    assert "hàng này đang bán ở cửa hàng của mình" in cast.director.get(path).text
    assert "hơn thường thấy</strong>" not in cast.director.get("/manage").text


def test_an_alarm_that_rang_again_says_that_something_is_new_not_that_more_looked(
    cast: Cast,
) -> None:
    alarm = rung(cast)
    path = f"/manage/alarms/{alarm.public_id}"
    once = cast.director.get(path).text
    with transaction(by=COMMAND) as work:  # By a photo and two places: nobody else looked.
        row = work.session.get_one(StampAlarm, alarm.id)
        row.rings, row.reasons = 2, "pattern,sightings"

    again = cast.director.get(path).text

    assert "Từ đó có thêm điều mới" in again
    assert "ảnh và nơi người mua báo" in again
    assert "Từ đó" not in once


def test_another_word_than_the_two_is_refused(cast: Cast) -> None:
    alarm = rung(cast)

    refused = cast.director.post(f"/manage/alarms/{alarm.public_id}", {"answer": "perhaps"})

    assert refused.status_code == 422
    assert answer_of(alarm) is None


def test_an_alarm_of_others_is_not_found(cast: Cast) -> None:
    alarm = rung(cast)
    path = f"/manage/alarms/{alarm.public_id}"

    assert cast.stranger.get(path).status_code == 404
    assert cast.stranger.post(path, {"answer": "ours"}).status_code == 404
    assert answer_of(alarm) is None


def test_the_list_is_empty_in_a_sentence_and_asks_the_database_little(cast: Cast) -> None:
    assert "Chưa có tem nào được kiểm nhiều bất thường" in cast.director.get("/manage/alarms").text

    with counted_statements() as statements:
        cast.director.get("/manage/alarms")

    assert len(statements) <= 7


def test_a_denial_changes_nothing_that_buyers_read(cast: Cast) -> None:
    alarm = rung(cast)
    with transaction(by=COMMAND) as work:
        before = service.look(
            work.session,
            serial=alarm.serial,
            visitor=Visitor(Visit.PERSON, "new", "new"),
            now=work.now,
        )

    cast.director.post(f"/manage/alarms/{alarm.public_id}", {"answer": "not_ours"})

    with transaction(by=COMMAND) as work:
        after = service.look(
            work.session,
            serial=alarm.serial,
            visitor=Visitor(Visit.PERSON, "new", "new"),
            now=before.at,
        )
    assert after.stamp is not None
    assert after.stamp.alarm_answer == "not_ours"
    unanswered = replace(after.stamp, alarm_answer=None, alarm_answered_at=None)
    assert replace(after, stamp=unanswered) == before


def test_one_tap_not_ours_leads_to_a_case_and_the_alarm_to_it(cast: Cast) -> None:
    alarm = rung(cast)
    path = f"/manage/alarms/{alarm.public_id}"

    answered = cast.director.post(path, {"answer": "not_ours"})
    case = cast.director.get(answered.location)

    assert answered.location.startswith("/manage/cases/")
    assert case.status_code == 200
    assert "0 lời báo" in case.text
    assert answered.location in cast.director.get(path).text
    assert cast.director.get(f"{answered.location}/paper").mimetype == "application/pdf"
