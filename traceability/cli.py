"""`flask stamps …`: stamps for programs and for the clerk at a terminal."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import AppGroup

from catalog import queries as catalog
from catalog.queries import ManagedLot, StampableLot
from core import gs1
from core.errors import AppError
from core.forms import judged
from core.giving_way import let_others_write
from core.language import gettext
from core.work import COMMAND, reading, transaction
from traceability import queries, rules, service
from traceability.errors import LotNotNamedOnce, StampQuotaExceeded
from traceability.log_place import log_place
from traceability.recall_errors import RecallOver
from traceability.recall_forms import LiftRecallForm, OfficeRecallForm
from traceability.rules import Side
from traceability.rules.entries import OPERATOR
from traceability.rules.recalls import Advice, LiftReason, RecallReason
from traceability.service.issuing import MOST_IN_A_BATCH

stamps = AppGroup("stamps", help="Stamps of lots.")
_OFFICE = service.Judge(Side.OFFICE, OPERATOR)
LOT = click.option("--lot", required=True, help="Public id, or a code that one lot alone has.")


@stamps.command("issue")
@LOT
@click.option("--count", type=click.IntRange(1, MOST_IN_A_BATCH), required=True)
def issue(lot: str, count: int) -> None:
    """Issue COUNT stamps for LOT; print one JSON object a line: {"serial","url"}."""
    with _refusals():
        found = _lot(lot)
        batch_id = _issue(found, count)
    _print_stamps(batch_id, found.gtin, count)


@stamps.command("activate")
@LOT
def activate(lot: str) -> None:
    """Report all printed stamps of LOT as stuck on."""
    with _refusals():
        found = _lot(lot)
        with transaction(by=COMMAND) as work:
            acts = service.activate_lot(work, lot_id=found.id)
    active = sum(act.last - act.first + 1 for act in acts)
    print(json.dumps({"lot": found.public_id, "activated": active}))


@stamps.command("recall")
@LOT
@click.option("--reason", type=click.Choice([str(one) for one in RecallReason]), required=True)
@click.option("--words", default="", help="More about the reason, shown to who scans.")
@click.option("--advice", type=click.Choice([str(one) for one in Advice]), default="keep")
@click.option("--authority", required=True, help="Whose decision it is, as who scans reads it.")
def recall(lot: str, reason: str, words: str, advice: str, authority: str) -> None:
    """Call LOT back by an authority's decision: each of its stamps says so at once."""
    with _refusals():
        found = _managed(lot)
        said = {"reason": reason, "advice": advice, "authority": authority}
        more = {"words": words} if words else {}  # An empty one is no field left out.
        form = judged(OfficeRecallForm, {"version": found.version, **said, **more})
        if isinstance(form, dict):
            raise click.ClickException("; ".join(form.values()))
        with transaction(by=COMMAND) as work:
            done = service.recall_lot(
                work, lot_id=found.id, version=found.version, judge=_OFFICE, notice=form.notice
            )
            shown = {"lot": found.public_id, "recall": done.public_id}
    print(json.dumps(shown))


@stamps.command("lift-recall")
@LOT
@click.option("--because", type=click.Choice([str(one) for one in LiftReason]), required=True)
@click.option("--why", required=True, help="In words for whoever reads the lot's page.")
def lift_recall(lot: str, because: str, why: str) -> None:
    """End the recall of LOT."""
    with _refusals():
        found = _managed(lot)
        with reading() as session:
            going_on = queries.open_recall(session, found.id)
        if going_on is None:
            raise RecallOver(f"lot {lot}")
        said = {"recall": going_on.public_id, "because": because, "why": why}
        form = judged(LiftRecallForm, said)
        if isinstance(form, dict):
            raise click.ClickException("; ".join(form.values()))
        with transaction(by=COMMAND) as work:
            lift = service.Lift(form.because, form.why)
            service.lift_recall(work, recall_id=going_on.id, judge=_OFFICE, lift=lift)
            shown = {"lot": found.public_id, "lifted": going_on.public_id}
    print(json.dumps(shown))


@stamps.command("new-key")
def new_key() -> None:
    """Draw a key that signs stamps from now on; print {"key","public"}. For the worker's user."""
    with _refusals(), transaction(by=COMMAND) as work:
        drawn = service.new_stamping_key(work, log_place())
        shown = {"key": drawn.key, "public": drawn.public}
    print(json.dumps(shown))


@stamps.command("end-key")
@click.argument("key")
@click.option("--revoked", is_flag=True, help="Somebody else may have had it.")
def end_key(key: str, *, revoked: bool) -> None:
    """Let KEY sign no more stamps. Revoked, it vouches for none it ever signed."""
    with _refusals(), transaction(by=COMMAND) as work:
        service.end_stamping_key(work, key=key, revoked=revoked)
    print(json.dumps({"key": key, "state": "revoked" if revoked else "ended"}))


def _lot(named: str) -> StampableLot:
    """The lot with this public id or code. Raises: LotNotNamedOnce."""
    with reading() as session:
        by_id = catalog.stampable_lot(session, named.upper())
        found = [by_id] if by_id else catalog.stampable_lots_coded(session, named)
    if len(found) != 1:
        raise LotNotNamedOnce(f"{len(found)} lots are called {named}", lot=named)
    return found[0]


def _managed(named: str) -> ManagedLot:
    """The same lot, with its version. Raises: LotNotNamedOnce."""
    with reading() as session:
        return catalog.managed_lots_by_id(session, [_lot(named).id])[0]


def _issue(lot: StampableLot, count: int) -> int:
    """Issue in pieces, as the job of a page does; give the batch's id."""
    try:
        with transaction(by=COMMAND) as work:
            batch = service.begin_batch(work, lot_id=lot.id, count=count, gtin=lot.gtin)
    except StampQuotaExceeded as refusal:
        with transaction(by=COMMAND) as work:
            service.note_refused(
                work, lot_id=lot.id, enterprise_id=lot.enterprise_id, refusal=refusal
            )
        raise
    made = 0
    while made < count:  # Ctrl-C here leaves a batch that the worker's timetable gives up.
        with reading() as session:
            ready = service.next_stamps(session, batch_id=batch.id)
        with transaction(by=COMMAND) as work:
            made = service.add_next_stamps(work, batch_id=batch.id, ready=ready)
        let_others_write()
    return batch.id


def _print_stamps(batch_id: int, gtin: str | None, count: int) -> None:
    base_url = current_app.config["SETTINGS"].public_url
    for first in range(1, count + 1, service.PIECE):
        with reading() as session:
            serials = queries.serials_to_print(
                session, batch_id, first=first, last=first + service.PIECE - 1
            )
        for text in rules.serial_texts(serials):
            print(json.dumps({"serial": text, "url": gs1.stamp_uri(base_url, gtin, text)}))


@contextmanager
def _refusals() -> Iterator[None]:
    """A refusal is one sentence on stderr and the exit code 1."""
    try:
        yield
    except AppError as refusal:
        click.echo(gettext(refusal.sentence, **refusal.values), err=True)
        sys.exit(1)
    except OSError as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
