"""“Nhờ nơi khác in”: a print code for sheets of labels, and what came of the print."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from apiflask import APIBlueprint
from flask import Response, current_app, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session
from structlog import get_logger

from accounts.queries import makers
from accounts.rules import Act
from accounts.web import answer_once, may, own, requires
from core import clock, display, qr
from core.errors import AppError
from core.forms import Drawn, Refused, blank, read, refused
from core.jobs import UNFINISHED, Job, jobs_by_id
from core.language import gettext as _
from core.pages import page
from core.redirects import see_other
from core.sealing import SealBroken, sealer
from core.work import Work, reading
from traceability import print_words, queries, rules, service
from traceability.forms import PrintCodeForm
from traceability.models import LabelPrint
from traceability.print_errors import TooManyPrintCodes
from traceability.queries import PrintCodeCard, RangeCard
from traceability.reprint_errors import ReprintNeedsReason
from traceability.routes import manage_words as words
from traceability.routes.manage_objects import issued_for
from traceability.rules import VoidReason

log = get_logger()
bp = APIBlueprint("manage_print_codes", __name__, enable_openapi=False, url_prefix="/manage")

_CODE = "/print-codes/<public_id:public_id>"


@bp.get("/labels/<public_id:public_id>/code")
@requires(Act.PRINT_LABELS)
def ask(public_id: str) -> Response:
    """Ask on which paper and where; the codes there were stand below."""
    return _form_page(public_id, None)


@bp.post("/labels/<public_id:public_id>/code")
@requires(Act.PRINT_LABELS)
def make(public_id: str) -> Response:
    """Make a code; on another paper the sheets are drawn anew for it."""
    form = read(PrintCodeForm, request.form)
    if isinstance(form, Refused):
        return _form_page(public_id, form, status=422)
    with reading() as session:
        wanted = own(queries.label_print_of(session, public_id))

    def effect(work: Work) -> str:
        sheets = service.sheets_on(
            work,
            label_print_id=wanted.id,
            paper=form.paper,
            output=replace(form.output, signed=wanted.signed),
            reprint=form.reprint,
        )
        made = service.make_print_code(work, sheets, print_place=form.print_place, sealer=sealer())
        return url_for("manage_print_codes.code", public_id=made.public_id)

    try:
        return answer_once(effect)
    except TooManyPrintCodes as refusal:
        drawn = refused(request.form, PrintCodeForm, refusal, at="paper")
        return _form_page(public_id, drawn, status=refusal.status, shows_open=True)
    except AppError as refusal:
        at = "reason" if isinstance(refusal, ReprintNeedsReason) else "paper"
        drawn = refused(request.form, PrintCodeForm, refusal, at=at)
        return _form_page(public_id, drawn, status=refusal.status)


@bp.get(_CODE)
@requires(Act.PRINT_LABELS)
def code(public_id: str) -> Response:
    """The code to pass on while it is open; afterwards what became of it."""
    with reading() as session:
        card = own(queries.print_code_of(session, public_id))
        is_abandoned = bool(queries.abandoned_codes(session, [card], now=clock.now()))
        job = jobs_by_id(session, [card.job_id]).get(card.job_id)
        batch = queries.batches_by_id(session, [card.batch_id])[card.batch_id]
        goods = issued_for(session, [batch])[batch.id]
        maker = makers(session, [card.enterprise_id])[card.enterprise_id]
        spoiled = queries.spoiled_labels(session, card.id)
    of = print_words.stamps_of(goods.lot.code if goods.lot else None, goods.name)
    is_open = card.sealed_code is not None and card.expires_at > clock.now()
    letters = _letters(card) if is_open and not is_abandoned else ""
    to_send = _to_send(card, letters, maker.name, of) if letters else {"grouped": ""}
    is_readable = bool(letters) or not is_open
    said, kind = print_words.code_state(
        card,
        clock.now(),
        is_abandoned=is_abandoned,
        is_readable=is_readable,
        is_drawn=_is_drawn(job),
    )
    return page(
        "traceability/manage/print_code.html",
        code=card,
        batch=batch,
        goods=goods,
        is_open=is_open,
        spoiled=spoiled,
        named=sum(last - first + 1 for first, last in spoiled),
        said=said,
        kind=kind,
        may_void=may(Act.VOID_STAMPS),
        words=words,
        display=display,
        **to_send,
    )


@bp.post(f"{_CODE}/end")
@requires(Act.PRINT_LABELS)
def end(public_id: str) -> Response:
    """Take a code back that nobody has used."""
    card = _own_code(public_id)

    def effect(work: Work) -> str:
        service.take_back_print_code(work, code_id=card.id)
        return url_for("manage_print_codes.code", public_id=public_id)

    return answer_once(effect)


@bp.post(f"{_CODE}/void")
@requires(Act.VOID_STAMPS)
def void(public_id: str) -> Response:
    """Name the labels the clerk called spoiled; cancel them once the person has confirmed."""
    card = _own_code(public_id)
    if request.form.get("confirmed") != "yes":
        return _confirmation(card)

    def effect(work: Work) -> str:
        service.void_spoiled(work, code_id=card.id)
        return url_for("manage_print_codes.code", public_id=public_id)

    return answer_once(effect)


@bp.post(f"{_CODE}/settle")
@requires(Act.VOID_STAMPS)
def settle(public_id: str) -> Response:
    """Put an answer away without cancelling: it was dealt with otherwise."""
    card = _own_code(public_id)

    def effect(work: Work) -> str:
        service.settle_print(work, code_id=card.id)
        return url_for("manage_print_codes.code", public_id=public_id)

    return answer_once(effect)


def _confirmation(card: PrintCodeCard) -> Response:
    with reading() as session:
        batch = queries.batches_by_id(session, [card.batch_id])[card.batch_id]
        goods = issued_for(session, [batch])[batch.id]
        spoiled = queries.spoiled_labels(session, card.id)
        counts = _counts(spoiled, queries.ranges_of(session, batch.id))
        serials = queries.serials_at(session, batch.id, {at for each in spoiled for at in each})
    if card.settled_at is not None or not spoiled:
        return see_other(url_for("manage_print_codes.code", public_id=card.public_id))
    return page(
        "traceability/manage/print_code_void.html",
        code=card,
        batch=batch,
        goods=goods,
        spoiled=spoiled,
        serials={at: rules.serial_text(serial) for at, serial in serials.items()},
        counts=counts,
        count=counts.total() - counts["void"],
        reason=words.reason_words(VoidReason.SPOILED),
        explained=words.reason_explained(VoidReason.SPOILED),
        words=words,
        display=display,
    )


def _counts(pieces: Sequence[tuple[int, int]], ranges: Sequence[RangeCard]) -> Counter[str]:
    """How many stamps of the pieces are in each state; loose: a roll's, of no lot."""
    counts: Counter[str] = Counter()
    for each in ranges:
        is_loose = each.state == "printed" and each.lot_id is None
        counts["loose" if is_loose else each.state] += sum(
            min(each.last, last) - max(each.first, first) + 1
            for first, last in pieces
            if each.first <= last and each.last >= first
        )
    return counts


