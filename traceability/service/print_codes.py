"""Print codes: made by whoever may print, downloaded once by a clerk without an account."""

import hmac
from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select, update

from accounts.queries import makers
from core import audit, periods
from core.database import insert_new, lock_words
from core.errors import NotFound
from core.jobs import UNFINISHED, jobs_by_id
from core.sealing import Sealer
from core.work import Work
from traceability import messages, rules
from traceability.adapters.outputs import Output
from traceability.models import LabelPrint, PrintCode, SpoiledLabels, StampBatch
from traceability.print_errors import (
    AlreadyFetched,
    AnswerTwice,
    GiverAway,
    NoCodesInPractice,
    PrintCodeUsed,
    TooManyPrintCodes,
)
from traceability.queries import (
    PrintCodeCard,
    abandoned_codes,
    bears_cancelled,
    open_print_code_cards,
    print_codes_by_id,
    printed_before,
)
from traceability.rules import CodeState, Reprint
from traceability.service.reprints import note_handed_out, order_print

MOST_OPEN = 20  # Of one maker: the more codes live, the likelier a guess meets one (ADR 15).
_ABOUT = "print code"
_PIECE = 500  # Old codes thrown away in one transaction.


def hash_of_print_code(code: str, sealer: Sealer) -> str:
    """What is kept of the six letters: without our key nobody tries letters against it."""
    return sealer.digest(code, about=_ABOUT).hex()


def readable_print_code(sealed: str, public_id: str, sealer: Sealer) -> str:
    """The six letters again, for the maker whose code it is."""
    return sealer.open(sealed, about=f"{_ABOUT} {public_id}")


def hash_of_browser(token: str, code_id: int, sealer: Sealer) -> str:
    """What is kept of the browser that downloads: keyed by the code, it joins nothing."""
    return sealer.digest(token, about=f"browser of {_ABOUT} {code_id}").hex()


def is_browser(token: str, code_id: int, token_hash: str | None, sealer: Sealer) -> bool:
    """Whether a browser is the one that downloaded."""
    expected = token_hash or ""
    return hmac.compare_digest(expected, hash_of_browser(token, code_id, sealer))


def make_print_code(
    work: Work, wanted: LabelPrint, *, print_place: str, sealer: Sealer
) -> PrintCode:
    """Give a clerk leave to download a label print once; a print with an open code keeps that.

    Raises:
        NoCodesInPractice: practice stamps are nobody else's matter.
        TooManyPrintCodes: the maker has so many open already.
    """
    enterprise_id = wanted.enterprise_id
    if makers(work.session, [enterprise_id])[enterprise_id].is_practice:
        raise NoCodesInPractice(f"enterprise {enterprise_id}")
    # One maker's codes are made one after another: both rules below hold for two at once.
    lock_words(work.session, f"print codes {enterprise_id}")
    _end(work, PrintCode.label_print_id == wanted.id, PrintCode.expires_at <= work.now)
    living = _living(work, enterprise_id)
    for standing in living:
        if standing.label_print_id == wanted.id:
            return work.session.get_one(PrintCode, standing.id)
    if len(living) >= MOST_OPEN:
        ids = [card.public_id for card in living]
        raise TooManyPrintCodes(f"enterprise {enterprise_id}", most=MOST_OPEN, open_codes=ids)
    made = _draw(work, wanted, print_place, sealer)
    _record(work, "make_print_code", wanted, made)
    return made


