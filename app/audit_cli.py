"""`flask audit`: whether what was written down about people's acts is as it was written."""

import json

import click
from flask.cli import AppGroup

from core.audit_chain import Head, check, head_file
from core.work import reading

SHOWN_FAULTS = 20
audit = AppGroup("audit", help="The chain of privileged acts.")


class _HeadType(click.ParamType[Head]):
    name = "NUMBER:HASH"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        """A head as it was printed."""
        try:
            return Head.parse(value)
        except ValueError:
            self.fail(f"{value} is no head: NUMBER:HASH, as `audit check` prints it.", param, ctx)


@audit.command("check")
@click.option("--head", "noted", multiple=True, type=_HeadType(), help="One noted elsewhere.")
def check_chain(noted: tuple[Head, ...]) -> None:
    """Compare every entry with its hash, and the chain with the heads kept beside it.

    Faults go to standard error, a sentence each; the last line is a JSON summary.
    """
    with reading() as session:
        report = check(session, [*head_file(), *noted])
    for fault in report.faults[:SHOWN_FAULTS]:
        click.echo(fault, err=True)
    summary = {
        "ok": report.is_true,
        "sealed": report.sealed,
        "waiting": report.waiting,
        "head": str(report.head or ""),
        "heads_compared": report.heads_compared,
        "faults": len(report.faults),
    }
    click.echo(json.dumps(summary))
    if not report.is_true:
        raise SystemExit(1)
