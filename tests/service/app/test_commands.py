import json

from flask import Flask

from core.outbox import OutboxEvent
from core.work import VISITOR, reading, transaction
from core.worker.events import deliver_next
from core.worker.handle import JobHandle
from core.worker.jobs import run_next
from tests.service.core.test_events import only_event, taste
from tests.service.core.test_jobs import ask, only_job


def run(app: Flask, *words: str) -> tuple[int, list[str], str]:
    """Exit code, lines of standard output, standard error."""
    ended = app.test_cli_runner().invoke(args=list(words))
    return ended.exit_code, ended.stdout.splitlines(), ended.stderr


def give_up() -> None:
    """An event and a job that have been tried often enough."""
    taste()
    ask()
    with transaction(by=VISITOR) as work:
        event = work.session.get(OutboxEvent, only_event().id)
        assert event is not None
        event.attempts = 8
    deliver_next({})

    def fail(_job: JobHandle) -> None:
        raise RuntimeError("no paper")

    with transaction(by=VISITOR) as work:
        work.session.merge(only_job()).attempts = 3
    run_next({"draw": fail})


def test_what_was_given_up_is_listed_a_line_each(app: Flask) -> None:
    give_up()

    code, lines, _ = run(app, "jobs", "failed")

    assert code == 0
    assert [json.loads(line) for line in lines] == [
        {
            "id": f"event-{only_event().id}",
            "kind": "LotTasted",
            "attempts": 9,
            "error": "the worker ended during each try",
        },
        {
            "id": only_job().public_id,
            "kind": "draw",
            "attempts": 4,
            "error": "RuntimeError: no paper",
        },
    ]


def test_nothing_given_up_gives_an_empty_list(app: Flask) -> None:
    taste()
    ask()

    assert run(app, "jobs", "failed") == (0, [], "")


def test_what_was_given_up_can_be_tried_again(app: Flask) -> None:
    give_up()

    codes = [
        run(app, "jobs", "retry", f"event-{only_event().id}")[0],
        run(app, "jobs", "retry", only_job().public_id.lower())[0],
    ]

    assert codes == [0, 0]
    assert deliver_next({})
    assert run_next({"draw": lambda _job: None})
    assert only_event().done_at is not None
    assert only_job().state == "done"


def test_retrying_what_has_not_failed_is_refused_in_one_sentence(app: Flask) -> None:
    taste()
    name = f"event-{only_event().id}"

    assert run(app, "jobs", "retry", name) == (
        1,
        [],
        f"No failed job or event is called {name}.\n",
    )
    assert run(app, "jobs", "retry", "event-x")[0] == 1
    assert run(app, "jobs", "retry", "0000000000")[0] == 1
    with reading() as session:
        assert session.get(OutboxEvent, only_event().id) is not None
