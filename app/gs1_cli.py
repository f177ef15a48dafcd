"""`flask gs1 …`: GS1's rules for other programs."""

import json
import sys

import click
from flask.cli import AppGroup

from core import gs1 as rules

gs1 = AppGroup("gs1", help="GS1 Digital Links.")


@gs1.command("parse")
def parse() -> None:
    """Read one URI a line from standard input; print one JSON object for each.

    {"ok":true,"canonical","elements"}, or {"ok":false,"error","identifier"}: why, and at which
    application identifier ("": the whole of it).
    """
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        # Flushed: another program may wait for this answer before it writes its next line.
        click.echo(json.dumps(_read(line), ensure_ascii=False))


def _read(uri: str) -> dict[str, object]:
    try:
        link = rules.parse(uri)
    except rules.Malformed as error:
        return {"ok": False, "error": error.code, "identifier": error.identifier}
    return {"ok": True, "canonical": link.canonical, "elements": dict(link.elements)}
