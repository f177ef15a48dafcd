from threading import Barrier, Thread

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from accounts.rules import Act, Member, Role, Who
from accounts.web import answer_once, requires
from core.audit import AuditEntry, record
from core.work import Work, reading

RIVALS = 8
WHO = Who(1, "Hà", acting=Member(7, "E", "Mẫu", Role.DIRECTOR))


def test_one_form_sent_at_once_by_many_hands_has_one_effect(app: Flask) -> None:
    start = Barrier(RIVALS)
    answers: list[tuple[int, str]] = []

    def effect(work: Work) -> str:
        record(work, act="trial", object_kind="trial", object_id=1, enterprise_id=7)
        return f"/manage?made={work.new_public_id()}"

    send = requires(Act.DECLARE_LOT)(lambda: answer_once(effect))

    def rival() -> None:
        form = MultiDict({"request_id": "R1", "for_enterprise": "E", "words": "a"})
        with app.test_request_context("/manage/trial", method="POST", data=form) as context:
            context.request.environ["goc.who"] = WHO
            start.wait()
            answer = send()
            answers.append((answer.status_code, answer.location))

    threads = [Thread(target=rival) for _ in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == RIVALS
    assert {status for status, _ in answers} == {303}
    assert len({location for _, location in answers}) == 1
    with reading() as session:
        assert len(session.scalars(select(AuditEntry)).all()) == 1
