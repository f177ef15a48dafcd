"""Every command: those of the features, the worker, and the operator's list of what failed."""

import json
import signal
from typing import NoReturn

import click
from flask import Flask
from flask.cli import AppGroup, ScriptInfo, pass_script_info

from accounts.cli import people
from app.audit_cli import audit
from app.demo.cli import demo
from app.failures import event_name, retry_failure
from app.gs1_cli import gs1
from app.sms_cli import sms
from catalog.cli import catalog
from catalog.search.cli import search_commands
from core.garbage import keep_what_stands
from core.jobs import failed_jobs
from core.outbox import failed_events
from core.work import COMMAND, reading, transaction
from traceability.cli import stamps
from traceability.log_cli import log

jobs = AppGroup("jobs", help="Jobs and events that were given up.")


def init_commands(app: Flask) -> None:
    """Add the commands to `flask`."""
    app.cli.add_command(worker)
    app.cli.add_command(jobs)
    app.cli.add_command(audit)
    app.cli.add_command(sms)
    app.cli.add_command(people)
    app.cli.add_command(stamps)
    app.cli.add_command(log)
    app.cli.add_command(gs1)
    app.cli.add_command(search_commands)
    app.cli.add_command(demo)
    app.cli.add_command(catalog)


@click.command
@pass_script_info
def worker(info: ScriptInfo) -> None:
    """Deliver events, run jobs and keep the timetable until told to stop."""
    from app.duties import DUTIES  # noqa: PLC0415  # Other commands start without it.
    from core.worker.loop import Worker  # noqa: PLC0415

    one = Worker(info.load_app(), DUTIES)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: one.stop())
    keep_what_stands()
    one.run()


@jobs.command("failed")
def failed() -> None:
    """List them, one JSON object a line, the oldest first."""
    with reading() as session:
        for event in failed_events(session):
            _print(event_name(event.id), event.name, event.attempts, event.error)
        for job in failed_jobs(session):
            _print(job.public_id, job.kind, job.attempts, job.error)


def _print(name: str, kind: str, attempts: int, error: str | None) -> None:
    line = {"id": name, "kind": kind, "attempts": attempts, "error": error}
    print(json.dumps(line, ensure_ascii=False))


@jobs.command("retry")
@click.argument("name", metavar="ID")
def retry(name: str) -> None:
    """Let the worker try the failed event or job ID again."""
    with transaction(by=COMMAND) as work:
        found = retry_failure(work, name)
    if not found:
        _refuse(f"No failed job or event is called {name}.")


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(1)
