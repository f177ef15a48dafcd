from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from core.audit import AuditEntry
from core.jobs import Job, enqueue
from core.outbox import OutboxEvent
from core.timetable import TimetableRow
from core.work import COMMAND, By, reading, transaction
from core.worker.events import deliver_next
from core.worker.jobs import run_next
from tests.makers import make_enterprise, make_member, make_officer, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn

PATH = "/office/failures"
BUDGET = 9


def fail_job(kind: str = "draw", *, by: By = COMMAND, **values: Any) -> str:
    with transaction(by=by) as work:
        job = enqueue(work, kind=kind, arguments={})
        job.state, job.attempts, job.finished_at = "failed", 4, work.now
        job.error = "OSError: no <b>folder</b>"
        for name, value in values.items():
            setattr(job, name, value)
        return job.public_id


def fail_event(enterprise_id: int | None = None) -> str:
    with transaction(by=COMMAND) as work:
        event = OutboxEvent(
            name="StampsIssued",
            fields={},
            happened_at=work.now,
            due_at=work.now,
            by_kind="person",
            by_enterprise_id=enterprise_id,
            attempts=8,
            failed_at=work.now,
            error="KeyError: 'lot_id'",
        )
        work.session.add(event)
        work.session.flush()
        return f"event-{event.id}"


@pytest.fixture
def operator(app: Flask) -> SignedIn:
    with transaction(by=COMMAND) as work:
        person = make_person(work, sign_in="operator@goc.example")
        make_officer(work, person=person, role="operator", province_code=None)
        make_sign_in(work, person=person, key="operator")
    return SignedIn(app, "operator")


def job_states() -> dict[str, tuple[str, bool]]:
    with reading() as session:
        return {
            job.public_id: (job.state, job.dropped_at is not None)
            for job in session.scalars(select(Job).order_by(Job.id))
        }


def audited() -> list[tuple[str, str, dict[str, Any]]]:
    with reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.act, AuditEntry.at))
        return [(each.act, each.object_kind, each.details) for each in entries]


def test_the_page_shows_what_failed_whose_it_is_and_why(app: Flask, operator: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        smith = make_enterprise(work)
    job, event = fail_job(by=By("person", 1, smith.id)), fail_event(smith.id)

    text = operator.get(PATH).text

    for shown in (job, event, "draw", "StampsIssued", "đã thử 4 lần", "Mẫu – Lò rèn Hà"):
        assert shown in text
    assert "OSError: no &lt;b&gt;folder&lt;/b&gt;" in text
    assert "<b>folder" not in text


def test_a_refusal_is_shown_in_the_words_its_asker_reads(app: Flask, operator: SignedIn) -> None:
    fail_job(result={"refused": "Lô này chỉ còn %(left)s tem.", "values": {"left": 3}})

    text = operator.get(PATH).text

    assert "Lô này chỉ còn 3 tem." in text
    assert "bị từ chối" in text
    assert "OSError" not in text


def test_where_nothing_failed_it_says_so(operator: SignedIn) -> None:
    assert "Không có việc nào hỏng" in operator.get(PATH).text
    assert "Chưa bỏ việc nào" in operator.get(f"{PATH}?state=dropped").text


def test_several_are_tried_again_at_once_and_it_is_recorded(app: Flask, operator: SignedIn) -> None:
    one, two, other = fail_job(), fail_job(), fail_job()
    event = fail_event()

    answer = operator.post(PATH, {"act": "retry", "chosen": [one, two, event]})

    assert (answer.status_code, answer.location) == (303, f"{PATH}?retried=3")
    assert job_states() == {
        one: ("waiting", False),
        two: ("waiting", False),
        other: ("failed", False),
    }
    assert [(act, kind) for act, kind, _ in audited()] == [
        ("retry_event", "event"),
        ("retry_job", "job"),
        ("retry_job", "job"),
    ]
    assert deliver_next({})
    assert run_next({"draw": lambda _: None})
    assert "Đã cho làm lại 3 việc." in operator.get(answer.location).text


def test_all_that_were_shown_are_meant_by_one_box_and_no_other(
    app: Flask, operator: SignedIn
) -> None:
    one, two = fail_job(), fail_job()
    later = fail_job()

    operator.post(PATH, {"act": "retry", "everything": "yes", "shown": [one, two]})

    assert [state for state, _ in job_states().values()] == ["waiting", "waiting", "failed"]
    assert job_states()[later] == ("failed", False)


def test_a_drop_keeps_its_reason_and_can_be_undone(app: Flask, operator: SignedIn) -> None:
    job, event = fail_job(), fail_event()

    answer = operator.post(PATH, {"act": "drop", "chosen": [job, event], "reason": "làm tay rồi"})

    assert answer.location == f"{PATH}?dropped=2"
    assert "Đã bỏ 2 việc" in operator.get(answer.location).text
    assert job_states() == {job: ("failed", True)}
    assert audited() == [
        ("drop_event", "event", {"kind": "StampsIssued", "because": "làm tay rồi"}),
        ("drop_job", "job", {"kind": "draw", "because": "làm tay rồi"}),
    ]
    assert "Không có việc nào hỏng" in operator.get(PATH).text
    assert not deliver_next({})
    assert not run_next({"draw": lambda _: None})
    dropped = operator.get(f"{PATH}?state=dropped").text
    assert job in dropped
    assert event in dropped

    operator.post(f"{PATH}?state=dropped", {"act": "retry", "chosen": [job, event]})

    assert job_states() == {job: ("waiting", False)}
    assert deliver_next({})


def test_a_drop_without_a_reason_is_refused_and_what_was_chosen_stays_chosen(
    app: Flask, operator: SignedIn
) -> None:
    job = fail_job()

    answer = operator.post(PATH, {"act": "drop", "chosen": [job], "reason": "  "})

    assert answer.status_code == 422
    assert "Xin viết lý do bỏ" in answer.text
    assert f'value="{job}" checked' in answer.text
    assert job_states() == {job: ("failed", False)}
    assert audited() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"act": "retry"},
        {"act": "retry", "everything": "yes"},
        {"chosen": ["event-1"]},
        {"act": "delete", "chosen": ["event-1"]},
        {"act": "retry", "chosen": [str(number) for number in range(51)]},
    ],
)
def test_a_form_that_names_nothing_or_too_much_is_refused(
    operator: SignedIn, fields: dict[str, Any]
) -> None:
    assert operator.post(PATH, fields).status_code == 422


