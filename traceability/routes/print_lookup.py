"""Which print code a request means, and whether its browser is the one that has the sheets."""

from collections.abc import Mapping

from flask import request

from accounts.queries import makers
from core import clock, ids
from core.errors import AppError
from core.sealing import sealer
from core.work import reading
from traceability import queries, rules, service
from traceability.print_errors import (
    GiverAway,
    MakerAway,
    NoSuchPrintCode,
    PrintCodeExpired,
    PrintCodeTakenBack,
    PrintCodeUsed,
)
from traceability.queries import PrintCodeCard
from traceability.routes.print_guesses import guessing
from traceability.rules import Standing

COOKIE = "goc_print"  # Set by a download alone: the same browser may fetch again, and answer.
_DEAD: Mapping[Standing, type[AppError]] = {
    Standing.USED: PrintCodeUsed,
    Standing.EXPIRED: PrintCodeExpired,
    Standing.TAKEN_BACK: PrintCodeTakenBack,
}


def live_code(text: str) -> PrintCodeCard:
    """The code of these letters that this browser may use now. One statement for any letters.

    Raises:
        MalformedPrintCode: not six letters.
        NoSuchPrintCode: no code has them.
        PrintCodeUsed: another browser has the sheets.
        PrintCodeExpired: its time is over.
        PrintCodeTakenBack: its maker ended it.
        MakerAway: its maker sells no more, or not for now.
        GiverAway: its sheets are not out, and who made it may print for its maker no more.
        TooManyTries: too many wrong ones came from here, or from everywhere.
    """
    with guessing():
        letters = rules.parse_print_code(text)
        code_hash = service.hash_of_print_code(letters, sealer())
        with reading() as session:
            card = queries.print_code_by_hash(session, code_hash)
        if card is None:
            raise NoSuchPrintCode("no code has these letters")
        dead = _DEAD.get(standing_of(card))
        if dead is not None:
            raise dead(f"print code {card.id}")
    with reading() as session:
        maker = makers(session, [card.enterprise_id])[card.enterprise_id]
        is_abandoned = bool(queries.abandoned_codes(session, [card], now=clock.now()))
    if maker.is_away:
        raise MakerAway(f"enterprise {maker.id} is away")
    if is_abandoned:
        raise GiverAway(f"print code {card.id}")
    return card


def standing_of(card: PrintCodeCard) -> Standing:
    """What the code is to this browser now."""
    is_mine = service.is_browser(browser_token(), card.id, card.token_hash, sealer())
    return rules.standing(card.facts, is_mine=is_mine, now=clock.now())


def browser_token() -> str:
    """What tells this browser from others: its cookie, else what its page was drawn with.

    A browser that bears neither is nobody yet and is given a new one.
    """
    for sent in (request.cookies.get(COOKIE, ""), request.form.get("token", "")):
        if len(sent) == ids.TOKEN_LENGTH and set(sent) <= set(ids.CROCKFORD):
            return sent
    return ids.token()
