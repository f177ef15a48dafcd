"""`/api/v1/stamps/print-codes`: sheets that a clerk without an account prints, once."""

from apiflask import APIBlueprint
from flask import Response, current_app, url_for

from accounts.api.answering import answer_write
from accounts.api.guard import asks
from accounts.rules import Act
from accounts.token_scopes import TokenScope
from accounts.web import own
from core import clock
from core.api.answers import API, Answer, answer_of, show
from core.api.bodies import read_body
from core.api.description import Description, describes
from core.sealing import sealer
from core.work import Work, reading
from traceability import queries, rules, service
from traceability.api.forms import PrintCodeBody
from traceability.api.handed_shapes import PrintCode, PrintCodeLink
from traceability.print_errors import PrintCodeNotOpen
from traceability.queries import PrintCodeCard

bp = APIBlueprint("api_print_codes", __name__, tag="stamps", url_prefix=API)


@bp.post("/stamps/labels/<public_id:public_id>/codes")
@asks(Act.PRINT_LABELS, TokenScope.WRITE_STAMPS)
@describes(Description(body=PrintCodeBody, answer=PrintCode, status=201))
def make(public_id: str) -> Response:
    """Make a code for a file of labels; one that is open already stays the one.

    For labels that left before the same are drawn anew, with a `reason` (422 without). Where too
    many are open (409) `open_codes` names them: end one, or wait until one is over.
    """
    body = read_body(PrintCodeBody)
    with reading() as session:
        wanted = own(queries.label_print_of(session, public_id))

    def effect(work: Work) -> Answer:
        sheets = service.sheets_on(
            work,
            label_print_id=wanted.id,
            paper=wanted.paper,
            output=wanted.output,
            reprint=body.reprint,
        )
        made = service.make_print_code(work, sheets, print_place=body.print_place, sealer=sealer())
        return _answer(work, made.public_id, status=201)

    return answer_write(effect)


@bp.get("/stamps/print-codes/<public_id:public_id>")
@asks(Act.PRINT_LABELS, TokenScope.READ_STAMPS)
@describes(Description(answer=PrintCode))
def shown(public_id: str) -> Response:
    """Where a code stands, and what the clerk said of the print."""
    with reading() as session:
        card = own(queries.print_code_of(session, public_id))
        batch = queries.batches_by_id(session, [card.batch_id])[card.batch_id]
        spoiled = queries.spoiled_labels(session, card.id)
    return show(PrintCode.of(card, batch=batch.public_id, spoiled=spoiled))


@bp.get("/stamps/print-codes/<public_id:public_id>/link")
@asks(Act.PRINT_LABELS, TokenScope.WRITE_STAMPS)
@describes(Description(answer=PrintCodeLink))
def link(public_id: str) -> Response:
    """The six letters to pass on, while the code is open (409 afterwards).

    409 too where who made it may print for the maker no more: nobody can download with it.
    """
    with reading() as session:
        card = own(queries.print_code_of(session, public_id))
        gone = queries.abandoned_codes(session, [card], now=clock.now())
    if card.sealed_code is None or card.expires_at <= clock.now() or gone:
        raise PrintCodeNotOpen(f"print code {card.id}")
    letters = service.readable_print_code(card.sealed_code, card.public_id, sealer())
    site: str = current_app.config["SETTINGS"].public_url
    address = f"{site}{url_for('print_codes.code', text=letters)}"
    code = rules.grouped_code(letters)
    return show(PrintCodeLink(public_id=card.public_id, code=code, address=address))


@bp.post("/stamps/print-codes/<public_id:public_id>/end")
@asks(Act.PRINT_LABELS, TokenScope.WRITE_STAMPS)
@describes(Description(answer=PrintCode))
def end(public_id: str) -> Response:
    """Take a code back that nobody has used (409 once its sheets are out)."""
    card = _found(public_id)

    def effect(work: Work) -> Answer:
        service.take_back_print_code(work, code_id=card.id)
        return _answer(work, public_id, status=200)

    return answer_write(effect)


def _found(public_id: str) -> PrintCodeCard:
    with reading() as session:
        return own(queries.print_code_of(session, public_id))


def _answer(work: Work, public_id: str, *, status: int) -> Answer:
    card = queries.print_code_of(work.session, public_id)
    assert card is not None, "it was just written"
    batch = queries.batches_by_id(work.session, [card.batch_id])[card.batch_id]
    spoiled = queries.spoiled_labels(work.session, card.id)
    told = PrintCode.of(card, batch=batch.public_id, spoiled=spoiled)
    return answer_of(told, status=status, location=f"{API}/stamps/print-codes/{public_id}")
