"""Long work of traceability: large batches, sheets of labels, and what is cleaned up after both."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session
from structlog import get_logger

from accounts.queries import makers
from catalog import queries as catalog
from core import clock, display
from core.errors import NotFound
from core.files import files
from core.giving_way import in_turns, let_others_write
from core.sealing import sealer
from core.work import WORKER, Work, reading, transaction
from core.worker.handle import JobCancelled, JobHandle
from traceability import queries, service
from traceability.adapters.outputs import Output, kind_of, suffix_of
from traceability.adapters.papers import PAPERS
from traceability.label_errors import LabelsMiscounted, NothingToPrint
from traceability.log_errors import StampsMissing
from traceability.log_place import log_place
from traceability.models import LabelPrint
from traceability.publishing import lacks_witnesses, publish
from traceability.queries import BatchCard

LEFT_BEHIND_AFTER = timedelta(hours=1)  # No job goes on with it: whoever made it is gone.
SWEPT_FOR = timedelta(days=30)  # Discarded batches older than this were swept long ago.
MONTHS_AT_ONCE = 12  # Within the lease of the timetable's entry.
SAY_EVERY_SECONDS = 0.5  # Each progress is a durable write; a page asks once a second.
log = get_logger()


def issue_batch(job: JobHandle) -> dict[str, Any]:
    """Kind `issue_stamps`: make a large batch in pieces, then have its labels drawn.

    A crash between two pieces loses nothing: the next try goes on from the stored stamps.

    Raises:
        BatchDiscarded: it was given up meanwhile.
    """
    batch_id: int = job.arguments["batch_id"]
    with reading() as session:
        batch = queries.batches_by_id(session, [batch_id])[batch_id]
    made = sum(batch.by_state.values())
    try:
        while made < batch.count:
            with reading() as session:  # Drawn and hashed while no writer waits.
                ready = service.next_stamps(session, batch_id=batch_id)
            with job.piece(made, batch.count) as work:
                made = service.add_next_stamps(work, batch_id=batch_id, ready=ready)
                if made == batch.count:
                    service.order_batch_labels(
                        work,
                        batch_id=batch_id,
                        paper=job.arguments["paper"],
                        output=Output(
                            signed=job.arguments.get("signed", False),
                            has_logo=job.arguments.get("logo", False),
                        ),
                    )
    except JobCancelled:
        with transaction(by=job.by) as work:
            service.discard_batches(work, [batch_id])
        raise
    return {"location": f"/manage/stamps/{batch.public_id}"}


def draw_labels(job: JobHandle) -> dict[str, Any]:
    """Kind `draw_labels`: make one file of labels, count them in it, and keep it.

    A file appears whole or not at all, so a try after a crash begins anew and doubles nothing.

    Raises:
        CodeTooFine: the site's address is too long for the paper.
        NothingToPrint: the stamps were cancelled meanwhile.
        LabelsMiscounted: the file has not as many labels as there are stamps; it is not kept.
        NoStampingKey: they are to be signed, and no key is here to sign them.
    """
    # Heavy: an idle worker stays small.
    from traceability.adapters import label_files  # noqa: PLC0415
    from traceability.adapters.label_words import Batch  # noqa: PLC0415
    from traceability.adapters.logo_pictures import grey_of  # noqa: PLC0415

    settings = current_app.config["SETTINGS"]
    with reading() as session:
        wanted = queries.label_print_of(session, job.arguments["label_print"])
        if wanted is None:
            raise NotFound("no such label print")
        card = queries.batches_by_id(session, [wanted.batch_id])[wanted.batch_id]
        goods = _goods_of(session, card, _lot_drawn(session, wanted))
        is_practised = makers(session, [card.enterprise_id])[card.enterprise_id].is_practice
        serials = queries.serials_to_print(session, card.id, first=wanted.first, last=wanted.last)
        sealed = queries.sealed_scratch_secret(session, card.id)
        logo = queries.logo_of(session, wanted.logo_id) if wanted.logo_id else None
        site = queries.printed_site(session, card.id) or settings.public_url
    if not serials:
        raise NothingToPrint(f"label print {wanted.public_id}")
    batch = Batch(
        serials=serials,
        base_url=site,
        gtin14=card.gtin,
        **goods,
        demo=settings.is_demo or is_practised,
        scratch_secret=_opened(sealed, card),
        sms_number=settings.sms_number,
        sign=_signer(site, card.gtin) if wanted.signed else None,
        logo=grey_of(logo.picture) if logo else None,
    )
    output = wanted.output
    pages = -(-len(serials) // PAPERS[wanted.paper].labels)
    key = f"labels/{wanted.public_id}.{suffix_of(output.file_format, pages)}"
    with files().writing(key, content_type=kind_of(key)[1]) as target:
        label_files.write_labels(target, batch, wanted.paper, output, on_page=_Pace(job).said)
    counted = _count(key, output.file_format, expected=len(serials))
    with job.piece(counted, counted) as work:
        service.note_counted(work, label_print_id=wanted.id, counted=counted)
    return {"file": key, "location": _location(card, wanted)}


def _opened(sealed: str | None, card: BatchCard) -> bytes | None:
    """What the numbers under the scratch layers of a batch are made with."""
    return service.opened_scratch_secret(sealed, card.public_id, sealer()) if sealed else None


def watch_log() -> None:
    """Tell makers of published batches under their GTINs that they did not issue."""
    with reading() as session:  # The whole log: no writer waits for it.
        found = service.strange_batches(session)
    for one in found:
        with transaction(by=WORKER) as work:
            service.tell_of_strange_batch(work, one)


def sweep_batches() -> None:
    """Give up batches left behind, their quota back, and remove the stamps they had, in pieces."""
    with transaction(by=WORKER) as work:
        left = queries.left_behind_batches(work.session, before=work.now - LEFT_BEHIND_AFTER)
        service.discard_batches(work, left)
    with reading() as session:
        discarded = queries.discarded_batches(session, since=clock.now() - SWEPT_FOR)
    for batch_id in discarded:
        in_turns(partial(_remove_piece, batch_id))


def commit_batches() -> None:
    """Grow the trees of issued batches that have none yet: those of before there was a log."""
    with reading() as session:
        waiting = queries.uncommitted_batches(session)
    for batch_id in waiting:
        try:
            in_turns(partial(_commit_piece, batch_id))
        except StampsMissing as missing:  # The others are not kept waiting.
            log.exception("a batch cannot be told to the log", why=str(missing), **missing.values)


def publish_log() -> None:
    """Publish what waits; where nothing does, one statement says so.

    Raises:
        AppError: it cannot be published; operators see the reason.
    """
    with reading() as session:
        waits = queries.waiting_entries(session).count
    if waits:
        publish()


def forget_devices() -> None:
    """Erase who looked at stamps, half a year later."""
    with reading() as session:  # Two weeks of checks are looked through: no writer waits for it.
        old = service.checks_to_forget(session, today=clock.today())
    for first in range(0, len(old), service.FORGOTTEN_AT_ONCE):
        with transaction(by=WORKER) as work:
            service.forget_devices(work, old[first : first + service.FORGOTTEN_AT_ONCE])
        let_others_write()
    _all_of(service.forget_networks)


def ask_witnesses() -> None:
    """Ask for cosignatures again, where witnesses were away when the last entries were published.

    Raises:
        AppError: nothing can be published; operators see the reason.
    """
    if lacks_witnesses():
        publish()


def forget_claims() -> None:
    """Delete who said half a year ago that they bought the goods of a stamp."""
    _all_of(service.forget_claims)


def forget_recall_words() -> None:
    """Blank what was written about recalls that ended a while ago."""
    with transaction(by=WORKER) as work:
        service.forget_recall_words(work)


def forget_contacts() -> None:
    """Erase the numbers left with reports, half a year later at the latest."""
    _all_of(service.forget_contacts)


def keep_months() -> None:
    """Count the months of all stamps that are over, once each, a year of them at most at a time.

    Counted while nothing is held: only the sums are written.
    """
    with transaction(by=WORKER) as work:
        service.forget_unfinished_months(work)
    for _ in range(MONTHS_AT_ONCE):
        with reading() as session:
            span = queries.month_to_count(session, today=clock.today())
            figures = queries.count_month(session, span) if span else {}
        if span is None:
            return
        with transaction(by=WORKER) as work:
            service.keep_month(work, span, figures)


def _lot_drawn(session: Session, wanted: LabelPrint) -> int | None:
    """Whose the stamps of a print are now; None: of no lot yet, or of several."""
    lots = {
        each.lot_id
        for each in queries.ranges_of(session, wanted.batch_id)
        if each.state != "void" and each.first <= wanted.last and each.last >= wanted.first
    }
    return lots.pop() if len(lots) == 1 else None


def _goods_of(session: Session, card: BatchCard, lot_id: int | None) -> dict[str, Any]:
    """What labels say of their goods: without a lot no dates either, rather than wrong ones."""
    if lot_id is None:
        return {
            "name": catalog.product_names(session, [card.product_id])[card.product_id],
            "lot": "",
        }
    lot = catalog.stampable_lots_by_id(session, [lot_id])[lot_id]
    return {
        "name": lot.name,
        "lot": display.lot_code(lot.code),
        "made_on": lot.made_on,
        "best_before_on": lot.best_before_on,
    }


def forget_askings() -> None:
    """End activations nobody confirmed in time, and delete those that ended long ago."""
    with transaction(by=WORKER) as work:
        service.expire_askings(work)
    _all_of(service.forget_askings)


def forget_print_codes() -> None:
    """End print codes whose time is over, and delete those long ended, in pieces."""
    _all_of(service.forget_print_codes)


def _all_of(forget_some: Callable[[Work], bool]) -> None:
    def forget() -> bool:
        with transaction(by=WORKER) as work:
            return forget_some(work)

    in_turns(forget)


def _signer(base_url: str, gtin: str | None) -> service.Sign:
    with transaction(by=WORKER) as work:  # In the demo the first key is drawn here.
        return service.label_signer(work, log_place(), base_url=base_url, gtin=gtin)


def _remove_piece(batch_id: int) -> bool:
    with transaction(by=WORKER) as work:
        return service.remove_discarded_stamps(work, batch_id=batch_id)


def _commit_piece(batch_id: int) -> bool:
    with transaction(by=WORKER) as work:
        return service.commit_more(work, batch_id=batch_id)


def _count(key: str, file_format: str, *, expected: int) -> int:
    """Count the labels of a finished file; one that has others than it should is removed."""
    from traceability.adapters import label_files  # noqa: PLC0415  # Heavy, as above.

    with files().reading(key) as stream:
        counted = label_files.count_labels(stream, file_format)
    if counted != expected:
        files().delete(key)
        raise LabelsMiscounted(f"{counted} labels in {key}, not {expected}")
    return counted


def _location(card: BatchCard, wanted: LabelPrint) -> str:
    return f"/manage/stamps/{card.public_id}#print-{wanted.public_id}"


class _Pace:
    """Says how far the drawing is, not more often than anybody looks."""

    def __init__(self, job: JobHandle) -> None:
        self._job = job
        self._said_at = clock.steady_seconds()

    def said(self, done: int, total: int) -> None:
        """So many labels are drawn. Raises: JobInterrupted."""
        now = clock.steady_seconds()
        if now - self._said_at >= SAY_EVERY_SECONDS or done == total:
            self._said_at = now
            self._job.progress(done, total)