def sheets_on(
    work: Work,
    *,
    label_print_id: int,
    paper: str,
    output: Output,
    reprint: Reprint | None = None,
) -> LabelPrint:
    """The label print itself if it is this file and can be had; else the same drawn anew.

    So is one whose file still bears stamps that were cancelled since (they are not printed again),
    and one that left before, or whose labels did by another file: that is a reprint.

    Raises:
        ReprintNeedsReason: its labels left before, and `reprint` does not say why again.
        NothingToPrint: all its stamps are cancelled by now.
        NotForThisPaper, LabelTooSmall, CodeTooFine: see `require_printable`.
    """
    wanted = work.session.get_one(LabelPrint, label_print_id)
    # Whoever downloads it themselves meanwhile waits for the code, or has it by now.
    lock_words(work.session, f"labels {wanted.batch_id}")
    work.session.refresh(wanted, ["fetched_at"])
    job = jobs_by_id(work.session, [wanted.job_id]).get(wanted.job_id)
    is_there = job is not None and job.state in {*UNFINISHED, "done"}
    is_same = (wanted.paper, wanted.output) == (paper, output) and not _has_left(work, wanted)
    if is_same and is_there and not bears_cancelled(work.session, wanted):
        return wanted
    batch = work.session.get_one(StampBatch, wanted.batch_id)
    piece = wanted.first, wanted.last
    return order_print(work, batch, piece=piece, paper=paper, output=output, reprint=reprint)


def take_back_print_code(work: Work, *, code_id: int) -> None:
    """End a code nobody has used; the second time changes nothing.

    Raises:
        AlreadyFetched: its sheets are out.
    """
    ended = _end(work, PrintCode.id == code_id)
    row = work.session.get(PrintCode, code_id)
    if row is None:
        raise NotFound(f"no print code {code_id}")
    if row.fetched_at is not None:
        raise AlreadyFetched(f"print code {code_id}")
    if ended:
        _record(work, "take_back_print_code", _print_of(work, row), row)


def fetch_sheets(work: Work, *, code_id: int, token_hash: str) -> None:
    """Use a code up for one browser, in one conditional UPDATE: of two clerks one wins.

    The same browser may fetch again for a quarter of an hour: a line that breaks off in the middle
    of the file must not lose the print.

    Raises:
        PrintCodeUsed: another browser has the sheets, the code ended, or this one is late.
        AlreadyPrinted: its labels left by another file since; the code is not used up.
        GiverAway: who made it may print for its maker no more; it is not used up either.
    """
    cards = print_codes_by_id(work.session, [code_id]).values()
    if abandoned_codes(work.session, cards, now=work.now):
        raise GiverAway(f"print code {code_id}")
    fetched = work.session.execute(
        update(PrintCode)
        .where(PrintCode.id == code_id, PrintCode.state == CodeState.OPEN)
        .where(PrintCode.expires_at > work.now)
        .values(
            state=CodeState.FETCHED, fetched_at=work.now, token_hash=token_hash, sealed_code=None
        )
        .returning(PrintCode)
    ).scalar_one_or_none()
    if fetched is not None:
        note_handed_out(work, _print_of(work, fetched))
        _record(work, "fetch_print_code", _print_of(work, fetched), fetched)
        messages.sheets_fetched(work, fetched)
        return
    row = work.session.get_one(PrintCode, code_id)
    known = hmac.compare_digest(row.token_hash or "", token_hash)
    if not known or not rules.may_fetch_again(row.fetched_at, now=work.now):
        raise PrintCodeUsed(f"print code {code_id}")


def answer_print(
    work: Work,
    *,
    code_id: int,
    token_hash: str,
    spoiled_count: int,
    spoiled: Sequence[tuple[int, int]] = (),
) -> None:
    """Keep what the clerk says of the print, once: all well (0) or so many spoiled, and which.

    Raises:
        AnswerTwice: it was said before.
        PrintCodeUsed: this browser does not have the sheets, or has had them for too long.
    """
    answered = work.session.execute(
        update(PrintCode)
        .where(PrintCode.id == code_id, PrintCode.state == CodeState.FETCHED)
        .where(PrintCode.token_hash == token_hash)
        .where(PrintCode.fetched_at > work.now - rules.ANSWERED_WITHIN)
        .values(state=CodeState.ANSWERED, answered_at=work.now, spoiled_count=spoiled_count)
        .returning(PrintCode)
    ).scalar_one_or_none()
    if answered is None:
        row = work.session.get_one(PrintCode, code_id)
        known = hmac.compare_digest(row.token_hash or "", token_hash)
        if known and row.state == CodeState.ANSWERED:
            raise AnswerTwice(f"print code {code_id}")
        raise PrintCodeUsed(f"print code {code_id}")
    work.session.add_all(
        SpoiledLabels(print_code_id=code_id, first=first, last=last) for first, last in spoiled
    )
    _record(work, "answer_print_code", _print_of(work, answered), answered, count=spoiled_count)
    messages.print_answered(work, answered)


