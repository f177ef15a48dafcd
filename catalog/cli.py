"""`flask catalog import`: products from a file."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext

from accounts.permissions import require
from accounts.queries import who_named
from accounts.rules import Act, Role, Who
from catalog import service
from catalog.errors import NobodySignsInSo
from catalog.service import ImportCounts, Outcome, Owner, ProductRow, Sheet
from core import clock
from core.errors import AppError
from core.work import By, Work, reading, rehearsal, transaction

catalog = AppGroup("catalog", help="Goods.")


@catalog.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "sign_in", required=True, metavar="SIGN-IN", help="Who imports.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; keep nothing.")
def import_file(file: Path, sign_in: str, *, dry_run: bool) -> None:
    """Import products from FILE (XLSX or CSV); the last line says in JSON what was done.

    An operator's file names its producers and is published; a member's products are drafts of
    the member's own enterprise, to be checked by an officer as any other.
    """
    try:
        who, owner = _importer(sign_in)
        sheet = _read(file, owner)
        by = By("command", who.person_id, owner.enterprise_id if owner else None)
        counts = _import(sheet, by, dry_run=dry_run)
    except AppError as refusal:
        click.echo(gettext(refusal.sentence, **refusal.values), err=True)
        sys.exit(1)
    for refused in sheet.refusals:
        click.echo(f"line {refused.line}: {refused.column} {refused.reason}", err=True)
    for key, why in counts.refused.items():
        sentence = gettext(why.sentence, **why.values)
        click.echo(f"line {sheet.lines[key]}: {sentence}", err=True)
    numbers = counts.numbers
    numbers["refused"] += len(sheet.refusals)
    click.echo(json.dumps(numbers))


def _importer(sign_in: str) -> tuple[Who, Owner | None]:
    """Who imports, and for which enterprise; an operator for none."""
    with reading() as session:
        who = who_named(session, sign_in, now=clock.now())
    if who is None:
        raise NobodySignsInSo("nobody has this sign-in")
    if any(office.role is Role.OPERATOR for office in who.offices):
        return who, None
    require(who, Act.EDIT_PRODUCT)
    assert who.acting is not None, "whoever may edit products acts for an enterprise"
    member = who.acting
    return who, Owner(member.enterprise_id, member.enterprise_public_id, member.enterprise_name)


def _read(file: Path, owner: Owner | None) -> Sheet:
    with file.open("rb") as stream:
        return service.read_sheet(stream, owner=owner)


def _import(sheet: Sheet, by: By, *, dry_run: bool) -> ImportCounts:
    """Write the rows in pieces, none of which holds the database for long."""
    outcomes: dict[str, Outcome] = {}

    def write(work: Work, rows: Sequence[ProductRow]) -> None:
        outcomes.update(service.write_products(work, rows))

    begin = rehearsal if dry_run else transaction
    for _ in service.in_pieces(sheet.rows, lambda: begin(by=by), write):
        pass
    counts = service.counts_of(outcomes)
    if not dry_run:
        with transaction(by=by) as work:
            service.record_import(work, created=counts.created, updated=counts.updated)
    return counts
