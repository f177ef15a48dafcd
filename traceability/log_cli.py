"""`flask log …`: the public log for whoever runs it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from accounts.queries import judged_enterprise
from core.errors import AppError
from core.language import gettext
from core.work import COMMAND, transaction
from traceability import publishing, service
from traceability.exporting import export_log
from traceability.log.errors import LogRefusal
from traceability.log.witness.__main__ import main as be_witness
from traceability.log_errors import EnterpriseNotNamed
from traceability.log_place import log_place
from traceability.recovering import begin_log, take_back
from traceability.service.taking_back import Missed

TOLD = (  # Of an entry that was taken back: what whoever puts it right needs.
    "at",
    "batch",
    "first",
    "last",
    "count",
    "enterprise",
    "enterprise_name",
    "product",
    "lot",
    "from_lot",
    "to_lot",
    "recall",
    "cert",
    "name",
    "stars",
    "number",
    "issuer",
    "from",
    "until",
    "verdict",
    "state",
    "reason",
    "by",
)

log = AppGroup("log", help="The public log.")


@log.command("init")
def init() -> None:
    """Draw the key that signs the log, for this user alone; print by what it is checked."""
    with refusals():
        key = publishing.draw_key(log_place())
    click.echo(key.verifying_key.text)


@log.command("key")
def key() -> None:
    """Print the key by which the log's signature is checked."""
    with refusals():
        found = publishing.signing_key(log_place())
    click.echo(found.verifying_key.text)


@log.command("publish")
def publish() -> None:
    """Publish what waits. The last line is a JSON summary; exit 0 only when all is published."""
    with refusals():
        done = publishing.publish()
    summary = {
        "ok": True,
        "size": done.size,
        "published": done.new,
        "witnesses": list(done.witnesses),
    }
    click.echo(json.dumps({**summary, "quorum": done.quorum}, ensure_ascii=False))


@log.command("take-back")
def take_back_log() -> None:
    """Take the published log's entries back into a database that lost them.

    Each line names what the log tells and the database does not know: a batch whose stamps are
    lost, an act that is to be done again. The last line is a JSON summary.
    """
    with refusals():
        done = take_back(tell=_tell_missed)
    lost = [one for one in done.missed if one.kind == "batch"]
    summary = {
        "ok": True,
        "size": done.size,
        "taken_back": done.entries,
        "batches_lost": len(lost),
        "stamps_lost": sum(one.said.get("count", 0) for one in lost),
        "acts_to_do_again": len(done.missed) - len(lost),
        "keys_ended": done.keys_ended,
        "signed_anew": done.signed_anew,
    }
    click.echo(json.dumps(summary, ensure_ascii=False))


def _tell_missed(one: Missed) -> None:
    named = "lost" if one.kind == "batch" else "do_again"
    said = {name: one.said[name] for name in TOLD if one.said.get(name) is not None}
    click.echo(json.dumps({named: one.kind, "index": one.index, **said}, ensure_ascii=False))


@log.command("begin")
@click.argument("name")
def begin(name: str) -> None:
    """Begin another log under NAME, such as goc.example/log-2, where key or folder are lost."""
    with refusals():
        key = begin_log(name)
    click.echo(key.verifying_key.text)


@log.command("replace-key")
@click.argument("enterprise")
@click.option("--revoked", is_flag=True, help="Somebody else may have had the old one.")
def replace_key(enterprise: str, *, revoked: bool) -> None:
    """End the key an ENTERPRISE (its public id) signs batches with, and draw another."""
    with refusals(), transaction(by=COMMAND) as work:
        found = judged_enterprise(work.session, enterprise)
        if found is None:
            raise EnterpriseNotNamed(f"no enterprise {enterprise}", enterprise=enterprise)
        signer = service.replace_key(work, enterprise_id=found.id, revoked=revoked)
    click.echo(json.dumps({"ok": True, "enterprise": enterprise, "key": signer.key}))


@log.command("export")
@click.option("--static", "folder", required=True, type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write a copy of the log that any server of files can answer from, with all to check it."""
    with refusals():
        done = export_log(folder)
    summary = {"ok": True, "size": done.size, "new": done.new, "folder": str(folder)}
    click.echo(json.dumps(summary, ensure_ascii=False))


@log.command("witness", context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def witness(arguments: tuple[str, ...]) -> None:
    """Be a witness of logs: the program of docs/witness.md, with its own arguments."""
    be_witness(arguments)


@contextmanager
def refusals() -> Iterator[None]:
    """A refusal is one sentence on stderr, a JSON summary, and the exit code 1."""
    try:
        yield
    except AppError as refusal:
        _end(gettext(refusal.sentence, **refusal.values))
    except (LogRefusal, OSError) as refusal:
        _end(str(refusal))


def _end(why: str) -> None:
    click.echo(why, err=True)
    click.echo(json.dumps({"ok": False, "why": why}, ensure_ascii=False))
    sys.exit(1)