def forget_print_codes(work: Work) -> bool:
    """End codes whose time is over and delete a piece of those long ended; True: there was one."""
    _end(work, PrintCode.expires_at <= work.now)
    old = select(PrintCode.id).where(
        PrintCode.expires_at < work.now - periods.PRINT_CODES.kept,
    )
    some = work.session.scalars(old.order_by(PrintCode.id).limit(_PIECE)).all()
    work.session.execute(delete(SpoiledLabels).where(SpoiledLabels.print_code_id.in_(some)))
    work.session.execute(delete(PrintCode).where(PrintCode.id.in_(some)))
    return bool(some)


def _living(work: Work, enterprise_id: int) -> list[PrintCodeCard]:
    """The codes of a maker that can be downloaded; the abandoned ones among the open are ended."""
    cards = open_print_code_cards(work.session, enterprise_id=enterprise_id, now=work.now)
    gone = abandoned_codes(work.session, cards, now=work.now)
    for card in cards:
        # Whose sheets left meanwhile has not ended: this is another's matter, and refuses nothing.
        if card.id in gone and _end(work, PrintCode.id == card.id):
            row = work.session.get_one(PrintCode, card.id)
            _record(work, "take_back_print_code", _print_of(work, row), row)
    return [card for card in cards if card.id not in gone]


def _has_left(work: Work, wanted: LabelPrint) -> bool:
    """Whether a file left, or without a reason of its own bears labels that left by another."""
    if wanted.fetched_at is not None:
        return True
    piece = wanted.first, wanted.last
    return wanted.reprint_reason is None and bool(
        printed_before(work.session, wanted.batch_id, piece, but=wanted.id)
    )


def _draw(work: Work, wanted: LabelPrint, print_place: str, sealer: Sealer) -> PrintCode:
    """A row with letters no code has, or had while its row is kept."""
    while True:
        public_id, code = work.new_public_id(), work.new_token()[: rules.CODE_LETTERS]
        row = {
            "public_id": public_id,
            "label_print_id": wanted.id,
            "enterprise_id": wanted.enterprise_id,
            "code_hash": hash_of_print_code(code, sealer),
            "sealed_code": sealer.seal(code, about=f"{_ABOUT} {public_id}"),
            "print_place": print_place,
            "state": CodeState.OPEN,
            "made_at": work.now,
            "by_person_id": work.by.person_id,
            "expires_at": work.now + rules.LASTS,
        }
        if insert_new(work.session, PrintCode, row):
            return work.session.scalars(
                select(PrintCode).where(PrintCode.public_id == public_id)
            ).one()


def _end(work: Work, *which: ColumnElement[bool]) -> bool:
    """End open codes; say whether there were any."""
    ended = work.session.execute(
        update(PrintCode)
        .where(PrintCode.state == CodeState.OPEN, *which)
        .values(state=CodeState.ENDED, ended_at=work.now, sealed_code=None)
        .returning(PrintCode.id)
    )
    return bool(ended.all())


def _print_of(work: Work, row: PrintCode) -> LabelPrint:
    return work.session.get_one(LabelPrint, row.label_print_id)


def _record(work: Work, act: str, wanted: LabelPrint, row: PrintCode, *, count: int = 0) -> None:
    audit.record(
        work,
        act=act,
        object_kind="print_code",
        object_id=row.id,
        enterprise_id=row.enterprise_id,
        first=wanted.first,
        last=wanted.last,
        count=count,
    )
