"""`flask sms`: SMS that came in another way than over HTTP, and trying things out."""

import json
from typing import TextIO

import click
from flask.cli import AppGroup
from pydantic import ValidationError

from app.pages.inbound_sms import HandedOver
from core.inbound import receive
from core.work import COMMAND, transaction

sms = AppGroup("sms", help="SMS that people send us.")


@sms.command("receive")
@click.argument("file", type=click.File(encoding="utf-8"))
def receive_file(file: TextIO) -> None:
    """Take the SMS in FILE (- for the console), one a line: {"id", "from", "text"}.

    Prints for each its id and what is answered; a line taken before has no effect. A line that is
    no SMS is named on standard error, and the command exits 1 after the others.
    """
    faults = 0
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        incoming = _read(line)
        if incoming is None:
            click.echo(f"Line {number} is no SMS.", err=True)
            faults += 1
            continue
        taken = incoming.incoming
        with transaction(by=COMMAND) as work:
            answer = receive(work, taken) if taken else None
        click.echo(json.dumps({"id": incoming.id, "answer": answer}, ensure_ascii=False))
    if faults:
        raise SystemExit(1)


def _read(line: str) -> HandedOver | None:
    try:
        sent = json.loads(line)
        return HandedOver.model_validate({**sent, "sender": sent["from"]})
    except (ValueError, TypeError, KeyError, ValidationError):
        return None