def test_what_is_gone_or_was_decided_before_is_counted_apart(
    app: Flask, operator: SignedIn
) -> None:
    job = fail_job()
    names = [job, "0000000000", "event-7", "event-", f"event-{'9' * 20}", "’"]

    answer = operator.post(PATH, {"act": "drop", "chosen": names, "reason": "cũ"})

    assert answer.location == f"{PATH}?dropped=1&missed=5"
    assert "5 việc đã được quyết định trước đó" in operator.get(answer.location).text


def test_the_same_form_twice_is_one_decision(app: Flask, operator: SignedIn) -> None:
    job = fail_job()
    fields = {"act": "retry", "chosen": [job], "request_id": "once"}

    first = operator.post(PATH, fields)
    with transaction(by=COMMAND) as work:
        work.session.execute(update(Job).values(state="failed"))
    again = operator.post(PATH, fields)

    assert first.location == again.location == f"{PATH}?retried=1"
    assert job_states() == {job: ("failed", False)}


def test_timed_work_that_failed_is_named_and_needs_nothing(app: Flask, operator: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        work.session.add(TimetableRow(name="forget jobs", due_at=work.now, error="OSError: full"))
        work.session.add(TimetableRow(name="forget keys", due_at=work.now))

    text = operator.get(PATH).text

    assert "OSError: full" in text
    assert "forget keys" not in text


def test_an_officer_of_a_commune_and_a_director_do_not_see_it(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        officer = make_person(work, sign_in="officer@goc.example")
        make_officer(work, person=officer)
        make_sign_in(work, person=officer, key="officer")
        director = make_person(work, sign_in="director@goc.example")
        smith = make_enterprise(work)
        make_member(work, enterprise=smith, person=director)
        make_sign_in(work, person=director, enterprise=smith, key="director")
    job = fail_job()

    for key in ("officer", "director"):
        browser = SignedIn(app, key)
        assert browser.get(PATH).status_code == 403
        assert browser.post(PATH, {"act": "retry", "chosen": [job]}).status_code == 403
    assert "Việc nền bị hỏng" not in SignedIn(app, "officer").get("/office").text
    assert job_states() == {job: ("failed", False)}


def test_the_operators_home_leads_there_while_something_waits(
    app: Flask, operator: SignedIn
) -> None:
    assert PATH not in operator.get("/office").text
    fail_job()
    fail_event()

    text = operator.get("/office").text

    assert f'href="{PATH}"' in text
    assert "2 việc" in text


def test_the_oldest_fifty_are_shown_within_the_budget_of_questions(
    app: Flask, operator: SignedIn
) -> None:
    with transaction(by=COMMAND) as work:
        ids = [make_enterprise(work, name=f"Mẫu – Hộ {number}").id for number in range(3)]
    names = [fail_job(by=By("person", 1, ids[number % 3])) for number in range(52)]

    with counted_statements() as asked:
        text = operator.get(PATH).text

    assert names[49] in text
    assert names[50] not in text
    assert "Đang hiện 50 việc cũ nhất trong 52 việc." in text
    assert len(asked) <= BUDGET
