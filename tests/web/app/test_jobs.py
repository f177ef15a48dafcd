import pytest
from flask import Flask
from sqlalchemy import select, update

from core.jobs import Job, enqueue
from core.work import COMMAND, By, reading, transaction
from core.worker.handle import JobHandle
from core.worker.jobs import run_next
from tests.makers import make_enterprise, make_member, make_person, make_sign_in
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn


class Asked:
    """A job, whoever asked for it, a colleague of theirs and a stranger with a business too."""

    def __init__(self, app: Flask) -> None:
        with transaction(by=COMMAND) as work:
            ours = make_enterprise(work)
            theirs = make_enterprise(work, name="Mẫu – Hợp tác xã chè")
            for key, enterprise in (("ha", ours), ("mai", ours), ("lan", theirs)):
                person = make_person(work, sign_in=f"{key}@goc.example")
                make_member(work, enterprise=enterprise, person=person)
                make_sign_in(work, person=person, enterprise=enterprise, key=key)
                if key == "ha":
                    asker = By("person", person.id, ours.id)
        with transaction(by=asker) as work:
            self.id = enqueue(work, kind="draw", arguments={}, total=640).public_id
        self.asker = SignedIn(app, "ha", for_enterprise=ours.public_id)
        self.colleague = SignedIn(app, "mai", for_enterprise=ours.public_id)
        self.stranger = SignedIn(app, "lan", for_enterprise=theirs.public_id)
        self.path = f"/manage/jobs/{self.id}"


@pytest.fixture
def asked(app: Flask) -> Asked:
    return Asked(app)


def set_job(**values: object) -> None:
    with transaction(by=COMMAND) as work:
        work.session.execute(update(Job).values(**values))


def state() -> str:
    with reading() as session:
        return session.scalars(select(Job.state)).one()


def test_a_waiting_job_says_so_and_the_page_opens_itself_anew(asked: Asked) -> None:
    answer = asked.asker.get(asked.path)

    assert answer.status_code == 200
    assert "Đang chờ đến lượt" in answer.text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in answer.text
    assert f'hx-get="{asked.path}/progress"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_running_job_shows_how_far_it_is(asked: Asked) -> None:
    set_job(state="running", progress_done=320)

    answer = asked.asker.get(f"{asked.path}/progress")

    assert "Đang làm: 320 / 640" in answer.text
    assert '<progress id="progress" value="320" max="640">' in answer.text
    assert "<html" not in answer.text


def test_a_finished_job_leads_to_its_result_and_asks_no_more(asked: Asked) -> None:
    run_next({"draw": lambda _job: {"location": "/manage/stamps/ABC"}})

    answer = asked.asker.get(asked.path)

    assert '<a class="btn" href="/manage/stamps/ABC">Xem kết quả</a>' in answer.text
    assert "hx-get" not in answer.text
    assert "refresh" not in answer.text
    assert "htmx" not in answer.text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("vi", "Đang làm: 2 / &lt;b&gt;"), ("en", "Working: 2 of &lt;b&gt;")],
)
def test_a_refused_job_says_why_in_the_readers_language(
    asked: Asked, language: str, sentence: str
) -> None:
    refused = {"refused": "Đang làm: %(done)s / %(total)s", "values": {"done": 2, "total": "<b>"}}
    set_job(state="failed", result=refused, error="secret")

    assert sentence in asked.asker.get(f"{asked.path}?lang={language}").text


def test_a_failed_job_shows_a_sentence_and_nothing_of_the_fault(asked: Asked) -> None:
    set_job(state="failed", error="RuntimeError: secret")

    answer = asked.asker.get(asked.path)

    assert "Lỗi ở phía chúng tôi và đã được ghi lại" in answer.text
    assert "secret" not in answer.text


def test_who_asked_for_a_job_can_stop_it(asked: Asked) -> None:
    answer = asked.asker.post(f"{asked.path}/cancel")

    assert (answer.status_code, answer.location) == (303, asked.path)
    assert state() == "cancelled"
    assert "Đã dừng theo ý bạn." in asked.asker.get(asked.path).text


def test_a_running_job_that_was_asked_to_stop_says_so(asked: Asked) -> None:
    seen = []

    def draw(job: JobHandle) -> None:
        asked.asker.post(f"{asked.path}/cancel")
        seen.append(asked.asker.get(f"{asked.path}/progress").text)
        job.progress(1)

    run_next({"draw": draw})

    assert "Đang dừng lại…" in seen[0]
    assert "Dừng lại</button>" not in seen[0]
    assert state() == "cancelled"


def test_a_colleague_sees_the_job_but_cannot_stop_it(asked: Asked) -> None:
    page = asked.colleague.get(asked.path)
    answer = asked.colleague.post(f"{asked.path}/cancel")

    assert page.status_code == 200
    assert "/cancel" not in page.text
    assert answer.status_code == 403
    assert state() == "waiting"


def test_another_enterprise_finds_no_such_job(asked: Asked) -> None:
    answers = [
        asked.stranger.get(asked.path),
        asked.stranger.get(f"{asked.path}/progress"),
        asked.stranger.post(f"{asked.path}/cancel"),
        asked.asker.get("/manage/jobs/0000000000"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert state() == "waiting"


def test_a_jobs_page_asks_the_database_little(asked: Asked) -> None:
    asked.asker.get(asked.path)

    with counted_statements() as statements:
        asked.asker.get(f"{asked.path}/progress")

    assert len([one for one in statements if "FROM job" in one]) == 1
    assert len(statements) <= 4