def _own_code(public_id: str) -> PrintCodeCard:
    with reading() as session:
        return own(queries.print_code_of(session, public_id))


def _letters(card: PrintCodeCard) -> str:
    """The six letters of an open code; empty where another secret key sealed them."""
    assert card.sealed_code is not None, card
    try:
        return service.readable_print_code(card.sealed_code, card.public_id, sealer())
    except SealBroken:
        log.exception("print code unreadable", refusal=SealBroken.__name__)
        return ""


def _to_send(card: PrintCodeCard, letters: str, maker: str, of: str) -> dict[str, Any]:
    base = current_app.config["SETTINGS"].public_url
    address = f"{base}{url_for('print_codes.code', text=letters)}"
    text = print_words.words_to_send(card, code=letters, address=address, maker=maker, of=of)
    return {
        "grouped": rules.grouped_code(letters),
        "address": address,
        "typed_at": f"{base}{url_for('print_codes.form')}",
        "picture": Markup(qr.svg(address, _("Mã vuông mở trang in"))),  # noqa: S704  # Our own drawing.
        "text": text,
        "sms": f"sms:?&body={quote(text)}",  # Both phones' ways: iOS reads "&", Android "?".
    }


def _form_page(
    public_id: str, form: Drawn | None, *, status: int = 200, shows_open: bool = False
) -> Response:
    with reading() as session:
        wanted: LabelPrint = own(queries.label_print_of(session, public_id))
        batch = queries.batches_by_id(session, [wanted.batch_id])[wanted.batch_id]
        goods = issued_for(session, [batch])[batch.id]
        made = queries.print_codes_of(session, [wanted.id])[wanted.id]
        gone = queries.abandoned_codes(session, made, now=clock.now())
        is_open = any(one.state == rules.CodeState.OPEN for one in made)
        jobs = jobs_by_id(session, [wanted.job_id]) if is_open else {}
        waiting = _open_codes(session, wanted.enterprise_id) if shows_open else []
    return page(
        "traceability/manage/print_code_new.html",
        status=status,
        form=form if form is not None else _as_drawn(wanted),
        print=wanted,
        batch=batch,
        goods=goods,
        codes=[
            (one, _said(one, jobs.get(one.job_id), is_abandoned=one.id in gone)) for one in made
        ],
        waiting=waiting,
        papers=words.papers(),
        dpis=words.dpis(),
        file_formats=words.file_formats(),
        reprint_reasons=words.reprint_reasons(),
        words=words,
        display=display,
    )


def _said(card: PrintCodeCard, job: Job | None, *, is_abandoned: bool) -> str:
    """Where a code stands, but for whether it can be read: its own page looks."""
    said, _kind = print_words.code_state(
        card,
        clock.now(),
        is_abandoned=is_abandoned,
        is_readable=True,
        is_drawn=_is_drawn(job),
    )
    return said


def _is_drawn(job: Job | None) -> bool:
    return job is not None and job.state in {*UNFINISHED, "done"}


def _open_codes(session: Session, enterprise_id: int) -> list[tuple[PrintCodeCard, str]]:
    """Each code somebody may still use, and whose stamps it is for."""
    now = clock.now()
    cards = queries.open_print_code_cards(session, enterprise_id=enterprise_id, now=now)
    gone = queries.abandoned_codes(session, cards, now=now)
    batches = queries.batches_by_id(session, {card.batch_id for card in cards})
    goods = issued_for(session, list(batches.values()))
    of = {
        id_: print_words.stamps_of(each.lot.code if each.lot else None, each.name)
        for id_, each in goods.items()
    }
    return [(card, of[card.batch_id]) for card in cards if card.id not in gone]


def _as_drawn(wanted: LabelPrint) -> Drawn:
    logo = "yes" if wanted.logo_id is not None else ""
    printer = {"dpi": wanted.dpi, "file_format": wanted.file_format, "logo": logo}
    return blank(paper=wanted.paper, print_place="", reason="", reason_words="", **printer)
